#pragma once
// Pictures of every page, in order: 01-attract.png, 02-before_you_start.png, ...

#include <filesystem>
#include <string>
#include <thread>

#include "hal/base/mailbox.hpp"
#include "tests/lobby/glass/shared_glass.hpp"

namespace kiosk::lobby {

/// Packs on a thread of its own: whoever takes pictures must not be kept. Its destructor ends when all are on
/// disk.
class Album {
 public:
  explicit Album(std::filesystem::path folder);
  ~Album();

  /// A picture of this page. The same page again in a row replaces the picture before.
  void take(const std::string& page, Snapshot picture);

  /// A picture under a name of its own.
  void keep(const std::string& name, Snapshot picture) { to_pack_.post({name, std::move(picture)}); }

 private:
  struct Picture {
    std::string name;  ///< empty: that was the last one
    Snapshot dots;
  };
  void pack();

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::string page_;
  int number_ = 0;
  Mailbox<Picture> to_pack_;
  std::jthread packer_;
};

}  // namespace kiosk::lobby
