// What somebody in the hall plugs into a machine that is set up: nothing of it is let in, whatever number it
// has.

#include <gmock/gmock.h>

#include "hal/base/file.hpp"
#include "tests/image/booted.hpp"

namespace kiosk::image {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ForeignUsb : public Booted {
 protected:
  void attach(const char* driver) {
    const auto attached =
        machine_->qmp().ask("device_add", {{"driver", driver}, {"id", driver}}, Wait::of(answer_time));
    ASSERT_TRUE(attached) << attached.error().what;
  }

  /// Of this start; the one before took a stick.
  std::string journal() {
    machine_.reset();
    const auto read = read_data(disk_, folder_, "end");
    EXPECT_TRUE(read) << read.error().what;
    const auto text = read_file(folder_ / "data-end" / "journal.txt", 64 << 20).value_or("");
    return text.substr(std::min(text.rfind("kernel: Linux version"), text.size()));
  }
};

TEST_F(ForeignUsb, IsLetInByItsPortAndNotByItsNumberAlone) {
  const auto stick = site_->stick("anybodys", "hello.txt", "hello");
  ASSERT_TRUE(stick) << stick.error().what;
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  ASSERT_NO_FATAL_FAILURE(attach("usb-kbd"));  // it has the touch panel's number
  ASSERT_NO_FATAL_FAILURE(plug(*stick));
  ASSERT_TRUE(Wait{}.sleep(60s));  // until they were looked at, and the journal is on the disk
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-still"));

  const auto said = journal();
  EXPECT_THAT(said, HasSubstr("usb 1-1: authorized to connect")) << "the touch panel";
  EXPECT_THAT(said, HasSubstr("usb 1-2: Device is not authorized for usage")) << "the keyboard";
  EXPECT_THAT(said, Not(HasSubstr("usb 1-2: authorized to connect")));
  EXPECT_THAT(said, HasSubstr("usb 2-3: Device is not authorized for usage")) << "the stick";
  EXPECT_THAT(said, Not(HasSubstr("usb 2-3: authorized to connect")));
  EXPECT_THAT(said, Not(HasSubstr("kiosk-provision")));
}

}  // namespace
}  // namespace kiosk::image
