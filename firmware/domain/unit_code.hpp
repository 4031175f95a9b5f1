#pragma once
// 不动产单元代码, the code of one parcel or one thing fixed on it (GB/T 37346-2019). It has no check digit.

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::domain {

enum class Fixture { house, forest, other, none };

/// A well-formed code: county 6 · cadastral district 3 · sub-district 3 · parcel feature 2 · parcel 5 ·
/// fixture 1 · unit 8.
class UnitCode {
 public:
  /// 28 characters; blanks, full width and small letters are taken too. `malformed` with the part that is
  /// wrong.
  static Result<UnitCode> parse(std::string_view text);

  const std::string& text() const { return text_; }
  std::string_view county() const { return view(0, 6); }     ///< routes the case to its authority
  std::string_view parcel() const { return view(0, 19); }    ///< 宗地代码
  std::string_view building() const { return view(20, 4); }  ///< of a house only
  std::string_view unit() const { return view(24, 4); }      ///< of a house only
  Fixture fixture() const;

  /// As on papers: "370105 012002 GB00001 F00010751".
  std::string shown() const;

  bool operator==(const UnitCode&) const = default;

 private:
  explicit UnitCode(std::string text) : text_(std::move(text)) {}
  std::string_view view(std::size_t from, std::size_t length) const {
    return std::string_view(text_).substr(from, length);
  }
  std::string text_;
};

}  // namespace kiosk::domain
