// What somebody would try who got hold of one of the image's services; runs inside its walls, in `walls`
// alone. probe SERVICE ALLOWED FORBIDDEN: the two are ports of 10.0.2.2. Prints a line for each try, "probe:
// SERVICE NAME open" or "probe: SERVICE NAME shut (why)", and "probe: SERVICE done" at last.

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

namespace {

using namespace std::chrono_literals;

/// Why it is shut; empty: it is open.
using Try = std::function<std::string()>;

std::string why(bool done) {
  return done ? "" : std::strerror(errno);
}

/// A file comes into this folder, and goes.
Try leave_file(const std::string& folder) {
  return [file = folder + "/probe"] {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return why(false);
    ::close(fd);
    ::unlink(file.c_str());
    return std::string();
  };
}

Try open_file(const char* file, int flags) {
  return [file, flags] {
    const int fd = ::open(file, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) return why(false);
    ::close(fd);
    return std::string();
  };
}

std::string list_home() {
  auto* folder = ::opendir("/home");
  if (folder == nullptr) return why(false);
  ::closedir(folder);
  return "";
}

Try open_socket(int family, int type, int protocol) {
  return [=] {
    const int fd = ::socket(family, type | SOCK_CLOEXEC, protocol);
    if (fd < 0) return why(false);
    ::close(fd);
    return std::string();
  };
}

std::string connect_once(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return why(false);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, "10.0.2.2", &address.sin_addr);
  int error = 0;
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) error = errno;
  if (error == EINPROGRESS) {
    pollfd one{.fd = fd, .events = POLLOUT, .revents = 0};
    socklen_t size = sizeof error;
    if (::poll(&one, 1, 10'000) != 1) {
      error = ETIMEDOUT;
    } else {
      ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    }
  }
  ::close(fd);
  return error == 0 ? "" : std::strerror(error);
}

/// The network may come up only now.
Try connect_patiently(int port) {
  return [port] {
    auto said = connect_once(port);
    for (int i = 0; i < 60 && !said.empty(); ++i) {
      std::this_thread::sleep_for(1s);
      said = connect_once(port);
    }
    return said;
  };
}

std::string set_uid_bit() {
  std::string file = "/tmp/probe-XXXXXX";
  const int fd = ::mkostemp(file.data(), O_CLOEXEC);
  if (fd < 0) return "no file to try it with";
  auto said = why(::fchmod(fd, 04700) == 0);
  ::close(fd);
  ::unlink(file.c_str());
  return said;
}

std::string write_code() {
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return why(page != MAP_FAILED);
}

std::string have_rights() {
  for (int one = 0; one <= CAP_LAST_CAP; ++one) {
    if (::prctl(PR_CAPBSET_READ, one) == 1) return "";
  }
  return "none is within reach";
}

/// In a child of its own, for it may cost its life.
Try in_child(bool (*attempt)()) {
  return [attempt] {
    const auto child = ::fork();
    if (child < 0) return std::string("no child to try it");
    if (child == 0) ::_exit(attempt() ? 0 : errno);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return std::string(::strsignal(WTERMSIG(status)));
    return std::string(WEXITSTATUS(status) == 0 ? "" : std::strerror(WEXITSTATUS(status)));
  };
}

/// By the gate for 32 bits, whose calls have other numbers than those that a filter looks at.
bool ask_as_32_bits() {
  long answer = 20;  // getpid
  asm volatile("int $0x80" : "+a"(answer) : : "memory");
  errno = answer < 0 ? static_cast<int>(-answer) : 0;
  return answer > 0;
}

bool make_user_namespace() {
  return ::unshare(CLONE_NEWUSER) == 0;
}

bool trace_first_process() {
  return ::ptrace(PTRACE_ATTACH, 1, nullptr, nullptr) == 0;
}

bool run_as_another_system() {
  return ::personality(PER_LINUX32) != -1;
}

bool push_in() {
  return ::setpriority(PRIO_PROCESS, 0, 1) == 0;
}

std::string set_clock() {
  const timespec now{.tv_sec = std::time(nullptr), .tv_nsec = 0};
  return why(::clock_settime(CLOCK_REALTIME, &now) == 0);
}

constexpr const char *rauc = "de.pengutronix.rauc", *installer = "de.pengutronix.rauc.Installer";

std::string property(sd_bus* bus, const char* name) {
  char* value = nullptr;
  if (::sd_bus_get_property_string(bus, rauc, "/", installer, name, nullptr, &value) < 0) return "unknown";
  std::string text(value);
  std::free(value);
  return text;
}

/// RAUC is told to install it, and what it says in the end.
std::string install_by(sd_bus* bus, const char* bundle) {
  sd_bus_error error = SD_BUS_ERROR_NULL;
  const int asked =
      ::sd_bus_call_method(bus, rauc, "/", installer, "InstallBundle", &error, nullptr, "sa{sv}", bundle, 0);
  std::string said = asked < 0 ? (error.name != nullptr ? error.name : std::strerror(-asked)) : "";
  ::sd_bus_error_free(&error);
  if (asked < 0) return said;
  for (int i = 0; i < 240 && property(bus, "Operation") != "idle"; ++i) std::this_thread::sleep_for(500ms);
  return property(bus, "LastError");
}

Try install(const char* bundle) {
  return [bundle] {
    sd_bus* bus = nullptr;
    if (const int opened = ::sd_bus_open_system(&bus); opened < 0)
      return "no bus: " + std::string(std::strerror(-opened));
    ::sd_bus_set_method_call_timeout(bus, 90'000'000);
    auto said = install_by(bus, bundle);
    ::sd_bus_flush_close_unref(bus);
    return said;
  };
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  const std::string service = words[1];
  const std::vector<std::pair<const char*, Try>> tries{
      {"files-of-programs", leave_file("/usr")},
      {"files-of-system", leave_file("/etc")},
      {"settings", leave_file("/etc/kiosk")},
      {"data-of-kiosk", leave_file("/var/lib/kiosk")},
      {"data-of-updater", leave_file("/var/lib/kiosk-updater")},
      {"state-of-boot-loader", leave_file("/state")},
      {"folder-of-all", leave_file("/run/lock")},
      {"request-for-restart", leave_file("/run/kiosk-power")},
      {"homes", list_home},
      {"records-of-kiosk", open_file("/var/lib/kiosk/kiosk.db", O_RDONLY)},
      {"key-of-kiosk", open_file("/etc/kiosk/store.key", O_RDONLY)},
      {"key-of-updater", open_file("/var/lib/kiosk-updater/updater.key", O_RDONLY)},
      {"first-process", open_file("/proc/1/status", O_RDONLY)},
      {"kernel-facts", open_file("/proc/meminfo", O_RDONLY)},
      {"kernel-log", open_file("/dev/kmsg", O_RDONLY)},
      {"console", open_file("/dev/tty0", O_RDWR)},
      {"memory", open_file("/dev/mem", O_RDONLY)},
      {"disk", open_file("/dev/vda", O_WRONLY)},
      {"other-root-written", open_file("/dev/kiosk/ROOTB", O_WRONLY)},
      {"other-root-read", open_file("/dev/kiosk/ROOTB", O_RDONLY)},
      {"state-partition-read", open_file("/dev/kiosk/KSTATE", O_RDONLY)},
      {"tpm", open_file("/dev/tpmrm0", O_RDWR)},
      {"made-up-finger", open_file("/dev/uinput", O_WRONLY)},
      {"user-namespace", in_child(make_user_namespace)},
      {"mount", [] { return why(::mount("none", "/tmp", "tmpfs", 0, nullptr) == 0); }},
      {"trace", in_child(trace_first_process)},
      {"signal", [] { return why(::kill(1, 0) == 0); }},
      {"priority", in_child(push_in)},
      {"other-personality", in_child(run_as_another_system)},
      {"calls-of-32-bits", in_child(ask_as_32_bits)},
      {"writable-code", write_code},
      {"set-uid-bit", set_uid_bit},
      {"rights", have_rights},
      {"clock", set_clock},
      {"packet-socket", open_socket(AF_PACKET, SOCK_RAW, 0)},
      {"raw-socket", open_socket(AF_INET, SOCK_RAW, IPPROTO_ICMP)},
      {"peer", connect_patiently(std::atoi(words[2]))},
      {"stranger", [&] { return connect_once(std::atoi(words[3])); }},
      {"foreign-bundle", install("/usr/lib/kiosk/foreign.raucb")},
      {"same-bundle", install("/usr/lib/kiosk/same.raucb")},
  };
  for (const auto& [name, attempt] : tries) {
    const auto shut = attempt();
    std::printf("probe: %s %s %s\n", service.c_str(), name,
                shut.empty() ? "open" : ("shut (" + shut + ")").c_str());
    std::fflush(stdout);
  }
  std::printf("probe: %s done\n", service.c_str());
}
