#pragma once
// Exactly one of the three papers, or the same on the glass and at any window when the printer cannot.

#include "firmware/documents/papers.hpp"
#include "firmware/session/session.hpp"

namespace kiosk::session {

/// What the paper says beside the registry's reply. Stored sealed with the application, so that a kiosk that
/// lost power can still print it.
struct PaperFacts {
  std::string service;  ///< that was applied for
  PersonalText masked_name;
  PersonalText masked_address;
};

PersonalText to_json(const PaperFacts& facts);

/// `malformed`: not what to_json() makes.
Result<PaperFacts> paper_facts(const PersonalText& json);

/// How the paper reached the person.
enum class Delivered { printed, reprinted, electronic };

/// Prints the paper that `reply` calls for and keeps account of it until it is certain. A receipt belongs on
/// a slip and a notice on A4; when that printer prints nothing the other one does, never both. In doubt only
/// the person can tell: they are asked, and a reprint is marked 补打. When neither prints, the glass shows
/// it. A store that fails changes nothing of this (after_the_fact). `cancelled`; the paper then stays owed.
Result<Delivered> give_paper(Session& s, const std::string& key, const hal::Reply& reply,
                             const PaperFacts& facts);

/// A paper that this kiosk could not give when it was decided: the power failed, the person left.
struct OwedPaper {
  std::string key;
  hal::Reply reply;
  PaperFacts facts;
};

/// The one that is owed for this case; nullopt: none is. To be given to the person whose card was read.
/// `storage`.
Result<std::optional<OwedPaper>> owed_paper(Session& s, const std::string& acceptance_number);

/// The time in China, in the forms that papers and the registry want.
struct Now {
  std::string date;     ///< "2026-08-01"
  std::string time;     ///< "2026-08-01 14:05"
  std::string rfc3339;  ///< "2026-08-01T14:05:09+08:00"
};
Now now_in_china(const Clock& clock);

/// Who gives a paper, in the language the person reads.
documents::Issuer issuer(const Session& s);

}  // namespace kiosk::session
