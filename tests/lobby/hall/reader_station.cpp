#include "hal/base/latest.hpp"
#include "tests/lobby/hall/stations.hpp"
#include "tests/lobby/registry/cast.hpp"

namespace kiosk::lobby {

using nlohmann::json;

namespace {

const char* kind_name(hal::CardKind kind) {
  switch (kind) {
    case hal::CardKind::resident:
      return "resident";
    case hal::CardKind::hk_mo_tw_permit:
      return "hk_mo_tw";
    case hal::CardKind::foreign_permanent_2017:
      return "foreign_2017";
    case hal::CardKind::foreign_permanent_2023:
      return "foreign_2023";
  }
  std::unreachable();
}

/// The chip that says what this card says.
ChipCard chip_of(const hal::IdCard& card) {
  ChipCard chip;
  chip.kind = card.kind;
  chip.name = card.name.reveal();
  chip.english_name = card.english_name.reveal();
  chip.number = card.number.reveal();
  chip.sex = card.sex.reveal();
  chip.ethnic_group = card.ethnic_group.reveal();
  chip.birth_date = card.birth_date.reveal();
  chip.address = card.address.reveal();
  chip.authority = card.authority.reveal();
  chip.nationality = card.nationality.reveal();
  chip.permit_number = card.permit_number.reveal();
  chip.valid_from = card.valid_from;
  chip.valid_to = card.valid_to;
  chip.issue_count = card.issue_count;
  return chip;
}

Result<void> lay(Sam& sam, const std::string& what) {
  if (what == "none") {
    sam.remove();
  } else if (what == "several") {
    sam.place_several();
  } else if (what == "other") {
    sam.place_other_card();
  } else {
    const auto owner = std::ranges::find(people(), what, &Person::id);
    if (owner == people().end()) return fail(Errc::refused, "nobody is called " + what);
    sam.place(chip_of(owner->card));
  }
  return {};
}

}  // namespace

Station people_station() {
  return {.name = "people", .knobs = {}, .state = [] {
            auto all = json::array();
            for (const auto& person : people()) {
              all.push_back({{"id", person.id},
                             {"name", person.card.name.reveal()},
                             {"kind", kind_name(person.card.kind)},
                             {"story", person.story}});
            }
            return json{{"people", all}};
          }};
}

Station reader_station(IdReader& reader) {
  const auto card = std::make_shared<Latest<std::string>>("none");
  return {.name = "reader",
          .knobs = {{"card",
                     [&reader, card](const std::string& what) -> Result<void> {
                       TRY(lay(reader.sam(), what));
                       card->set(what);
                       return {};
                     }},
                    switch_knob("plug", [&reader](bool on) { on ? reader.plug() : reader.unplug(); })},
          .state = [&reader, card] { return json{{"card", card->get()}, {"plugged", reader.plugged()}}; }};
}

}  // namespace kiosk::lobby
