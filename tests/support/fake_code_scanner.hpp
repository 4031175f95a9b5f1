#pragma once
// A code scanner without a wire.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "hal/code_scanner.hpp"

namespace kiosk::testing {

/// Behaves as the driver does (code_scanner_conformance.hpp). The calls that change its state may come from
/// any thread.
class FakeCodeScanner final : public hal::CodeScanner {
 public:
  /// Holds a code before the window; it is lost when nobody scans.
  void show(std::string_view code);

  /// Shows a code as soon as somebody scans: for flow tests of one thread.
  void show_next(std::string code);

  void unplug();
  void plug();
  void fail_next(Error error);

  hal::DeviceStatus status() const override;
  Result<PersonalText> scan(const Wait& wait) override;

 private:
  Result<PersonalText> judge(std::string code) const;

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool scanning_ = false;
  bool plugged_ = true;
  std::deque<std::string> seen_;
  std::deque<std::string> prepared_;
  std::optional<Error> failure_;
};

}  // namespace kiosk::testing
