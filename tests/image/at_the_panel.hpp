#pragma once
// Somebody at the panel of a booted kiosk, who goes through one of the lobby's scenarios.

#include <string>
#include <vector>

#include "tests/image/booted.hpp"
#include "tests/image/rehearsal.hpp"

namespace kiosk::image {

constexpr auto patience = 180s;

/// Where this test was built: build/PRESET/tests/image/image-test.
std::filesystem::path build();

class AtThePanel : public Booted {
 protected:
  explicit AtThePanel(bool usb = false) : Booted(usb) {}

  /// Plays the scenario on this machine: how it goes is left in rehearsed_.
  void rehearse_here(const std::string& name);

  /// Does so many steps of it at the machine, which shows its first page soon.
  void perform(std::size_t from, std::size_t to);

  /// The place of the first step that is about this node or page, and of the first step after `from`.
  std::size_t place_of(lobby::Verb verb, const std::string& what, std::size_t from = 0) const;

  /// Touches again what was touched last.
  Result<void> touch();

  /// The audit trail on the data partition after the power was cut, as the independent verifier reads it; all
  /// its lines are left in trail_.
  void expect_whole_audit_trail();

  Rehearsed rehearsed_;
  std::string trail_;

 private:
  Result<void> perform(const Step& step);
  Result<void> await(const Step& step);

  /// `seen`: what stood there at last.
  Result<void> await(const Step& step, Picture& seen);

  Result<void> expect(const std::string& station, const std::string& field, const std::string& value);
  Result<void> keep(const std::string& page, const Picture& picture);

  const Step* touched_ = nullptr;  ///< what was touched last
  Steady::time_point touched_at_;
  int number_ = 0;
  std::string page_;
  Picture kept_;
};

}  // namespace kiosk::image
