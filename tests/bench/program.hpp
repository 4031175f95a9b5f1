#pragma once
// A program under measurement, with all its children.

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace kiosk::bench {

class Program {
 public:
  /// Starts it in a process group of its own, its output thrown away.
  Program(const std::vector<std::string>& command, const std::string& x_display);
  ~Program();  ///< ends the whole group
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  std::chrono::steady_clock::time_point started() const { return started_; }

  struct Use {
    double pss_mb = 0;                       ///< proportional set size of all processes
    double cpu_ms = 0;                       ///< user and system time so far
    std::map<std::string, double> switches;  ///< thread's name → times it gave up the processor to wait
    int processes = 0, threads = 0;
    double all_switches() const;
  };
  Use use() const;

 private:
  std::vector<pid_t> family() const;

  pid_t pid_ = 0;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace kiosk::bench
