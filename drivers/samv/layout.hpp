#pragma once
// What the bytes of a card mean: the four layouts of the text block. Pure. Sources: README.md of this folder.

#include "hal/base/bytes.hpp"
#include "hal/id_reader.hpp"

namespace kiosk::drivers::samv {

/// The card in the data of a "read text and photo" answer.
/// `malformed`: wrong lengths, no name, no date where one must be, a number whose check digit or birth date
/// does not hold · `refused`: a kind of card that is none of the four.
Result<hal::IdCard> parse_card(BytesView data);

/// "05.01-20101129-0001228293-0296863149" from the 16 bytes of a SAM id answer. `malformed` for another size.
Result<std::string> parse_sam_id(BytesView data);

/// Whether the 18-character number's last character is the ISO 7064 mod 11-2 check of the others (GB 11643).
bool number_holds(std::string_view number);

}  // namespace kiosk::drivers::samv
