#pragma once
// Options: one table of the configuration file as a driver sees it. Each value is taken by name with what is
// allowed; a wrong line is refused with file, line, key and the allowed values, and a line nobody took is
// refused too.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hal/base/result.hpp"

namespace kiosk {

class Options {
 public:
  using Texts = std::vector<std::string>;
  using Value = std::variant<std::string, std::int64_t, double, bool, Texts>;
  struct Entry {
    Value value;
    int line = 0;
  };

  Options() = default;
  /// `file` and `table` are for messages: "kiosk.toml", "id_reader". `line` is where the table begins.
  Options(std::string file, std::string table, int line, std::map<std::string, Entry> entries);

  /// A text. `malformed` when it is missing, empty or no text.
  Result<std::string> text(const std::string& key);
  Result<std::string> text_or(const std::string& key, std::string fallback);

  /// One of a few words.
  Result<std::string> one_of(const std::string& key, std::initializer_list<std::string_view> allowed,
                             std::string_view fallback = {});

  /// A whole number from `least` to `most`.
  Result<int> number(const std::string& key, int least, int most);
  Result<int> number_or(const std::string& key, int least, int most, int fallback);

  /// A number with a fraction (a whole one is taken as well).
  Result<double> decimal_or(const std::string& key, double least, double most, double fallback);

  Result<bool> flag_or(const std::string& key, bool fallback);

  /// A list of texts; empty when it is missing.
  Result<Texts> texts(const std::string& key);

  /// After everything was taken: `malformed` if a key is left that nobody knows.
  Result<void> finish() const;

  /// "kiosk.toml:12: [id_reader] baud: …": a refusal in the form all of these use.
  Error refuse(const std::string& key, std::string_view why) const;

  bool has(const std::string& key) const { return entries_.contains(key); }

 private:
  const Entry* take(const std::string& key);

  std::string file_, table_;
  int line_ = 0;
  std::map<std::string, Entry> entries_;
  std::map<std::string, bool> taken_;
};

}  // namespace kiosk
