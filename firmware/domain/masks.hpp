#pragma once
// What may be shown of a person's data on a screen that others can see, on a slip, and in the audit trail.
// The results are plain texts, because they may be shown; the whole stays Personal.

#include <string>

#include "hal/base/personal.hpp"

namespace kiosk::domain {

/// 张小明 → 张*明, 张三 → 张*, 欧阳小明 → 欧**明. One character alone becomes *. Latin names keep the first
/// letter of each word: ZHANG SAN → Z**** S**.
std::string mask_name(const PersonalText& name);

/// 11010519491231002X → 1101**********002X. Shorter numbers (passports, permits) keep two at each end, and
/// those of up to five characters nothing.
std::string mask_number(const PersonalText& number);

/// 13812345678 → 138****5678. Other numbers keep the last four.
std::string mask_phone(const PersonalText& phone);

/// Up to the building, then one star whatever follows: 济南市历下区某路1号2号楼3单元401室 →
/// 济南市历下区某路1号2号楼*. Without a building: up to the house number; without that, the first half.
std::string mask_address(const PersonalText& address);

/// `text` with every valid citizen number in it masked, and whether there was one. The audit trail's last
/// line of defence, not a way to mask.
std::pair<std::string, bool> without_citizen_numbers(std::string_view text);

}  // namespace kiosk::domain
