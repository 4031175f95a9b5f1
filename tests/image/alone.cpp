// How long a machine takes to the first picture when the program on the glass is all that runs after /init:
// what of a start is firmware, kernel and program, and what is everything else. The image has no way to start
// so; the test signs kernels of its own.

#include "tests/image/booted.hpp"

namespace kiosk::image {
namespace {

class Alone : public Booted {
 protected:
  void make_lone_disk() {
    const auto over = folder_ / "initramfs";
    const auto made =
        run_script("lone-init", {site_->settings_folder(), over}, folder_ / "lone-init.log", 20s);
    ASSERT_TRUE(made) << made.error().what;
    auto disk = factory_disk(site_->image, site_->keys, folder_, "", over);
    ASSERT_TRUE(disk) << disk.error().what;
    disk_ = *disk;
  }
};

TEST_F(Alone, TheProgramPaintsItsFirstPicture) {
  ASSERT_NO_FATAL_FAILURE(make_lone_disk());
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-alone"));
}

}  // namespace
}  // namespace kiosk::image
