#include "drivers/kms/scanout.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include <drm_fourcc.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "hal/base/freed.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {

namespace {

using Resources = std::unique_ptr<drmModeRes, Freed<drmModeFreeResources>>;
using KernelConnector = std::unique_ptr<drmModeConnector, Freed<drmModeFreeConnector>>;
using Encoder = std::unique_ptr<drmModeEncoder, Freed<drmModeFreeEncoder>>;

/// libdrm answers with -1 and errno, or with the negated number.
std::string why(int answer) {
  return std::strerror(answer < -1 ? -answer : errno);
}

bool said(int answer, std::initializer_list<int> codes) {
  const int code = answer < -1 ? -answer : errno;
  return std::ranges::find(codes, code) != codes.end();
}

std::vector<std::string> cards() {
  std::vector<std::string> nodes;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/dri", none)) {
    if (entry.path().filename().string().starts_with("card")) nodes.push_back(entry.path());
  }
  std::ranges::sort(nodes);
  return nodes;
}

Connector value_of(const drmModeConnector& connector) {
  const auto* type = drmModeGetConnectorTypeName(connector.connector_type);
  Connector value{.name = fmt::format("{}-{}", type ? type : "Unknown", connector.connector_type_id),
                  .connected = connector.connection == DRM_MODE_CONNECTED};
  for (const auto& mode : std::span(connector.modes, static_cast<std::size_t>(connector.count_modes))) {
    value.modes.push_back({.width = mode.hdisplay,
                           .height = mode.vdisplay,
                           .hertz = static_cast<int>(mode.vrefresh),
                           .preferred = (mode.type & DRM_MODE_TYPE_PREFERRED) != 0});
  }
  return value;
}

/// A scan-out engine that can feed the connector. We are the card's only master: each is free.
std::optional<std::uint32_t> engine_for(int card, const drmModeRes& resources,
                                        const drmModeConnector& connector) {
  for (const auto id : std::span(connector.encoders, static_cast<std::size_t>(connector.count_encoders))) {
    const Encoder encoder(drmModeGetEncoder(card, id));
    for (int i = 0; encoder && i < resources.count_crtcs; ++i) {
      if ((encoder->possible_crtcs & (1U << i)) != 0) return resources.crtcs[i];
    }
  }
  return std::nullopt;
}

}  // namespace

struct Scanout::Lit {
  std::uint32_t connector = 0, engine = 0;
  drmModeModeInfo mode{};
};

Scanout::Scanout(Fd card) : card_(std::move(card)), lit_(std::make_unique<Lit>()) {}

Scanout::~Scanout() {
  if (memory_.dots != nullptr) ::munmap(memory_.dots, bytes_);
  if (frame_ != 0) drmModeRmFB(card_.get(), frame_);
  if (handle_ != 0) drmModeDestroyDumbBuffer(card_.get(), handle_);
}

Result<std::unique_ptr<Scanout>> Scanout::open(const PanelWish& wish) {
  Error last{Errc::not_present, "no graphics card"};
  for (const auto& node : cards()) {
    Fd card(::open(node.c_str(), O_RDWR | O_CLOEXEC));
    if (!card) {
      last = {Errc::refused, node + ": " + std::strerror(errno)};
      continue;
    }
    std::unique_ptr<Scanout> opened(new Scanout(std::move(card)));
    const auto lit = opened->light(wish);
    if (lit) return opened;
    last = Error(lit.error()).in(node);
  }
  return std::unexpected(last);
}

Result<void> Scanout::light(const PanelWish& wish) {
  const int card = card_.get();
  const Resources resources(drmModeGetResources(card));
  if (!resources) return fail(Errc::not_present, "no panels");  // a card that only computes
  std::vector<KernelConnector> found;
  std::vector<Connector> values;
  for (const auto id :
       std::span(resources->connectors, static_cast<std::size_t>(resources->count_connectors))) {
    if (KernelConnector connector(drmModeGetConnector(card, id)); connector) {
      values.push_back(value_of(*connector));
      found.push_back(std::move(connector));
    }
  }
  const auto choice = choose_panel(values, wish);
  if (!choice) return fail(Errc::not_present, "no panel connected");
  // The first to open a card is its master; asking is for a card that another program just let go.
  if (!drmIsMaster(card) && drmSetMaster(card) != 0)
    return fail(Errc::busy, "another program shows on this card");

  const auto& connector = *found[choice->connector];
  const auto engine = engine_for(card, *resources, connector);
  if (!engine) return fail(Errc::refused, "nothing can feed this connector");
  *lit_ = {.connector = connector.connector_id, .engine = *engine, .mode = connector.modes[choice->mode]};
  name_ = fmt::format("{} {}x{}", values[choice->connector].name, lit_->mode.hdisplay, lit_->mode.vdisplay);
  TRY(make_buffer(lit_->mode.hdisplay, lit_->mode.vdisplay));
  drmModeSetCursor(card, lit_->engine, 0, 0, 0);  // one that somebody left there
  return set_mode();
}

Result<void> Scanout::make_buffer(int width, int height) {
  const int card = card_.get();
  std::uint32_t pitch = 0;
  std::uint64_t size = 0, offset = 0;
  const auto w = static_cast<std::uint32_t>(width), h = static_cast<std::uint32_t>(height);
  if (const int no = drmModeCreateDumbBuffer(card, w, h, 32, 0, &handle_, &pitch, &size); no != 0)
    return fail(Errc::refused, "buffer: " + why(no));
  const std::uint32_t handles[4]{handle_}, pitches[4]{pitch}, offsets[4]{};
  if (const int no = drmModeAddFB2(card, w, h, DRM_FORMAT_XRGB8888, handles, pitches, offsets, &frame_, 0);
      no != 0)
    return fail(Errc::refused, "frame: " + why(no));
  if (const int no = drmModeMapDumbBuffer(card, handle_, &offset); no != 0)
    return fail(Errc::refused, "map: " + why(no));
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, card, static_cast<off_t>(offset));
  if (memory == MAP_FAILED) return fail(Errc::refused, std::string("map: ") + std::strerror(errno));
  bytes_ = size;
  memory_ = {static_cast<std::uint32_t*>(memory), width, height, static_cast<int>(pitch / 4)};
  std::memset(memory, 0, size);
  return {};
}

Result<void> Scanout::set_mode() {
  const int no = drmModeSetCrtc(card_.get(), lit_->engine, frame_, 0, 0, &lit_->connector, 1, &lit_->mode);
  if (no != 0) return fail(Errc::refused, "mode: " + why(no));
  return {};
}

/// To the same buffer: makes the kernel look at it. While one is under way the panel reads the buffer anyway.
Result<void> Scanout::flip() {
  const int no = drmModePageFlip(card_.get(), lit_->engine, frame_, 0, nullptr);
  if (no == 0 || said(no, {EBUSY})) return {};
  return fail(Errc::refused, "flip: " + why(no));
}

Result<void> Scanout::flush(std::span<const hal::DotRect> changed) {
  if (telling_ == Telling::dirty) {
    std::vector<drmModeClip> clips;
    for (const auto& part : changed) {
      clips.push_back({.x1 = static_cast<std::uint16_t>(part.x),
                       .y1 = static_cast<std::uint16_t>(part.y),
                       .x2 = static_cast<std::uint16_t>(part.x + part.width),
                       .y2 = static_cast<std::uint16_t>(part.y + part.height)});
    }
    if (clips.size() > DRM_MODE_FB_DIRTY_MAX_CLIPS) clips.clear();  // none means all
    const int no =
        drmModeDirtyFB(card_.get(), frame_, clips.data(), static_cast<std::uint32_t>(clips.size()));
    if (no == 0) return {};
    if (!said(no, {ENOSYS, EOPNOTSUPP, EINVAL})) return fail(Errc::unplugged, "present: " + why(no));
    telling_ = Telling::flip;
  }
  if (telling_ == Telling::flip) {
    if (flip()) return {};
    telling_ = Telling::mode;
  }
  const auto shown = set_mode();
  if (!shown) return fail(Errc::unplugged, shown.error().what);
  return {};
}

Result<void> Scanout::relight() {
  const KernelConnector connector(drmModeGetConnector(card_.get(), lit_->connector));
  if (!connector || connector->connection != DRM_MODE_CONNECTED)
    return fail(Errc::unplugged, "no panel connected");
  const auto shown = set_mode();
  if (!shown) return fail(Errc::unplugged, shown.error().what);
  return {};
}

}  // namespace kiosk::drivers
