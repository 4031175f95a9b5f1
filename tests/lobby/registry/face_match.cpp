#include "tests/lobby/registry/face_match.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "drivers/link/jpeg/jpeg.hpp"
#include "tests/lobby/camera/face.hpp"

namespace kiosk::lobby {
namespace {

constexpr int side = 32;
using Thumb = std::array<double, std::size_t{3} * side * side>;

// Mean colours of a 32x32 grid laid over the picture, moved and scaled a little.
Thumb thumb(const hal::Frame& frame, double zoom, double move_x, double move_y) {
  constexpr int samples = 2;  // a side of a cell
  Thumb cells{};
  for (int y = 0; y < side * samples; y++) {
    for (int x = 0; x < side * samples; x++) {
      const double u = ((x + 0.5) / (side * samples) - 0.5) * zoom + 0.5 + move_x;
      const double v = ((y + 0.5) / (side * samples) - 0.5) * zoom + 0.5 + move_y;
      const int column = std::clamp(static_cast<int>(u * frame.width), 0, frame.width - 1);
      const int row = std::clamp(static_cast<int>(v * frame.height), 0, frame.height - 1);
      const auto* dot = frame.bgrx.data() + std::ptrdiff_t{4} * (std::ptrdiff_t{row} * frame.width + column);
      for (int channel = 0; channel < 3; channel++) {
        cells[static_cast<std::size_t>(3 * (y / samples * side + x / samples) + channel)] += dot[channel];
      }
    }
  }
  return cells;
}

Thumb plus(Thumb a, const Thumb& b, double factor) {
  for (std::size_t i = 0; i < a.size(); i++) a[i] += factor * b[i];
  return a;
}

double correlation(const Thumb& a, const Thumb& b) {
  double mean_a = 0;
  double mean_b = 0;
  for (std::size_t i = 0; i < a.size(); i++) {
    mean_a += a[i];
    mean_b += b[i];
  }
  mean_a /= static_cast<double>(a.size());
  mean_b /= static_cast<double>(b.size());
  double ab = 0;
  double aa = 1e-9;
  double bb = 1e-9;
  for (std::size_t i = 0; i < a.size(); i++) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

// People differ from the average face; what they share with it (skin, wall, two eyes) says nothing.
const Thumb& average() {
  static const Thumb cells = [] {
    constexpr std::uint32_t people = 12;
    Thumb sum{};
    for (std::uint32_t seed = 0; seed < people; seed++) {
      const auto frame = drivers::decode_jpeg(portrait_jpeg(seed));
      if (frame) sum = plus(sum, thumb(*frame, 0.8, 0, 0), 1.0 / people);
    }
    return sum;
  }();
  return cells;
}

struct Pose {
  double zoom = 0.8, x = 0, y = 0;
};

// The finder's box is not exact: look around `pose` in these steps for where the two fit best.
double fit(const Thumb& known, const hal::Frame& live, Pose& pose, double step, int steps) {
  const Pose around = pose;
  double best = -1;
  for (int zoom = -steps; zoom <= steps; zoom++) {
    for (int x = -steps; x <= steps; x++) {
      for (int y = -steps; y <= steps; y++) {
        const Pose here{around.zoom + 2 * step * zoom, around.x + step * x, around.y + step * y};
        const double score = correlation(known, plus(thumb(live, here.zoom, here.x, here.y), average(), -1));
        if (score <= best) continue;
        best = score;
        pose = here;
      }
    }
  }
  return best;
}

}  // namespace

Result<double> likeness(BytesView enrolled_jpeg, BytesView live_jpeg) {
  if (std::ranges::equal(enrolled_jpeg, live_jpeg)) return 1.0;
  const auto enrolled = TRY(drivers::decode_jpeg(enrolled_jpeg));
  const auto live = TRY(drivers::decode_jpeg(live_jpeg));
  const Thumb known = plus(thumb(enrolled, 0.8, 0, 0), average(), -1);
  Pose pose;
  fit(known, live, pose, 0.03, 2);
  fit(known, live, pose, 0.012, 1);
  return fit(known, live, pose, 0.005, 1);
}

}  // namespace kiosk::lobby
