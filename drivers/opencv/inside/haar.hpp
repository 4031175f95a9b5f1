#pragma once
// What OpenCV sees in a frame.

#include <memory>
#include <string>

#include "hal/base/result.hpp"
#include "hal/camera.hpp"

namespace cv {
class CascadeClassifier;
}

namespace kiosk::drivers {

struct HaarFace {
  int x = 0, y = 0, width = 0, height = 0;  ///< dots of the frame
};

/// What one frame shows. brightness: mean luma of the largest face, 0..255, of the whole frame without one.
/// sharpness: variance of the Laplacian over the largest face scaled to 128x128 dots, 0 without one.
struct HaarView {
  int faces = 0;
  HaarFace largest = {};
  double brightness = 0;
  double sharpness = 0;
};

/// OpenCV's cascade of Haar features, on this thread alone.
class Haar {
 public:
  /// `internal`: the file cannot be loaded.
  static Result<Haar> load(const std::string& cascade_path);
  Haar(Haar&&) noexcept;
  Haar& operator=(Haar&&) = delete;
  ~Haar();

  /// `frame` has at least 32 dots a side. `internal`: OpenCV failed.
  Result<HaarView> look(const hal::Frame& frame);

 private:
  explicit Haar(std::unique_ptr<cv::CascadeClassifier> cascade);
  std::unique_ptr<cv::CascadeClassifier> cascade_;
};

}  // namespace kiosk::drivers
