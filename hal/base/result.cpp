#include "hal/base/result.hpp"

namespace kiosk {

std::string_view name_of(Errc code) {
  switch (code) {
    case Errc::cancelled:
      return "cancelled";
    case Errc::went_back:
      return "went_back";
    case Errc::timed_out:
      return "timed_out";
    case Errc::not_present:
      return "not_present";
    case Errc::unplugged:
      return "unplugged";
    case Errc::out_of_supply:
      return "out_of_supply";
    case Errc::jammed:
      return "jammed";
    case Errc::refused:
      return "refused";
    case Errc::malformed:
      return "malformed";
    case Errc::unreachable:
      return "unreachable";
    case Errc::storage:
      return "storage";
    case Errc::busy:
      return "busy";
    case Errc::internal:
      return "internal";
  }
  std::unreachable();
}

Error Error::in(std::string_view place) && {
  what = std::string(place) + ": " + what;
  return std::move(*this);
}

}  // namespace kiosk
