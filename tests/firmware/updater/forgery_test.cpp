// What somebody forged, or what was broken on the way: refused before anything is written.

#include <vector>

#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

using update::Role;

struct Forgery {
  const char* name;
  void (*forge)(Machine& machine);
  const char* said;  ///< a part of it
};

/// What metadata can do wrong, the reference tests of firmware/update show; here each kind once.
const std::vector<Forgery>& forgeries() {
  static const std::vector<Forgery> all{
      {"unsigned",
       [](Machine& m) {
         m.mirror.files[m.repository.path(Role::targets)] =
             update::Repository::signed_by({}, m.repository.targets);
       },
       "targets"},
      {"signed by too few",
       [](Machine& m) {
         m.repository.holders[Role::targets].resize(1);
         m.repository.publish(m.mirror);
       },
       "root 1 asks for"},
      {"signed by a stranger",
       [](Machine& m) {
         m.repository.holders[Role::timestamp] = std::vector<update::Keyholder>(1);
         m.repository.publish(m.mirror);
       },
       "root 1 asks for"},
      {"expired",
       [](Machine& m) {
         m.repository.timestamp["expires"] = "2026-07-31T00:00:00Z";
         m.repository.publish(m.mirror);
       },
       "expired"},
      {"mixed",
       [](Machine& m) {
         m.mirror.files[m.repository.path(Role::targets)] = m.repository.text(Role::snapshot);
       },
       "targets"},
      {"truncated", [](Machine& m) { m.mirror.files[m.repository.path(Role::snapshot)].resize(100); },
       "snapshot"},
      {"endless", [](Machine& m) { m.mirror.files["metadata/timestamp.json"].append(1 << 20, ' '); },
       "larger"},
  };
  return all;
}

TEST(AForgery, IsRefusedWithTheGlassUntouched) {
  for (const auto& forgery : forgeries()) {
    SCOPED_TRACE(forgery.name);
    Machine machine;
    machine.release(2, "system 2");
    forgery.forge(machine);
    machine.live(30h);
    EXPECT_EQ(machine.outcome(), "none");
    EXPECT_NE(machine.state().poll.said.find(forgery.said), std::string::npos) << machine.state().poll.said;
    EXPECT_GT(machine.state().poll.failures, 20) << "it asks again, and not too often";
    EXPECT_LT(machine.state().poll.failures, 70);
    EXPECT_FALSE(machine.citizens.was_closed());
    EXPECT_EQ(machine.starts, 0);
    EXPECT_TRUE(machine.slots.installed().empty());
  }
}

struct WrongBundle {
  const char* name;
  std::string file;
};

TEST(ABundle, ThatIsNotTheOneWhichWasSignedIsNeverInstalled) {
  const hal::SystemLabel label{"2026.8.2", 2, 3};
  const auto right = testing::FakeSlots::bundle(label, "system 2");
  auto flipped = right;
  flipped.back() = '3';
  const std::vector<WrongBundle> wrong{
      {"corrupt", flipped},
      {"truncated", right.substr(0, right.size() - 1)},
      {"oversized", right + "x"},
      {"empty", ""},
      {"another release", testing::FakeSlots::bundle({"v", 9, 3}, "system 9")}};
  for (const auto& [name, file] : wrong) {
    SCOPED_TRACE(name);
    Machine machine;
    machine.release(2, "system 2");
    machine.put_bundle(file);
    machine.live(30h);
    EXPECT_EQ(machine.state().action->step, Step::download) << "a mirror may mend itself";
    EXPECT_FALSE(machine.citizens.was_closed());
    EXPECT_TRUE(machine.slots.installed().empty());
    machine.put_bundle(right);
    machine.live();
    EXPECT_EQ(machine.outcome(), "succeeded");
  }
}

}  // namespace
}  // namespace kiosk::updater
