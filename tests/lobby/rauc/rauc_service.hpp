#pragma once
// RAUC's service on a bus, which really writes: what is in a bundle goes into files that stand for
// partitions. It verifies nothing, for that is not what it stands here for; image/ boots with the real one.

#include <atomic>
#include <filesystem>
#include <map>
#include <string>
#include <thread>

#include "hal/base/wait.hpp"

namespace kiosk::lobby {

class RaucService {
 public:
  /// What becomes of the installations that begin from now on.
  struct Conduct {
    bool dies = false;       ///< in the middle of the writing, without a word
    std::string fails = {};  ///< in the middle, with these words
    bool stands = false;     ///< in the middle, and does not go on until this is taken back
  };

  /// Serves on the bus at `address`. `partitions`: a part's name and the file that stands for its partition.
  RaucService(const std::string& address, std::map<std::string, std::filesystem::path> partitions);
  ~RaucService();

  void conduct(const Conduct& conduct);

 private:
  struct Job;
  struct Bus;
  void serve(const std::stop_token& stop);

  std::unique_ptr<Bus> bus_;
  std::jthread thread_;
};

}  // namespace kiosk::lobby
