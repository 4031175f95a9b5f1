#include "tests/support/fake_slots.hpp"

#include "firmware/update/hashes.hpp"
#include "firmware/update/json.hpp"
#include "hal/base/file.hpp"

namespace kiosk::testing {
namespace {

using update::Json;
using update::sha256_hex;

constexpr const char* signer = "a signer who is believed";

struct Opened {
  hal::BundleManifest manifest;
  std::string content;
};

Result<Opened> open(const std::filesystem::path& bundle, const Wait& wait) {
  TRY(wait.check());
  const auto text = TRY(read_file(bundle, 64 << 20));
  const auto end = text.find('\n');
  const auto json = Json::parse(text.substr(0, end), nullptr, false);
  if (end == text.npos || !json.is_object()) return fail(Errc::malformed, "no bundle");
  if (json.value("signer", "") != signer)
    return fail(Errc::refused, "signed by nobody whom this system believes");
  Opened opened;
  opened.content = text.substr(end + 1);
  opened.manifest = {.compatible = json.at("compatible"),
                     .label = {json.at("version"), json.at("secver"), json.at("data_schema")},
                     .parts = {{"rootfs", json.at("sha256"), json.at("length")}}};
  return opened;
}

/// Nothing happens until the wait ends, which a test does not wait for.
Result<void> hang(const Wait& wait) {
  if (wait.until == Steady::time_point::max()) return fail(Errc::internal, "it would hang for ever");
  return fail(Errc::timed_out, "the time is over");
}

}  // namespace

FakeSlots::FakeSlots(hal::SystemLabel factory) {
  auto& a = disk_[0];
  a.content = "the factory's system";
  a.label = std::move(factory);
  a.signed_sha256 = sha256_hex(a.content);
  a.finished = true;
}

std::string FakeSlots::bundle(const hal::SystemLabel& label, const std::string& content,
                              const std::string& compatible) {
  const Json manifest{{"signer", signer},
                      {"compatible", compatible},
                      {"version", label.version},
                      {"secver", label.secver},
                      {"data_schema", label.data_schema},
                      {"sha256", sha256_hex(content)},
                      {"length", std::int64_t{std::ssize(content)}}};
  return manifest.dump() + "\n" + content;
}

template <class Change>
void FakeSlots::write(Change change) {
  writes();
  change();
  writes();
}

/// What dm-verity lets run; else it starts the machine anew.
bool FakeSlots::is_whole(const OnDisk& system) {
  return sha256_hex(system.content) == system.signed_sha256;
}

Result<hal::SlotsState> FakeSlots::look(const Wait& wait) {
  TRY(wait.check());
  hal::SlotsState state{.running = running_,
                        .first = first_,
                        .slots = {},
                        .start = "start " + std::to_string(starts_),
                        .started_ago = started_ago_,
                        .boot_state_broken = boot_state_broken_};
  for (std::size_t i = 0; i < 2; ++i) {
    state.slots[i] = {.label = disk_[i].finished ? disk_[i].label : std::nullopt,
                      .bad = disk_[i].bad,
                      .tries = disk_[i].tries};
  }
  return state;
}

Result<hal::BundleManifest> FakeSlots::inspect(const std::filesystem::path& bundle, const Wait& wait) {
  auto opened = TRY(open(bundle, wait));
  return std::move(opened.manifest);
}

Result<void> FakeSlots::install(const std::filesystem::path& bundle, const OnProgress& progress,
                                const Wait& wait) {
  const auto opened = TRY(open(bundle, wait));
  const auto target = hal::other(running_);
  auto& system = disk_[index(target)];
  write([&] {
    system.bad = true;
    system.finished = false;
    first_ = running_;
  });
  if (hangs_) return hang(wait);
  if (install_error_) return std::unexpected(*install_error_);
  const auto& sha256 = opened.manifest.parts[0].sha256;
  system.signed_sha256 = sha256;
  progress(0);
  const auto half = opened.content.size() / 2;
  write([&] {
    system.content =
        opened.content.substr(0, half) + system.content.substr(std::min(half, system.content.size()));
  });
  progress(500);
  TRY(wait.check());
  write([&] { system.content = opened.content; });
  if (broken_) system.content.back() = static_cast<char>(~system.content.back());
  if (sha256_hex(opened.content) != sha256)
    return fail(Errc::malformed, "a byte is not the one that was signed");
  write([&] {
    system.label = opened.manifest.label;
    system.finished = true;
    ++installed_[opened.content];
  });
  progress(1000);
  return {};
}

Result<void> FakeSlots::read_back(const hal::BundleManifest& manifest, const Wait& wait) {
  TRY(wait.check());
  const auto& system = disk_[index(hal::other(running_))];
  if (!system.finished) return fail(Errc::malformed, "its installation never came to its end");
  if (sha256_hex(system.content) != manifest.parts[0].sha256)
    return fail(Errc::malformed, "rootfs: another hash");
  return {};
}

Result<void> FakeSlots::activate(hal::Slot slot) {
  if (activate_error_) return std::unexpected(*activate_error_);
  auto& system = disk_[index(slot)];
  if (!system.finished) return fail(Errc::refused, "never installed to its end");
  write([&] {
    first_ = slot;
    system.bad = false;
    system.tries = 0;
  });
  return {};
}

Result<void> FakeSlots::mark_good(hal::Slot slot) {
  write([&] {
    disk_[index(slot)].bad = false;
    disk_[index(slot)].tries = 0;
    boot_state_broken_ = false;
  });
  return {};
}

Result<void> FakeSlots::mark_bad(hal::Slot slot) {
  if (slot == running_ && disk_[index(hal::other(slot))].bad)
    return fail(Errc::refused, "nothing would start");
  write([&] { disk_[index(slot)].bad = true; });
  return {};
}

hal::Slot FakeSlots::next_try() {
  for (int round = 0;; ++round) {
    for (const auto slot : {first_, hal::other(first_)}) {
      auto& system = disk_[index(slot)];
      if ((system.bad && round == 0) || system.tries == hal::most_tries) continue;
      ++system.tries;
      return slot;
    }
    if (round == 0) continue;
    for (auto& system : disk_) system.tries = 0;
  }
}

std::optional<hal::Slot> FakeSlots::power_on() {
  for (int start = 0; start <= 3 * hal::most_tries; ++start) {
    running_ = next_try();
    ++starts_;
    started_ago_ = std::chrono::seconds(20);
    if (is_whole(disk_[index(running_)])) return running_;
  }
  return std::nullopt;
}

void FakeSlots::lose_boot_state(hal::Slot first) {
  first_ = first;
  for (auto& system : disk_) {
    system.bad = false;
    system.tries = 0;
  }
  boot_state_broken_ = true;
}

void FakeSlots::rot(hal::Slot slot) {
  auto& content = disk_[index(slot)].content;
  content.front() = static_cast<char>(~content.front());
}

std::string FakeSlots::saved() const {
  Json json{{"first", first_ == hal::Slot::b},
            {"running", running_ == hal::Slot::b},
            {"starts", starts_},
            {"installed", installed_},
            {"disk", Json::array()}};
  for (const auto& system : disk_) {
    const auto label = system.label.value_or(hal::SystemLabel{});
    json["disk"].push_back({{"labelled", system.label.has_value()},
                            {"version", label.version},
                            {"secver", label.secver},
                            {"data_schema", label.data_schema},
                            {"content", system.content},
                            {"signed", system.signed_sha256},
                            {"finished", system.finished},
                            {"bad", system.bad},
                            {"tries", system.tries}});
  }
  return json.dump();
}

void FakeSlots::restore(const std::string& text) {
  const auto json = Json::parse(text);
  first_ = json.at("first").get<bool>() ? hal::Slot::b : hal::Slot::a;
  running_ = json.at("running").get<bool>() ? hal::Slot::b : hal::Slot::a;
  starts_ = json.at("starts");
  installed_ = json.at("installed").get<std::map<std::string, int>>();
  for (std::size_t i = 0; i < disk_.size(); ++i) {
    const auto& from = json.at("disk").at(i);
    auto& system = disk_[i];
    system = {.label = hal::SystemLabel{from.at("version"), from.at("secver"), from.at("data_schema")},
              .content = from.at("content"),
              .signed_sha256 = from.at("signed"),
              .finished = from.at("finished"),
              .bad = from.at("bad"),
              .tries = from.at("tries")};
    if (!from.at("labelled").get<bool>()) system.label.reset();
  }
}

}  // namespace kiosk::testing
