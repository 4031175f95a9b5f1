#pragma once
// A city's update server: what kiosk-release signs and publishes, given out by nginx over TLS.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "hal/slots.hpp"
#include "tests/lobby/registry/certificates.hpp"
#include "tests/lobby/wire/child.hpp"

namespace kiosk::image {

/// One that nobody had a moment ago; 0: there is none.
int free_port();

class UpdateServer {
 public:
  struct Settings {
    std::filesystem::path folder;  ///< for everything that it writes; must exist
    std::filesystem::path keys;    ///< as image/boot/make-test-keys makes them
    lobby::Certificates certificates;
    int port = 0;  ///< of 127.0.0.1
  };

  /// With nothing released. Ends with the object.
  static Result<std::unique_ptr<UpdateServer>> start(Settings settings);

  /// Releases the bundle in a folder of make-release.
  Result<void> release(const std::filesystem::path& made);

  /// The same of any bytes with a label beside them: whoever holds the keys can sign what is no bundle.
  Result<void> release_unread(const std::filesystem::path& made);

  /// The next timestamp, which is good for `fresh_for`.
  Result<void> stamp(std::chrono::seconds fresh_for);

  enum class Way {
    as_is,
    slow_bundles,   ///< at 100 bytes a second
    slow_metadata,  ///< at 100 bytes a second
    no_lengths,     ///< metadata whose end nobody announces
  };

  /// How it gives out from now on.
  Result<void> give_out(Way way);

  /// "metadata/" and "targets/", as the server gives them out.
  std::filesystem::path repository() const { return settings_.folder / "repository"; }

  /// How often a path that ends so was asked for.
  int asked_for(const std::string& end) const;

  /// How many bytes of such a file were given to who had its beginning, each time; known when they were.
  std::vector<std::uintmax_t> rests_given_of(const std::string& end) const;

 private:
  explicit UpdateServer(Settings settings) : settings_(std::move(settings)) {}
  std::vector<std::string> logged(const std::string& words) const;
  Result<void> run(const std::vector<std::string>& command) const;
  Result<void> publish(const std::string& role) const;
  Result<void> publish_all();

  Settings settings_;
  lobby::Child nginx_;
};

}  // namespace kiosk::image
