#include "drivers/opencv/face_finder.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include <dlfcn.h>

#include "drivers/opencv/face_judge.hpp"
#include "drivers/opencv/module/haar.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

// lib/kiosk/haar.so beside or above the program: <prefix>/lib/kiosk for an installed <prefix>/bin/kiosk, and
// the build folder's for a program anywhere in it.
Result<std::filesystem::path> module_path() {
  std::error_code error;
  auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (; !error && folder.has_relative_path(); folder = folder.parent_path()) {
    auto path = folder / "lib/kiosk/haar.so";
    if (std::filesystem::exists(path, error)) return path;
    error.clear();
  }
  return fail(Errc::internal, "face finder: lib/kiosk/haar.so is not installed");
}

/// The module, opened, with its cascade.
class Haar {
 public:
  static Result<std::unique_ptr<Haar>> load(const std::string& cascade_path) {
    const auto path = TRY(module_path());
    void* module =
        ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);  // for good: OpenCV does not survive dlclose
    if (module == nullptr) return fail(Errc::internal, std::string("face finder: ") + ::dlerror());
    auto haar = std::unique_ptr<Haar>(new Haar);
    if (!haar->find_functions(module))
      return fail(Errc::internal, "face finder: haar.so is of another version");
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

  bool find_functions(void* module) {
    open_ = reinterpret_cast<decltype(open_)>(::dlsym(module, "kiosk_haar_open"));
    look_ = reinterpret_cast<decltype(look_)>(::dlsym(module, "kiosk_haar_look"));
    close_ = reinterpret_cast<decltype(close_)>(::dlsym(module, "kiosk_haar_close"));
    return open_ != nullptr && look_ != nullptr && close_ != nullptr;
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
