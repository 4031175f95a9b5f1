#include "drivers/kms/contacts.hpp"

#include <linux/input.h>

namespace kiosk::drivers {

using Phase = hal::Touch::Phase;

void Contacts::touch(Finger& finger, bool down) {
  if (down && finger.down) finger.again = true;
  finger.touch = down;
}

std::vector<Contact> Contacts::take(unsigned type, unsigned code, int value) {
  if (type == EV_SYN && code == SYN_REPORT) return report();
  if (type == EV_ABS && code == ABS_MT_SLOT) slot_ = value;
  if (slot_ < 0 || slot_ >= most) return {};  // an eleventh finger
  auto& finger = fingers_[static_cast<std::size_t>(slot_)];
  const bool slots = kind_ == Kind::slots;
  if (type == EV_KEY && !slots && (code == BTN_TOUCH || code == BTN_LEFT)) touch(finger, value != 0);
  if (type != EV_ABS) return {};
  if (slots && code == ABS_MT_TRACKING_ID) touch(finger, value >= 0);
  if (code == (slots ? ABS_MT_POSITION_X : ABS_X)) {
    finger.moved = true;
    finger.x = value;
  }
  if (code == (slots ? ABS_MT_POSITION_Y : ABS_Y)) {
    finger.moved = true;
    finger.y = value;
  }
  return {};
}

std::vector<Contact> Contacts::report() {
  std::vector<Contact> changed;
  for (int slot = 0; slot < most; ++slot) {
    auto& finger = fingers_[static_cast<std::size_t>(slot)];
    const auto tell = [&](Phase phase) { changed.push_back({phase, slot, finger.x, finger.y}); };
    if (finger.down && (!finger.touch || finger.again)) {
      tell(Phase::up);
      finger.down = false;
    }
    if (finger.touch) {
      if (!finger.down) {
        tell(Phase::down);
      } else if (finger.moved) {
        tell(Phase::move);
      }
    }
    finger.down = finger.touch;
    finger.moved = finger.again = false;
  }
  return changed;
}

std::vector<Contact> Contacts::lose_all() {
  std::vector<Contact> lost;
  for (int slot = 0; slot < most; ++slot) {
    auto& finger = fingers_[static_cast<std::size_t>(slot)];
    if (finger.down) lost.push_back({Phase::lost, slot, finger.x, finger.y});
    finger = {.x = finger.x, .y = finger.y};
  }
  return lost;
}

}  // namespace kiosk::drivers
