#include "drivers/opencv/face_finder.hpp"

#include <utility>

#include "drivers/link/module.hpp"
#include "drivers/opencv/face_judge.hpp"
#include "drivers/opencv/module/haar.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

/// The module, opened, with its cascade.
class Haar {
 public:
  static Result<std::unique_ptr<Haar>> load(const std::string& cascade_path) {
    auto haar = std::unique_ptr<Haar>(new Haar);
    TRY(haar->find_functions());
    haar->cascade_ = haar->open_(cascade_path.c_str());
    if (haar->cascade_ == nullptr) return fail(Errc::internal, "face finder: cannot load " + cascade_path);
    return haar;
  }

  Haar(const Haar&) = delete;
  Haar& operator=(const Haar&) = delete;
  ~Haar() {
    if (cascade_ != nullptr) close_(cascade_);
  }

  Result<HaarView> look(const hal::Frame& frame) {
    HaarView view{};
    if (!look_(cascade_, frame.bgrx.data(), frame.width, frame.height, &view)) {
      return fail(Errc::internal, "face finder: OpenCV failed");
    }
    return view;
  }

 private:
  Haar() = default;

  Result<void> find_functions() {
    const auto open = TRY(in_module("haar", "kiosk_haar_open"));
    const auto look = TRY(in_module("haar", "kiosk_haar_look"));
    const auto close = TRY(in_module("haar", "kiosk_haar_close"));
    open_ = reinterpret_cast<decltype(open_)>(open);
    look_ = reinterpret_cast<decltype(look_)>(look);
    close_ = reinterpret_cast<decltype(close_)>(close);
    return {};
  }

  decltype(&kiosk_haar_open) open_ = nullptr;
  decltype(&kiosk_haar_look) look_ = nullptr;
  decltype(&kiosk_haar_close) close_ = nullptr;
  void* cascade_ = nullptr;
};

class OpencvFaceFinder final : public hal::FaceFinder {
 public:
  explicit OpencvFaceFinder(std::string cascade_path) : cascade_path_(std::move(cascade_path)) {}

  Result<hal::FaceFinding> examine(const hal::Frame& frame) override {
    if (frame.width < 32 || frame.height < 32 ||
        frame.bgrx.size() / 4 / static_cast<std::size_t>(frame.width) !=
            static_cast<std::size_t>(frame.height) ||
        frame.bgrx.size() % (4 * static_cast<std::size_t>(frame.width)) != 0) {
      return fail(Errc::malformed, "face finder: the frame's size and bytes disagree");
    }
    if (!haar_) haar_ = TRY(Haar::load(cascade_path_));
    const auto view = TRY(haar_->look(frame));
    const auto& face = view.largest;
    hal::FaceFinding finding{.fault = judge(view, frame.width, frame.height),
                             .x = face.x,
                             .y = face.y,
                             .width = face.width,
                             .height = face.height,
                             .portrait = {}};
    if (finding.fault == hal::FaceFault::none) {
      finding.portrait = TRY(portrait(frame, portrait_area(face, frame.width, frame.height)));
    }
    log::debug("face", "frame examined",
               {{"faces", view.faces},
                {"fault", static_cast<int>(finding.fault)},
                {"brightness", view.brightness},
                {"sharpness", view.sharpness}});
    return finding;
  }

 private:
  std::string cascade_path_;
  std::unique_ptr<Haar> haar_;
};

}  // namespace

std::unique_ptr<hal::FaceFinder> make_opencv_face_finder(std::string cascade_path) {
  return std::make_unique<OpencvFaceFinder>(std::move(cascade_path));
}

}  // namespace kiosk::drivers
