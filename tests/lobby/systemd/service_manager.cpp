#include "tests/lobby/systemd/service_manager.hpp"

#include <mutex>
#include <stdexcept>

#include <systemd/sd-bus.h>

#include "hal/base/freed.hpp"

namespace kiosk::lobby {
namespace {

constexpr const char* object = "/org/freedesktop/systemd1";
constexpr const char* interface = "org.freedesktop.systemd1.Manager";
constexpr std::uint64_t look_up = 20'000;  // us, whether it is to end

using Connection = std::unique_ptr<sd_bus, Freed<sd_bus_flush_close_unref>>;

}  // namespace

struct ServiceManager::Bus {
  mutable std::mutex mutex;
  bool refuses = false;
  std::vector<std::string> started;
  Connection connection;

  static int start_unit(sd_bus_message* message, void* self, sd_bus_error* error) {
    auto& bus = *static_cast<Bus*>(self);
    const char *unit = nullptr, *mode = nullptr;
    if (const int read = sd_bus_message_read(message, "ss", &unit, &mode); read < 0) return read;
    const std::lock_guard lock(bus.mutex);
    if (bus.refuses) return sd_bus_error_set(error, SD_BUS_ERROR_ACCESS_DENIED, "Access denied");
    bus.started.push_back(std::string(unit) + " " + mode);
    return sd_bus_reply_method_return(message, "o", "/org/freedesktop/systemd1/job/1");
  }

  bool open(const std::string& address) {
    static const sd_bus_vtable vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_METHOD("StartUnit", "ss", "o", &Bus::start_unit, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END};
    sd_bus* made = nullptr;
    if (sd_bus_new(&made) < 0) return false;
    connection.reset(made);
    return sd_bus_set_address(made, address.c_str()) >= 0 && sd_bus_set_bus_client(made, 1) >= 0 &&
           sd_bus_start(made) >= 0 &&
           sd_bus_add_object_vtable(made, nullptr, object, interface, vtable, this) >= 0 &&
           sd_bus_request_name(made, "org.freedesktop.systemd1", 0) >= 0;
  }
};

ServiceManager::ServiceManager(const std::string& address) : bus_(std::make_unique<Bus>()) {
  if (!bus_->open(address)) throw std::runtime_error("service manager: cannot serve on " + address);
  thread_ = std::jthread([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (sd_bus_process(bus_->connection.get(), nullptr) == 0) {
        sd_bus_wait(bus_->connection.get(), look_up);
      }
    }
  });
}

ServiceManager::~ServiceManager() = default;

void ServiceManager::refuse() {
  const std::lock_guard lock(bus_->mutex);
  bus_->refuses = true;
}

std::vector<std::string> ServiceManager::started() const {
  const std::lock_guard lock(bus_->mutex);
  return bus_->started;
}

}  // namespace kiosk::lobby
