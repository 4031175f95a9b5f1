#include "drivers/confined/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hal/base/freed.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::drivers::confined {
namespace {

// All that the program has: the socket as 0, and our standard error as 1 and 2.
int spawn(pid_t& pid, char* const* command, int socket) {
  posix_spawn_file_actions_t actions{};
  ::posix_spawn_file_actions_init(&actions);
  const std::unique_ptr<posix_spawn_file_actions_t, Freed<posix_spawn_file_actions_destroy>> of_actions(
      &actions);
  ::posix_spawn_file_actions_adddup2(&actions, socket, 0);
  ::posix_spawn_file_actions_adddup2(&actions, 2, 1);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);

  // Signals as in a program that nobody has set up yet: threads here block some of them.
  posix_spawnattr_t attributes{};
  ::posix_spawnattr_init(&attributes);
  const std::unique_ptr<posix_spawnattr_t, Freed<posix_spawnattr_destroy>> of_attributes(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  ::posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  ::posix_spawnattr_setsigdefault(&attributes, &signals);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  std::string tunables = "GLIBC_TUNABLES=glibc.malloc.tcache_count=0";
  const std::array<char*, 2> environment{tunables.data(), nullptr};
  return ::posix_spawn(&pid, command[0], &actions, &attributes, command, environment.data());
}

Ending wait_for(pid_t pid) {
  siginfo_t ended{};
  while (::waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED) != 0 && errno == EINTR) {
  }
  return {.by_signal = ended.si_code != CLD_EXITED, .number = ended.si_status};
}

// On a thread of its own, from the start of the process to its end.
void keep(std::vector<std::string> texts, Fd socket, const std::stop_token& stop,
          Mailbox<Result<void>>& started, Ending& ending) {
  name_thread("confined");
  std::vector<char*> command;
  for (auto& text : texts) command.push_back(text.data());
  command.push_back(nullptr);
  pid_t pid = 0;
  if (const int refused = spawn(pid, command.data(), socket.get()); refused != 0) {
    started.post(fail(Errc::internal, texts.front() + " cannot be started: " + std::strerror(refused)));
    return;
  }
  socket.reset();  // else its end would not be seen
  started.post({});
  const Fd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  (void)poll_fd(handle.get(), POLLIN, Wait{.stop = stop});
  ::kill(pid, SIGKILL);  // nothing to one that has ended; its number is its own until it is waited for
  ending = wait_for(pid);
}

}  // namespace

std::string Ending::text() const {
  return (by_signal ? "signal " : "exit status ") + std::to_string(number);
}

Result<std::unique_ptr<Process>> Process::start(const std::filesystem::path& path,
                                                const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(Errc::internal, std::string("socketpair: ") + std::strerror(errno));
  std::unique_ptr<Process> process(new Process);
  process->socket_ = Fd(ends[0]);
  std::vector<std::string> command{path.string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  process->keeper_ = std::jthread([&self = *process, command = std::move(command),
                                   theirs = Fd(ends[1])](const std::stop_token& stop) mutable {
    keep(std::move(command), std::move(theirs), stop, self.started_, self.ending_);
  });
  const auto started = TRY(process->started_.take(Wait{}));
  if (!started) return std::unexpected(started.error());
  return process;
}

Process::~Process() {
  (void)end();
}

Ending Process::end() {
  keeper_.request_stop();
  if (keeper_.joinable()) keeper_.join();
  return ending_;
}

}  // namespace kiosk::drivers::confined
