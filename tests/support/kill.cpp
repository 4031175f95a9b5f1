#include "tests/support/kill.hpp"

#include <algorithm>
#include <array>
#include <csignal>

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::testing {
namespace {

bool changes_a_file(unsigned long long call) {
  static constexpr std::array calls{SYS_write,     SYS_pwrite64, SYS_fsync,    SYS_fdatasync, SYS_ftruncate,
                                    SYS_fallocate, SYS_unlink,   SYS_unlinkat, SYS_rename,    SYS_renameat2,
                                    SYS_mkdir,     SYS_rmdir,    SYS_chown,    SYS_openat};
  return std::ranges::find(calls, static_cast<long>(call)) != calls.end();
}

}  // namespace

End run_and_kill(const std::function<void()>& script, int n) {
  const auto child = ::fork();
  if (child == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(77);
    ::raise(SIGSTOP);
    script();
    _exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status)) return WEXITSTATUS(status) == 77 ? End::cannot_trace : End::failed;
  if (n == 0) {
    ::ptrace(PTRACE_DETACH, child, nullptr, nullptr);
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? End::finished : End::failed;
  }
  ::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  bool entering = false;
  int changes = 0;
  for (;;) {
    ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? End::finished : End::failed;
    if (WIFSIGNALED(status)) return End::failed;
    if (WSTOPSIG(status) != (SIGTRAP | 0x80)) continue;
    entering = !entering;
    if (!entering) continue;
    user_regs_struct registers{};
    ::ptrace(PTRACE_GETREGS, child, nullptr, &registers);
    if (!changes_a_file(registers.orig_rax) || ++changes != n) continue;
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    return End::killed;
  }
}

}  // namespace kiosk::testing
