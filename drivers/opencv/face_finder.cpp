#include "drivers/opencv/face_finder.hpp"

#include <chrono>
#include <utility>

#include "drivers/confined/frame.hpp"
#include "drivers/confined/room.hpp"
#include "drivers/opencv/finding.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

constexpr int most_bad_pictures = 10;  // these two: hal/face_finder.hpp
constexpr auto longest_look = 10s;     // so long only where others take all of the processor

class OpencvFaceFinder final : public hal::FaceFinder {
 public:
  explicit OpencvFaceFinder(std::string cascade_path)
      : room_({.file = "kiosk-faces", .arguments = {std::move(cascade_path)}}) {}

  Result<hal::FaceFinding> examine(const hal::Frame& frame, const Wait& wait) override {
    if (frame.width < 32 || frame.height < 32 || frame.width > confined::most_dots ||
        frame.height > confined::most_dots ||
        frame.bgrx.size() !=
            std::size_t{4} * static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height)) {
      return fail(Errc::malformed, "face finder: the frame's size and bytes disagree");
    }
    auto finding = found_by_program(frame, wait);
    bad_pictures_ = !finding && finding.error().code == Errc::malformed ? bad_pictures_ + 1 : 0;
    // A picture that the program cannot bear costs that picture.
    if (bad_pictures_ > 0 && bad_pictures_ < most_bad_pictures) return hal::FaceFinding{};
    return finding;
  }

 private:
  Result<hal::FaceFinding> found_by_program(const hal::Frame& frame, const Wait& wait) {
    const auto head = confined::head_of(frame);
    auto answer =
        TRY(room_.ask({head, frame.bgrx}, {.most_bytes = most_finding_bytes, .longest = longest_look}, wait));
    auto finding = TRY(finding_of(std::move(answer), frame.width, frame.height));
    log::debug("face", "frame examined", {{"fault", static_cast<int>(finding.fault)}});
    return finding;
  }

  confined::Room room_;
  int bad_pictures_ = 0;  // in a row
};

}  // namespace

std::unique_ptr<hal::FaceFinder> make_opencv_face_finder(std::string cascade_path) {
  return std::make_unique<OpencvFaceFinder>(std::move(cascade_path));
}

}  // namespace kiosk::drivers
