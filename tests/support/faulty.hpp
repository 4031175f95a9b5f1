#pragma once
// The hal's parties with faults in between: every call is counted, and fails when it was planned.

#include "hal/camera.hpp"
#include "hal/code_scanner.hpp"
#include "hal/document_printer.hpp"
#include "hal/face_finder.hpp"
#include "hal/id_reader.hpp"
#include "hal/receipt_printer.hpp"
#include "hal/registry.hpp"
#include "hal/store.hpp"
#include "tests/support/faults.hpp"

namespace kiosk::testing {

class FaultyIdReader final : public hal::IdReader {
 public:
  FaultyIdReader(hal::IdReader& real, Faults& faults) : real_(real), faults_(faults) {}
  hal::DeviceStatus status() const override { return real_.status(); }
  std::string serial_number() const override { return real_.serial_number(); }
  Result<hal::IdCard> read(const Wait& wait) override {
    return meet(faults_, "id_reader.read", [&] { return real_.read(wait); });
  }
  Result<bool> card_present(const Wait& wait) override {
    return meet(faults_, "id_reader.card_present", [&] { return real_.card_present(wait); });
  }
  Result<void> wait_removed(const Wait& wait) override {
    return meet(faults_, "id_reader.wait_removed", [&] { return real_.wait_removed(wait); });
  }

 private:
  hal::IdReader& real_;
  Faults& faults_;
};

/// Nothing more, or what comes of a job in doubt.
template <class Work>
Result<hal::PrintOutcome> meet_print(Faults& faults, std::string_view call, Work work) {
  const auto fault = faults.meet(call);
  if (!fault) return work();
  if (fault->when == Fault::When::in_doubt) return hal::PrintOutcome::in_doubt;
  return fail(fault->code, "planned: nothing was printed");
}

class FaultyReceiptPrinter final : public hal::ReceiptPrinter {
 public:
  FaultyReceiptPrinter(hal::ReceiptPrinter& real, Faults& faults) : real_(real), faults_(faults) {}
  hal::DeviceStatus status() const override { return real_.status(); }
  hal::SlipPaper paper() const override { return real_.paper(); }
  Result<hal::PrintOutcome> print(const hal::Raster& slip, const Wait& wait) override {
    return meet_print(faults_, "receipt_printer.print", [&] { return real_.print(slip, wait); });
  }

 private:
  hal::ReceiptPrinter& real_;
  Faults& faults_;
};

class FaultyDocumentPrinter final : public hal::DocumentPrinter {
 public:
  FaultyDocumentPrinter(hal::DocumentPrinter& real, Faults& faults) : real_(real), faults_(faults) {}
  hal::DeviceStatus status() const override { return real_.status(); }
  Result<hal::PrintOutcome> print(const hal::Document& document, const std::function<void(int)>& on_page,
                                  const Wait& wait) override {
    return meet_print(faults_, "document_printer.print",
                      [&] { return real_.print(document, on_page, wait); });
  }

 private:
  hal::DocumentPrinter& real_;
  Faults& faults_;
};

class FaultyCamera final : public hal::Camera {
 public:
  FaultyCamera(hal::Camera& real, Faults& faults) : real_(real), faults_(faults) {}
  hal::DeviceStatus status() const override { return real_.status(); }
  Result<std::unique_ptr<hal::CameraStream>> start(const Wait& wait) override {
    auto stream = TRY(meet(faults_, "camera.start", [&] { return real_.start(wait); }));
    return std::make_unique<Stream>(std::move(stream), faults_);
  }

 private:
  class Stream final : public hal::CameraStream {
   public:
    Stream(std::unique_ptr<hal::CameraStream> real, Faults& faults)
        : real_(std::move(real)), faults_(faults) {}
    Result<hal::Frame> next(const Wait& wait) override {
      return meet(faults_, "camera.next", [&] { return real_->next(wait); });
    }

   private:
    std::unique_ptr<hal::CameraStream> real_;
    Faults& faults_;
  };
  hal::Camera& real_;
  Faults& faults_;
};

class FaultyFaceFinder final : public hal::FaceFinder {
 public:
  FaultyFaceFinder(hal::FaceFinder& real, Faults& faults) : real_(real), faults_(faults) {}
  Result<hal::FaceFinding> examine(const hal::Frame& frame, const Wait& wait) override {
    return meet(faults_, "faces.examine", [&] { return real_.examine(frame, wait); });
  }

 private:
  hal::FaceFinder& real_;
  Faults& faults_;
};

class FaultyCodeScanner final : public hal::CodeScanner {
 public:
  FaultyCodeScanner(hal::CodeScanner& real, Faults& faults) : real_(real), faults_(faults) {}
  hal::DeviceStatus status() const override { return real_.status(); }
  Result<PersonalText> scan(const Wait& wait) override {
    return meet(faults_, "scanner.scan", [&] { return real_.scan(wait); });
  }

 private:
  hal::CodeScanner& real_;
  Faults& faults_;
};

/// A failed commit has run the body: what it did outside the store (the audit trail's files) has happened.
class FaultyStore final : public hal::Store {
 public:
  FaultyStore(hal::Store& real, Faults& faults) : real_(real), faults_(faults) {}
  hal::StoreHealth health() const override { return real_.health(); }
  std::int64_t settled() const override { return real_.settled(); }
  Result<void> settle() override {
    return meet(faults_, "store.settle", [&] { return real_.settle(); });
  }
  Result<void> transact(const Body& body) override {
    const auto fault = faults_.meet("store.transact");
    if (!fault) return real_.transact(body);
    const auto failed = fail(fault->code, "planned: nothing is kept");
    if (fault->when == Fault::When::before_work) return failed;
    return real_.transact([&](hal::Transaction& transaction) -> Result<void> {
      TRY(body(transaction));
      return failed;
    });
  }

 private:
  hal::Store& real_;
  Faults& faults_;
};

class FaultyRegistry final : public hal::Registry {
 public:
  FaultyRegistry(hal::Registry& real, Faults& faults) : real_(real), faults_(faults) {}
  Result<hal::RegistryStatus> status(const Wait& wait) override {
    return meet(faults_, "registry.status", [&] { return real_.status(wait); });
  }
  Result<hal::FaceVerdict> verify_face(const hal::IdCard& card, const PersonalBytes& portrait_jpeg,
                                       const Wait& wait) override {
    return meet(faults_, "registry.verify_face",
                [&] { return real_.verify_face(card, portrait_jpeg, wait); });
  }
  Result<hal::StaffVerdict> verify_staff(const hal::IdCard& card, const PersonalText& badge,
                                         const PersonalText& pin, const Wait& wait) override {
    return meet(faults_, "registry.verify_staff", [&] { return real_.verify_staff(card, badge, pin, wait); });
  }
  Result<std::vector<hal::Mortgage>> mortgages(const hal::Applicant& applicant, const Wait& wait) override {
    return meet(faults_, "registry.mortgages", [&] { return real_.mortgages(applicant, wait); });
  }
  Result<std::vector<hal::Mortgage>> mortgages_by_certificate(const hal::Applicant& applicant,
                                                              const PersonalText& certificate_number,
                                                              const Wait& wait) override {
    return meet(faults_, "registry.mortgages_by_certificate",
                [&] { return real_.mortgages_by_certificate(applicant, certificate_number, wait); });
  }
  Result<void> confirm_party(const std::string& mortgage_id, const std::string& party_id,
                             const hal::Applicant& person, const Wait& wait) override {
    return meet(faults_, "registry.confirm_party",
                [&] { return real_.confirm_party(mortgage_id, party_id, person, wait); });
  }
  Result<hal::Invitation> invite_party(const std::string& mortgage_id, const std::string& party_id,
                                       const hal::Applicant& applicant, const Wait& wait) override {
    return meet(faults_, "registry.invite_party",
                [&] { return real_.invite_party(mortgage_id, party_id, applicant, wait); });
  }
  Result<hal::Reply> submit(const hal::Application& application, const Wait& wait) override {
    return meet(faults_, "registry.submit", [&] { return real_.submit(application, wait); });
  }
  Result<hal::Reply> outcome(const std::string& key, const Wait& wait) override {
    return meet(faults_, "registry.outcome", [&] { return real_.outcome(key, wait); });
  }
  Result<std::vector<hal::CaseProgress>> cases(const hal::Applicant& applicant, const Wait& wait) override {
    return meet(faults_, "registry.cases", [&] { return real_.cases(applicant, wait); });
  }
  Result<hal::CaseProgress> case_by_number(const std::string& number, const Wait& wait) override {
    return meet(faults_, "registry.case_by_number", [&] { return real_.case_by_number(number, wait); });
  }
  Result<hal::CaseProgress> case_by_token(const std::string& slip_token, const Wait& wait) override {
    return meet(faults_, "registry.case_by_token", [&] { return real_.case_by_token(slip_token, wait); });
  }
  Result<void> rate(const std::string& acceptance_number, int level, const Wait& wait) override {
    return meet(faults_, "registry.rate", [&] { return real_.rate(acceptance_number, level, wait); });
  }
  Result<std::string> call_staff(const std::string& reason, const Wait& wait) override {
    return meet(faults_, "registry.call_staff", [&] { return real_.call_staff(reason, wait); });
  }
  Result<void> withdraw_call(const std::string& number, const Wait& wait) override {
    return meet(faults_, "registry.withdraw_call", [&] { return real_.withdraw_call(number, wait); });
  }

 private:
  hal::Registry& real_;
  Faults& faults_;
};

}  // namespace kiosk::testing
