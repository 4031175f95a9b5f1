#pragma once
// A store whose every change may be the last thing that happened, or the last that did not.

#include <functional>

#include "hal/store.hpp"

namespace kiosk::updater {

/// The power goes.
struct PowerCut {};

class CuttingStore final : public hal::Store {
 public:
  /// `moment` is called before and after whatever changes something; it may throw PowerCut.
  CuttingStore(hal::Store& real, std::function<void()>& moment) : real_(real), moment_(moment) {}

  Result<void> transact(const Body& body) override {
    bool changes = false;
    bool cut = false;
    const auto kept = real_.transact([&](hal::Transaction& transaction) -> Result<void> {
      Watched watched(transaction, changes);
      TRY(body(watched));
      if (!changes) return {};
      try {
        moment_();
      } catch (const PowerCut&) {
        cut = true;
        return fail(Errc::storage, "cut");  // so that nothing is kept
      }
      return {};
    });
    if (cut) throw PowerCut();
    if (kept && changes) moment_();
    return kept;
  }
  Result<void> settle() override {
    moment_();
    TRY(real_.settle());
    moment_();
    return {};
  }
  std::int64_t settled() const override { return real_.settled(); }
  hal::StoreHealth health() const override { return real_.health(); }

 private:
  class Watched final : public hal::Transaction {
   public:
    Watched(hal::Transaction& real, bool& changes) : real_(real), changes_(changes) {}
    Result<void> put(std::string_view table, const hal::Row& row) override {
      changes_ = true;
      return real_.put(table, row);
    }
    Result<hal::Row> get(std::string_view table, std::string_view key) override {
      return real_.get(table, key);
    }
    Result<void> erase(std::string_view table, std::string_view key) override {
      changes_ = true;
      return real_.erase(table, key);
    }
    Result<std::vector<hal::Row>> list(std::string_view table,
                                       const std::optional<hal::Match>& match) override {
      return real_.list(table, match);
    }

   private:
    hal::Transaction& real_;
    bool& changes_;
  };

  hal::Store& real_;
  std::function<void()>& moment_;
};

}  // namespace kiosk::updater
