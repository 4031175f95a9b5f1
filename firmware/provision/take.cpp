#include "firmware/provision/take.hpp"

#include <fmt/format.h>

#include "firmware/provision/cms.hpp"
#include "firmware/provision/escrow.hpp"
#include "firmware/provision/technician.hpp"
#include "hal/base/file.hpp"
#include "hal/base/log.hpp"

namespace kiosk::provision {
namespace {

Taken<std::string> read_from(hal::Stick& stick, const std::string& number) {
  for (const auto& name : {number, std::string(any_machine)}) {
    auto text = stick.read(name + ".kiosk", most_signed);
    if (text) return *std::move(text);
    if (text.error().code != Errc::not_present) return refuse(Refusal::unreadable, text.error().what);
  }
  return refuse(Refusal::no_file, fmt::format("neither {}.kiosk nor any.kiosk", number));
}

/// What the city signed.
Taken<Content> open_file(const std::string& file, const Machine& machine) {
  const auto text = signed_content(file, machine.authorities);
  if (!text) {
    const bool foreign = text.error().code == Errc::refused;
    return refuse(foreign ? Refusal::not_ours : Refusal::unreadable, text.error().what);
  }
  auto content = read_content(*text);
  if (!content) return refuse(Refusal::unreadable, content.error().what);
  return *std::move(content);
}

Taken<void> judge(const Head& head, const Machine& machine) {
  if (head.machine != machine.number && head.machine != any_machine)
    return refuse(Refusal::other_machine, "it is for " + head.machine);
  if (machine.clock.now() >= head.expires) return refuse(Refusal::expired, "its time is over");
  return {};
}

/// The error of a step, with the reason that it has for whoever holds the stick.
template <class T>
Taken<T> step(Result<T> result, Refusal why) {
  if (!result) return refuse(why, result.error().what);
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return *std::move(result);
  }
}

/// All that may still be refused, with the new settings beside the old ones.
Taken<void> prepare(const Settings& settings, hal::Stick& stick, const Machine& machine) {
  TRY(step(read_technician(settings.files.at("technicians.toml").content), Refusal::wrong_settings));
  const auto laid = machine.settings.lay(settings);
  const bool wrong = !laid && laid.error().code == Errc::malformed;
  TRY(step(laid, wrong ? Refusal::wrong_settings : Refusal::not_done));
  TRY(step(machine.check(machine.settings.beside()), Refusal::wrong_settings));
  const auto key = TRY(step(read_file(machine.recovery_key, 256), Refusal::not_done));
  const auto sealed = TRY(
      step(seal_escrow({.machine = machine.number, .key = key}, settings.escrow), Refusal::wrong_settings));
  return step(stick.write(machine.number + ".recovery", sealed), Refusal::stick_not_written);
}

Taken<What> take_settings(const Settings& settings, hal::Stick& stick, const Machine& machine) {
  if (!machine.has_data) return refuse(Refusal::needs_recovery, "settings, and the data are not open");
  const auto sequence = TRY(step(machine.settings.sequence(), Refusal::not_done));
  if (settings.sequence <= sequence)
    return refuse(Refusal::not_newer, fmt::format("number {} is not above {}", settings.sequence, sequence));
  auto taken = prepare(settings, stick, machine);
  if (taken) taken = step(machine.settings.take_over(), Refusal::not_done);
  if (!taken) {
    machine.settings.forget();
    return std::unexpected(taken.error());
  }
  // The machine's keys stand in it in the clear, and the stick is kept for its recovery key. They are on the
  // disk now; what serves all machines stays for the others.
  if (settings.head.machine != any_machine) {
    if (const auto wiped = stick.wipe(machine.number + ".kiosk"); !wiped)
      log::warning("provision", "the stick still holds the machine's keys", {{"what", wiped.error().what}});
  }
  return What::settings;
}

Taken<What> take_recovery(const Recovery& recovery, Machine& machine) {
  if (machine.has_data) return refuse(Refusal::no_need, "the data are open");
  const auto sealed = machine.data.seal_anew(recovery.key);
  if (sealed) return What::recovery;
  const bool wrong = sealed.error().code == Errc::refused;
  return refuse(wrong ? Refusal::wrong_key : Refusal::not_done, sealed.error().what);
}

}  // namespace

Taken<What> take(hal::Stick& stick, Machine& machine) {
  const auto file = TRY(read_from(stick, machine.number));
  const auto content = TRY(open_file(file, machine));
  TRY(judge(std::visit([](const auto& one) { return one.head; }, content), machine));
  if (const auto* settings = std::get_if<Settings>(&content)) return take_settings(*settings, stick, machine);
  return take_recovery(std::get<Recovery>(content), machine);
}

}  // namespace kiosk::provision
