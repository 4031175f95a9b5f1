#include "drivers/rauc/rauc.hpp"

#include <ctime>

#include <fmt/format.h>

#include "drivers/rauc/boot_state.hpp"
#include "drivers/rauc/bundle.hpp"
#include "drivers/rauc/installed.hpp"
#include "drivers/rauc/installer.hpp"
#include "drivers/rauc/read_back.hpp"
#include "hal/base/file.hpp"

namespace kiosk::drivers {
namespace {

using hal::Slot;
using namespace rauc;

std::size_t at(Slot slot) {
  return static_cast<std::size_t>(slot);
}

class RaucSlots final : public hal::Slots {
 public:
  explicit RaucSlots(RaucPlaces places) : places_(std::move(places)) {}

  Result<hal::SlotsState> look(const Wait& wait) override {
    TRY(wait.check());
    const auto choice = TRY(boot_.choice());
    const auto tries = TRY(boot_.tries());
    const auto runs = TRY(running());
    const auto whole = TRY(boot_.whole());
    hal::SlotsState state{.running = runs, .first = choice.first, .boot_state_broken = !whole};
    for (const auto slot : {Slot::a, Slot::b}) {
      const auto label = TRY(slot == runs ? own_label() : installed_.in(slot));
      state.of(slot) = {.label = label, .bad = choice.bad[at(slot)], .tries = tries[at(slot)]};
    }
    state.start = TRY(read_file(places_.start, 64));
    timespec since{};
    ::clock_gettime(CLOCK_BOOTTIME, &since);
    state.started_ago = std::chrono::seconds(since.tv_sec);
    return state;
  }

  Result<hal::BundleManifest> inspect(const std::filesystem::path& bundle, const Wait& wait) override {
    TRY(wait.check());
    const auto text = TRY(signed_manifest(bundle, places_.keyring));
    return read_manifest(text);
  }

  Result<void> install(const std::filesystem::path& bundle, const OnProgress& progress,
                       const Wait& wait) override {
    const auto manifest = TRY(inspect(bundle, wait));
    const auto runs = TRY(running());
    const auto into = other(runs);
    auto choice = TRY(boot_.choice());
    choice.first = runs;
    choice.bad[at(into)] = true;
    choice.on_trial.reset();
    TRY(boot_.choose(choice));
    TRY(installed_.forget(into));
    TRY(rauc::install(bundle, progress, wait));
    TRY(installed_.keep(into, manifest.label));
    progress(1000);
    return {};
  }

  Result<void> read_back(const hal::BundleManifest& manifest, const Wait& wait) override {
    TRY(wait.check());
    const auto runs = TRY(running());
    const auto slot = other(runs);
    const auto label = TRY(installed_.in(slot));
    if (label != manifest.label)
      return fail(Errc::malformed, fmt::format("slot {}: not installed whole", name_of(slot)));
    for (const auto& part : manifest.parts) {
      const auto partition = places_.partitions[at(slot)].find(part.name);
      if (partition == places_.partitions[at(slot)].end()) {
        return fail(Errc::malformed, fmt::format("a bundle's part {} has no partition", part.name));
      }
      TRY(rauc::read_back(partition->second, part, wait));
    }
    return {};
  }

  Result<void> activate(Slot slot) override {
    auto choice = TRY(boot_.choice());
    const auto label = TRY(installed_.in(slot));
    // One that is not bad came from the factory.
    if (choice.bad[at(slot)] && !label) {
      return fail(Errc::refused, fmt::format("slot {}: never installed to its end", name_of(slot)));
    }
    TRY(clear_tries(slot));  // first: while the other one is first they change nothing
    choice.first = slot;
    if (choice.bad[at(slot)]) {
      choice.on_trial = slot;  // it was just written
    } else if (choice.on_trial != slot) {
      choice.on_trial.reset();
    }
    choice.bad[at(slot)] = false;
    return boot_.choose(choice);
  }

  Result<void> mark_good(Slot slot) override {
    TRY(clear_tries(slot));
    auto choice = TRY(boot_.choice());
    choice.bad[at(slot)] = false;
    if (choice.on_trial == slot) choice.on_trial.reset();
    return boot_.choose(choice);
  }

  Result<void> mark_bad(Slot slot) override {
    auto choice = TRY(boot_.choice());
    const auto runs = TRY(running());
    if (slot == runs && choice.bad[at(other(slot))]) {
      return fail(Errc::refused, "slots: nothing would start");
    }
    choice.bad[at(slot)] = true;
    if (choice.on_trial == slot) choice.on_trial.reset();
    return boot_.choose(choice);
  }

 private:
  Result<Slot> running() const {
    const auto words = TRY(read_file(places_.cmdline, 16384));
    for (const auto slot : {Slot::a, Slot::b}) {
      if (words.contains(fmt::format("rauc.slot={}", name_of(slot)))) return slot;
    }
    return fail(Errc::storage, "slots: the kernel was not told from which slot it starts");
  }

  Result<std::optional<hal::SystemLabel>> own_label() const {
    const auto text = read_file(places_.label, 512);
    if (!text) return fail(Errc::storage, text.error().what);
    return read_label(*text);
  }

  Result<void> clear_tries(Slot slot) {
    auto tries = TRY(boot_.tries());
    tries[at(slot)] = 0;
    return boot_.set_tries(tries);
  }

  RaucPlaces places_;
  BootState boot_{places_.state};
  Installed installed_{places_.installed};
};

}  // namespace

std::unique_ptr<hal::Slots> make_rauc(RaucPlaces places) {
  return std::make_unique<RaucSlots>(std::move(places));
}

}  // namespace kiosk::drivers
