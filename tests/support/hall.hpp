#pragma once
// A whole hall of fakes around one session: flow tests run a service in it.

#include <string>

#include "firmware/records/schema.hpp"
#include "firmware/services/desk.hpp"
#include "tests/support/fake_camera.hpp"
#include "tests/support/fake_code_scanner.hpp"
#include "tests/support/fake_document_printer.hpp"
#include "tests/support/fake_face_finder.hpp"
#include "tests/support/fake_id_reader.hpp"
#include "tests/support/fake_receipt_printer.hpp"
#include "tests/support/fake_registry.hpp"
#include "tests/support/faulty.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/must.hpp"
#include "tests/support/script_ui.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::testing {

class Hall {
 public:
  /// A person of the cast (tests/lobby/registry/cast.hpp) stands here with their card on the reader, and does
  /// what leads to the end of every service.
  explicit Hall(const std::string& person = "zhang");

  /// Runs a service to its end.
  void serve(const std::string& service);

  /// What journal, outbox and audit trail hold at the end, as seen by a fresh start.
  std::vector<records::SessionEntry> unfinished();
  std::vector<records::Submission> pending() { return must(submissions.pending()); }
  std::vector<records::Paper> papers_owed() { return must(papers.owed()); }

  /// Everything on disk and in memory stores that could hold personal data in clear, as one text.
  std::string everything_kept() const;

  const std::string& outcome() const { return outcome_; }

  /// Whether the session left a card on the reader, as far as it knows: then the kiosk asks for it.
  bool card_asked_for() const { return card_asked_for_; }

  /// Calls and planned faults of serve(); everything else in a test goes through.
  Faults faults;

  SetClock clock;
  SystemRandom random;
  FakeIdReader reader;
  FakeReceiptPrinter slips;
  FakeDocumentPrinter pages;
  FakeCamera camera;
  FakeFaceFinder faces;
  FakeCodeScanner scanner;
  FakeRegistry registry;
  ScriptUi ui;
  TemporaryFolder folder;
  MemoryStore store{records::schema()};
  FaultyStore faulty_store{store, faults};
  records::Journal journal{faulty_store, clock};
  records::Submissions submissions{faulty_store, clock};
  records::Papers papers{faulty_store, clock};
  records::Counters counters{faulty_store, clock};
  records::Audit audit;
  session::Office office{.kiosk_id = "K3",
                         .hall_name = "示例大厅",
                         .phone = "0531-00000000",
                         .number_digits = 13,
                         .register_province = "鲁",
                         .register_authority = "济南市"};
  std::stop_source end;

 private:
  std::string outcome_;
  bool card_asked_for_ = false;
};

/// A signature long enough to be one.
screens::Draft signed_draft();

}  // namespace kiosk::testing
