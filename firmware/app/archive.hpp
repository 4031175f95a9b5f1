#pragma once
// Everything that must survive: the store and the records in it, opened and recovered before the first
// citizen.

#include <memory>

#include "firmware/app/configuration.hpp"
#include "firmware/records/upkeep.hpp"
#include "firmware/session/session.hpp"
#include "hal/store.hpp"

namespace kiosk::app {

class Archive {
 public:
  /// Opens the store and the audit trail, settles what an earlier run left open, and signs the trail's head.
  /// A damaged database was kept aside by the store: the log tells the technician and the trail the
  /// authority, at every start until it is taken away, because applications in it are known to the registry
  /// alone. `malformed` the configuration, a signing key that cannot be used · `refused` a database made by a
  /// newer program, or another key's (nothing is touched) · `busy` another program holds it · `storage` full,
  /// read-only or failing: later may work. Blocks for the disk.
  static Result<std::unique_ptr<Archive>> open(Configuration& configuration, const Clock& clock);

  /// Signs the head once more at an orderly end, so that the day's lines are covered.
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  session::Records records() { return {journal_, submissions_, papers_, counters_, audit_}; }
  records::Upkeep& upkeep() { return upkeep_; }
  hal::Store& store() { return *store_; }

 private:
  Archive(std::unique_ptr<hal::Store> store, const Clock& clock, records::Audit audit,
          const records::Retention& rules);
  Result<void> begin();
  Result<void> sign();

  std::unique_ptr<hal::Store> store_;
  records::Journal journal_;
  records::Submissions submissions_;
  records::Papers papers_;
  records::Counters counters_;
  records::Audit audit_;
  records::Upkeep upkeep_;
};

}  // namespace kiosk::app
