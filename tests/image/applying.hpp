#pragma once
// A citizen applies at the booted kiosk, and what the kiosk keeps of it: what the tests begin with in which
// the power goes around an application.

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "firmware/records/audit_chain.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"
#include "tests/image/at_the_panel.hpp"

namespace kiosk::image {

inline constexpr const char* applications = "/v1/applications";
inline constexpr const char* outcomes = "/v1/applications/outcome";

class Applying : public AtThePanel {
 protected:
  explicit Applying(bool usb = false) : AtThePanel(usb) {}

  /// At a registry where nobody has applied yet.
  void SetUp() override;

  lobby::RegistryServer& registry() { return hall_->registry(); }

  /// The step that sends the application; and all up to it, from attract.
  std::size_t sending() const;
  void submit();

  /// Somebody has applied, and the power goes when the registry has it and before the kiosk knows; until
  /// heal() it answers nobody who asks what came of it. The machine has just been started.
  void cut_unanswered();

  /// Until that is so; the touch that brings it may have to be made again.
  template <class So>
  void await(const char* what, So so) {
    const auto wait = Wait::of(patience);
    auto again = Steady::now() + 10s;
    while (!so()) {
      ASSERT_TRUE(wait.sleep(20ms)) << what;
      if (registry().arrived(applications) == arrived_ && Steady::now() > again) {
        ASSERT_TRUE(touch());
        again = Steady::now() + 10s;
      }
    }
  }

  struct Kept {
    std::vector<records::Submission> pending;
    std::vector<records::Paper> owed;
    std::optional<records::Submission> submission;
    std::optional<records::Paper> paper;
    records::ChainEnd trail_end;  ///< of the audit trail, as the store knows it
  };

  /// Of the application with this key, on the machine's disk as it is; the files are left in "data-records".
  Result<Kept> kept(const std::string& key);

  /// The one that counts is there and undecided: only the registry may end it, which has not answered.
  void expect_unanswered();

  /// Of the application that the registry recorded last.
  std::string recorded_key();

  /// The machine comes up, and what it sent is settled, whatever it knew of it, with a paper in one of these
  /// states or, where none is named, without. While the glass lights up, what was begun is still being found.
  void expect_settled(const char* name, records::SubmissionState wanted, const std::string& key,
                      std::initializer_list<records::PaperState> papers);

  /// The same: decided once, with a paper that is still this kiosk's to print.
  void expect_done_once(const char* name, const std::string& key,
                        std::initializer_list<records::PaperState> papers);

  std::size_t arrived_ = 0;  ///< applications at the registry, before the one that counts
  std::size_t slips_ = 0;    ///< out of the printer, before this test
  std::string key_;          ///< of the one that counts
  Kept seen_;
};

}  // namespace kiosk::image
