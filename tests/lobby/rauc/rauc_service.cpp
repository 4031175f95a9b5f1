#include "tests/lobby/rauc/rauc_service.hpp"

#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <systemd/sd-bus.h>

#include "hal/base/freed.hpp"
#include "tests/lobby/wire/child.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr const char* object = "/";
constexpr const char* interface = "de.pengutronix.rauc.Installer";
constexpr std::size_t piece = 64 * 1024;

using Connection = std::unique_ptr<sd_bus, Freed<sd_bus_flush_close_unref>>;
using Registered = std::unique_ptr<sd_bus_slot, Freed<sd_bus_slot_unref>>;

}  // namespace

/// One installation: the images of a bundle, a piece at a time.
struct RaucService::Job {
  struct Image {
    std::ifstream from;
    std::ofstream to;
  };
  std::vector<Image> images;
  std::uintmax_t length = 0, done = 0;
  fs::path unpacked;

  ~Job() { fs::remove_all(unpacked); }

  int percent() const { return length == 0 ? 0 : static_cast<int>(done * 100 / length); }

  /// False at the end.
  bool write_piece() {
    while (!images.empty() && images.front().from.peek() == EOF) images.erase(images.begin());
    if (images.empty()) return false;
    std::vector<char> bytes(piece);
    auto& image = images.front();
    image.from.read(bytes.data(), piece);
    image.to.write(bytes.data(), image.from.gcount());
    done += static_cast<std::uintmax_t>(image.from.gcount());
    return true;
  }
};

struct RaucService::Bus {
  std::map<std::string, fs::path> partitions;
  std::mutex mutex;
  Conduct conduct;
  std::unique_ptr<Job> job;
  std::string last_error;
  Connection connection;
  Registered registered;

  Conduct conducted() {
    const std::lock_guard lock(mutex);
    return conduct;
  }

  void complete(const std::string& error) {
    job.reset();
    last_error = error;
    sd_bus_emit_signal(connection.get(), object, interface, "Completed", "i", error.empty() ? 0 : 1);
  }

  /// False when it died.
  bool work() {
    const auto how = conducted();
    const bool in_the_middle = job->percent() >= 40;
    if (in_the_middle && how.dies) return false;
    if (in_the_middle && how.stands) return true;
    if (in_the_middle && !how.fails.empty()) {
      complete(how.fails);
    } else if (!job->write_piece()) {
      complete("");
    }
    return true;
  }

  static int install(sd_bus_message* message, void* self, sd_bus_error* error) {
    auto& bus = *static_cast<Bus*>(self);
    const char* source = nullptr;
    if (const int read = sd_bus_message_read(message, "s", &source); read < 0) return read;
    if (bus.job) return sd_bus_error_set(error, SD_BUS_ERROR_FAILED, "already processing a different method");
    bus.job = std::make_unique<Job>();
    bus.job->unpacked = fs::path(source).concat(".unpacked");
    auto unpack =
        Child::start({.command = {"/usr/bin/unsquashfs", "-no-progress", "-d", bus.job->unpacked, source},
                      .log = "/dev/null"});
    if (!unpack || unpack->wait(Wait::of(60s)) != 0) {
      bus.job.reset();
      return sd_bus_error_set(error, SD_BUS_ERROR_FAILED, "failed to mount bundle");
    }
    for (const auto& [name, partition] : bus.partitions) {
      const auto image = bus.job->unpacked / (name + ".img");
      bus.job->length += fs::file_size(image);
      bus.job->images.push_back(
          {std::ifstream(image, std::ios::binary), std::ofstream(partition, std::ios::binary)});
    }
    return sd_bus_reply_method_return(message, "");
  }

  static int operation(sd_bus*, const char*, const char*, const char*, sd_bus_message* answer, void* self,
                       sd_bus_error*) {
    return sd_bus_message_append(answer, "s", static_cast<Bus*>(self)->job ? "installing" : "idle");
  }
  static int error_words(sd_bus*, const char*, const char*, const char*, sd_bus_message* answer, void* self,
                         sd_bus_error*) {
    return sd_bus_message_append(answer, "s", static_cast<Bus*>(self)->last_error.c_str());
  }
  static int progress(sd_bus*, const char*, const char*, const char*, sd_bus_message* answer, void* self,
                      sd_bus_error*) {
    const auto& job = static_cast<Bus*>(self)->job;
    return sd_bus_message_append(answer, "(isi)", job ? job->percent() : 100, "Installing", 1);
  }

  bool open(const std::string& address) {
    static const sd_bus_vtable vtable[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_METHOD("InstallBundle", "sa{sv}", "", &Bus::install, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_PROPERTY("Operation", "s", &Bus::operation, 0, 0),
        SD_BUS_PROPERTY("LastError", "s", &Bus::error_words, 0, 0),
        SD_BUS_PROPERTY("Progress", "(isi)", &Bus::progress, 0, 0),
        SD_BUS_SIGNAL("Completed", "i", 0),
        SD_BUS_VTABLE_END};
    sd_bus* made = nullptr;
    if (sd_bus_new(&made) < 0) return false;
    connection.reset(made);
    sd_bus_slot* slot = nullptr;
    if (sd_bus_set_address(made, address.c_str()) < 0 || sd_bus_set_bus_client(made, 1) < 0 ||
        sd_bus_start(made) < 0 ||
        sd_bus_add_object_vtable(made, &slot, object, interface, vtable, this) < 0) {
      return false;
    }
    registered.reset(slot);
    return sd_bus_request_name(made, "de.pengutronix.rauc", 0) >= 0;
  }
};

RaucService::RaucService(const std::string& address, std::map<std::string, fs::path> partitions)
    : bus_(std::make_unique<Bus>()) {
  bus_->partitions = std::move(partitions);
  if (!bus_->open(address)) throw std::runtime_error("rauc: cannot serve on " + address);
  thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

RaucService::~RaucService() = default;

void RaucService::conduct(const Conduct& conduct) {
  const std::lock_guard lock(bus_->mutex);
  bus_->conduct = conduct;
}

void RaucService::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (sd_bus_process(bus_->connection.get(), nullptr) > 0) continue;
    if (bus_->job && !bus_->work()) break;
    sd_bus_wait(bus_->connection.get(), bus_->job ? 500 : 20'000);
  }
  bus_->job.reset();
  bus_->registered.reset();
  bus_->connection.reset();  // and with it the name on the bus
}

}  // namespace kiosk::lobby
