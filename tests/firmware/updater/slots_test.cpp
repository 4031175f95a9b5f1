// The fake disk is held to what every disk does.

#include "hal/base/file.hpp"
#include "tests/support/fake_slots.hpp"
#include "tests/support/slots_conformance.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::testing {
namespace {

struct PowerCut {};

struct FakeDisk {
  hal::Slots& slots() { return fake; }
  std::filesystem::path file(const std::string& name, const std::string& text) {
    EXPECT_TRUE(replace_file(folder / name, text));
    return folder / name;
  }
  std::filesystem::path bundle(std::int64_t secver) {
    const hal::SystemLabel label{.version = "v", .secver = secver, .data_schema = 3};
    return file("bundle" + std::to_string(secver),
                FakeSlots::bundle(label, "system " + std::to_string(secver)));
  }
  std::filesystem::path unsigned_bundle() {
    auto text = FakeSlots::bundle({}, "system");
    text.replace(text.find("believed"), 8, "unknown!");
    return file("unsigned", text);
  }
  std::filesystem::path no_bundle() { return file("none", "<html>Welcome</html>\n"); }
  hal::Slot power_on() { return fake.power_on().value(); }
  void break_boot_state() { fake.break_boot_state(); }
  void cut_power_in_install(const std::filesystem::path& path) {
    int writes = 0;
    fake.writes = [&] {
      if (++writes == 4) throw PowerCut();
    };
    EXPECT_THROW((void)fake.install(path, [](int) {}, {}), PowerCut);
    fake.writes = [] {};
  }

  FakeSlots fake;
  TemporaryFolder folder;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, SlotsConformance, FakeDisk);

}  // namespace
}  // namespace kiosk::testing
