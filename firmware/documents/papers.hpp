#pragma once
// What the kiosk puts on paper, as values, and the pages made of them. Thermal slips are 72 mm of dots,
// documents are A4; both come from the same painter as the glass.

#include <string>
#include <utility>
#include <vector>

#include "hal/base/personal.hpp"
#include "hal/base/stroke.hpp"
#include "hal/document_printer.hpp"
#include "hal/receipt_printer.hpp"
#include "screens/citizen/check_answers.hpp"
#include "screens/look.hpp"

namespace kiosk::documents {

/// Who gives the paper: in the foot of every one.
struct Issuer {
  std::string hall_name;
  std::string kiosk_id;
  std::string phone;
  std::string printed_at;  ///< "2026-08-01 14:05", hall time
  screens::Language language =
      screens::Language::zh_cn;  ///< the citizen's; legal terms stand in Chinese beside it
};

/// 受理回执 acceptance receipt; of an instant decision it says 已登簿.
struct Receipt {
  std::string service;
  std::string acceptance_number;
  bool registered = false;
  std::string date;      ///< of the decision, YYYY-MM-DD
  std::string due_date;  ///< accepted only
  PersonalText masked_name;
  PersonalText masked_address;
  bool certificate_cancelled = false;
  std::string slip_token;  ///< QR
  int reprint = 0;         ///< > 0: 补打 n
};

/// 一次性补正告知书: all defects at once.
struct CompletionNotice {
  std::string service, acceptance_number, date;
  PersonalText masked_name;
  std::vector<std::string> defects;
  std::string slip_token;
  int reprint = 0;
};

/// 不予受理告知书: reason, legal basis, remedy.
struct RefusalNotice {
  std::string service, date;
  PersonalText masked_name;
  std::string reason, legal_basis, remedy;
  int reprint = 0;
};

/// 登记结果: what an instant registration has changed in the register. For who asks for it; it is none of the
/// three papers and replaces none.
struct RegistrationResult {
  std::string service, acceptance_number;
  std::string registered_at;  ///< "2026-08-01 14:05", the registry's clock
  PersonalText masked_name, masked_address;
  PersonalText certificate_number;  ///< of the mortgage that is cancelled: what it is known by, so in full
  std::string lender;
  bool certificate_cancelled = false;
  std::string slip_token;  ///< QR
};

/// Submitted, and the registry has not answered: what the person takes home instead of a receipt.
struct PendingSlip {
  std::string service;
  std::string reference;  ///< of the idempotency key, in fours
  PersonalText masked_name;
};

/// What to bring, after a missing release: not one of the three papers.
struct MaterialsList {
  std::string service;
  std::string lender, lender_phone;
};

/// What to bring when not every owner can come to the kiosk: not one of the three papers.
struct OwnersList {
  std::string service;
  std::vector<PersonalText> masked_names;  ///< who is waited for
};

/// How far a case is.
struct ProgressSlip {
  std::string service, acceptance_number;
  std::vector<std::pair<std::string, std::string>> stages;  ///< name as in hal::Stage, date or empty
  std::string due_date;
  std::string slip_token;
};

/// The application form as the person sees and signs it: the registry's words and values in full.
struct ApplicationForm {
  std::string service;
  std::vector<screens::AnswerRow> fields;
  std::vector<PersonalText> signers;  ///< full names, one box each
  std::string date;                   ///< YYYY-MM-DD
  std::string reference;              ///< of the idempotency key
};

// A4 pages. About 60 ms the first time, of which most is loading the fonts; any thread.
hal::Document document(const ApplicationForm& form, const Issuer& issuer);
hal::Document document(const Receipt& receipt, const Issuer& issuer);
hal::Document document(const CompletionNotice& notice, const Issuer& issuer);
hal::Document document(const RefusalNotice& notice, const Issuer& issuer);
hal::Document document(const RegistrationResult& result, const Issuer& issuer);

/// The same pages as pictures, to be read on the glass. About 20 ms a page.
using Pictures = std::vector<std::shared_ptr<const screens::Picture::Dots>>;
Pictures pictures(const ApplicationForm& form, const Issuer& issuer);
Pictures pictures(const RegistrationResult& result, const Issuer& issuer);

/// A signature's picture, black on white, 90 x 45 mm at 300 dpi.
PersonalBytes signature_png(const std::vector<Stroke>& strokes);

}  // namespace kiosk::documents
