#pragma once
// The machine or the registry is busy: says with what, never a bare spinner.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Working {
  static constexpr std::string_view name = "working";
  enum class What {
    asking_registry,
    verifying_face,
    verifying_staff,
    submitting,
    asking_outcome,
    printing_slip,
    printing_pages,
    starting,
    ending
  };
  What what = What::asking_registry;
  int done = 0, of = 0;  ///< pages, when known
  int retry_in_s = 0;    ///< > 0: the line is down and will be tried again
  bool operator==(const Working&) const = default;
};
Layout layout(const Working& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
