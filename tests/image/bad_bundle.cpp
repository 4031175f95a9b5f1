// A server whose metadata is right and whose bundle is not, while citizens are served.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "hal/base/file.hpp"
#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class BadBundle : public Updating {
 protected:
  /// A release of these bytes; where the server has them.
  fs::path release(const std::string& bytes) {
    const auto made = folder_ / "release";
    fs::create_directories(made);
    EXPECT_TRUE(replace_file(made / "label", "version=0.0.2\nsecver=2\ndata_schema=2\n"));
    EXPECT_TRUE(replace_file(made / "update.raucb", bytes));
    EXPECT_TRUE(server_->release_unread(made));
    for (const auto& file : fs::directory_iterator(server_->repository() / "targets" / "os")) return file;
    ADD_FAILURE() << "it was not published";
    return {};
  }

  /// Until a try fails for this reason; one that was under way may have had another.
  void expect_reason(const std::string& words) {
    const auto wait = Wait::of(900s);  // it comes back later and later
    std::string reason;
    while (!reason.contains(words)) {
      ASSERT_TRUE(wait.sleep(5s)) << "not " << words << ", but " << reason;
      const auto seen = updater_state(disk_, folder_, "download");
      if (seen && seen->action) reason = seen->action->reason;
    }
  }
};

TEST_F(BadBundle, IsNotInstalledAndCitizensAreServed) {
  std::string bytes(8 << 20, '.');
  bytes.replace(0, 4, "hsqs");  // as a bundle begins
  const auto file = release(bytes);
  ASSERT_TRUE(server_->give_out(UpdateServer::Way::slow_bundles));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-meanwhile"));
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  ASSERT_NO_FATAL_FAILURE(expect_reason("too slow"));

  ASSERT_TRUE(server_->give_out(UpdateServer::Way::as_is));
  ASSERT_TRUE(replace_file(file, bytes.substr(0, bytes.size() / 2)));
  ASSERT_NO_FATAL_FAILURE(expect_reason(fmt::format("the server announces {} bytes", bytes.size() / 2)));
  ASSERT_TRUE(replace_file(file, bytes + bytes));
  ASSERT_NO_FATAL_FAILURE(expect_reason(fmt::format("the server announces {} bytes", bytes.size() * 2)));
  bytes[5'000'000] = ',';
  ASSERT_TRUE(replace_file(file, bytes));
  ASSERT_NO_FATAL_FAILURE(expect_reason("not the file that was signed"));

  bytes[5'000'000] = '.';  // whole now, but whoever signed it signed no bundle
  ASSERT_TRUE(replace_file(file, bytes));
  clock_ahead_ = 2h;  // when it tries again
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  const auto ended = await_end(boot_time + 400s);
  EXPECT_EQ(ended.outcome, updater::Outcome::failed);
  EXPECT_THAT(ended.reason, HasSubstr("no signature at its end"));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-afterwards"));
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  EXPECT_EQ(boot_state(disk_).first, 'A');
}

/// Nothing else is wrong with it. The updater looks first who signed it, and RAUC never hears of it.
TEST_F(BadBundle, ThatStrangersSignedIsRefused) {
  const auto made = folder_ / "strangers";
  fs::create_directories(made);
  const auto done = run_script("make-small-bundle", {made, "2"}, folder_ / "make-small-bundle.log", 60s);
  ASSERT_TRUE(done) << done.error().what;
  const auto released = server_->release_unread(made);
  ASSERT_TRUE(released) << released.error().what;
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  const auto ended = await_end(boot_time + 400s);
  EXPECT_EQ(ended.outcome, updater::Outcome::failed);
  EXPECT_THAT(ended.reason, HasSubstr("not signed by anybody whom this system believes"));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  EXPECT_EQ(boot_state(disk_).first, 'A');
}

}  // namespace
}  // namespace kiosk::image
