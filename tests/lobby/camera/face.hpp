#pragma once
// Drawn people for the lobby's camera: calm illustrations that the Haar cascade takes for faces. Nobody real.

#include <cstdint>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/camera.hpp"

namespace kiosk::lobby {

struct Colour {
  double red = 0, green = 0, blue = 0;  ///< 0..1
};

enum class HairStyle { cropped, parted, bob, long_straight, bun, thinning };

/// What a person looks like. The same seed always gives the same person; seeds 0..47 differ in hair, glasses
/// or both.
struct Face {
  Colour skin, hair, clothes;
  HairStyle hair_style = HairStyle::cropped;
  bool glasses = false;
  bool beard = false;
  double width = 1;    ///< of the head, around 1
  double jaw = 1;      ///< fullness of the lower half, around 1
  double eye_gap = 1;  ///< around 1
  double brow = 1;     ///< thickness, around 1
  double mouth = 1;    ///< width, around 1

  static Face of(std::uint32_t seed);
};

/// Somebody before the camera.
struct Standing {
  std::uint32_t seed = 0;
  double distance_m = 0.6;  ///< 0.6: face fills 0.45 of the picture's height; twice as far, half as large
  double offset_x = 0;      ///< -1 left edge .. 1 right edge of the picture, as the camera sees it
  double offset_y = 0;      ///< -1 top .. 1 bottom

  bool operator==(const Standing&) const = default;
};

/// Everything that one picture shows.
struct Scene {
  std::vector<Standing> people;
  double light = 1;  ///< 0 dark hall .. 1 good light .. 2 sun on the lens
  double blur = 0;   ///< radius in dots of a 480-row picture; 0 sharp

  bool operator==(const Scene&) const = default;
};

/// Draws the scene. `sway` (dots to the right) lets a standing person live from picture to picture.
hal::Frame draw(const Scene& scene, int width, int height, double sway = 0);

/// The enrolled picture of a person, cut like the one that the kiosk's face finder sends. JPEG, 240x240.
Bytes portrait_jpeg(std::uint32_t seed);

}  // namespace kiosk::lobby
