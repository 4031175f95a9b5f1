#include "drivers/confined/inside/close_in.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>

#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hal/base/freed.hpp"

namespace kiosk::drivers::confined {
namespace {

using Filter = std::unique_ptr<void, Freed<seccomp_release>>;

Result<void> done(int answer, const char* what) {
  if (answer >= 0) return {};
  return fail(Errc::internal, std::string(what) + ": " + std::strerror(answer == -1 ? errno : -answer));
}

Result<void> limit(__rlimit_resource what, rlim_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  return done(::setrlimit(what, &both), "setrlimit");
}

// What is mapped now, libraries and their data: it stays, and `most_memory` is added to it.
Result<rlim_t> mapped_bytes() {
  const std::unique_ptr<FILE, Freed<fclose>> file(std::fopen("/proc/self/statm", "re"));
  unsigned long pages = 0;
  if (!file || std::fscanf(file.get(), "%lu", &pages) != 1)
    return fail(Errc::internal, "/proc/self/statm cannot be read");
  return rlim_t{pages} * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

Result<void> set_limits(std::size_t most_memory) {
  const auto mapped = TRY(mapped_bytes());
  TRY(limit(RLIMIT_AS, mapped + most_memory));
  TRY(limit(RLIMIT_CORE, 0));
  TRY(limit(RLIMIT_FSIZE, 0));
  TRY(limit(RLIMIT_NOFILE, 0));
  return limit(RLIMIT_NPROC, 0);
}

// Where memory ends, before the program that asked.
Result<void> go_first() {
  const std::unique_ptr<FILE, Freed<fclose>> file(std::fopen("/proc/self/oom_score_adj", "we"));
  if (!file || std::fputs("1000", file.get()) < 0 || std::fflush(file.get()) != 0)
    return fail(Errc::internal, "/proc/self/oom_score_adj cannot be written");
  return {};
}

// Only with these arguments may a call be made.
template <class... Arguments>
Result<void> allow(const Filter& filter, int call, Arguments... arguments) {
  return done(::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, sizeof...(arguments), arguments...),
              "seccomp rule");
}

Result<void> close_door() {
  const auto on_socket = SCMP_A0(SCMP_CMP_EQ, STDIN_FILENO);
  const auto not_run = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  const auto no_file = SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);

  const Filter filter(::seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return fail(Errc::internal, "seccomp: the kernel has no filters that end a process");
  TRY(done(::seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "seccomp"));
  TRY(done(::seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1),
           "seccomp"));  // a library's threads as well
  // No address and no flags: what is sent out of band has been a way out of such a room (CVE-2025-38236).
  TRY(allow(filter, SCMP_SYS(recvfrom), on_socket, SCMP_A3(SCMP_CMP_EQ, 0), SCMP_A4(SCMP_CMP_EQ, 0)));
  TRY(allow(filter, SCMP_SYS(sendto), on_socket, SCMP_A3(SCMP_CMP_EQ, MSG_NOSIGNAL),
            SCMP_A4(SCMP_CMP_EQ, 0)));
  TRY(allow(filter, SCMP_SYS(mmap), not_run, no_file));
  TRY(allow(filter, SCMP_SYS(mprotect), not_run));
  TRY(allow(filter, SCMP_SYS(mremap)));
  TRY(allow(filter, SCMP_SYS(munmap)));
  TRY(allow(filter, SCMP_SYS(madvise)));
  TRY(allow(filter, SCMP_SYS(brk)));
  TRY(allow(filter, SCMP_SYS(clock_gettime)));  // where the machine's clock cannot be read without the kernel
  TRY(allow(filter, SCMP_SYS(exit_group)));
  return done(::seccomp_load(filter.get()), "seccomp");
}

}  // namespace

Result<void> close_in(std::size_t most_memory) {
  TRY(go_first());
  TRY(done(::prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl"));
  TRY(done(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl"));
  TRY(set_limits(most_memory));
  TRY(done(::prctl(PR_SET_DUMPABLE, 0), "prctl"));
  return close_door();
}

}  // namespace kiosk::drivers::confined
