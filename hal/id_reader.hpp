#pragma once
// The contactless reader for identity cards issued in China.

#include <string>

#include "hal/base/personal.hpp"
#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

/// The four layouts of GA 467 family cards; the letter is the UTF-16 unit at offset 248 of the text block.
enum class CardKind {
  resident,                ///< ' ' resident identity card
  hk_mo_tw_permit,         ///< 'J' residence permit of Hong Kong, Macao and Taiwan residents
  foreign_permanent_2017,  ///< 'I' foreigner's permanent residence card, 2017
  foreign_permanent_2023,  ///< 'Y' foreigner's permanent residence card, 2023
};

/// What the chip says. Texts are UTF-8, trimmed of U+0020, U+0000 and U+3000. Code points outside Unicode's
/// assigned ranges (rare characters on old cards, private use) are kept as they are.
struct IdCard {
  CardKind kind = CardKind::resident;
  PersonalText name;           ///< Chinese name; the English one for an 'I' card without a Chinese name
  PersonalText english_name;   ///< 'I' and 'Y' only
  PersonalText number;         ///< 18 characters; 15 on an 'I' card
  PersonalText sex;            ///< the code as on the chip: "1" male, "2" female
  PersonalText ethnic_group;   ///< GB 3304 code, resident only
  PersonalText birth_date;     ///< YYYYMMDD
  PersonalText address;        ///< resident and 'J' only
  PersonalText authority;      ///< issuing authority
  PersonalText nationality;    ///< ISO 3166 alpha-3, 'I' and 'Y' only
  PersonalText permit_number;  ///< 'J' only
  std::string valid_from;      ///< YYYYMMDD
  std::string valid_to;        ///< YYYYMMDD, or "长期" (no expiry)
  int issue_count = 0;         ///< 'J' and 'Y' only
  PersonalBytes raw_name;      ///< the name field as on the chip (UTF-16LE), for comparison with the register
  PersonalBytes photo;         ///< 1024 bytes "WLT": decoded by the registry or a vendor plug-in, never here

  bool operator==(const IdCard&) const = default;
};

/// An ID card reader. Calls come from one thread at a time (the session's).
/// Source: spec of the SAM-V protocol, GA 467 family, in drivers/samv/README.md.
class IdReader : public Device {
 public:
  /// Waits until a card lies on the reader and reads it (text and photo; fingerprints never).
  /// Blocks until a card was read or the wait ends: reading takes about 0.9 s of wire time at 115200 baud.
  /// `malformed`: the card answered something no layout describes, or its own checks (birth date, check
  /// digit) do not hold · `refused`: a card of an unsupported kind, or one that does not authenticate: place
  /// it again · `not_present`: the card was lifted during the read · `unplugged`: the reader is gone ·
  /// `internal`: the reader's SAM is faulty (status tells maintenance) · `cancelled`, `timed_out`.
  virtual Result<IdCard> read(const Wait& wait) = 0;

  /// Whether the card of the last read still lies there. Blocks for one exchange, at most 1 s.
  /// `unplugged`, `timed_out`, `cancelled`.
  virtual Result<bool> card_present(const Wait& wait) = 0;

  /// Blocks until the card of the last read has been taken away. Success when it is gone.
  /// `timed_out` means that it still lies there; `unplugged`, `cancelled`.
  virtual Result<void> wait_removed(const Wait& wait) = 0;

  /// The reader's own number, for the inventory: "05.01-20101129-0001228293-0296863149". Empty until it was
  /// asked.
  virtual std::string serial_number() const = 0;
};

}  // namespace kiosk::hal
