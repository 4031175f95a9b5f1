#pragma once
// Where the chain ends: the store's record of it, held against the files.

#include "firmware/records/audit.hpp"
#include "firmware/records/audit_files.hpp"

namespace kiosk::records {

/// The last line and where it stands.
struct ChainEnd {
  AuditHead head;
  std::string file;       ///< empty before the first line
  std::int64_t size = 0;  ///< of that file, up to and with that line
};

Result<ChainEnd> load_end(hal::Transaction& transaction);
Result<void> store_end(hal::Transaction& transaction, const ChainEnd& end);

/// What find_end saw on its way.
struct Found {
  ChainEnd end;
  int taken_over = 0;  ///< lines in the files that the store did not know
  bool torn = false;   ///< something that is no line of this chain was moved aside
  bool gap = false;    ///< lines that the store knows are not in the files, or were changed
};

/// Follows the files from `known` on. A store that knows nothing (a fresh one after damage) takes the last
/// file's word.
Result<Found> find_end(const AuditFiles& files, const ChainEnd& known);

/// One line with its hash and line end, in canonical JSON. Sets `head` to it.
std::string write_line(const AuditEvent& event, std::string_view kiosk, WallTime now, AuditHead& head);

}  // namespace kiosk::records
