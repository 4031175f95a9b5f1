#pragma once
// The whole hall: the other end of every wire of one kiosk, and the kiosk itself as a child.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/lobby/camera/uvc_camera.hpp"
#include "tests/lobby/glass/glass_view.hpp"
#include "tests/lobby/hall/stations.hpp"
#include "tests/lobby/wire/child.hpp"

namespace kiosk::lobby {

class Hall {
 public:
  /// Of 127.0.0.1; 0: a free one.
  struct Ports {
    std::uint16_t camera = 0, receipt_printer = 0, document_printer = 0, registry = 0;
  };

  struct Settings {
    std::filesystem::path folder;       ///< for everything that is written; must exist
    std::filesystem::path kiosk;        ///< the program kiosk-glass
    std::string display = "offscreen";  ///< mode of the kiosk's [display]: fullscreen, window, offscreen
    bool real_speed = true;             ///< the reader's line and the printer's head take their time
    bool usb = false;                   ///< for a machine in QEMU: they and the camera hang on USB
    Ports ports = {};
    std::chrono::milliseconds registry_delay{0};
    std::vector<std::string> environment = {};  ///< for the kiosk, beside ours
  };

  /// Starts every device and the registry, makes the certificates and keys that the folder has not, and
  /// writes the kiosk's configuration; the kiosk itself is not started. Errors are those of a machine without
  /// ports or disk.
  static Result<std::unique_ptr<Hall>> open(const Settings& settings);
  ~Hall();

  GlassView& glass() { return glass_; }
  const Stations& stations() const { return stations_; }
  RegistryServer& registry() { return *registry_; }
  ReceiptPrinter& receipt_printer() { return *receipt_printer_; }
  IdReader& reader() { return *reader_; }
  SerialScanner& scanner() { return scanner_; }
  const Certificates& certificates() const { return certificates_; }
  UvcCamera* usb_camera() { return usb_camera_.get(); }
  Child& kiosk() { return kiosk_; }
  const std::filesystem::path& folder() const { return settings_.folder; }

  /// The sockets at which a machine in QEMU finds what hangs on USB; and where the reader stands otherwise.
  std::vector<std::filesystem::path> usb_sockets() const;
  std::filesystem::path reader_path() const { return settings_.folder / "id-reader"; }

  /// Starts the kiosk, or starts it again. From a thread that lives as long as it shall run (Child).
  Result<void> start_kiosk();

  /// kiosk.toml in the folder; the kiosk's own data lie in "data" beside it.
  std::filesystem::path configuration_file() const { return settings_.folder / "kiosk.toml"; }
  std::filesystem::path data() const { return settings_.folder / "data"; }
  /// What the authority would check the audit trail's signatures with; the kiosk's own key is made for this
  /// run.
  std::filesystem::path audit_public_key() const { return settings_.folder / "audit.pub.pem"; }
  std::filesystem::path log_file() const { return settings_.folder / "kiosk.log"; }

 private:
  explicit Hall(const Settings& settings);
  Result<void> open_devices();
  Result<void> make_keys() const;
  void plug_camera(bool on);
  std::string wired_devices() const;
  Result<void> write_configuration() const;
  Station kiosk_station();

  Settings settings_;
  GlassView glass_;
  std::unique_ptr<IdReader> reader_;
  SerialScanner scanner_;
  std::unique_ptr<ReceiptPrinter> receipt_printer_;
  std::unique_ptr<IppResponder> document_printer_;
  std::unique_ptr<MjpegCamera> camera_;
  std::unique_ptr<UvcCamera> usb_camera_;
  Certificates certificates_;
  std::unique_ptr<RegistryServer> registry_;
  Stations stations_;
  std::mutex kiosk_mutex_;
  Child kiosk_;  // last: it ends first
};

}  // namespace kiosk::lobby
