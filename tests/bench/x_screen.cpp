#include "tests/bench/x_screen.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <X11/extensions/Xdamage.h>
#include <poll.h>
#include <sys/ipc.h>
#include <sys/shm.h>

namespace kiosk::bench {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

struct XScreen::X {
  ::Display* display = nullptr;
  ::Window root = 0;
  ::Damage damage = 0;
  int damage_event = 0;
  XShmSegmentInfo segment{};
  XImage* image = nullptr;
  std::vector<std::uint32_t> dots;
};

XScreen::XScreen(const std::string& name) : x_(std::make_unique<X>()) {
  for (int i = 0; i < 100 && x_->display == nullptr; ++i) {
    x_->display = XOpenDisplay(name.c_str());
    if (x_->display == nullptr) std::this_thread::sleep_for(50ms);
  }
  int error = 0;
  if (x_->display == nullptr || XDamageQueryExtension(x_->display, &x_->damage_event, &error) == 0) {
    std::fprintf(stderr, "no X server on %s\n", name.c_str());
    std::exit(1);
  }
  auto* display = x_->display;
  x_->root = DefaultRootWindow(display);
  const auto width = static_cast<unsigned>(DisplayWidth(display, 0)),
             height = static_cast<unsigned>(DisplayHeight(display, 0));
  x_->image =
      XShmCreateImage(display, DefaultVisual(display, 0), 24, ZPixmap, nullptr, &x_->segment, width, height);
  x_->segment.shmid =
      shmget(IPC_PRIVATE, static_cast<std::size_t>(x_->image->bytes_per_line) * height, IPC_CREAT | 0600);
  x_->segment.shmaddr = x_->image->data = static_cast<char*>(shmat(x_->segment.shmid, nullptr, 0));
  XShmAttach(display, &x_->segment);
  XSync(display, False);
  shmctl(x_->segment.shmid, IPC_RMID, nullptr);
  x_->dots.resize(std::size_t{width} * height);
  x_->damage = XDamageCreate(display, x_->root, XDamageReportRawRectangles);
  XSync(display, False);
}

XScreen::~XScreen() {
  XShmDetach(x_->display, &x_->segment);
  XCloseDisplay(x_->display);
  shmdt(x_->segment.shmaddr);
}

const std::vector<std::uint32_t>& XScreen::picture() {
  XShmGetImage(x_->display, x_->root, x_->image, 0, 0, AllPlanes);
  const auto* shown = reinterpret_cast<const std::uint32_t*>(x_->image->data);
  std::ranges::transform(shown, shown + x_->dots.size(), x_->dots.begin(),
                         [](std::uint32_t dot) { return dot & 0xFFFFFF; });
  black_out(x_->dots);
  return x_->dots;
}

void XScreen::black_out(std::vector<std::uint32_t>& dots) const {
  for (int y = ignored_.y; y < ignored_.bottom(); ++y)
    std::fill_n(dots.begin() + y * x_->image->width + ignored_.x, ignored_.width, 0U);
}

void XScreen::settle() {
  XSync(x_->display, False);
  XEvent event;
  while (XPending(x_->display) > 0) XNextEvent(x_->display, &event);
}

std::optional<Moment> XScreen::next_change(Moment limit) {
  while (true) {
    while (XPending(x_->display) > 0) {
      XEvent event;
      XNextEvent(x_->display, &event);
      if (event.type == x_->damage_event + XDamageNotify) return Clock::now();
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(limit - Clock::now()).count();
    if (left <= 0) return std::nullopt;
    pollfd source{.fd = ConnectionNumber(x_->display), .events = POLLIN, .revents = 0};
    ::poll(&source, 1, static_cast<int>(left));
  }
}

std::vector<std::uint32_t> XScreen::still_picture(std::chrono::milliseconds quiet,
                                                  std::chrono::milliseconds limit) {
  const auto end = Clock::now() + limit;
  while (Clock::now() < end && next_change(Clock::now() + quiet)) settle();
  return picture();
}

std::optional<Moment> XScreen::shows(const std::vector<std::uint32_t>& wanted, Moment limit) {
  while (true) {
    auto change = next_change(limit);
    if (!change) return std::nullopt;
    // A picture keeps the server busy for 3 ms: it is taken when the rectangles of one frame have passed.
    // What counts is when the last of them came.
    Moment last = *change;
    for (; change; change = next_change(Clock::now() + 300us)) last = *change;
    if (picture() == wanted) return last;
  }
}

void XScreen::point(int x, int y) {
  XTestFakeMotionEvent(x_->display, 0, x, y, 0);
  XSync(x_->display, False);
}

void XScreen::button(int number, bool down) {
  XTestFakeButtonEvent(x_->display, static_cast<unsigned>(number), down ? True : False, 0);
  XFlush(x_->display);
}

void XScreen::blank() {
  XClearWindow(x_->display, x_->root);
  XSync(x_->display, False);
}

}  // namespace kiosk::bench
