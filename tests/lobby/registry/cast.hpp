#pragma once
// The fictional people of the lobby, what they own, and the cases they have under way. Nobody here lives.

#include <chrono>
#include <string>
#include <vector>

#include "hal/registry.hpp"

namespace kiosk::lobby {

struct Person {
  std::string id;          ///< "zhang": how the web page, the demo and the tests call this person
  hal::IdCard card;        ///< what the chip says, without the picture
  unsigned face = 0;       ///< seed of the drawn face of this card; the camera's tests tell all of them apart
  std::string story;       ///< one line for the web page
  std::string phone = {};  ///< on the register; empty: none
};

/// A mortgage and who owns the mortgaged property.
struct Deed {
  hal::Mortgage mortgage;           ///< without other_owners and version: those the registry fills in
  std::vector<std::string> owners;  ///< Person::id, at least one
  /// Those of the owners whom the register still knows by the 15 digits they had before 1999: no search by
  /// person finds it for them.
  std::vector<std::string> under_old_number = {};
};

/// A case that was under way before the kiosk was opened.
struct OldCase {
  std::string owner;  ///< Person::id
  hal::CaseProgress progress;
};

/// A member of hall staff.
struct Staff {
  std::string id, badge, pin;
};

const std::vector<Person>& people();

/// The person with this id; aborts for a name that is not in the cast.
const Person& person(std::string_view id);

/// The phone number that the register has of the person whom it knows by this number, of 18 or 15 digits;
/// empty: none.
std::string phone_of(const std::string& number_on_register);

const std::vector<Deed>& deeds();

/// Their dates hang on today: one is overdue, one lacks papers, one is ready to collect.
std::vector<OldCase> old_cases(std::chrono::sys_days today);

/// One member of staff: badge "STAFF-0117-7QK2", PIN "271828".
const Staff& staff();

}  // namespace kiosk::lobby
