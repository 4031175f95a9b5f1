#pragma once
// 不动产权证书号 and 不动产登记证明号: 鲁（2024）济南市不动产权第0001234号.

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::domain {

enum class CertificateKind {
  title,  ///< 不动产权: ownership
  proof,  ///< 不动产证明: mortgage, advance notice
};

/// One spelling for all: full-width round brackets whatever the source used, half-width digits, no blanks.
/// For old certificates (房权证, 他项权证), which have no common form, this is all that can be done before
/// comparing.
std::string normalised_certificate_number(std::string_view text);

/// The parts of a number of the common form, all from after 2015.
struct CertificateNumber {
  std::string province;  ///< "鲁"
  int year = 0;
  std::string authority;  ///< "济南市"
  CertificateKind kind = CertificateKind::title;
  int number = 0;  ///< six or seven digits on paper, so 001234 and 0001234 are the same

  /// `malformed` for every other form, old certificates included.
  static Result<CertificateNumber> parse(std::string_view text);

  /// The common form with seven digits.
  std::string text() const;

  bool operator==(const CertificateNumber&) const = default;
};

/// Whether two spellings mean one certificate: by parts where both have the common form, else by normalised
/// text.
bool same_certificate(std::string_view one, std::string_view other);

}  // namespace kiosk::domain
