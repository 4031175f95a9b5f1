#include "drivers/kms/input_device.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <libevdev/libevdev.h>

#include "hal/base/log.hpp"

namespace kiosk::drivers {

using Key = hal::KeyPress::Key;

namespace {

struct KnownKey {
  unsigned code;
  Key key;
};

constexpr std::array known_keys{KnownKey{KEY_UP, Key::up},           KnownKey{KEY_DOWN, Key::down},
                                KnownKey{KEY_LEFT, Key::left},       KnownKey{KEY_RIGHT, Key::right},
                                KnownKey{KEY_ENTER, Key::select},    KnownKey{KEY_KPENTER, Key::select},
                                KnownKey{KEY_SPACE, Key::select},    KnownKey{KEY_KPPLUS, Key::louder},
                                KnownKey{KEY_EQUAL, Key::louder},    KnownKey{KEY_VOLUMEUP, Key::louder},
                                KnownKey{KEY_KPMINUS, Key::quieter}, KnownKey{KEY_MINUS, Key::quieter},
                                KnownKey{KEY_PAGEUP, Key::faster},   KnownKey{KEY_VOLUMEDOWN, Key::quieter},
                                KnownKey{KEY_PAGEDOWN, Key::slower}, KnownKey{KEY_F1, Key::help}};

/// Absolute places, and something that says whether a finger is there.
std::optional<Contacts::Kind> touch_kind(const libevdev* device) {
  const auto has = [device](unsigned type, unsigned code) {
    return libevdev_has_event_code(device, type, code) == 1;
  };
  if (has(EV_ABS, ABS_MT_SLOT) && has(EV_ABS, ABS_MT_POSITION_X) && has(EV_ABS, ABS_MT_POSITION_Y))
    return Contacts::Kind::slots;
  if (has(EV_ABS, ABS_X) && has(EV_ABS, ABS_Y) && (has(EV_KEY, BTN_TOUCH) || has(EV_KEY, BTN_LEFT)))
    return Contacts::Kind::single;
  return std::nullopt;
}

Axis axis_of(const libevdev* device, unsigned code) {
  const auto* info = libevdev_get_abs_info(device, code);
  return info == nullptr ? Axis{} : Axis{info->minimum, info->maximum};
}

/// Where fingers were before anybody listened: the kernel does not tell a place again that is still the same.
void tell_places(const libevdev* device, Contacts& contacts, bool slots) {
  if (!slots) {
    for (const auto code : {unsigned{ABS_X}, unsigned{ABS_Y}})
      contacts.take(EV_ABS, code, libevdev_get_event_value(device, EV_ABS, code));
    return;
  }
  for (int slot = 0; slot < libevdev_get_num_slots(device); ++slot) {
    contacts.take(EV_ABS, ABS_MT_SLOT, slot);
    for (const auto code : {unsigned{ABS_MT_POSITION_X}, unsigned{ABS_MT_POSITION_Y}})
      contacts.take(EV_ABS, code, libevdev_get_slot_value(device, static_cast<unsigned>(slot), code));
  }
  contacts.take(EV_ABS, ABS_MT_SLOT, libevdev_get_current_slot(device));
}

}  // namespace

std::optional<hal::KeyPress> key_of(unsigned code) {
  const auto known = std::ranges::find(known_keys, code, &KnownKey::code);
  if (known == known_keys.end()) return std::nullopt;
  return hal::KeyPress{known->key};
}

void InputDevice::Free::operator()(libevdev* device) const {
  libevdev_free(device);
}

std::optional<InputDevice> InputDevice::open(const std::string& node) {
  InputDevice opened;
  opened.node_ = node;
  opened.fd_ = Fd(::open(node.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  libevdev* device = nullptr;
  const int error = opened.fd_ ? -libevdev_new_from_fd(opened.fd_.get(), &device) : errno;
  if (error != 0) {
    log::warning("display", "input device not opened", {{"node", node}, {"why", std::strerror(error)}});
    return std::nullopt;
  }
  opened.device_.reset(device);
  const auto kind = touch_kind(device);
  // One whose keys we do not know is kept as well: who lets it go leaves it to the console.
  if (!kind && libevdev_has_event_type(device, EV_KEY) != 1) return std::nullopt;
  if (kind) {
    opened.contacts_ = Contacts(*kind);
    const bool slots = *kind == Contacts::Kind::slots;
    opened.x_ = axis_of(device, slots ? ABS_MT_POSITION_X : ABS_X);
    opened.y_ = axis_of(device, slots ? ABS_MT_POSITION_Y : ABS_Y);
    tell_places(device, opened.contacts_, slots);
  }
  if (const int refused = -libevdev_grab(device, LIBEVDEV_GRAB); refused != 0) {
    log::warning("display", "the console reads this too", {{"node", node}, {"why", std::strerror(refused)}});
  }
  log::info("display", "input device",
            {{"node", node}, {"name", libevdev_get_name(device)}, {"touch", kind.has_value()}});
  return opened;
}

bool InputDevice::read(const Listener& listener) {
  unsigned flag = LIBEVDEV_READ_FLAG_NORMAL;
  while (true) {
    input_event event{};
    const int got = libevdev_next_event(device_.get(), flag, &event);
    if (got == -EAGAIN && flag == LIBEVDEV_READ_FLAG_SYNC) {  // caught up
      flag = LIBEVDEV_READ_FLAG_NORMAL;
      continue;
    }
    if (got == -EAGAIN) return true;
    if (got == -EINTR) continue;
    if (got < 0) return false;
    // The kernel dropped events; libevdev tells the difference as events. The first of them is the drop
    // itself.
    if (got == LIBEVDEV_READ_STATUS_SYNC && flag == LIBEVDEV_READ_FLAG_NORMAL) {
      flag = LIBEVDEV_READ_FLAG_SYNC;
      continue;
    }
    for (const auto& contact : contacts_.take(event.type, event.code, event.value)) listener.contact(contact);
    constexpr int pressed = 1;  // 0 released, 2 repeated
    if (event.type != EV_KEY || event.value != pressed) continue;
    if (const auto key = key_of(event.code)) listener.key(*key);
  }
}

}  // namespace kiosk::drivers
