// A new machine, sticks that it refuses, and a machine whose TPM no longer opens its data.

#include <fmt/format.h>

#include "firmware/provision/content.hpp"
#include "hal/base/file.hpp"
#include "tests/image/booted.hpp"
#include "tests/image/null_cipher.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;

class SetUp : public Booted {
 protected:
  /// The page tells why, and after that waits for the next stick. `content`: of the file on it.
  void expect_refused(const std::string& why, const Result<std::string>& content) {
    ASSERT_TRUE(content) << content.error().what;
    const auto stick = site_->stick(why, machine_number + ".kiosk", *content);
    ASSERT_TRUE(stick) << stick.error().what;
    ASSERT_NO_FATAL_FAILURE(plug(*stick));
    ASSERT_NO_FATAL_FAILURE(expect_not_ready(why.c_str(), trouble_, "refused." + why, 60s));
    ASSERT_NO_FATAL_FAILURE(unplug());
    ASSERT_NO_FATAL_FAILURE(expect_not_ready("waiting", trouble_, "", 60s));
  }

  std::string trouble_;
};

TEST_F(SetUp, AStickThatIsNotRightChangesNothing) {
  ASSERT_NO_FATAL_FAILURE(make_factory_disk());
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("new", "", "", first_boot_time));
  const auto settings = site_->settings(machine_number);
  ASSERT_TRUE(settings) << settings.error().what;
  const auto whole = site_->sign(*settings);
  ASSERT_TRUE(whole) << whole.error().what;

  ASSERT_NO_FATAL_FAILURE(expect_refused("unreadable", whole->substr(0, whole->size() / 2)));
  const auto other = site_->folder / "other-city";
  fs::create_directories(other);
  ASSERT_TRUE(run_script("make-signer", {other}, other / "log", 60s));
  Site foreign{
      .image = {}, .keys = other, .pictures = site_->pictures, .folder = site_->folder, .hall = nullptr};
  ASSERT_NO_FATAL_FAILURE(expect_refused("not_ours", foreign.sign(*settings)));
  auto old = *settings;
  old.head.expires = SystemClock().now() - 1h;
  ASSERT_NO_FATAL_FAILURE(expect_refused("expired", site_->sign(old)));
  auto others = *settings;
  others.head.machine = std::string(32, 'f');
  ASSERT_NO_FATAL_FAILURE(expect_refused("other_machine", site_->sign(others)));
  auto wrong = *settings;
  wrong.files["kiosk.toml"].content += "\n[no_such_table]\n";
  ASSERT_NO_FATAL_FAILURE(expect_refused("wrong_settings", site_->sign(wrong)));

  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("still-new", "", "", boot_time));
}

TEST_F(SetUp, AClearedTpmIsSeenAndTheRecoveryKeyBringsTheMachineBack) {
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  fs::remove_all(disk_.tpm);
  trouble_ = "foreign";
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("foreign", trouble_, "", boot_time));
  const auto settings = site_->settings(machine_number);
  ASSERT_TRUE(settings) << settings.error().what;
  ASSERT_NO_FATAL_FAILURE(expect_refused("needs_recovery", site_->sign(*settings)));
  const provision::Recovery guess{.head = settings->head, .key = "a guess"};
  ASSERT_NO_FATAL_FAILURE(expect_refused("wrong_key", site_->sign(guess)));

  const auto stick = site_->recovery_stick(machine_number, site_->machines / "golden/stick.img");
  ASSERT_TRUE(stick) << stick.error().what;
  ASSERT_NO_FATAL_FAILURE(plug(*stick));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("opened", trouble_, "data_opened", 120s));
  ASSERT_NO_FATAL_FAILURE(unplug());
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract", 2 * boot_time));
}

TEST_F(SetUp, AKeyslotThatAnyKeyOpensIsNotBelieved) {
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  const auto put = put_null_cipher(disk_);
  ASSERT_TRUE(put) << put.error().what;
  trouble_ = "foreign";
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("no-cipher", trouble_, "", boot_time));
  const auto settings = site_->settings(machine_number);
  ASSERT_TRUE(settings) << settings.error().what;
  const provision::Recovery guess{.head = settings->head, .key = "a guess"};
  ASSERT_NO_FATAL_FAILURE(expect_refused("not_done", site_->sign(guess)));
}

TEST_F(SetUp, AFirmwareThatLostItsKeysOpensNoDataUntilItHasThemAgain) {
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  const auto kept = disk_.variables.string() + ".kept";
  fs::copy_file(disk_.variables, kept);
  fs::copy_file("/usr/share/OVMF/OVMF_VARS_4M.fd", disk_.variables, fs::copy_options::overwrite_existing);
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_not_ready("no-secure-boot", "no_secure_boot", "", boot_time));
  machine_.reset();
  fs::rename(kept, disk_.variables);
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

}  // namespace
}  // namespace kiosk::image
