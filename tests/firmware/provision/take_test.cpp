// What a machine makes of a stick.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "firmware/provision/cms.hpp"
#include "firmware/provision/escrow.hpp"
#include "tests/firmware/provision/machine.hpp"

namespace kiosk::provision {
namespace {

namespace fs = std::filesystem;

const std::string own_file = this_machine + ".kiosk";
const std::string escrow_file = this_machine + ".recovery";

class Stick : public ::testing::Test, public TestMachine {
 protected:
  void expect_taken(What what) {
    const auto taken = take();
    ASSERT_TRUE(taken) << name_of(taken.error().why) << ": " << taken.error().what;
    EXPECT_EQ(*taken, what);
  }

  /// And nothing is changed.
  void expect_refused(Refusal why) {
    const auto before = content();
    const auto taken = take();
    ASSERT_FALSE(taken);
    EXPECT_EQ(name_of(taken.error().why), name_of(why)) << taken.error().what;
    EXPECT_FALSE(taken.error().what.empty());
    EXPECT_EQ(content(), before);
  }

  void expect_refused(Refusal why, const Settings& settings) {
    stick.files[own_file] = City::ours().file(settings);
    expect_refused(why);
  }

  fs::perms permissions(const std::string& path) const {
    return fs::status(folder / "settings" / path).permissions();
  }
};

TEST_F(Stick, BringsSettingsAndTakesTheRecoveryKeyAway) {
  stick.files[own_file] = City::ours().file(good_settings());
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  const auto now = content();
  for (const auto& [path, file] : good_settings().files) EXPECT_EQ(now.at("settings/" + path), file.content);
  EXPECT_FALSE(now.contains("settings.new"));
  EXPECT_EQ(permissions(""), fs::perms(0711));
  EXPECT_EQ(permissions("kiosk.toml"), fs::perms(0644));
  EXPECT_EQ(permissions("client.key"), fs::perms(0600));
  EXPECT_EQ(permissions("usb.d"), fs::perms(0700));
  EXPECT_EQ(permissions("usb.d/10-chassis.conf"), fs::perms(0600));

  const auto& escrow = City::ours().escrow;
  const auto left = stick.files.at(escrow_file);
  EXPECT_EQ(left.find("the key"), left.npos);
  EXPECT_EQ(open_escrow(left, escrow.certificate, escrow.key),
            (Escrow{.machine = this_machine, .key = "the key"}));
  const auto& other = City::another().escrow;
  EXPECT_FALSE(open_escrow(left, other.certificate, other.key));
}

TEST_F(Stick, KeepsNoKeysOfAMachineThatHasThemOnItsDisk) {
  stick.files[own_file] = City::ours().file(good_settings());
  std::map<std::string, std::string> on_disk;
  stick.when_wiped = [&] { on_disk = content(); };
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  EXPECT_FALSE(stick.files.contains(own_file));
  EXPECT_TRUE(stick.files.contains(escrow_file));
  EXPECT_EQ(on_disk, content()) << "taken first, wiped after";
}

TEST_F(Stick, ThatWasPulledBeforeItCouldBeWipedHasDoneItsWork) {
  stick.files[own_file] = City::ours().file(good_settings());
  stick.when_wiped = [&] { stick.in = false; };
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  EXPECT_EQ(content().at("settings/kiosk.toml"), good_settings().files.at("kiosk.toml").content);
}

TEST_F(Stick, WhoseSettingsAreRefusedKeepsThem) {
  settings_work = false;
  expect_refused(Refusal::wrong_settings, good_settings());
  EXPECT_TRUE(stick.files.contains(own_file));
}

TEST_F(Stick, MayHoldOneFileForAllMachines) {
  auto settings = good_settings();
  settings.head.machine = any_machine;
  settings.files["kiosk.toml"].content = "for any";
  stick.files["any.kiosk"] = City::ours().file(settings);
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  EXPECT_EQ(content().at("settings/kiosk.toml"), "for any");
  EXPECT_TRUE(stick.files.contains("any.kiosk")) << "for the other machines";
}

TEST_F(Stick, TheMachinesOwnFileComesFirst) {
  stick.files["any.kiosk"] = "garbage";
  stick.files[own_file] = City::ours().file(good_settings());
  expect_taken(What::settings);
}

TEST_F(Stick, WithoutAFileIsRefused) {
  expect_refused(Refusal::no_file);
  stick.files[other_machine + ".kiosk"] = City::ours().file(good_settings());
  expect_refused(Refusal::no_file);
}

TEST_F(Stick, AFileThatIsNotWholeIsRefused) {
  const auto whole = City::ours().file(good_settings());
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
    stick.files[own_file] = whole.substr(0, size);
    expect_refused(Refusal::unreadable);
  }
  stick.files[own_file] = whole + "x";
  expect_refused(Refusal::unreadable);
  stick.files[own_file] = std::string(most_signed + 1, 'x');
  expect_refused(Refusal::unreadable);
  stick.files[own_file] = whole;
  stick.in = false;
  expect_refused(Refusal::unreadable);
}

TEST_F(Stick, AFileThatTheCityDidNotSignIsRefused) {
  const auto text = write_content(good_settings());
  stick.files[own_file] = text;
  expect_refused(Refusal::unreadable);
  stick.files[own_file] = signed_by_nobody(text);
  expect_refused(Refusal::not_ours);
  stick.files[own_file] = City::another().file(good_settings());
  expect_refused(Refusal::not_ours);
  const auto& escrow = City::ours().escrow;  // of the same authority, but not to sign with
  stick.files[own_file] = sign(text, escrow.certificate, escrow.key).value();
  expect_refused(Refusal::not_ours);
  const auto former = City::ours().former_signer();
  stick.files[own_file] = sign(text, former.certificate, former.key).value();
  expect_refused(Refusal::not_ours);
  stick.files[own_file] = encrypt(text, escrow.certificate).value();
  expect_refused(Refusal::unreadable);
}

TEST_F(Stick, NoByteOfAFileCanBeAnother) {
  const auto whole = City::ours().file(good_settings());
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    stick.files[own_file] = changed;
    const auto taken = take();
    // A byte of a certificate's serial number or name may be another; none of what was signed is.
    if (taken) {
      for (const auto& [path, file] : good_settings().files)
        EXPECT_EQ(content().at("settings/" + path), file.content) << at;
      fs::remove_all(folder / "settings");
    } else {
      EXPECT_TRUE(taken.error().why == Refusal::not_ours || taken.error().why == Refusal::unreadable)
          << at << ": " << taken.error().what;
    }
  }
}

TEST_F(Stick, ASignedFileThatIsNotInOurFormIsRefused) {
  const auto& signer = City::ours().signer;
  for (const auto* text : {"", "{}", "not JSON"}) {
    stick.files[own_file] = sign(text, signer.certificate, signer.key).value();
    expect_refused(Refusal::unreadable);
  }
  auto settings = good_settings();
  settings.files["../kiosk.toml"] = {};
  expect_refused(Refusal::unreadable, settings);
}

TEST_F(Stick, AFileOutOfItsTimeIsRefused) {
  const auto settings = good_settings();
  clock.set(settings.head.expires);
  expect_refused(Refusal::expired, settings);
  clock.set(settings.head.expires - std::chrono::milliseconds(1));
  expect_taken(What::settings);
}

TEST_F(Stick, AFileForAnotherMachineIsRefused) {
  auto settings = good_settings();
  settings.head.machine = other_machine;
  expect_refused(Refusal::other_machine, settings);
}

TEST_F(Stick, OnlyAHigherNumberReplacesSettings) {
  auto settings = good_settings();
  settings.sequence = 5;
  stick.files[own_file] = City::ours().file(settings);
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  expect_refused(Refusal::not_newer, settings);
  settings.sequence = 4;
  expect_refused(Refusal::not_newer, settings);
  settings.sequence = 6;
  settings.files.erase("client.key");
  stick.files[own_file] = City::ours().file(settings);
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  EXPECT_FALSE(content().contains("settings/client.key")) << "they are the whole of the settings";
}

TEST_F(Stick, SettingsThatDoNotWorkAreRefused) {
  settings_work = false;
  expect_refused(Refusal::wrong_settings, good_settings());
  settings_work = true;
  auto settings = good_settings();
  settings.files["technicians.toml"].content = "[technician]\n";
  expect_refused(Refusal::wrong_settings, settings);
  settings = good_settings();
  settings.escrow = "no certificate";
  expect_refused(Refusal::wrong_settings, settings);
}

TEST_F(Stick, ThatCannotBeWrittenIsRefused) {
  stick.may_be_written = false;
  expect_refused(Refusal::stick_not_written, good_settings());
}

TEST_F(Stick, SettingsWaitUntilTheDataOpen) {
  has_data = false;
  expect_refused(Refusal::needs_recovery, good_settings());
  EXPECT_FALSE(stick.files.contains(escrow_file));
}

class RecoveryStick : public Stick {
 protected:
  RecoveryStick() { has_data = false; }
  Recovery recovery{.head = good_settings().head, .key = "the key"};
};

TEST_F(RecoveryStick, SealsTheDataToTheMachineAnew) {
  stick.files[own_file] = City::ours().file(recovery);
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::recovery));
  EXPECT_TRUE(data.sealed);
  EXPECT_TRUE(stick.files.contains(own_file)) << "until the machine has started with it";
}

TEST_F(RecoveryStick, IsRefusedWithAnotherKey) {
  recovery.key = "another key";
  stick.files[own_file] = City::ours().file(recovery);
  expect_refused(Refusal::wrong_key);
  EXPECT_FALSE(data.sealed);
}

TEST_F(RecoveryStick, IsRefusedFromAForgerWhoHasTheKey) {
  stick.files[own_file] = City::another().file(recovery);
  expect_refused(Refusal::not_ours);
  EXPECT_FALSE(data.sealed);
}

TEST_F(RecoveryStick, IsRefusedWhereNothingIsLost) {
  has_data = true;
  stick.files[own_file] = City::ours().file(recovery);
  expect_refused(Refusal::no_need);
  EXPECT_FALSE(data.sealed);
}

TEST_F(RecoveryStick, DoesNotHelpAMachineWithoutTpm) {
  data.has_tpm = false;
  stick.files[own_file] = City::ours().file(recovery);
  expect_refused(Refusal::not_done);
}

class UpdatersKey : public Stick, public ::testing::WithParamInterface<const char*> {};

TEST_P(UpdatersKey, MayBeReadByTheUpdaterHoweverItIsNamed) {
  auto settings = good_settings();
  settings.files["updater.toml"].content =
      fmt::format("# not '/etc/kiosk/other.key'\n[release_mirror]\nkey_file = {}\n", GetParam());
  settings.files["other.key"] = {.content = "another secret", .secret = true};
  stick.files[own_file] = City::ours().file(settings);
  ASSERT_NO_FATAL_FAILURE(expect_taken(What::settings));
  EXPECT_EQ(permissions("client.key"), fs::perms(0640));
  EXPECT_EQ(permissions("other.key"), fs::perms(0600));
}

INSTANTIATE_TEST_SUITE_P(Toml, UpdatersKey,
                         ::testing::Values("\"/etc/kiosk/client.key\"", "'/etc/kiosk/client.key'",
                                           "'/etc//kiosk/./client.key'", "\"/etc/kiosk/client\\u002Ekey\""));

}  // namespace
}  // namespace kiosk::provision
