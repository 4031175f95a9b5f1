// The main job inside the booted image: a mortgage is cancelled with reader, slip printer and camera on USB,
// by the kernel, libusb and uvcvideo that a kiosk has.

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "tests/image/at_the_panel.hpp"

namespace kiosk::image {
namespace {

// udev's programs, and then the kiosk's own look every 4 s, all emulated.
constexpr auto until_the_kiosk_sees_it = 20s;

/// The part of `wanted`'s rows with ink on them that `slip` has as well, dot for dot.
double same_lines(const lobby::Slip& slip, const lobby::Slip& wanted) {
  const auto row = [](const lobby::Slip& paper, int y) {
    const auto size = static_cast<std::size_t>(paper.row_bytes());
    return BytesView(paper.rows).subspan(static_cast<std::size_t>(y) * size, size);
  };
  const auto blank = [](std::uint8_t byte) { return byte == 0; };
  int inked = 0, same = 0;
  for (int y = 0; y < std::min(slip.height(), wanted.height()); ++y) {
    if (std::ranges::all_of(row(wanted, y), blank)) continue;
    ++inked;
    if (std::ranges::equal(row(slip, y), row(wanted, y))) ++same;
  }
  return inked == 0 ? 0 : static_cast<double>(same) / inked;
}

class MainJob : public AtThePanel {
 protected:
  MainJob() : AtThePanel(true) {}

  /// Plays the scenario on this machine, boots the image, and plays it there.
  void finish(const std::string& name) {
    ASSERT_NO_FATAL_FAILURE(rehearse_here(name));
    ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    ASSERT_NO_FATAL_FAILURE(await_camera());
    perform(0, rehearsed_.steps.size());
  }

  /// Who comes before the kiosk has seen its camera is not asked for a face: that would be another scenario.
  void await_camera() {
    const auto wait = Wait::of(2 * boot_time);
    while (!hall_->usb_camera()->taken()) ASSERT_TRUE(wait.sleep(500ms)) << "no driver took the camera";
    ASSERT_TRUE(Wait{}.sleep(until_the_kiosk_sees_it));
  }

  /// The slip's code leads to the one application that the registry has; nobody complains of the drivers.
  void expect_papers() {
    save("receipt_printer", "1.png", "slip.png");
    const auto slips = hall_->receipt_printer().slips();
    ASSERT_EQ(slips.size(), 1U);
    ASSERT_EQ(rehearsed_.slips.size(), 1U);
    EXPECT_GT(same_lines(slips.front(), rehearsed_.slips.front()), 0.5);  // not the code and the time
    auto& authority = hall_->registry().authority();
    const auto found = authority.case_by_token(lobby::code_on(slips.front()));
    ASSERT_TRUE(found) << found.error().what;
    const auto latest = nlohmann::json::parse(authority.latest_json());
    EXPECT_EQ(found->acceptance_number, latest.value("acceptance_number", ""));
    EXPECT_EQ(authority.recorded(), 1U);
    EXPECT_EQ(hall_->registry().arrived("/v1/applications"), 1U);
    EXPECT_FALSE(hall_->reader().sam().card_lies_there());
    EXPECT_EQ(hall_->reader().sam().complaints(), std::vector<std::string>());
    EXPECT_EQ(hall_->receipt_printer().complaints(), std::vector<std::string>());
  }

  void save(const std::string& station, const std::string& exhibit, const std::string& as) {
    const auto found = hall_->stations().exhibit(station, exhibit);
    ASSERT_TRUE(found) << station << " has no " << exhibit;
    std::ofstream(folder_ / as, std::ios::binary) << as_text(found->bytes);
  }

  void expect_whole_session() {
    ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
    for (const auto* event : {"card.read", "face.compared", "application.decided", "session.ended"})
      EXPECT_NE(trail_.find(fmt::format("\"event\":\"{}\"", event)), std::string::npos) << event;
  }
};

TEST_F(MainJob, IsFinishedWithDevicesOnUsb) {
  ASSERT_NO_FATAL_FAILURE(finish("result_on_a4"));
  ASSERT_NO_FATAL_FAILURE(save("document_printer", "1.pdf", "pages.pdf"));
  ASSERT_NO_FATAL_FAILURE(expect_papers());
  ASSERT_NO_FATAL_FAILURE(expect_whole_session());
}

TEST_F(MainJob, IsFinishedThoughTheReaderWasUnplugged) {
  ASSERT_NO_FATAL_FAILURE(finish("reader_unplugged"));
  ASSERT_NO_FATAL_FAILURE(expect_papers());
  ASSERT_NO_FATAL_FAILURE(expect_whole_session());
}

}  // namespace
}  // namespace kiosk::image
