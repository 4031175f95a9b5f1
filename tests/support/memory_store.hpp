#pragma once
// A store that forgets with the program: the fake of hal/store.hpp.

#include <atomic>
#include <mutex>

#include "hal/store.hpp"

namespace kiosk::testing {

class MemoryStore final : public hal::Store {
 public:
  explicit MemoryStore(hal::Schema schema) : schema_(std::move(schema)) {}

  Result<void> transact(const Body& body) override;
  Result<void> settle() override;
  std::int64_t settled() const override { return settled_; }
  hal::StoreHealth health() const override { return health_; }

  /// From now on nothing can be kept, as on a full disk; reading goes on.
  void fill_disk(bool full = true) { full_ = full; }

  /// From now on nothing works, as on a broken disk.
  void break_disk(bool broken = true) { broken_ = broken; }

  /// As if a damaged database had been found at the start.
  void report_set_aside(std::string path) { health_.set_aside.push_back(std::move(path)); }

  using Tables = std::map<std::string, std::map<std::string, hal::Row, std::less<>>, std::less<>>;

  /// What is kept, for tests that look from outside.
  const Tables& kept() const { return kept_; }

 private:
  hal::Schema schema_;
  Tables kept_;
  std::atomic<std::int64_t> settled_ = 0;
  hal::StoreHealth health_;
  std::recursive_mutex mutex_;  // recursive so that a transaction inside a transaction is answered, not hung
  bool inside_ = false;
  bool full_ = false;
  bool broken_ = false;
};

}  // namespace kiosk::testing
