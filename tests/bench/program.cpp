#include "tests/bench/program.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk::bench {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// The number after `name` in one of /proc's "Name: 12 kB" files.
double field(const fs::path& file, std::string_view name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr);
  }
  return 0;
}

/// Fields of /proc/PID/stat after the command's name, from field 3 on.
std::vector<std::string> stat_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(in, line);
  const auto after = line.rfind(')');
  std::istringstream rest(after == line.npos ? "" : line.substr(after + 1));
  std::vector<std::string> fields;
  for (std::string word; rest >> word;) fields.push_back(word);
  return fields;
}

}  // namespace

Program::Program(const std::vector<std::string>& command, const std::string& x_display) {
  std::vector<char*> words;
  for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  started_ = std::chrono::steady_clock::now();
  pid_ = ::fork();
  if (pid_ != 0) return;
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpriority(PRIO_PROCESS, 0,
                -15);  // as root: other work on the machine disturbs everybody less, and alike
  ::setenv("DISPLAY", x_display.c_str(), 1);
  ::setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", 1);  // as a city starts it
  ::unsetenv("WAYLAND_DISPLAY");
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2}) ::dup2(nowhere, fd);
  ::execvp(words[0], words.data());
  ::_exit(127);
}

Program::~Program() {
  const auto all = family();
  ::kill(-pid_, SIGTERM);
  for (int i = 0; i < 40 && ::waitpid(pid_, nullptr, WNOHANG) == 0; ++i) std::this_thread::sleep_for(50ms);
  ::kill(-pid_, SIGKILL);
  for (const pid_t pid : all) ::kill(pid, SIGKILL);  // children that made a session of their own
  ::waitpid(pid_, nullptr, 0);
}

std::vector<pid_t> Program::family() const {
  std::multimap<pid_t, pid_t> children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const auto name = entry.path().filename().string();
    if (!std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; })) continue;
    const auto pid = static_cast<pid_t>(std::stol(name));
    if (const auto fields = stat_of(pid); fields.size() > 1)
      children.emplace(static_cast<pid_t>(std::stol(fields[1])), pid);
  }
  std::vector<pid_t> all{pid_};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto [from, to] = children.equal_range(all[i]);
    for (auto child = from; child != to; ++child) all.push_back(child->second);
  }
  return all;
}

Program::Use Program::use() const {
  Use sum;
  const double tick_ms = 1000.0 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  for (const pid_t pid : family()) {
    const fs::path folder = "/proc/" + std::to_string(pid);
    ++sum.processes;
    sum.pss_mb += field(folder / "smaps_rollup", "Pss:") / 1024;
    if (const auto fields = stat_of(pid); fields.size() > 12)
      sum.cpu_ms += (std::stod(fields[11]) + std::stod(fields[12])) * tick_ms;
    std::error_code gone;
    for (const auto& task : fs::directory_iterator(folder / "task", gone)) {
      ++sum.threads;
      std::string name;
      std::getline(std::ifstream(task.path() / "comm"), name);
      sum.switches[name] += field(task.path() / "status", "voluntary_ctxt_switches:");
    }
  }
  return sum;
}

double Program::Use::all_switches() const {
  double all = 0;
  for (const auto& [thread, times] : switches) all += times;
  return all;
}

}  // namespace kiosk::bench
