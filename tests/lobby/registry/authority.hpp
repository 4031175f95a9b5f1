#pragma once
// The registration authority itself, without the network: who owns what, who may ask, and what is decided.
// The HTTPS server puts it behind the contract; tests/support's FakeRegistry uses it as it is, so the two
// cannot drift.

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "hal/base/clock.hpp"
#include "hal/registry.hpp"
#include "tests/lobby/registry/cast.hpp"
#include "tests/lobby/registry/ledger.hpp"

namespace kiosk::lobby {

/// The picture of a person that the registry keeps; compared with live faces.
using PortraitOf = std::function<Bytes(const Person&)>;

/// The bytes "portrait of ID": for tests without a camera.
Bytes plain_portrait(const Person& person);

/// Any thread may call. The waits are not looked at: nothing here blocks.
class Authority final : public hal::Registry {
 public:
  /// Different certificate numbers that found nothing for one person on one day, before no more are looked
  /// up.
  static constexpr int most_misses = 20;

  struct Settings {
    std::string database = ":memory:";  ///< a file keeps its state between runs; seeded when new
    PortraitOf portrait = plain_portrait;
    std::function<WallTime()> now = [] { return SystemClock().now(); };
  };
  Authority() : Authority(Settings{}) {}
  explicit Authority(Settings settings);

  Result<hal::RegistryStatus> status(const Wait& = {}) override;
  Result<hal::FaceVerdict> verify_face(const hal::IdCard& card, const PersonalBytes& portrait_jpeg,
                                       const Wait& = {}) override;
  Result<hal::StaffVerdict> verify_staff(const hal::IdCard& card, const PersonalText& badge,
                                         const PersonalText& pin, const Wait& = {}) override;
  Result<std::vector<hal::Mortgage>> mortgages(const hal::Applicant& applicant, const Wait& = {}) override;
  Result<std::vector<hal::Mortgage>> mortgages_by_certificate(const hal::Applicant& applicant,
                                                              const PersonalText& certificate_number,
                                                              const Wait& = {}) override;
  Result<void> confirm_party(const std::string& mortgage_id, const std::string& party_id,
                             const hal::Applicant& person, const Wait& = {}) override;
  Result<hal::Invitation> invite_party(const std::string& mortgage_id, const std::string& party_id,
                                       const hal::Applicant& applicant, const Wait& = {}) override;
  Result<hal::Reply> submit(const hal::Application& application, const Wait& = {}) override;
  Result<hal::Reply> outcome(const std::string& key, const Wait& = {}) override;
  Result<std::vector<hal::CaseProgress>> cases(const hal::Applicant& applicant, const Wait& = {}) override;
  Result<hal::CaseProgress> case_by_number(const std::string& acceptance_number, const Wait& = {}) override;
  Result<hal::CaseProgress> case_by_token(const std::string& slip_token, const Wait& = {}) override;
  Result<void> rate(const std::string& acceptance_number, int level, const Wait& = {}) override;
  Result<std::string> call_staff(const std::string& reason, const Wait& = {}) override;
  Result<void> withdraw_call(const std::string& number, const Wait& = {}) override;

  // What the web page and the tests may change.

  /// How applications for this mortgage (empty: for any) are decided, whatever the rules say; nothing: by the
  /// rules.
  void decide(const std::string& mortgage_id, std::optional<hal::Decision> decision);
  /// The lender's consent arrives (or is taken back). The entry's version changes.
  void set_release(const std::string& mortgage_id, std::optional<hal::Release> release);
  /// An invited owner agrees on their own phone. false: there is no invitation of them that is still valid.
  bool agree(const std::string& party_id);
  void close_service(const std::string& service, bool closed);
  /// As on its first day: no application was ever made, and every entry is there. For another test at the
  /// same hall; who was enrolled stays.
  void begin_anew();
  /// A person and a portrait beyond the cast.
  void enrol(const hal::IdCard& card, const Bytes& portrait);
  /// A case under way, beyond those of the cast.
  void add_case(const hal::IdCard& owner, const hal::CaseProgress& progress);

  // What it has recorded, as JSON; "{}" for nothing.

  /// The record of one application with its acceptance number, and of the newest one.
  std::string cases_json(const std::string& acceptance_number) const;
  std::string latest_json() const;
  /// The acceptance numbers given to applications, oldest first.
  std::vector<std::string> acceptance_numbers() const;
  /// Applications decided (not those withdrawn), and all records as an array.
  std::size_t recorded() const;
  std::string all_json() const;
  /// The invitations as an array: party, name, masked phone, valid_to, agreed, messages sent.
  std::string invited_json() const;

 private:
  void seed(const PortraitOf& portrait);
  void seed_entries();
  Result<void> check_card(const hal::IdCard& card, bool expired_too) const;
  Result<void> check_applicant(const hal::Applicant& applicant) const;
  Result<void> check_evidence(const hal::IdCard& card, hal::Applicant::Proof proof,
                              const std::string& handle) const;
  std::string new_evidence(const hal::IdCard& card, hal::Applicant::Proof proof);
  struct Owner {
    std::string party, number, name;         ///< as the register knows them
    bool agreed = false, confirmed = false;  ///< by message; at a kiosk
  };
  std::vector<Owner> owners(const std::string& mortgage_id) const;
  bool closed(const std::string& service) const;
  Result<void> check_application(const hal::Application& application, const hal::Mortgage& mortgage) const;
  Result<void> check_owners(const hal::Application& application, const hal::Mortgage& mortgage) const;
  Result<hal::Mortgage> owned(const std::string& mortgage_id, const std::string& number) const;
  /// What stands on property of the person with this citizen number; `old_too`: and under the older one.
  Result<std::vector<hal::Mortgage>> entries(const std::string& number, bool old_too) const;
  hal::Reply decide_on(const hal::Application& application, const hal::Mortgage& mortgage);
  void open_matter(const hal::Application& application, const hal::Mortgage& mortgage,
                   const hal::Reply& reply);
  hal::CaseProgress progress(const std::string& body, bool with_address) const;
  std::string new_acceptance_number();
  WallTime now() const { return now_(); }

  std::function<WallTime()> now_;
  mutable std::mutex mutex_;
  mutable Ledger ledger_;
  Bytes token_key_;
};

}  // namespace kiosk::lobby
