#include "firmware/update/refresh.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace kiosk::update {
namespace {

/// One refresh under way. The steps have the numbers of the specification's section 5.
class Round {
 public:
  Round(hal::ReleaseMirror& mirror, TrustedStore& trusted, const Start& start, const Wait& wait)
      : mirror_(mirror), trusted_(trusted), start_(start), wait_(wait) {}

  Result<Released> run() {
    const auto good_time = TRY(trusted_.good_time());
    now_ = judged_time(start_, good_time);
    kept_ = TRY(trusted_.documents());
    auto root = TRY(newest_root());
    const auto timestamp = TRY(newest_timestamp(root));
    const auto snapshot = TRY(newest_snapshot(root, timestamp));
    auto targets = TRY(newest_targets(root, snapshot));
    if (start_.line == Line::online) TRY(trusted_.keep_good_time(now_));
    return Released{.root = std::move(root), .targets = std::move(targets), .overdue = overdue_};
  }

 private:
  // 5.2: of the root that came with the image and the one in memory, the newer.
  Result<Root> root_to_begin_with() {
    auto shipped = first_root(start_.shipped_root);
    std::optional<Root> stored;
    if (const auto text = kept_.find(Role::root); text != kept_.end()) {
      if (auto root = first_root(text->second)) stored = *std::move(root);
    }
    if (stored && (!shipped || stored->version >= shipped->version)) return *std::move(stored);
    if (!shipped) return shipped;
    TRY(keep_root(start_.shipped_root, stored && forgets_online_roles(*stored, *shipped)));
    return shipped;
  }

  Result<void> keep_root(std::string_view text, bool forget_online) {
    TRY(trusted_.keep_root(text, forget_online));
    if (!forget_online) return {};
    kept_.erase(Role::timestamp);
    kept_.erase(Role::snapshot);
    return {};
  }

  // 5.3
  Result<Root> newest_root() {
    auto root = TRY(root_to_begin_with());
    for (int i = 0; i < most_roots && root.version < std::numeric_limits<std::int64_t>::max(); ++i) {
      const auto text = fetch(Role::root, root.version + 1, largest(Role::root));
      if (!text && text.error().code == Errc::not_present) break;
      if (!text) return std::unexpected(text.error());
      auto next = TRY(next_root(root, *text));
      TRY(keep_root(*text, forgets_online_roles(root, next)));
      root = std::move(next);
    }
    TRY(check_fresh(Role::root, root, now_));
    return root;
  }

  // 5.4
  Result<Timestamp> newest_timestamp(const Root& root) {
    std::optional<Timestamp> earlier;
    if (const auto text = kept_.find(Role::timestamp); text != kept_.end()) {
      earlier = earlier_timestamp(root, text->second);
    }
    const auto text = TRY(fetch(Role::timestamp, std::nullopt, largest(Role::timestamp)));
    auto next = TRY(next_timestamp(root, earlier, text));
    TRY(check_in_time(Role::timestamp, next ? *next : *earlier));
    if (!next) return *std::move(earlier);
    TRY(trusted_.keep(Role::timestamp, text));
    return *std::move(next);
  }

  // 5.5
  Result<Snapshot> newest_snapshot(const Root& root, const Timestamp& timestamp) {
    std::optional<Snapshot> earlier;
    if (const auto text = kept_.find(Role::snapshot); text != kept_.end()) {
      auto same = next_snapshot(root, timestamp, std::nullopt, text->second);
      if (same) {
        TRY(check_in_time(Role::snapshot, *same));
        return same;
      }
      earlier = earlier_snapshot(root, text->second);
    }
    const auto text = TRY(fetch_named(Role::snapshot, root, timestamp.snapshot));
    auto snapshot = TRY(next_snapshot(root, timestamp, earlier, text));
    TRY(check_in_time(Role::snapshot, snapshot));
    TRY(trusted_.keep(Role::snapshot, text));
    return snapshot;
  }

  // 5.6
  Result<Targets> newest_targets(const Root& root, const Snapshot& snapshot) {
    if (const auto text = kept_.find(Role::targets); text != kept_.end()) {
      auto same = next_targets(root, snapshot, text->second);
      if (same) {
        TRY(check_fresh(Role::targets, *same, now_));
        return same;
      }
    }
    const auto text = TRY(fetch_named(Role::targets, root, snapshot.documents.find("targets.json")->second));
    auto targets = TRY(next_targets(root, snapshot, text));
    TRY(check_fresh(Role::targets, targets, now_));
    TRY(trusted_.keep(Role::targets, text));
    return targets;
  }

  // A stick's timestamp and snapshot may be late; how late they are is looked at when a release is chosen.
  Result<void> check_in_time(Role role, const Head& head) {
    if (start_.line == Line::online) return check_fresh(role, head, now_);
    overdue_ = std::max(overdue_, now_ - head.expires);
    return {};
  }

  Result<std::string> fetch_named(Role role, const Root& root, const Listing& listing) {
    const auto limit = std::min<std::uint64_t>(static_cast<std::uint64_t>(listing.length.value_or(INT64_MAX)),
                                               largest(role));
    const auto version = root.consistent_snapshot ? std::optional(listing.version) : std::nullopt;
    return fetch(role, version, limit);
  }

  Result<std::string> fetch(Role role, std::optional<std::int64_t> version, std::size_t limit) {
    const auto file =
        version ? fmt::format("{}.{}.json", *version, name_of(role)) : fmt::format("{}.json", name_of(role));
    auto text = mirror_.fetch("metadata/" + file, limit, wait_);
    if (!text) return std::unexpected(std::move(text).error().in(file));
    return text;
  }

  hal::ReleaseMirror& mirror_;
  TrustedStore& trusted_;
  const Start& start_;
  const Wait& wait_;
  WallTime now_;
  Documents kept_;
  milliseconds overdue_{0};
};

}  // namespace

WallTime judged_time(const Start& start, std::optional<WallTime> good_time) {
  return std::max({start.now, start.not_before, good_time.value_or(WallTime::min())});
}

Result<Released> refresh(hal::ReleaseMirror& mirror, TrustedStore& trusted, const Start& start,
                         const Wait& wait) {
  return Round(mirror, trusted, start, wait).run();
}

}  // namespace kiosk::update
