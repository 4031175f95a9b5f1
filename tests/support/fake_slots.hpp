#pragma once
// A disk with two systems, and the boot loader that chooses between them: the fake of hal/slots.hpp. What is
// on the disk outlives the program that works with it; a power cut is an exception thrown from `writes`.

#include <functional>
#include <map>
#include <string>

#include "hal/slots.hpp"

namespace kiosk::testing {

class FakeSlots final : public hal::Slots {
 public:
  /// System A, of this label, runs and is committed; slot B was never written.
  explicit FakeSlots(hal::SystemLabel factory = {.version = "1", .secver = 1, .data_schema = 3});

  /// A bundle's file: what a signer who is believed makes of it. `content`: the system, as long as one likes.
  static std::string bundle(const hal::SystemLabel& label, const std::string& content,
                            const std::string& compatible = "kiosk-x86");

  Result<hal::SlotsState> look(const Wait& wait) override;
  Result<hal::BundleManifest> inspect(const std::filesystem::path& bundle, const Wait& wait) override;
  Result<void> install(const std::filesystem::path& bundle, const OnProgress& progress,
                       const Wait& wait) override;
  Result<void> read_back(const hal::BundleManifest& manifest, const Wait& wait) override;
  Result<void> activate(hal::Slot slot) override;
  Result<void> mark_good(hal::Slot slot) override;
  Result<void> mark_bad(hal::Slot slot) override;

  /// The machine starts as image/boot/grub.cfg says, again and again while what it starts is not whole.
  /// Answers which one runs; nothing when none can.
  std::optional<hal::Slot> power_on();

  /// Time passes on the machine.
  void pass(std::chrono::milliseconds span) { started_ago_ += span; }

  /// What lies in a slot.
  const std::string& content(hal::Slot slot) const { return disk_[index(slot)].content; }
  /// One byte of a slot changes, as on a bad disk.
  void rot(hal::Slot slot);
  /// From now on, what is written comes out another way.
  void break_disk(bool broken = true) { broken_ = broken; }
  /// The next installations end so.
  void fail_installs(std::optional<Error> error) { install_error_ = std::move(error); }
  /// From now on an installation comes to no end of its own.
  void hang_installs(bool hang = true) { hangs_ = hang; }
  void fail_activations(std::optional<Error> error) { activate_error_ = std::move(error); }
  /// Where the boot loader does not count tries, as after a first picture that was taken for a success.
  void forget_tries(hal::Slot slot) { disk_[index(slot)].tries = 0; }

  /// Nothing is left of the boot loader's state, and this slot is what it takes then.
  void lose_boot_state(hal::Slot first = hal::Slot::a);

  /// A sector of the boot loader's state went bad.
  void break_boot_state() { boot_state_broken_ = true; }

  /// All of the disk as text, and the other way round: for a disk that outlives its program.
  std::string saved() const;
  void restore(const std::string& text);

  /// How often each content was written to its end.
  const std::map<std::string, int>& installed() const { return installed_; }

  /// Called before and after each change of the disk; may throw.
  std::function<void()> writes = [] {};

 private:
  struct OnDisk {
    std::optional<hal::SystemLabel> label;
    std::string content;
    std::string signed_sha256;  ///< of the content as it was signed: what verity holds it to
    bool finished = false;      ///< the installation came to its end
    bool bad = false;
    int tries = 0;
  };
  static std::size_t index(hal::Slot slot) { return static_cast<std::size_t>(slot); }
  static bool is_whole(const OnDisk& system);
  hal::Slot next_try();
  template <class Change>
  void write(Change change);

  std::array<OnDisk, 2> disk_;
  hal::Slot first_ = hal::Slot::a;
  hal::Slot running_ = hal::Slot::a;
  int starts_ = 1;
  std::chrono::milliseconds started_ago_{3'600'000};
  bool broken_ = false;
  bool hangs_ = false;
  bool boot_state_broken_ = false;
  std::optional<Error> install_error_, activate_error_;
  std::map<std::string, int> installed_;
};

}  // namespace kiosk::testing
