#include "tests/firmware/updater/machine.hpp"

#include "firmware/updater/floor_file.hpp"

namespace kiosk::updater {
namespace {

constexpr auto bundle_path = "os/kiosk.raucb";

}  // namespace

Machine::Machine() {
  repository.targets["targets"] = update::Json::object();
  shipped_root = repository.text(update::Role::root);
  repository.publish(mirror);
  slots.writes = [this] { moment_(); };
  citizens.settles = [this] { moment_(); };
  make_updater();
}

void Machine::make_updater() {
  updater_.emplace(Parts{mirror, slots, citizens, power, clock, random},
                   Place{.folder = folder.path(),
                         .shipped_root = shipped_root,
                         .built = *update::read_time("2026-07-01T00:00:00Z"),
                         .keep_free = keep_free_},
                   rules,
                   Told{.changed =
                            [this](const Action& action) {
                              seen.push_back(action.step);
                              if (told.changed) told.changed(action);
                            },
                        .progress = [this](Step step, int permille) { told.progress(step, permille); }});
}

void Machine::release(std::int64_t secver, const std::string& content, std::int64_t data_schema) {
  auto custom = update::custom(secver);
  custom["data_schema"] = data_schema;
  const hal::SystemLabel label{custom["version"], secver, data_schema};
  const auto file = testing::FakeSlots::bundle(label, content);
  repository.targets["targets"] = update::Json::object();
  repository.release(bundle_path, file, custom);
  put_bundle(file);
  repository.publish_next(mirror, {update::Role::targets, update::Role::snapshot, update::Role::timestamp});
}

void Machine::widen(int ring) {
  repository.targets["targets"][bundle_path]["custom"]["ring"] = ring;
  repository.publish_next(mirror, {update::Role::targets, update::Role::snapshot, update::Role::timestamp});
}

void Machine::put_into_ring(int ring) {
  rules.ring = ring;
  make_updater();
}

void Machine::put_bundle(const std::string& file) {
  const std::string sha256 = repository.targets["targets"][bundle_path]["hashes"]["sha256"];
  mirror.files["targets/os/" + sha256 + ".kiosk.raucb"] = file;
}

void Machine::step() {
  const auto pause = updater_->step(cutting_, patience);
  check_invariants();
  // What fails with the machine is tried again, as the program does.
  auto span = pause ? *pause : std::chrono::milliseconds(1min);
  if (power.restart_asked) {
    power_on();
    return;
  }
  // Small steps, so that whatever changes by itself is seen to change.
  span = std::max(span, 100ms);
  clock.advance(span);
  slots.pass(span);
  since_start_ += span;
  if (!citizens.now.somebody) citizens.now.nobody_for += span;
  behave();
}

void Machine::power_on() {
  power.restart_asked = false;
  for (;;) {
    ++starts;
    const auto slot = slots.power_on();
    ASSERT_TRUE(slot) << "nothing starts";
    clock.advance(30s);
    const auto system = running();
    if (system.contains("panics") || system.contains("hangs")) continue;  // its watchdog starts it anew
    break;
  }
  since_start_ = {};
  citizens.start();
  behave();
  make_updater();
}

/// The program on the glass, as the system that runs has it. The records outlive it.
void Machine::behave() {
  const auto system = running();
  healthy.data_schema = citizens.well.data_schema;
  citizens.well = healthy;
  citizens.well.running_for = system.contains("crash-loops") ? since_start_ % 20s : since_start_;
  if (starts == 0) citizens.well.running_for += 1h;
  const auto slots_now = slots.look({}).value();
  citizens.program_schema = slots_now.of(slots_now.running).label->data_schema;
  const bool opens_records = healthy.data_schema <= citizens.program_schema;
  citizens.answers = opens_records && !system.contains("is silent");
  if (system.contains("shows nothing")) citizens.well.first_picture = false;
  if (system.contains("loses the printer")) citizens.well.devices.erase("receipt_printer");
  if (system.contains("breaks the records")) citizens.well.set_aside = healthy.set_aside = 1;
  if (system.contains("loses the registry")) citizens.well.registry_reached = false;
}

void Machine::live(std::chrono::milliseconds span) {
  const auto end = clock.now() + span;
  bool begun = false;
  while (clock.now() < end) {
    step();
    if (::testing::Test::HasFatalFailure()) return;
    const bool under_way = state().action.has_value();
    begun = begun || under_way;
    if (begun && !under_way) return;
  }
}

void Machine::cut_at(int n) {
  moment_ = [n, count = 0]() mutable {
    if (count++ == n) throw PowerCut();
  };
}

bool Machine::live_until_cut(int n) {
  cut_at(n);
  bool cut = false;
  try {
    live();
  } catch (const PowerCut&) {
    cut = true;
  }
  moment_ = [] {};
  if (!cut) return false;
  check_invariants();
  power_on();
  return true;
}

bool Machine::live_through_cut(int n) {
  if (!live_until_cut(n)) return false;
  live();
  return true;
}

void Machine::install_at_once() {
  rules.window = {.opens = 0min, .closes = 0min};
  make_updater();
}

void Machine::lose_ledger() {
  for (const auto& [table, rows] : testing::MemoryStore::Tables(store.kept())) {
    for (const auto& [key, row] : rows) {
      store.transact([&](hal::Transaction& all) { return all.erase(table, key); }).value();
    }
  }
}

void Machine::go_to(Step step) {
  for (int i = 0; i < 3000; ++i) {
    const auto now = state();
    if (now.action && now.action->step == step) return;
    Machine::step();
  }
  FAIL() << "it never came so far";
}

void Machine::wait_for_morning() {
  clock.advance(std::chrono::hours(24 + 2) - clock.now().time_since_epoch() % std::chrono::hours(24));
}

void Machine::keep_free(std::int64_t bytes) {
  keep_free_ = bytes;
  make_updater();
}

std::string Machine::outcome() {
  const auto now = state();
  if (now.action) return "under way: " + std::string(name_of(now.action->step)) + ": " + now.action->reason;
  if (now.ended.empty()) return "none";
  const auto& last = now.ended.back();
  return std::string(name_of(last.outcome)) + (last.reason.empty() ? "" : ": " + last.reason);
}

std::string Machine::running() const {
  return slots.content(const_cast<testing::FakeSlots&>(slots).look({}).value().running);
}

int Machine::installs(const std::string& content) const {
  const auto found = slots.installed().find(content);
  return found == slots.installed().end() ? 0 : found->second;
}

void Machine::check_invariants() {
  auto loader = slots;
  loader.writes = [] {};
  EXPECT_TRUE(loader.power_on()) << "nothing would start";
  const auto file = read_floor(folder / "floor");
  ASSERT_TRUE(file) << file.error().what;
  const auto floor = std::max(file->secver, state().floor);
  EXPECT_GE(floor, highest_floor_) << "the floor fell";
  highest_floor_ = std::max(highest_floor_, floor);
}

}  // namespace kiosk::updater
