#include "tests/image/machine.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include "hal/base/bytes.hpp"
#include "tests/image/run.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

constexpr int panel_width = 1080, panel_height = 1920;
constexpr std::uintmax_t memory_mb = 1024;

bool nearly_same(std::uint32_t one, std::uint32_t other) {
  if (one == other) return true;
  for (int shift = 0; shift < 24; shift += 8) {
    const auto channel = [shift](std::uint32_t dot) { return static_cast<int>(dot >> shift & 0xFF); };
    if (std::abs(channel(one) - channel(other)) > 8) return false;
  }
  return true;
}

/// OVMF with Secure Boot and Debian's own test keys ("snakeoil"), which it keeps where only System Management
/// Mode writes.
void add_firmware(std::vector<std::string>& command, const std::filesystem::path& variables) {
  const std::filesystem::path ovmf = "/usr/share/OVMF";
  const auto flash = [](int unit, const std::filesystem::path& file, const char* more) {
    return fmt::format("if=pflash,format=raw,unit={},file={}{}", unit, file.string(), more);
  };
  for (const auto& argument :
       {std::string("-machine"), std::string("q35,smm=on"), std::string("-global"),
        std::string("driver=cfi.pflash01,property=secure,value=on"), std::string("-drive"),
        flash(0, ovmf / "OVMF_CODE_4M.secboot.fd", ",readonly=on"), std::string("-drive"),
        flash(1, variables, "")})
    command.push_back(argument);
}

/// With the dashes that QEMU wants.
std::string board_number() {
  auto number = machine_number;
  for (const std::size_t at : {20U, 16U, 12U, 8U}) number.insert(at, "-");
  return number;
}

/// Where the firmware works, below the 16 MB at the end that System Management Mode keeps: empty after a
/// restart as after power-on. QEMU translates the guest's code, and remembers the translations of what ran
/// before: each write of the firmware into such a page is slow, and 5 s of processor time became up to 50.
/// `zeros` has been read once QEMU answers.
Result<void> add_emptied_memory(std::vector<std::string>& command, const std::filesystem::path& zeros) {
  constexpr std::uintmax_t end = (memory_mb - 16) << 20, begin = end - (66 << 20);
  std::ofstream(zeros).close();
  std::error_code error;
  std::filesystem::resize_file(zeros, end - begin, error);
  if (error) return fail(Errc::storage, zeros.string() + ": " + error.message());
  command.insert(command.end(),
                 {"-device", fmt::format("loader,file={},addr={:#x},force-raw=on", zeros.string(), begin)});
  return {};
}

/// "P6", the width, the height, "255", and three bytes a dot. With PNGs a start took 6 % more processor time.
Result<Picture> read_ppm(const std::filesystem::path& file) {
  std::ifstream ppm(file, std::ios::binary);
  std::string kind;
  int most = 0;
  Picture picture;
  ppm >> kind >> picture.width >> picture.height >> most;
  ppm.ignore(1);
  if (!ppm || kind != "P6" || most != 255) return fail(Errc::malformed, file.string() + " is no picture");
  picture.dots.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  std::vector<unsigned char> bytes(picture.dots.size() * 3);
  if (!ppm.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())))
    return fail(Errc::malformed, file.string() + " is cut off");
  for (std::size_t i = 0; i < picture.dots.size(); ++i)
    picture.dots[i] = static_cast<std::uint32_t>(bytes[i * 3]) << 16 |
                      static_cast<std::uint32_t>(bytes[i * 3 + 1]) << 8 | bytes[i * 3 + 2];
  return picture;
}

/// With a log of its writes it has a cache that the guest must flush, as real disks have.
void add_disk(std::vector<std::string>& command, const Machine::Settings& settings) {
  const auto add = [&command](std::initializer_list<std::string> more) {
    command.insert(command.end(), more);
  };
  if (settings.write_log.empty()) {
    add({"-drive", "if=virtio,format=raw,cache=writethrough,file=" + settings.disk.disk.string()});
    return;
  }
  std::ofstream log(settings.write_log, std::ios::trunc);  // it writes into one that is there
  log.close();
  add({"-blockdev", "driver=file,node-name=disk,filename=" + settings.disk.disk.string()});
  add({"-blockdev", "driver=file,node-name=log,filename=" + settings.write_log.string()});
  add({"-blockdev", "driver=blklogwrites,node-name=logged,file=disk,log=log,log-super-update-interval=1"});
  add({"-device", "virtio-blk-pci,drive=logged"});
}

}  // namespace

double difference(const Picture& one, const Picture& other) {
  return difference(one, other, {0, 0, one.width, one.height});
}

double difference(const Picture& one, const Picture& other, const hal::DotRect& part) {
  if (one.width != other.width || one.height != other.height || one.dots.empty()) return 1;
  int different = 0;
  for (int y = part.y; y < part.y + part.height; ++y) {
    for (int x = part.x; x < part.x + part.width; ++x) {
      const auto at =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(one.width) + static_cast<std::size_t>(x);
      if (!nearly_same(one.dots.at(at), other.dots.at(at))) ++different;
    }
  }
  return static_cast<double>(different) / std::max(1, part.width * part.height);
}

Result<void> save(const Picture& picture, const std::filesystem::path& file) {
  const auto png = TRY(paint::to_png(picture));
  std::ofstream out(file, std::ios::binary);
  if (!(out << as_text(png)).flush()) return fail(Errc::storage, "cannot write " + file.string());
  return {};
}

Result<std::unique_ptr<Machine>> Machine::start(const Settings& settings) {
  const auto socket = (settings.folder / "qmp.sock").string();
  const auto tpm_socket = (settings.folder / "tpm.sock").string();
  std::vector<std::string> command{"/usr/bin/qemu-system-x86_64"};
  const auto add = [&command](std::initializer_list<std::string> more) {
    command.insert(command.end(), more);
  };
  add({"-nodefaults", "-no-user-config", "-display", "none"});
  if (!settings.restarts) add({"-no-reboot"});
  add({"-rtc", fmt::format("base={:%Y-%m-%dT%H:%M:%S}",
                           fmt::gmtime(std::time(nullptr) + settings.clock_ahead.count()))});
  // Where many share this machine, one processor each. 192 MB of translations start as fast as 512.
  const auto* processors = claims().empty() ? "2" : "1";
  add({"-accel", "tcg,thread=multi,tb-size=192", "-smp", processors, "-m", std::to_string(memory_mb)});
  // With AES as instructions, and no "rep movsb", which goes byte by byte: a start takes 45 s of processor
  // time and not the 60 of the processor that QEMU has otherwise.
  add({"-cpu", "max,-erms"});
  add_firmware(command, settings.disk.variables);
  add({"-uuid", board_number()});
  add({"-chardev", "socket,id=tpm,path=" + tpm_socket, "-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device",
       "tpm-crb,tpmdev=tpm0"});
  const auto zeros = settings.folder / "zeros";
  TRY(add_emptied_memory(command, zeros));
  add_disk(command, settings);
  add({"-device", fmt::format("virtio-vga,xres={},yres={}", panel_width, panel_height)});
  // Ports enough: QEMU would put a slow hub in front of the last one.
  add({"-device", "qemu-xhci,p2=8,p3=8", "-device", "usb-tablet", "-device", "i6300esb"});
  for (const auto& usb : settings.usb_sockets) {
    const auto name = fmt::format("usb{}", command.size());
    add({"-chardev", "socket,id=" + name + ",path=" + usb.string(), "-device", "usb-redir,chardev=" + name});
  }
  add({"-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile="});
  add({"-qmp", "unix:" + socket + ",server=on,wait=off"});
  add({"-serial", "file:" + (settings.folder / "serial.log").string()});
  for (const auto& port : settings.serial_ports) {
    const auto name = fmt::format("port{}", command.size());
    command.insert(command.end(), {"-chardev", "serial,id=" + name + ",path=" + port, "-device",
                                   "isa-serial,chardev=" + name});
  }
  std::unique_ptr<Machine> machine(new Machine);
  machine->settings_ = settings;
  machine->tpm_ = TRY(Tpm::start(settings.disk.tpm, tpm_socket));
  machine->started_at_ = Steady::now();
  machine->qemu_ =
      TRY(lobby::Child::start({.command = command, .log = (settings.folder / "qemu.log").string()}));
  machine->qmp_ = TRY(Qmp::connect(socket, Wait::of(answer_time)));
  std::filesystem::remove(zeros);
  TRY(machine->let_others_go_first());
  return machine;
}

std::chrono::milliseconds Machine::processor_time() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(qemu_.pid(), &clock) != 0 || ::clock_gettime(clock, &used) != 0) return {};
  return std::chrono::seconds(used.tv_sec) + std::chrono::milliseconds(used.tv_nsec / 1'000'000);
}

Result<void> Machine::let_others_go_first() {
  for (const auto& processor : TRY(qmp_.ask("query-cpus-fast", json::object(), Wait::of(answer_time)))) {
    if (::setpriority(PRIO_PROCESS, processor["thread-id"].get<id_t>(), 10) != 0)
      return fail(Errc::internal, std::string("a processor of the machine: ") + std::strerror(errno));
  }
  return {};
}

Result<Picture> Machine::look() {
  const auto file = settings_.folder / "panel.ppm";
  TRY(qmp_.ask("screendump", {{"filename", file.string()}}, Wait::of(answer_time)));
  auto picture = read_ppm(file);
  std::filesystem::remove(file);
  return picture;
}

Result<Steady::duration> Machine::await(const Picture& wanted, double most, const std::string& name,
                                        const Wait& wait) {
  Picture seen;
  const auto since = await(wanted, most, seen, wait);
  const auto kept = seen.width > 0 ? save(seen, settings_.folder / (name + ".png")) : Result<void>();
  if (!since) return fail(since.error().code, name + ": " + since.error().what);
  TRY(kept);
  return since;
}

Result<Steady::duration> Machine::await(const Picture& wanted, double most, Picture& seen, const Wait& wait) {
  while (true) {
    seen = TRY(look());
    const auto since = Steady::now() - started_at_;
    const auto others = difference(seen, wanted);
    if (others <= most) return since;
    if (const auto slept = wait.sleep(1s); !slept)
      return fail(slept.error().code, fmt::format("{:.1f} % of the dots are others", others * 100));
  }
}

Result<void> Machine::plug(const std::filesystem::path& stick) {
  TRY(qmp_.ask("blockdev-add",
               {{"driver", "raw"},
                {"node-name", "stick"},
                {"file", {{"driver", "file"}, {"filename", stick.string()}}}},
               Wait::of(answer_time)));
  TRY(qmp_.ask("device_add", {{"driver", "usb-storage"}, {"id", "stick"}, {"drive", "stick"}},
               Wait::of(answer_time)));
  return {};
}

Result<void> Machine::unplug() {
  TRY(qmp_.ask("device_del", {{"id", "stick"}}, Wait::of(answer_time)));
  while (TRY(qmp_.event("DEVICE_DELETED", Wait::of(answer_time)))["data"].value("device", "") != "stick") {
  }
  TRY(qmp_.ask("blockdev-del", {{"node-name", "stick"}}, Wait::of(answer_time)));
  return {};
}

Result<void> Machine::finger(int x, int y, bool down) {
  const auto axis = [](const char* name, int dot, int size) {
    return json{{"type", "abs"}, {"data", {{"axis", name}, {"value", (2 * dot + 1) * 32768 / (2 * size)}}}};
  };
  const json button{{"type", "btn"}, {"data", {{"button", "left"}, {"down", down}}}};
  TRY(qmp_.ask("input-send-event",
               {{"events", {axis("x", x, panel_width), axis("y", y, panel_height), button}}},
               Wait::of(answer_time)));
  return {};
}

Result<void> Machine::tap(int x, int y) {
  TRY(finger(x, y, true));
  TRY(Wait::of(answer_time).sleep(100ms));
  return finger(x, y, false);
}

Result<void> Machine::draw(const std::vector<std::pair<int, int>>& dots) {
  for (const auto& [x, y] : dots) {
    TRY(finger(x, y, true));
    TRY(Wait::of(answer_time).sleep(20ms));
  }
  return finger(dots.back().first, dots.back().second, false);
}

}  // namespace kiosk::image
