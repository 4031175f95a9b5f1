#include "drivers/link/usb.hpp"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <libusb.h>

#include "hal/base/mailbox.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers {
namespace {

constexpr std::size_t transfer_size = 4096;  // a multiple of every packet size, so that nothing overflows

Error usb_error(std::string_view what, int code) {
  const Errc errc =
      code == LIBUSB_ERROR_NO_DEVICE || code == LIBUSB_ERROR_NOT_FOUND || code == LIBUSB_ERROR_IO
          ? Errc::unplugged
      : code == LIBUSB_ERROR_ACCESS ? Errc::refused
      : code == LIBUSB_ERROR_BUSY   ? Errc::busy
                                    : Errc::internal;
  return Error{errc, fmt::format("{}: {}", what, ::libusb_error_name(code))};
}

/// One interface and its endpoints, copied out of a configuration descriptor.
struct Interface {
  std::uint8_t number = 0;
  std::vector<UsbPipe> outs, ins;
};

std::optional<Interface> find_interface(const libusb_config_descriptor& config, const UsbName& name) {
  for (int i = 0; i < config.bNumInterfaces; ++i) {
    if (config.interface[i].num_altsetting < 1) continue;
    const libusb_interface_descriptor& setting = config.interface[i].altsetting[0];
    const bool wanted = name.interface_class ? setting.bInterfaceClass == *name.interface_class : i == 0;
    if (!wanted) continue;
    Interface found{setting.bInterfaceNumber, {}, {}};
    for (int e = 0; e < setting.bNumEndpoints; ++e) {
      const libusb_endpoint_descriptor& endpoint = setting.endpoint[e];
      const int type = endpoint.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
      if (type != LIBUSB_TRANSFER_TYPE_BULK && type != LIBUSB_TRANSFER_TYPE_INTERRUPT) continue;
      auto& pipes = (endpoint.bEndpointAddress & LIBUSB_ENDPOINT_IN) != 0 ? found.ins : found.outs;
      pipes.push_back({endpoint.bEndpointAddress, type == LIBUSB_TRANSFER_TYPE_INTERRUPT});
    }
    std::ranges::sort(found.outs, {}, &UsbPipe::address);
    std::ranges::sort(found.ins, {}, &UsbPipe::address);
    return found;
  }
  return std::nullopt;
}

Error transfer_error(libusb_transfer_status status) {
  switch (status) {
    case LIBUSB_TRANSFER_STALL:
      return {Errc::malformed, "the pipe stalled"};
    case LIBUSB_TRANSFER_OVERFLOW:
      return {Errc::malformed, "more bytes than a transfer holds"};
    default:
      return {Errc::unplugged, fmt::format("transfer ended with status {}", static_cast<int>(status))};
  }
}

using Done = std::shared_ptr<Mailbox<libusb_transfer_status>>;

void LIBUSB_CALL on_done(libusb_transfer* transfer) {
  // Our own hold on the mailbox: whoever waits may be gone before post() has returned.
  const Done done = *static_cast<Done*>(transfer->user_data);
  done->post(transfer->status);
}

struct FreeTransfer {
  void operator()(libusb_transfer* transfer) const { ::libusb_free_transfer(transfer); }
};

}  // namespace

/// The library's context, and the thread that runs its events: transfers end there.
class UsbBus {
 public:
  explicit UsbBus(libusb_context* context)
      : context_(context), events_([this](const std::stop_token& stop) {
          while (!stop.stop_requested()) ::libusb_handle_events(context_);
        }) {}

  ~UsbBus() {
    events_.request_stop();
    ::libusb_interrupt_event_handler(context_);
    events_.join();
    ::libusb_exit(context_);
  }

  libusb_context* context() { return context_; }

 private:
  libusb_context* context_;
  std::jthread events_;
};

namespace {

class OpenUsbDevice final : public UsbDevice {
 public:
  OpenUsbDevice(std::shared_ptr<UsbBus> bus, libusb_device_handle* handle, Interface interface)
      : bus_(std::move(bus)), handle_(handle), interface_(std::move(interface)) {}

  ~OpenUsbDevice() override {
    ::libusb_release_interface(handle_, interface_.number);
    ::libusb_close(handle_);
  }

  std::span<const UsbPipe> outs() const override { return interface_.outs; }
  std::span<const UsbPipe> ins() const override { return interface_.ins; }
  std::uint8_t interface_number() const override { return interface_.number; }

  Result<void> write(const UsbPipe& pipe, BytesView bytes, const Wait& wait) override {
    Bytes buffer(bytes.begin(), bytes.end());
    const auto written = run(pipe, buffer, wait);
    wipe(buffer);
    if (!written) return std::unexpected(written.error());
    if (*written != bytes.size()) return fail(Errc::unplugged, "only a part was taken");
    return {};
  }

  Result<Bytes> read(const UsbPipe& pipe, const Wait& wait) override {
    for (;;) {
      Bytes buffer(transfer_size);
      const std::size_t size = TRY(run(pipe, buffer, wait));
      buffer.resize(size);
      if (size > 0) return buffer;  // an empty packet only ends a transfer whose size is a multiple of 64
    }
  }

  Result<Bytes> ask(std::uint8_t type, std::uint8_t request, std::uint16_t value, std::uint16_t index,
                    std::uint16_t size, const Wait& wait) override {
    Bytes buffer(LIBUSB_CONTROL_SETUP_SIZE + std::size_t{size});
    ::libusb_fill_control_setup(buffer.data(), type, request, value, index, size);
    const std::unique_ptr<libusb_transfer, FreeTransfer> transfer(::libusb_alloc_transfer(0));
    Done done = std::make_shared<Mailbox<libusb_transfer_status>>();
    ::libusb_fill_control_transfer(transfer.get(), handle_, buffer.data(), on_done, &done, 0);
    const std::size_t got = TRY(finish(*transfer, done, wait));
    const auto data = buffer.begin() + LIBUSB_CONTROL_SETUP_SIZE;
    return Bytes(data, data + static_cast<std::ptrdiff_t>(got));
  }

 private:
  Result<std::size_t> run(const UsbPipe& pipe, Bytes& buffer, const Wait& wait) {
    const std::unique_ptr<libusb_transfer, FreeTransfer> transfer(::libusb_alloc_transfer(0));
    Done done = std::make_shared<Mailbox<libusb_transfer_status>>();
    const auto fill = pipe.interrupt ? ::libusb_fill_interrupt_transfer : ::libusb_fill_bulk_transfer;
    fill(transfer.get(), handle_, pipe.address, buffer.data(), static_cast<int>(buffer.size()), on_done,
         &done, 0);
    auto result = finish(*transfer, done, wait);
    if (transfer->status == LIBUSB_TRANSFER_STALL) ::libusb_clear_halt(handle_, pipe.address);
    return result;
  }

  /// Submits a transfer and waits for its end. However that comes about, the library is done with it on
  /// return.
  Result<std::size_t> finish(libusb_transfer& transfer, const Done& done, const Wait& wait) {
    TRY(wait.check());
    if (const int code = ::libusb_submit_transfer(&transfer); code != 0)
      return std::unexpected(usb_error("submit", code));
    auto status = done->take(wait);
    if (!status) {
      ::libusb_cancel_transfer(&transfer);  // ends at once; its outcome still arrives
      const auto end = done->take(Wait{});
      if (*end == LIBUSB_TRANSFER_CANCELLED) return std::unexpected(std::move(status).error());
      status = *end;
    }
    if (*status != LIBUSB_TRANSFER_COMPLETED) return std::unexpected(transfer_error(*status));
    return static_cast<std::size_t>(transfer.actual_length);
  }

  std::shared_ptr<UsbBus> bus_;
  libusb_device_handle* handle_;
  Interface interface_;
};

Result<std::unique_ptr<UsbDevice>> claim(const std::shared_ptr<UsbBus>& bus, libusb_device* device,
                                         const UsbName& name) {
  libusb_config_descriptor* config = nullptr;
  if (const int code = ::libusb_get_active_config_descriptor(device, &config); code != 0)
    return std::unexpected(usb_error("configuration", code));
  auto interface = find_interface(*config, name);
  ::libusb_free_config_descriptor(config);
  if (!interface || interface->ins.empty() || interface->outs.empty())
    return fail(Errc::unplugged, "has no such interface");
  libusb_device_handle* handle = nullptr;
  if (const int code = ::libusb_open(device, &handle); code != 0)
    return std::unexpected(usb_error("open", code));
  ::libusb_set_auto_detach_kernel_driver(handle, 1);  // and gives it back when we let go
  if (const int code = ::libusb_claim_interface(handle, interface->number); code != 0) {
    ::libusb_close(handle);
    return std::unexpected(usb_error("claim", code));
  }
  return std::make_unique<OpenUsbDevice>(bus, handle, std::move(*interface));
}

class UsbStream final : public Link {
 public:
  explicit UsbStream(std::unique_ptr<UsbDevice> device) : device_(std::move(device)) {}
  UsbStream(const UsbStream&) = delete;
  UsbStream& operator=(const UsbStream&) = delete;
  ~UsbStream() override { wipe(rest_); }

  Result<void> write(BytesView bytes, const Wait& wait) override {
    return device_->write(device_->outs()[0], bytes, wait);
  }

  Result<Bytes> read(std::size_t most, const Wait& wait) override {
    if (rest_.empty()) rest_ = TRY(device_->read(device_->ins()[0], wait));
    const auto size = static_cast<std::ptrdiff_t>(std::min(most, rest_.size()));
    Bytes some(rest_.begin(), rest_.begin() + size);
    Bytes rest(rest_.begin() + size, rest_.end());
    wipe(rest_);
    rest_ = std::move(rest);
    return some;
  }

  void drain() override { wipe(rest_); }

 private:
  std::unique_ptr<UsbDevice> device_;
  Bytes rest_;  ///< of the last transfer, not asked for yet
};

class UsbOpener final : public LinkOpener {
 public:
  explicit UsbOpener(UsbName name) : name_(name) {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    TRY(wait.check());
    if (!bus_) bus_ = TRY(open_usb_bus());
    auto device = TRY(open_usb(bus_, name_));
    return usb_stream(std::move(device));
  }

  std::string name() const override { return name_.text(); }

 private:
  UsbName name_;
  std::shared_ptr<UsbBus> bus_;
};

}  // namespace

std::string UsbName::text() const {
  return fmt::format("usb {:04x}:{:04x}", vendor, product);
}

Result<std::shared_ptr<UsbBus>> open_usb_bus() {
  libusb_context* context = nullptr;
  if (const int code = ::libusb_init(&context); code != 0)
    return fail(Errc::unplugged, fmt::format("no USB: {}", ::libusb_error_name(code)));
  return std::make_shared<UsbBus>(context);
}

Result<std::unique_ptr<UsbDevice>> open_usb(const std::shared_ptr<UsbBus>& bus, const UsbName& name) {
  libusb_device** devices = nullptr;
  const auto count = ::libusb_get_device_list(bus->context(), &devices);
  if (count < 0) return std::unexpected(usb_error("list", static_cast<int>(count)));
  Result<std::unique_ptr<UsbDevice>> opened = fail(Errc::unplugged, "not found");
  for (libusb_device* device : std::span(devices, static_cast<std::size_t>(count))) {
    libusb_device_descriptor descriptor{};
    if (::libusb_get_device_descriptor(device, &descriptor) != 0) continue;
    if (descriptor.idVendor != name.vendor || descriptor.idProduct != name.product) continue;
    opened = claim(bus, device, name);
    if (opened) break;
  }
  ::libusb_free_device_list(devices, 1);
  if (!opened) return std::unexpected(std::move(opened).error().in(name.text()));
  return opened;
}

std::unique_ptr<Link> usb_stream(std::unique_ptr<UsbDevice> device) {
  return std::make_unique<UsbStream>(std::move(device));
}

std::unique_ptr<LinkOpener> usb_link(UsbName name) {
  return std::make_unique<UsbOpener>(name);
}

}  // namespace kiosk::drivers
