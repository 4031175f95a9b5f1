#pragma once
// A hall with a kiosk in it, for one test: the real program, the real drivers, the simulated other ends.

#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "tests/lobby/hall/hall.hpp"
#include "tests/lobby/player/player.hpp"

namespace kiosk::testing {

class Stage : public ::testing::Test {
 protected:
  Stage();
  ~Stage() override;

  lobby::Hall& hall() { return *hall_; }
  lobby::Player& player() { return *player_; }

  /// The scenario of that name; fails the test when there is none.
  static lobby::Scenario scenario(const std::string& name);

  /// Plays it to its end; fails the test, with the kiosk's last words, when it does not end as it says.
  void play(const lobby::Scenario& scenario);

  /// The first `count` acts of it.
  void play_some(const lobby::Scenario& scenario, std::size_t count);

  /// Blocks until the kiosk shows one of these pages; its name, or empty and a failed test.
  std::string await_page(const std::vector<std::string>& names);

  /// Ends the kiosk in good order, and asks the independent verifier about the audit trail it left: whole,
  /// and signed by this kiosk.
  void expect_whole_audit_trail();

  /// What the verifier says: its exit status (0 whole, 1 not, 2 cannot tell) and its report.
  struct Verdict {
    int status = -1;
    std::string report;
  };
  Verdict verify_audit_trail(const std::filesystem::path& public_key);

  /// The day files of the trail, oldest first; and all their lines.
  std::vector<std::filesystem::path> audit_files() const;
  std::string audit_trail() const;

  /// What the devices noticed that a real one would not forgive.
  void expect_no_complaints();

  std::string last_words() const;

  /// Everything the kiosk has logged so far.
  std::string log() const;

  /// Changes a line of the kiosk's configuration before it starts; fails the test when it is not there.
  void configure(const std::string& from, const std::string& to);

  /// Starts a kiosk that is not to run: its exit status.
  int start_in_vain();

 private:
  std::filesystem::path folder_;
  std::unique_ptr<lobby::Hall> hall_;
  std::unique_ptr<lobby::Player> player_;
};

}  // namespace kiosk::testing
