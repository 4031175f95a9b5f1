#pragma once
// The city around all kiosks of a run: a hall with its devices, a place for an update server, and the
// settings that it signs for one machine. One for all tests, so that one provisioned machine fits them all,
// and the same one in every process of a run (run). KIOSK_IMAGE: what `./kiosk image` made.
// KIOSK_KEYS: what it was signed with. KIOSK_PICTURES: where pictures and logs stay.

#include <filesystem>
#include <memory>
#include <string>

#include "firmware/app/configuration.hpp"
#include "firmware/provision/content.hpp"
#include "tests/image/kiosk_disk.hpp"
#include "tests/lobby/hall/hall.hpp"

namespace kiosk::image {

class Site {
 public:
  /// The one of all tests. `not_present`: the variables are not set, see ./kiosk test image.
  static Result<Site*> get();

  /// Another one, in a folder of that name among the pictures. `usb`: its hall's devices hang on USB.
  static Result<std::unique_ptr<Site>> open(const std::string& name, bool usb);

  std::filesystem::path image, keys, pictures;
  std::filesystem::path folder;    ///< what this site wrote
  std::filesystem::path machines;  ///< that all have copies of, and the keys that they were set up with
  std::unique_ptr<lobby::Hall> hall;
  int update_port = 0;               ///< where the kiosks look for releases
  app::Configuration configuration;  ///< theirs
  KioskDisk golden = {};             ///< the machine that a stick set up, once there is one
  KioskDisk installed = {};          ///< the same after it installed release 2 (Updating)

  /// A stick with the settings for a machine, as kiosk-pack makes it.
  Result<std::filesystem::path> settings_stick(const std::string& machine, int sequence) const;

  /// A stick that brings the machine back that left `stick` its recovery key.
  Result<std::filesystem::path> recovery_stick(const std::string& machine,
                                               const std::filesystem::path& settings_stick) const;

  /// A stick with one file.
  Result<std::filesystem::path> stick(const std::string& name, const std::string& file,
                                      const std::string& content) const;

  /// The settings themselves.
  std::filesystem::path settings_folder() const { return folder / "settings"; }

  /// The same, not signed yet.
  Result<provision::Settings> settings(const std::string& machine) const;

  /// What a machine left on its stick, opened with the escrow's key.
  Result<std::string> recovery_key(const std::string& machine, const std::filesystem::path& stick) const;

  /// What the image's own signer signs.
  Result<std::string> sign(const provision::Content& content) const;

 private:
  Result<void> open_hall(bool usb);
  Result<std::string> pem(const std::string& name) const;
};

}  // namespace kiosk::image
