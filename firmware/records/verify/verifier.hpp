#pragma once
// Is this audit trail whole?

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/records/verify/audit_line.hpp"

namespace kiosk::records {

struct AuditProblem {
  std::string file;
  std::size_t line = 0;  ///< in the file, from 1; 0: the file as a whole
  std::string what;
};

struct AuditReport {
  std::vector<AuditProblem> problems;
  std::vector<std::string> remarks;  ///< what could not be checked, and what is odd without being wrong
  std::size_t lines = 0;
  std::size_t signatures = 0;        ///< that were checked and hold
  std::int64_t first = 0, last = 0;  ///< line numbers of the chain
  std::string head;                  ///< hash of the last line
  bool whole() const { return problems.empty(); }
};

/// A head that was kept elsewhere: by the fleet server, on the daily report.
struct KnownHead {
  std::int64_t line = 0;
  std::string hash;
};

/// Takes the files of one kiosk in the order of their lines.
class AuditVerifier {
 public:
  explicit AuditVerifier(std::optional<std::string> public_pem = {}, std::optional<KnownHead> known = {})
      : public_pem_(std::move(public_pem)), known_(std::move(known)) {}

  void take_file(const std::string& name, std::string_view content);

  AuditReport finish();

 private:
  void take_line(const std::string& file, std::size_t at, std::string_view text);
  void check_place(const std::string& file, std::size_t at, const AuditLine& line);
  void check_signature(const std::string& file, std::size_t at, const AuditLine& line);
  void problem(const std::string& file, std::size_t line, std::string what);

  std::optional<std::string> public_pem_;
  std::optional<KnownHead> known_;
  bool known_seen_ = false;
  std::size_t unchecked_ = 0;
  std::int64_t last_signed_ = 0;
  std::string kiosk_, time_;
  AuditReport report_;
};

}  // namespace kiosk::records
