#include "drivers/sdl/display.hpp"

#include <atomic>
#include <deque>
#include <string_view>

#include <SDL.h>
#include <sys/mman.h>

#include "drivers/sdl/input.hpp"
#include "drivers/sdl/waiting.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {
namespace {

using hal::Canvas;
using hal::DotRect;
using hal::InputEvent;

/// SDL's video part, from first to last use.
class Video {
 public:
  Video() = default;
  ~Video() {
    if (open_) SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }
  Video(const Video&) = delete;
  Video& operator=(const Video&) = delete;

  Result<void> open(const SdlConfig& config) {
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");  // else llvmpipe: 7 times slower, 90 MB more
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "1");  // one path for fingers and a developer's mouse
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    if (config.driver == SdlConfig::Driver::offscreen) {
      SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "offscreen", SDL_HINT_OVERRIDE);
    } else {
      SDL_ResetHint(SDL_HINT_VIDEODRIVER);
    }
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return fail(Errc::unplugged, SDL_GetError());
    open_ = true;
    SDL_StopTextInput();  // no input method: letters come from our own keys
    return {};
  }

 private:
  bool open_ = false;
};

/// Makes the kernel find the surface's memory now, in one go, while the first picture is still being painted
/// elsewhere: 2000 page faults less between it and the glass. An older kernel refuses, and nothing is lost.
void back_with_memory(const SDL_Surface* surface) {
  constexpr std::uintptr_t page = 4096;
  const auto begin = reinterpret_cast<std::uintptr_t>(surface->pixels);
  const auto end =
      begin + static_cast<std::uintptr_t>(surface->pitch) * static_cast<std::uintptr_t>(surface->h);
  const auto from = (begin + page - 1) / page * page, to = end / page * page;
  if (from < to) ::madvise(reinterpret_cast<void*>(from), to - from, MADV_POPULATE_WRITE);
}

struct CloseWindow {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
};

class SdlDisplay final : public hal::Display {
 public:
  ~SdlDisplay() override = default;

  Result<void> open(const SdlConfig& config) {
    TRY(video_.open(config));
    const bool whole = config.fullscreen && config.driver == SdlConfig::Driver::window;
    window_ = whole ? make_whole_window() : make_window(config.width, config.height, 0);
    if (!window_) return fail(Errc::unplugged, SDL_GetError());
    if (whole) SDL_ShowCursor(SDL_DISABLE);
    wake_type_ = SDL_RegisterEvents(1);
    waiting_.emplace();
    return make_canvas();
  }

  Canvas canvas() override { return canvas_; }

  Result<void> present(std::span<const DotRect> changed) override {
    rects_.clear();
    for (const auto& part : changed) rects_.push_back({part.x, part.y, part.width, part.height});
    if (rects_.empty()) return {};
    if (SDL_UpdateWindowSurfaceRects(window_.get(), rects_.data(), static_cast<int>(rects_.size())) == 0)
      return {};
    // The surface went away with its window's size or screen. A new one is empty: ask for the picture again.
    TRY(make_canvas());
    pending_.emplace_back(hal::Exposed{});
    return {};
  }

  std::optional<InputEvent> next_event(Steady::time_point until) override {
    while (true) {
      if (!pending_.empty()) {
        const auto event = pending_.front();
        pending_.pop_front();
        return event;
      }
      const auto event = waiting_->next(until);
      if (!event) return std::nullopt;
      if (event->type == wake_type_) {
        woken_ = false;
        return std::nullopt;
      }
      translate(*event);
    }
  }

  void wake() override {
    if (woken_.exchange(true)) return;
    SDL_Event event{};
    event.type = wake_type_;
    SDL_PushEvent(&event);
  }

 private:
  using Window = std::unique_ptr<SDL_Window, CloseWindow>;

  static Window make_window(int width, int height, std::uint32_t flags) {
    constexpr int middle = SDL_WINDOWPOS_CENTERED;
    return Window(SDL_CreateWindow("kiosk", middle, middle, width, height, flags));
  }

  /// X11's fullscreen asks the window manager and waits 100 ms for one that a kiosk does not have. A window
  /// without border as large as the screen is the same.
  static Window make_whole_window() {
    SDL_DisplayMode mode;
    const bool x11 = std::string_view(SDL_GetCurrentVideoDriver()) == "x11";
    if (!x11 || SDL_GetDesktopDisplayMode(0, &mode) != 0)
      return make_window(0, 0, SDL_WINDOW_FULLSCREEN_DESKTOP);
    return make_window(mode.w, mode.h, SDL_WINDOW_BORDERLESS | SDL_WINDOW_ALWAYS_ON_TOP);
  }

  Result<void> make_canvas() {
    SDL_Surface* surface = SDL_GetWindowSurface(window_.get());
    if (surface == nullptr) {  // Wayland and KMSDRM have no window surface but through GL
      SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "1");
      surface = SDL_GetWindowSurface(window_.get());
    }
    if (surface == nullptr) return fail(Errc::unplugged, SDL_GetError());
    if (surface->format->BytesPerPixel != 4 || surface->format->Rmask != 0xFF0000 ||
        surface->format->Bmask != 0xFF) {
      return fail(Errc::refused,
                  std::string("dots of another kind: ") + SDL_GetPixelFormatName(surface->format->format));
    }
    back_with_memory(surface);
    canvas_ = {.dots = static_cast<std::uint32_t*>(surface->pixels),
               .width = surface->w,
               .height = surface->h,
               .stride = surface->pitch / 4};
    return {};
  }

  void translate(const SDL_Event& event) {
    switch (event.type) {
      case SDL_FINGERDOWN:
      case SDL_FINGERMOTION:
      case SDL_FINGERUP:
        if (const auto touch = fingers_.touch(event.tfinger, canvas_.width, canvas_.height))
          pending_.emplace_back(*touch);
        break;
      case SDL_KEYDOWN:
        if (const auto key = key_press(event.key)) pending_.emplace_back(*key);
        break;
      case SDL_WINDOWEVENT:
        window_changed(event.window.event);
        break;
      case SDL_QUIT:
        pending_.emplace_back(hal::Closed{});
        break;
      default:
        break;
    }
  }

  void window_changed(std::uint8_t what) {
    if (what == SDL_WINDOWEVENT_FOCUS_LOST || what == SDL_WINDOWEVENT_HIDDEN) {
      for (auto& lost : fingers_.lose_all()) pending_.push_back(lost);
    }
    if (what == SDL_WINDOWEVENT_EXPOSED) {  // our dots are still there; only the screen lost them
      const DotRect all[] = {{0, 0, canvas_.width, canvas_.height}};
      if (!present(all)) log::warning("display", "not presented", {{"why", SDL_GetError()}});
    }
    if (what == SDL_WINDOWEVENT_SIZE_CHANGED) {
      const auto before = canvas_;
      if (!make_canvas()) log::warning("display", "no surface", {{"why", SDL_GetError()}});
      if (canvas_.dots != before.dots || canvas_.width != before.width || canvas_.height != before.height) {
        pending_.emplace_back(hal::Exposed{});
      }
    }
  }

  Video video_;
  Window window_;
  std::optional<Waiting> waiting_;
  std::uint32_t wake_type_ = 0;
  std::atomic<bool> woken_ = false;
  Canvas canvas_;
  Fingers fingers_;
  std::deque<InputEvent> pending_;
  std::vector<SDL_Rect> rects_;
};

}  // namespace

Result<std::unique_ptr<hal::Display>> make_sdl_display(const SdlConfig& config) {
  auto display = std::make_unique<SdlDisplay>();
  TRY(display->open(config));
  return display;
}

}  // namespace kiosk::drivers
