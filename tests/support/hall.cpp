#include "tests/support/hall.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace kiosk::testing {

screens::Draft signed_draft() {
  return {.strokes = {
              {{.x = 0.1F, .y = 0.2F}, {.x = 0.5F, .y = 0.8F, .ms = 90}, {.x = 0.9F, .y = 0.3F, .ms = 180}}}};
}

Hall::Hall(const std::string& person)
    : audit(must(records::Audit::open(faulty_store, clock, {.folder = folder.path(), .kiosk = "K3"},
                                      std::nullopt))) {
  reader.place(lobby::person(person).card);
  faces.set_portrait(FakeRegistry::portrait(person));
  ui.choose("before_you_start")
      .choose("consent")
      .choose("choose_lien")
      .choose("check_answers")
      .choose("point_of_no_return")
      .on("sign", [](const screens::Screen&) { return ScriptUi::chosen(0, 0, signed_draft()); })
      .choose("decided", 0)
      .choose("rate", 5)
      .choose("goodbye")
      .choose("release_missing", 1)
      .choose("lien_blocked", 0)
      .choose("no_liens", 0)
      .choose("outcome_unknown", 0)
      .choose("problem", 1)
      .choose("did_it_print", 0)
      .choose("other_ways", 2)
      .choose("case_timeline", 1)
      .when("card_read", [this] { reader.remove(); });
}

void Hall::serve(const std::string& service) {
  const auto& all = services::catalog();
  const auto found = std::ranges::find(all, service, &services::Service::id);
  FaultyIdReader id_reader(reader, faults);
  FaultyReceiptPrinter receipt_printer(slips, faults);
  FaultyDocumentPrinter document_printer(pages, faults);
  FaultyCamera eye(camera, faults);
  FaultyFaceFinder finder(faces, faults);
  FaultyCodeScanner code_scanner(scanner, faults);
  FaultyRegistry authority(registry, faults);
  session::Session s{.id = new_uuid(random),
                     .service = service,
                     .ui = ui,
                     .devices = {id_reader, receipt_printer, document_printer, eye, finder, code_scanner},
                     .registry = authority,
                     .records = {journal, submissions, papers, counters, audit},
                     .clock = clock,
                     .random = random,
                     .office = office,
                     .wait = Wait::of(std::chrono::seconds(60), end.get_token())};
  faults.begin();
  outcome_ = services::serve_one(s, *found);
  faults.end();
  card_asked_for_ = s.card_there;
}

std::vector<records::SessionEntry> Hall::unfinished() {
  return must(journal.unfinished());
}

std::string Hall::everything_kept() const {
  std::ostringstream all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (entry.is_regular_file()) all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
  }
  for (const auto& [table, rows] : store.kept()) {
    for (const auto& [key, row] : rows) {
      all << key << '\n';
      for (const auto& [column, cell] : row.cells) {
        if (const auto* text = std::get_if<std::string>(&cell)) all << *text << '\n';
      }
    }
  }
  return all.str();
}

}  // namespace kiosk::testing
