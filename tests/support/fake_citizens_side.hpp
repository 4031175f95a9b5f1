#pragma once
// The citizens' side as tests want it: the fake of hal/citizens_side.hpp.

#include <algorithm>
#include <functional>
#include <optional>

#include "hal/citizens_side.hpp"

namespace kiosk::testing {

class FakeCitizensSide final : public hal::CitizensSide {
 public:
  hal::Attendance now{.somebody = false, .nobody_for = std::chrono::hours(1)};
  hal::Vitals well{.running_for = std::chrono::minutes(60),
                   .first_picture = true,
                   .data_schema = 3,
                   .devices = {"id_reader", "receipt_printer"},
                   .registry_reached = true};
  bool answers = true;
  std::int64_t program_schema = 3;  ///< up to which version the program on the glass knows the records
  bool disk_full = false;
  std::function<void()> settles = [] {};  ///< before and after the records are settled

  Result<hal::Attendance> attendance(const Wait& wait) override {
    TRY(check(wait));
    return now;
  }
  Result<void> stay_closed(std::chrono::minutes about, const Wait& wait) override {
    TRY(check(wait));
    if (now.somebody) return fail(Errc::busy, "a citizen is served");
    closed_for_ = about;
    was_closed_ = true;
    return {};
  }
  Result<void> open(const Wait& wait) override {
    TRY(check(wait));
    closed_for_.reset();
    return {};
  }
  Result<hal::Vitals> vitals(const Wait& wait) override {
    TRY(check(wait));
    return well;
  }
  Result<void> settle(const Wait& wait) override {
    TRY(check(wait));
    if (disk_full) return fail(Errc::storage, "the disk is full");
    settles();
    well.data_schema = std::max(well.data_schema, program_schema);
    settles();
    return {};
  }

  /// What citizens see: "back in about N minutes", or nothing of the kind.
  std::optional<std::chrono::minutes> closed_for() const { return closed_for_; }
  /// Whether they ever saw it.
  bool was_closed() const { return was_closed_; }
  /// The program on the glass starts anew.
  void start() { closed_for_.reset(); }

 private:
  Result<void> check(const Wait& wait) const {
    TRY(wait.check());
    if (!answers) return fail(Errc::unreachable, "no answer");
    return {};
  }

  std::optional<std::chrono::minutes> closed_for_;
  bool was_closed_ = false;
};

}  // namespace kiosk::testing
