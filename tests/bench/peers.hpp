#pragma once
// The hall around a kiosk under measurement: all its devices and its registry are threads of the bench
// itself, so neither their memory nor their time counts as the kiosk's.

#include <memory>
#include <string>

#include "firmware/app/configuration.hpp"
#include "tests/lobby/hall/hall.hpp"

namespace kiosk::bench {

class Peers {
 public:
  struct Settings {
    std::string kiosk;                   ///< for those who let the hall start it
    std::string display = "fullscreen";  ///< mode of the configuration's [display]
    std::chrono::milliseconds registry_delay{0};
  };
  /// Real speed of line and print head. Ends the bench when this machine has no ports or no disk.
  explicit Peers(const Settings& settings);

  lobby::Hall& hall() { return *hall_; }
  std::string configuration_file() const { return hall_->configuration_file().string(); }
  const app::Configuration& configuration() const { return configuration_; }

 private:
  /// On a disk, as in a hall, not in memory as the tests' folders.
  class Folder {
   public:
    Folder();
    ~Folder();
    std::filesystem::path path;
  };

  Folder folder_;
  std::unique_ptr<lobby::Hall> hall_;
  app::Configuration configuration_;
};

/// The value, or the end of the bench with the error's words.
template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "bench: %s\n", result.error().what.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace kiosk::bench
