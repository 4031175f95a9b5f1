#include "drivers/opencv/inside/haar.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

namespace kiosk::drivers {
namespace {

// Faces are looked for in a picture of this many rows: the cascade was trained on 20x20 dots and finds the
// same faces as in 480 rows at a fifth of the time. The picture is not equalised first: that finds fewer
// faces and doubles the time (the cascade normalises each window itself).
constexpr int rows_looked_at = 200;
// The smallest face looked for, in rows of that picture: below too_far (face_judge.hpp), so that "come
// closer" can be said to somebody who is seen but far.
constexpr int smallest_face = 30;

double mean_luma(const cv::Mat& grey) {
  return cv::mean(grey)[0];
}

// Scaled to one size first, else a near face would count as blurred because its edges are wider.
double sharpness_of(const cv::Mat& grey_face) {
  cv::Mat same_size;
  cv::Mat edges;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::resize(grey_face, same_size, {128, 128}, 0, 0, cv::INTER_AREA);
  cv::Laplacian(same_size, edges, CV_64F);
  cv::meanStdDev(edges, mean, deviation);
  return deviation[0] * deviation[0];
}

HaarView view_of(cv::CascadeClassifier& cascade, const cv::Mat& bgrx) {
  cv::Mat grey;
  cv::Mat small;
  cv::cvtColor(bgrx, grey, cv::COLOR_BGRA2GRAY);
  const double scale = std::max(1.0, static_cast<double>(grey.rows) / rows_looked_at);
  cv::resize(grey, small, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
  std::vector<cv::Rect> faces;
  cascade.detectMultiScale(small, faces, 1.1, 3, 0, {smallest_face, smallest_face});

  HaarView view{static_cast<int>(faces.size()), {}, mean_luma(grey), 0};
  if (faces.empty()) return view;
  const auto largest = *std::max_element(
      faces.begin(), faces.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.area() < b.area(); });
  const cv::Rect face = cv::Rect(cvRound(largest.x * scale), cvRound(largest.y * scale),
                                 cvRound(largest.width * scale), cvRound(largest.height * scale)) &
                        cv::Rect(0, 0, grey.cols, grey.rows);
  view.largest = {face.x, face.y, face.width, face.height};
  view.brightness = mean_luma(grey(face));
  view.sharpness = sharpness_of(grey(face));
  return view;
}

}  // namespace

Haar::Haar(std::unique_ptr<cv::CascadeClassifier> cascade) : cascade_(std::move(cascade)) {}
Haar::Haar(Haar&&) noexcept = default;
Haar::~Haar() = default;

// OpenCV throws; our functions do not.
Result<Haar> Haar::load(const std::string& cascade_path) {
  try {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);  // the kiosk has one log, not two
    cv::setNumThreads(1);
    auto cascade = std::make_unique<cv::CascadeClassifier>();
    if (cascade->load(cascade_path)) return Haar(std::move(cascade));
  } catch (...) {  // as below
  }
  return fail(Errc::internal, "face finder: cannot load " + cascade_path);
}

Result<HaarView> Haar::look(const hal::Frame& frame) {
  try {
    auto* const dots = const_cast<std::uint8_t*>(frame.bgrx.data());  // only read
    return view_of(*cascade_, cv::Mat(frame.height, frame.width, CV_8UC4, dots));
  } catch (...) {
    return fail(Errc::internal, "face finder: OpenCV failed");
  }
}

}  // namespace kiosk::drivers
