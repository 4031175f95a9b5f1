// The program, from its arguments to its last line, over a simulated machine.

#include "firmware/updater/service/command.hpp"

#include <atomic>
#include <sstream>
#include <thread>

#include "drivers/mirror_folder/mirror_folder.hpp"
#include "drivers/mirror_http/mirror_http.hpp"
#include "firmware/updater/health_gate.hpp"
#include "firmware/updater/service/service.hpp"
#include "firmware/updater/turn.hpp"
#include "hal/base/file.hpp"
#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

/// Somebody else's, lent to the program.
template <class Thing>
std::shared_ptr<Thing> lent(Thing& thing) {
  return {&thing, [](Thing*) {}};
}

/// Says when the machine is asked to restart.
struct Stopping final : hal::Power {
  explicit Stopping(testing::FakePower& real_power) : real(real_power) {}
  hal::DeviceStatus status() const override { return real.status(); }
  hal::Mains mains() const override { return real.mains(); }
  Result<void> restart() override {
    stop.request_stop();
    return real.restart();
  }
  Result<void> switch_off() override { return real.switch_off(); }

  testing::FakePower& real;
  std::stop_source stop;
};

struct TheProgram : ::testing::Test, Machine {
  TheProgram() {
    EXPECT_TRUE(replace_file(folder / "root.json", shipped_root));
    std::filesystem::last_write_time(folder / "root.json",
                                     std::chrono::file_clock::from_sys(clock.now() - 240h));
    configure("window = \"00:00-00:00\"");
  }
  void configure(const std::string& more) {
    EXPECT_TRUE(replace_file(folder / "updater.toml",
                             "[update]\nkiosk = \"K3\"\ncompatible = \"kiosk-x86\"\ndata = \"" +
                                 folder.path().string() + "\"\nroot = \"" + (folder / "root.json").string() +
                                 "\"\n" + more + "\n"));
  }
  /// What the mirror has, on a stick.
  void fill_stick() {
    for (const auto& [path, text] : mirror.files) {
      std::filesystem::create_directories((folder / "stick" / path).parent_path());
      EXPECT_TRUE(replace_file(folder / "stick" / path, text));
    }
  }
  Outfit outfit() {
    return {
        .server = [this](Options&) -> Result<std::shared_ptr<hal::ReleaseMirror>> {
          if (server) return drivers::make_mirror_http(*server);
          return lent<hal::ReleaseMirror>(mirror);
        },
        .stick = [](const auto& path) { return drivers::make_mirror_folder(path); },
        .store = [this](Options&) { return Result<std::shared_ptr<hal::Store>>(lent<hal::Store>(store)); },
        .slots = [this](Options&) { return Result<std::shared_ptr<hal::Slots>>(lent(slots)); },
        .citizens_side =
            [this](Options&) { return Result<std::shared_ptr<hal::CitizensSide>>(lent(citizens)); },
        .power = [this](Options&) { return Result<std::shared_ptr<hal::Power>>(lent(stopping)); },
        .clock = lent<const Clock>(clock),
        .sleep = sleep};
  }
  int run(std::vector<std::string> arguments, const Wait& wait = Wait::of(60s)) {
    out.str("");
    errors.str("");
    arguments.insert(arguments.begin(), {"--config", (folder / "updater.toml").string()});
    return updater_command(arguments, outfit(), out, errors, wait);
  }
  int use_stick(const Wait& wait = Wait::of(60s)) {
    return run({"stick", (folder / "stick").string()}, wait);
  }
  std::vector<update::Json> lines() const {
    std::vector<update::Json> all;
    std::istringstream text(out.str());
    for (std::string line; std::getline(text, line);) all.push_back(update::read_json(line).value());
    return all;
  }

  Stopping stopping{power};
  decltype(Outfit::sleep) sleep = [](auto span, const Wait& wait) { return wait.sleep(span); };
  std::optional<drivers::MirrorHttpConfig> server;  ///< the real driver in place of the fake
  std::ostringstream out, errors;
};

TEST_F(TheProgram, InstallsFromAStickAndTheServiceCommits) {
  release(2, "system 2");
  fill_stick();
  ASSERT_EQ(use_stick(), 0) << errors.str() << out.str();
  const auto said = lines();
  EXPECT_EQ(said.front(),
            (update::Json{{"event", "release"}, {"version", "2026.8.2"}, {"secver", 2}, {"notes", "说明"}}));
  EXPECT_EQ(said.back(), (update::Json{{"event", "outcome"}, {"outcome", "restarting"}, {"reason", ""}}));
  const auto has = [&](const update::Json& line) { return std::ranges::find(said, line) != said.end(); };
  for (const auto* step : {"download", "install", "read_back", "activate", "restart"}) {
    EXPECT_TRUE(has({{"event", "step"}, {"step", step}})) << step;
  }
  EXPECT_TRUE(has({{"event", "progress"}, {"step", "install"}, {"permille", 1000}}));
  ASSERT_TRUE(power.restart_asked);
  EXPECT_EQ(use_stick(), 3) << "not while it is on its way";
  power_on();
  live();
  EXPECT_EQ(outcome(), "succeeded");
  EXPECT_EQ(state().ended.back().line, Line::offline);
  EXPECT_EQ(use_stick(), 0);
  EXPECT_EQ(lines().back()["outcome"], "nothing_newer");
}

TEST_F(TheProgram, TakesTheTechniciansWordForTheHour) {
  configure("window = \"03:00-04:00\"\nquiet_minutes = 120");
  release(2, "system 2");
  fill_stick();
  EXPECT_EQ(use_stick(), 0) << out.str();
}

TEST_F(TheProgram, TakesTheTechniciansWordForTheRing) {
  configure("ring = 5\nwindow = \"00:00-00:00\"");
  release(2, "system 2");
  widen(0);
  fill_stick();
  EXPECT_EQ(use_stick(), 0) << out.str();
  ASSERT_TRUE(power.restart_asked);
  put_into_ring(5);
  power_on();
  live();
  EXPECT_EQ(outcome(), "succeeded") << "the service has its trial, whatever its ring";
}

TEST_F(TheProgram, GoesOnFromAStickWithWhatTheServiceBegan) {
  release(2, "system 2");
  live(3h);
  ASSERT_EQ(state().action->step, Step::install);
  ASSERT_EQ(state().action->line, Line::online);
  fill_stick();
  EXPECT_EQ(use_stick(), 0) << out.str();
  EXPECT_EQ(state().action->step, Step::restart);
  EXPECT_TRUE(state().ended.empty()) << "one release, one action";
}

TEST_F(TheProgram, RefusesAForgedStickWithTheGlassUntouched) {
  release(2, "system 2");
  repository.holders[update::Role::targets] = std::vector<update::Keyholder>(3);
  repository.publish(mirror);
  fill_stick();
  EXPECT_EQ(use_stick(), 1);
  EXPECT_EQ(lines().back()["outcome"], "refused");
  EXPECT_FALSE(lines().back()["reason"].get<std::string>().empty());
  EXPECT_FALSE(citizens.was_closed());
  EXPECT_FALSE(state().action);
}

TEST_F(TheProgram, RefusesAStickWithAnotherBundle) {
  release(2, "system 2");
  put_bundle(testing::FakeSlots::bundle({"2026.8.2", 2, 3}, "system X"));
  fill_stick();
  EXPECT_EQ(use_stick(), 1);
  EXPECT_EQ(lines().back()["outcome"], "abandoned");
  EXPECT_FALSE(citizens.was_closed());
  EXPECT_FALSE(state().action) << "the service does not go on with it";
}

TEST_F(TheProgram, SaysThatAStickFailedHoweverManyUpdatesWentBefore) {
  release(2, "system 2");
  put_bundle(testing::FakeSlots::bundle({"2026.8.2", 2, 3}, "system X"));
  fill_stick();
  for (std::int64_t id = 1; id <= 50; ++id) {
    Action earlier{.release = {.target = {.hashes = {{"sha256", "another"}}}}, .step = Step::done};
    earlier.outcome = Outcome::succeeded;
    ASSERT_TRUE(Ledger(store).begin(earlier, std::nullopt));
  }
  EXPECT_EQ(use_stick(), 1);
  EXPECT_EQ(lines().back()["outcome"], "abandoned");
}

TEST_F(TheProgram, TakesAStickForNoWordOfTheServer) {
  release(2, "system 2");
  step();
  const auto said = state().poll;
  ASSERT_NE(said, Poll{});
  clock.advance(2h);
  fill_stick();
  EXPECT_EQ(use_stick(), 0) << out.str();
  EXPECT_EQ(state().poll, said);
}

TEST_F(TheProgram, RefusesWhatWasRolledBackHere) {
  release(2, "it panics");
  live();
  ASSERT_EQ(state().ended.back().outcome, Outcome::rolled_back);
  fill_stick();
  EXPECT_EQ(use_stick(), 1);
  EXPECT_EQ(lines().back()["reason"], "2026.8.2 was tried here and is not tried again");
}

TEST_F(TheProgram, SaysWhenThereIsNoStick) {
  EXPECT_EQ(use_stick(), 1);
  EXPECT_EQ(lines().back()["outcome"], "unplugged");
}

TEST_F(TheProgram, WaitsForTheCitizenWhoIsServed) {
  release(2, "system 2");
  fill_stick();
  citizens.now = {.somebody = true};
  std::stop_source technician;
  std::string why;
  auto configuration = read_configuration(folder / "updater.toml").value();
  ASSERT_TRUE(read_shipped(configuration));
  const auto ended = install_from(folder / "stick", configuration, outfit(),
                                  [&](const update::Json& line) {
                                    if (line["event"] != "waiting") return;
                                    why = line["why"];
                                    technician.request_stop();
                                  },
                                  {.stop = technician.get_token()});
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, Errc::cancelled);
  EXPECT_EQ(why, "a citizen is served");
  EXPECT_FALSE(citizens.was_closed());
  EXPECT_EQ(state().action->step, Step::install) << "what came stays";
}

TEST_F(TheProgram, IsAloneAtItsWork) {
  const auto service = Turn::take(folder.path(), "the update service");
  ASSERT_TRUE(service);
  EXPECT_EQ(use_stick(Wait::of(300ms)), 3);
  EXPECT_EQ(errors.str(), "kiosk-updater: the update service is at work\n");
  EXPECT_EQ(run({"status"}), 0) << "which only looks on";
}

TEST_F(TheProgram, SaysWhatStands) {
  release(2, "it panics");
  live();
  EXPECT_EQ(run({"status"}), 0) << errors.str();
  const auto status = lines().back();
  EXPECT_EQ(status["running"]["secver"], 1);
  EXPECT_EQ(status["other"]["bad"], true);
  EXPECT_EQ(status["action"], update::Json());
  ASSERT_EQ(status["history"].size(), 1U);
  EXPECT_EQ(status["history"][0]["outcome"], "rolled_back");
  EXPECT_EQ(status["history"][0]["reason"], "the new system did not start");
}

TEST_F(TheProgram, ServesUntilTheRestart) {
  release(2, "system 2");
  EXPECT_EQ(run({"run"}, {.stop = stopping.stop.get_token()}), 0) << errors.str();
  EXPECT_EQ(state().action->step, Step::restart);
  EXPECT_TRUE(Turn::take(folder.path(), "the next")) << "its turn is over";
}

TEST_F(TheProgram, EndsWhenNothingGoesOnForAsLongAsATrialMayLast) {
  store.fill_disk();
  std::chrono::milliseconds passed{};
  sleep = [&](auto span, const Wait&) -> Result<void> {
    passed += span;
    return {};
  };
  EXPECT_EQ(run({"run"}), 1) << "and not 2, for then nobody would start it anew";
  EXPECT_EQ(errors.str(), "kiosk-updater: nothing goes on: the disk is full\n");
  EXPECT_GE(passed, gate_limit);
}

TEST_F(TheProgram, GoesOnAsLongAsNowAndThenSomethingDoes) {
  std::stop_source evening;
  int sleeps = 0;
  sleep = [&](auto, const Wait&) -> Result<void> {
    store.fill_disk(++sleeps % 8 != 0);
    if (sleeps == 100) evening.request_stop();
    clock.advance(2h);
    return {};
  };
  EXPECT_EQ(run({"run"}, {.stop = evening.get_token()}), 0) << errors.str();
}

/// Says nothing until it is stopped.
struct SilentMirror final : hal::ReleaseMirror {
  Result<std::string> fetch(const std::string&, std::size_t, const Wait& wait) override {
    asked = true;
    return std::unexpected(wait.sleep(24h).error());
  }
  Result<void> download(const std::string&, std::int64_t, const std::filesystem::path&, const OnProgress&,
                        const Wait& wait) override {
    asked = true;
    return wait.sleep(24h);
  }
  std::optional<std::chrono::seconds> retry_after() const override { return std::nullopt; }

  std::atomic<bool> asked = false;
};

TEST_F(TheProgram, GivesWayToAStickWhileTheServerKeepsItWaiting) {
  for (const bool chosen : {false, true}) {
    SCOPED_TRACE(chosen ? "the bundle" : "the metadata");
    if (chosen) {
      release(2, "system 2");
      step();
      ASSERT_EQ(state().action->step, Step::download);
    }
    SilentMirror silent;
    auto with_it = outfit();
    with_it.server = [&](Options&) { return Result<std::shared_ptr<hal::ReleaseMirror>>(lent(silent)); };
    std::stop_source evening;
    auto configuration = read_configuration(folder / "updater.toml").value();
    ASSERT_TRUE(read_shipped(configuration));
    std::jthread service([&] { EXPECT_TRUE(serve(configuration, with_it, {.stop = evening.get_token()})); });
    while (!silent.asked) std::this_thread::yield();
    EXPECT_TRUE(Turn::claim(folder.path(), "a stick", Wait::of(60s)));
    evening.request_stop();
  }
}

TEST_F(TheProgram, TriesANewSystemEvenIfTheServerCannotBeAsked) {
  release(2, "it shows nothing");
  fill_stick();
  server = {.url = "https://127.0.0.1:1", .ca_file = (folder / "ca.pem").string()};  // which is not there
  EXPECT_EQ(use_stick(), 0) << "a stick needs no server";
  EXPECT_EQ(run({"check"}), 2);
  EXPECT_EQ(run({"check", "--alone"}), 0) << "the file is fine, and what it names may come later";
  EXPECT_EQ(run({"status"}), 0);
  power_on();
  slots.pass(gate_limit);
  stopping.stop = {};
  EXPECT_EQ(run({"run"}, {.stop = stopping.stop.get_token()}), 0) << errors.str();
  EXPECT_EQ(state().action->step, Step::trial);
  EXPECT_EQ(state().action->reason,
            "no picture was drawn; the program on the glass has run for less than 3 minutes");
  EXPECT_TRUE(power.restart_asked);
  power.restart_asked = false;
  clock.advance(1min);
  stopping.stop = {};
  server->url = "http://127.0.0.1:1";
  EXPECT_EQ(run({"run"}, {.stop = stopping.stop.get_token()}), 0) << "a wrong line judges no trial either";
  EXPECT_TRUE(power.restart_asked);
}

TEST_F(TheProgram, SaysHowItIsUsed) {
  EXPECT_EQ(run({"--help"}), 0);
  for (const auto* word : {"run", "stick", "status", "check", "Exit status", "3 another one is at work"}) {
    EXPECT_NE(out.str().find(word), std::string::npos) << word;
  }
  EXPECT_EQ(run({}), 2);
  EXPECT_EQ(run({"stick"}), 2);
  EXPECT_EQ(run({"paint"}), 2);
  EXPECT_EQ(run({"check"}), 0);
  configure("window = \"late\"");
  EXPECT_EQ(run({"check", "--alone"}), 2);
  EXPECT_EQ(run({"check"}), 2);
  EXPECT_NE(errors.str().find("updater.toml:6: [update] window: "), std::string::npos) << errors.str();
}

}  // namespace
}  // namespace kiosk::updater
