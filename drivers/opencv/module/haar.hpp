#pragma once
// The one door between the program and OpenCV. OpenCV and what it drags in take tens of milliseconds to load,
// so they live in a module of their own (lib/kiosk/haar.so) that is opened with the first face and not
// before; plain types only, because program and module share nothing else.

#include <cstdint>

extern "C" {

struct HaarFace {
  int x, y, width, height;  ///< dots of the frame
};

/// What one frame shows. brightness: mean luma of the largest face, 0..255, of the whole frame without one.
/// sharpness: variance of the Laplacian over the largest face scaled to 128x128 dots, 0 without one.
struct HaarView {
  int faces;
  HaarFace largest;
  double brightness;
  double sharpness;
};

/// Loads the cascade file. Null when it cannot be loaded.
void* kiosk_haar_open(const char* cascade_path);

/// Looks at one frame, 4 bytes a dot (BGRX), rows without padding, at least 32 dots a side. False when OpenCV
/// failed.
bool kiosk_haar_look(void* haar, const std::uint8_t* bgrx, int width, int height, HaarView* view);

void kiosk_haar_close(void* haar);
}
