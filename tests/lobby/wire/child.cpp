#include "tests/lobby/wire/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::lobby {

using namespace std::chrono_literals;

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::string name_part(const std::string& setting) {
  return setting.substr(0, setting.find('=') + 1);
}

std::vector<std::string> environment_with(const std::vector<std::string>& ours) {
  std::vector<std::string> all = ours;
  for (char** inherited = environ; *inherited != nullptr; ++inherited) {
    const std::string setting = *inherited;
    bool replaced = false;
    for (const auto& own : ours) replaced = replaced || name_part(own) == name_part(setting);
    if (!replaced) all.push_back(setting);
  }
  return all;
}

/// Between fork and exec of a program with threads: system calls only.
[[noreturn]] void become(char* const* command, char* const* environment, int log, int broken, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // it died before we could ask for the signal
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(nothing, 0);
  if (log >= 0) {
    ::dup2(log, 1);
    ::dup2(log, 2);
  }
  ::execve(command[0], command, environment);
  const int number = errno;
  (void)!::write(broken, &number, sizeof(number));
  ::_exit(127);
}

int status_of(const siginfo_t& ended) {
  return ended.si_code == CLD_EXITED ? ended.si_status : 128 + ended.si_status;
}

}  // namespace

Result<Child> Child::start(const Program& program) {
  auto command_texts = program.command;
  auto environment_texts = environment_with(program.environment);
  const auto command = pointers(command_texts);
  const auto environment = pointers(environment_texts);
  Fd log;
  if (!program.log.empty()) {
    log = Fd(::open(program.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!log) return fail(Errc::internal, program.log + ": " + std::strerror(errno));
  }
  int ends[2] = {-1, -1};  // closed by a successful exec: then the read below sees the end
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(Errc::internal, std::strerror(errno));
  const Fd answer(ends[0]);
  Fd broken(ends[1]);

  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return fail(Errc::internal, std::string("fork: ") + std::strerror(errno));
  if (pid == 0) become(command.data(), environment.data(), log.get(), broken.get(), parent);
  broken.reset();
  int number = 0;
  if (::read(answer.get(), &number, sizeof(number)) == sizeof(number)) {
    ::waitpid(pid, nullptr, 0);
    return fail(Errc::not_present, program.command.front() + ": " + std::strerror(number));
  }
  return Child(pid, Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))));
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), handle_(std::move(other.handle_)), status_(other.status_) {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(handle_, other.handle_);
  std::swap(status_, other.status_);
  return *this;
}

Child::~Child() {
  end();
}

bool Child::running() {
  return handle_ && status_ < 0 && !wait(Wait::of(0s));
}

Result<int> Child::wait(const Wait& wait) {
  if (!handle_) return fail(Errc::not_present, "nothing was started");
  if (status_ >= 0) return status_;
  TRY(poll_fd(handle_.get(), POLLIN, wait));
  siginfo_t ended{};
  if (::waitid(P_PIDFD, static_cast<id_t>(handle_.get()), &ended, WEXITED) != 0)
    return fail(Errc::internal, std::string("waitid: ") + std::strerror(errno));
  return status_ = status_of(ended);
}

void Child::kill() {
  if (!running()) return;
  ::kill(pid_, SIGKILL);
  (void)wait(Wait::of(1h));
}

void Child::end() {
  if (!running()) return;
  ::kill(pid_, SIGTERM);
  if (!wait(Wait::of(5s))) kill();
}

}  // namespace kiosk::lobby
