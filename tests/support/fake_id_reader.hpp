#pragma once
// An ID reader without a wire: a table that a card lies on or not.

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "hal/id_reader.hpp"

namespace kiosk::testing {

/// Behaves as the drivers do (id_reader_conformance.hpp holds both to it). The calls that change its state
/// may come from any thread.
class FakeIdReader final : public hal::IdReader {
 public:
  /// Takes away what lies there and puts this card down.
  void place(hal::IdCard card);
  void remove();
  bool card_lies_there() const;

  void unplug();
  void plug();

  /// The next call that meets a card (or the device, for a code that needs none) ends with this failure.
  void fail_next(Error error);

  hal::DeviceStatus status() const override;
  Result<hal::IdCard> read(const Wait& wait) override;
  Result<bool> card_present(const Wait& wait) override;
  Result<void> wait_removed(const Wait& wait) override;
  std::string serial_number() const override { return "05.01-20101129-0001228293-0296863149"; }

 private:
  /// Blocks until `done` holds, a failure was asked for, or the wait ends.
  template <class Done>
  Result<void> until(const Wait& wait, Done done);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<hal::IdCard> card_;
  bool was_read_ = false;  ///< this card; it must be lifted before it can be read again
  bool plugged_ = true;
  std::deque<Error> failures_;
};

}  // namespace kiosk::testing
