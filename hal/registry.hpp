#pragma once
// The real-estate registry: the authority's server that knows owners, mortgages and cases, and decides.
// The wire contract is tests/lobby/registry/openapi.yaml; a city's integrator implements that.

#include <optional>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/personal.hpp"
#include "hal/base/wait.hpp"
#include "hal/id_reader.hpp"

namespace kiosk::hal {

/// Who asks, and how that was established. Sent with every request about a person.
struct Applicant {
  enum class Proof {
    card_only,       ///< the chip was read; enough for progress
    card_and_face,   ///< and the live face matched, by the registry's own answer
    card_and_staff,  ///< and a member of staff vouched, with badge and PIN
  };
  IdCard card;
  Proof proof = Proof::card_only;
  std::string evidence;  ///< the registry's handle of the face or staff check, empty for card_only

  bool operator==(const Applicant&) const = default;
};

/// What the registry says about a live face against the card and its own picture.
struct FaceVerdict {
  bool same_person = false;
  std::string evidence;  ///< handle to quote later; set when same_person
};

/// A member of staff vouching for a person at this kiosk.
struct StaffVerdict {
  std::string staff_id;  ///< "0117": goes into the audit trail
  std::string evidence;
};

/// Why a mortgage cannot be cancelled just now although it may be released.
enum class RestrictionKind { seizure, objection, right_of_residence, advance_notice, ban, other };

struct Restriction {
  RestrictionKind kind = RestrictionKind::other;
  std::string authority;  ///< who ordered it, "某区人民法院"
  std::string document;   ///< number of the order
  std::string since;      ///< YYYY-MM-DD
  bool operator==(const Restriction&) const = default;
};

/// The lender's electronic consent (结清证明 / 同意注销).
struct Release {
  std::string reference;
  std::string date;  ///< YYYY-MM-DD
  bool operator==(const Release&) const = default;
};

/// Another owner who must ask as well.
struct Party {
  std::string id;            ///< the registry's handle
  PersonalText masked_name;  ///< "李*红": all that the kiosk may show before that person has shown a card
  bool agreed = false;       ///< has agreed with the registry after invite_party(): need not stand here
  bool operator==(const Party&) const = default;
};

/// An invitation that is on its way to another owner.
struct Invitation {
  PersonalText masked_phone;  ///< "139****0052": never the whole number
  std::string valid_to;       ///< YYYY-MM-DD, the last day on which they can agree
  bool operator==(const Invitation&) const = default;
};

/// One mortgage on one of the applicant's properties.
struct Mortgage {
  enum class Kind { ordinary, maximum_amount };
  std::string id;       ///< the registry's handle
  std::string version;  ///< changes when the entry changes; submitted back so that nobody decides on old data
  Kind kind = Kind::ordinary;
  PersonalText address;             ///< 坐落, in full
  PersonalText unit_code;           ///< 28 characters, GB/T 37346
  PersonalText title_number;        ///< 不动产权证号
  PersonalText certificate_number;  ///< 不动产登记证明号
  PersonalText owner_name;
  std::string lender;                      ///< 抵押权人
  std::string lender_phone;                ///< empty when unknown
  std::optional<std::int64_t> amount_fen;  ///< secured amount in 1/100 yuan
  std::string registered_on;               ///< YYYY-MM-DD
  bool electronic_certificate = false;     ///< else the paper one is declared void on cancellation
  std::int64_t fee_fen = 0;                ///< from the registry, never from the kiosk
  std::optional<Release> release;
  std::vector<Restriction> restrictions;
  std::vector<Party> other_owners;
  std::string open_case;  ///< acceptance number when a cancellation of it is already under way
  bool operator==(const Mortgage&) const = default;
};

/// A signature, bound to one exact document: strokes and their picture, or, of a person who cannot sign, the
/// evidence of the member of staff who heard them agree.
struct Signature {
  Personal<std::vector<std::uint8_t>> strokes_json;  ///< canonical JSON of the strokes
  Personal<std::vector<std::uint8_t>> png;           ///< their picture
  std::string document_sha256;                       ///< of the PDF below, hexadecimal
  std::string witness;                               ///< verify_staff()'s evidence; empty: signed by hand
  bool operator==(const Signature&) const = default;
};

/// One application, ready to be sent.
struct Application {
  std::string key;      ///< idempotency key, UUID; stored before the first byte leaves
  std::string service;  ///< "mortgage_cancellation"
  std::string mortgage_id;
  std::string mortgage_version;
  Applicant applicant;
  /// Party::id and who stood here for it; who has agreed with the registry need not be among them.
  std::vector<std::pair<std::string, Applicant>> other_owners;
  PersonalBytes document_pdf;         ///< the application form as it was shown and signed
  std::vector<Signature> signatures;  ///< the applicant's first, then as other_owners
  std::string asked_at;               ///< RFC 3339, kiosk clock
};

/// What became of an application. Exactly one of these papers follows.
enum class Decision {
  registered,       ///< 登簿: decided at once; the receipt says so
  accepted,         ///< 受理: the receipt says when
  to_be_completed,  ///< 一次性补正告知书: names all defects at once
  refused,          ///< 不予受理告知书: reason, legal basis, remedy
};

struct Reply {
  Decision decision = Decision::accepted;
  std::string acceptance_number;            ///< empty only for `refused`
  std::string decided_at;                   ///< the registry's clock, "2026-08-01T14:05:09.120+08:00"
  std::string due_date;                     ///< YYYY-MM-DD; accepted only
  std::string slip_token;                   ///< opaque signed code for the slip's QR (一码通)
  std::vector<std::string> defects;         ///< to_be_completed
  std::string reason, legal_basis, remedy;  ///< refused
  std::string certificate_status;           ///< "cancelled", "unchanged": the e-certificate afterwards
  bool operator==(const Reply&) const = default;
};

enum class StageState { done, current, ahead };

/// One step of a case's timeline: 受理 审核 登簿 缮证 领证.
struct Stage {
  std::string name;  ///< "accepted", "review", "registered", "certificate", "collect"
  StageState state = StageState::ahead;
  std::string date;  ///< YYYY-MM-DD, empty ahead
  bool operator==(const Stage&) const = default;
};

enum class NextAction { none, pay, complete_documents, collect };

struct CaseProgress {
  std::string acceptance_number;
  std::string service;   ///< "mortgage_cancellation", ...
  PersonalText address;  ///< only when asked with a card
  std::vector<Stage> stages;
  std::string due_date;  ///< promised, YYYY-MM-DD
  bool overdue = false;
  NextAction next = NextAction::none;
  std::vector<std::string> defects;
  std::string slip_token;
  bool operator==(const CaseProgress&) const = default;
};

/// What the registry says when asked how it is.
struct RegistryStatus {
  WallTime now;  ///< the server's clock, authoritative for order and dates
  std::string hall_name;
  std::vector<std::string> closed_services;  ///< switched off by the city at the moment
};

/// The registry. Every call blocks for the network, at most as long as the wait (drivers set shorter limits
/// of their own for connecting and for silence). Calls come from one thread at a time: a second thread makes
/// a Registry of its own. Errors of all calls:
/// - `unreachable`: no connection, TLS refused, wrong pin, 5xx, silence, or an error status that is not the
///   registry's own (a gateway's page).
/// - `malformed`: an answer that is not what the contract says,
///   too large included;
///   `what` names the place in the JSON, never the value.
/// - `refused`: the registry's own 4xx. It understood, said no and recorded nothing; `what` begins with the
///   contract's problem code ("version_changed", "evidence_unknown").
/// - `busy`: 429, or locked, or still at work on it.
/// - `not_present`: the registry's own 404.
/// - `cancelled`, `timed_out`.
///
/// Calls that only read are tried again by the driver within the wait; submit(), the two verifications,
/// rate() and call_staff() never are.
class Registry {
 public:
  virtual ~Registry() = default;

  /// The registry's clock and what the city has switched off. Cheap: may be asked every minute.
  virtual Result<RegistryStatus> status(const Wait& wait) = 0;

  /// Compares a live face (JPEG, at most 1 MiB) with the card's chip picture and the registry's own. A face
  /// that does not match is an answer, not an error.
  virtual Result<FaceVerdict> verify_face(const IdCard& card, const PersonalBytes& portrait_jpeg,
                                          const Wait& wait) = 0;

  /// Checks the badge code and PIN of a member of staff who vouches for the holder of `card`. `refused` wrong
  /// badge or PIN; `busy` locked after too many tries.
  virtual Result<StaffVerdict> verify_staff(const IdCard& card, const PersonalText& badge,
                                            const PersonalText& pin, const Wait& wait) = 0;

  /// The mortgages on property of this person, the registry's order. At most 200; empty is a good answer.
  /// Needs a face or staff check: `refused` for card_only.
  virtual Result<std::vector<Mortgage>> mortgages(const Applicant& applicant, const Wait& wait) = 0;

  /// The mortgages on property of this person that this certificate is about, a title or a mortgage
  /// certificate: also those that the register keeps under an older number of theirs, which mortgages() does
  /// not find. Spellings of one number are the same (bracket widths, blanks, leading zeros). Empty: there is
  /// none, or it is another person's; the answer does not tell which. Needs a face or staff check: `refused`
  /// for card_only. `busy`: too many numbers were tried; one year and number are one try, as a title and as a
  /// mortgage certificate.
  virtual Result<std::vector<Mortgage>> mortgages_by_certificate(const Applicant& applicant,
                                                                 const PersonalText& certificate_number,
                                                                 const Wait& wait) = 0;

  /// Records that this person is that other owner and stands here. `refused`: is not.
  virtual Result<void> confirm_party(const std::string& mortgage_id, const std::string& party_id,
                                     const Applicant& person, const Wait& wait) = 0;

  /// Invites that other owner by text message to agree with the registry on their own; the applicant has been
  /// identified here. The registry knows the phone number, the kiosk never does. While an invitation is
  /// valid a second call sends nothing and repeats the answer. `not_present`: the registry has no phone
  /// number of them. `refused`: not an owner beside the applicant, or card_only.
  virtual Result<Invitation> invite_party(const std::string& mortgage_id, const std::string& party_id,
                                          const Applicant& applicant, const Wait& wait) = 0;

  /// Sends an application once. Any error but `refused` means *unknown outcome*: ask with outcome(), never
  /// send again. The registry ignores a second application with the same key and content and repeats its
  /// reply; another content under a used key is `refused`. A decision against the citizen is a Reply
  /// (Decision::refused), not an error.
  virtual Result<Reply> submit(const Application& application, const Wait& wait) = 0;

  /// What became of the application with this key. `not_present`: the registry never got it, and a promise
  /// that it will refuse that key from now on (the contract's tombstone), so that it is safe to start anew.
  /// `busy`: it has it and has not decided yet; ask again.
  virtual Result<Reply> outcome(const std::string& key, const Wait& wait) = 0;

  /// The cases of this person, newest first, at most 200. The card alone is proof enough.
  virtual Result<std::vector<CaseProgress>> cases(const Applicant& applicant, const Wait& wait) = 0;

  /// One case by the number on a slip, or by its QR's token: status and dates only, the address stays empty.
  /// `not_present`: no such number; a token that was not issued by the registry or has expired.
  virtual Result<CaseProgress> case_by_number(const std::string& acceptance_number, const Wait& wait) = 0;
  virtual Result<CaseProgress> case_by_token(const std::string& slip_token, const Wait& wait) = 0;

  /// Five levels, 5 best. Once per acceptance number: `refused` when it was rated before.
  virtual Result<void> rate(const std::string& acceptance_number, int level, const Wait& wait) = 0;

  /// Calls hall staff to this kiosk; returns the registry's number of the call.
  virtual Result<std::string> call_staff(const std::string& reason, const Wait& wait) = 0;
  /// The help is no longer needed. Twice is once. `not_present`: no such call.
  virtual Result<void> withdraw_call(const std::string& number, const Wait& wait) = 0;
};

}  // namespace kiosk::hal
