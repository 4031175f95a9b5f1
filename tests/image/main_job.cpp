// The main job inside the booted image: a mortgage is cancelled with reader, slip printer and camera on USB,
// by the kernel, libusb and uvcvideo that a kiosk has.

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>

#include "tests/image/booted.hpp"
#include "tests/image/rehearsal.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using lobby::Verb;

constexpr double another_page = 0.03;  // of the dots; less are a clock, numbers and what moves
constexpr double another_node = 0.01;
constexpr auto patience = 180s;
// udev's programs, and then the kiosk's own look every 4 s, all emulated.
constexpr auto until_the_kiosk_sees_it = 20s;
// Closer touches are taken for one, and nobody has a card in hand already when the page comes.
constexpr auto between_acts = 500ms;

/// Where this test was built: build/PRESET/tests/image/image-test.
fs::path build() {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path().parent_path();
}

/// Two loops and a tail, as a hand signs.
std::vector<std::pair<int, int>> signature(const hal::DotRect& pad) {
  std::vector<std::pair<int, int>> dots;
  for (int i = 0; i <= 40; ++i) {
    const double t = i / 40.0;
    dots.emplace_back(pad.x + static_cast<int>(pad.width * (0.15 + 0.7 * t)),
                      pad.y + static_cast<int>(pad.height * (0.5 + 0.28 * std::sin(t * 14) * (1 - 0.5 * t))));
  }
  return dots;
}

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

class MainJob : public Booted {
 protected:
  MainJob() : Booted(true) {}

  /// Plays the scenario on this machine, boots the image, and plays it there.
  void finish(const std::string& name) {
    const auto scenario =
        lobby::read_scenario(fs::path(KIOSK_SOURCE_FOLDER) / "tests/lobby/player/scenarios", name);
    ASSERT_TRUE(scenario) << scenario.error().what;
    auto rehearsed = rehearse(*scenario, folder_ / "rehearsal", build() / "tests/lobby/kiosk-glass");
    ASSERT_TRUE(rehearsed) << rehearsed.error().what;
    rehearsed_ = *std::move(rehearsed);
    ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none, "https://10.0.2.2:9"));
    ASSERT_NO_FATAL_FAILURE(power_on(false));
    ASSERT_NO_FATAL_FAILURE(await_camera());
    for (const auto& step : rehearsed_.steps) {
      const auto done = perform(step);
      ASSERT_TRUE(done) << name << " line " << step.act.line << ", page " << step.page << ": "
                        << done.error().what << "; see " << folder_;
    }
  }

  /// Who comes before the kiosk has seen its camera is not asked for a face: that would be another scenario.
  void await_camera() {
    const auto wait = Wait::of(2 * boot_time);
    while (!hall_->usb_camera()->taken()) ASSERT_TRUE(wait.sleep(500ms)) << "no driver took the camera";
    ASSERT_TRUE(Wait{}.sleep(until_the_kiosk_sees_it));
  }

  Result<void> perform(const Step& step) {
    const auto& act = step.act;
    const auto dot = act.what.find('.');
    switch (act.verb) {
      case Verb::turn:
        TRY(Wait{}.sleep(between_acts));
        return hall_->stations().turn(act.what.substr(0, dot), act.what.substr(dot + 1), act.value);
      case Verb::expect:
        return expect(act.what.substr(0, dot), act.what.substr(dot + 1), act.value);
      case Verb::tap:
        TRY(await(step));
        touched_ = &step;
        return touch();
      case Verb::sign:
        TRY(await(step));
        return machine_->draw(signature(step.node));
      case Verb::page:
      case Verb::see:
        return await(step);
      default:
        return fail(Errc::internal, "the panel cannot do this");
    }
  }

  /// Until the panel shows the step's page, and its node as it must be. What stands there meanwhile is kept
  /// too.
  Result<void> await(const Step& step) {
    const auto wait = Wait::of(machine_->started_at() + boot_time > Steady::now() ? boot_time : patience);
    while (true) {
      auto seen = TRY(machine_->look("now"));
      if (shows(seen, step)) {
        keep(step.page, std::move(seen));
        return {};
      }
      if (touched_ != nullptr && Steady::now() > touched_at_ + 10s && shows(seen, *touched_)) TRY(touch());
      if (difference(seen, kept_) > another_page) keep("before-" + step.page, std::move(seen));
      if (!wait.sleep(500ms))
        return fail(Errc::timed_out,
                    fmt::format("{:.1f} % of the page and {:.1f} % of \"{}\" are others",
                                difference(kept_, step.shown) * 100,
                                difference(kept_, step.shown, step.node) * 100, step.act.what));
    }
  }

  /// Again when nothing came of it, as a person does: what has just been plugged in is not there at once.
  Result<void> touch() {
    const auto& node = touched_->node;
    TRY(machine_->tap(node.x + node.width / 2, node.y + node.height / 2));
    TRY(Wait{}.sleep(between_acts));
    touched_at_ = Steady::now();
    return {};
  }

  static bool shows(const Picture& seen, const Step& step) {
    return difference(seen, step.shown) <= another_page &&
           difference(seen, step.shown, step.node) <= another_node;
  }

  /// NN-page.png; the same page again in a row replaces the picture before.
  void keep(const std::string& page, Picture picture) {
    if (page != page_ || page.starts_with("before-")) {
      ++number_;
      fmt::print("{:02}-{} after {:.1f} s\n", number_, page,
                 std::chrono::duration<double>(Steady::now() - machine_->started_at()).count());
      std::fflush(stdout);
    }
    page_ = page;
    kept_ = std::move(picture);
    fs::rename(folder_ / "now.png", folder_ / fmt::format("{:02}-{}.png", number_, page));
  }

  Result<void> expect(const std::string& station, const std::string& field, const std::string& value) {
    const auto wait = Wait::of(patience);
    while (true) {
      const auto state = hall_->stations().state().at(station).at(field);
      const auto text = state.is_string() ? state.get<std::string>() : state.dump();
      if (text == value) return {};
      if (!wait.sleep(100ms)) return fail(Errc::timed_out, field + " is " + text + ", not " + value);
    }
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

  /// What the data partition holds after the power was cut: the whole session, says the independent verifier.
  void expect_whole_audit_trail() {
    machine_.reset();
    const auto files = audit_files(disk_, folder_);
    ASSERT_TRUE(files) << files.error().what;
    ASSERT_FALSE(files->empty());
    std::vector<std::string> command{(build() / "firmware/kiosk-audit").string(), "verify", "--key",
                                     hall_->audit_public_key().string()};
    std::string trail;
    for (const auto& file : *files) {
      command.push_back(file.string());
      std::ifstream lines(file);
      trail.append(std::istreambuf_iterator<char>(lines), {});
    }
    for (const auto* event : {"card.read", "face.compared", "application.decided", "session.ended"})
      EXPECT_NE(trail.find(fmt::format("\"event\":\"{}\"", event)), std::string::npos) << event;
    const auto report = folder_ / "audit-report";
    auto verifier = lobby::Child::start({.command = command, .log = report.string()});
    ASSERT_TRUE(verifier) << verifier.error().what;
    EXPECT_EQ(verifier->wait(Wait::of(60s)).value_or(-1), 0) << "see " << report;
  }

 private:
  Rehearsed rehearsed_;
  const Step* touched_ = nullptr;  ///< what was touched last
  Steady::time_point touched_at_;
  int number_ = 0;
  std::string page_;
  Picture kept_;
};

TEST_F(MainJob, IsFinishedWithDevicesOnUsb) {
  ASSERT_NO_FATAL_FAILURE(finish("result_on_a4"));
  ASSERT_NO_FATAL_FAILURE(save("document_printer", "1.pdf", "pages.pdf"));
  ASSERT_NO_FATAL_FAILURE(expect_papers());
  ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
}

TEST_F(MainJob, IsFinishedThoughTheReaderWasUnplugged) {
  ASSERT_NO_FATAL_FAILURE(finish("reader_unplugged"));
  ASSERT_NO_FATAL_FAILURE(expect_papers());
  ASSERT_NO_FATAL_FAILURE(expect_whole_audit_trail());
}

}  // namespace
}  // namespace kiosk::image
