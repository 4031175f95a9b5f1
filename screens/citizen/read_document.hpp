#pragma once
// A document page by page, exactly as it is sent or printed: one that is about to be signed has whole
// numbers, for that is what is signed.

#include <memory>
#include <vector>

#include "assets/texts/texts.hpp"
#include "screens/screen.hpp"

namespace kiosk::screens {

struct ReadDocument {
  static constexpr std::string_view name = "read_document";
  std::string document;                                     ///< text id of its title
  std::vector<std::shared_ptr<const Picture::Dots>> pages;  ///< A4, upright
  assets::Text heard =
      assets::Text::read_document_heard;  ///< what is said of a page {n} {of} to who cannot read it
  enum class Answer { done };
  static Answer answer(const Choose&, const Draft&) { return Answer::done; }
  bool operator==(const ReadDocument&) const = default;
};
Layout layout(const ReadDocument& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
