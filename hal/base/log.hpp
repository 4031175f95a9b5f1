#pragma once
// The log: stable text, data as fields, one line of JSON an event on standard error (journald keeps it).

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kiosk::log {

/// debug: for who is looking now · info: what happened · warning: someone should look · error: someone must
/// come.
enum class Level { debug, info, warning, error };

/// A field's value. There is no way in for Personal<T>: that does not compile.
using Value = std::variant<std::int64_t, double, bool, std::string>;

struct Field {
  std::string_view name;
  Value value;

  template <class T>
  Field(std::string_view field_name, T field_value)
      : name(field_name), value(to_value(std::move(field_value))) {}

 private:
  static Value to_value(bool v) { return v; }
  static Value to_value(double v) { return v; }
  static Value to_value(std::string v) { return v; }
  static Value to_value(std::string_view v) { return std::string(v); }
  static Value to_value(const char* v) { return std::string(v); }
  template <std::integral T>
  static Value to_value(T v) {
    return static_cast<std::int64_t>(v);
  }
};

using Fields = std::initializer_list<Field>;

/// Where lines go. Replaced once by main() or a test before threads start; the only process-wide state of the
/// program, because a log that must be handed through every call is a log that is not written.
using Sink = std::function<void(Level, std::string_view line)>;
void set_sink(Sink sink);
void set_level(Level least);

void write(Level level, std::string_view area, std::string_view text, Fields fields);

inline void debug(std::string_view area, std::string_view text, Fields fields = {}) {
  write(Level::debug, area, text, fields);
}
inline void info(std::string_view area, std::string_view text, Fields fields = {}) {
  write(Level::info, area, text, fields);
}
inline void warning(std::string_view area, std::string_view text, Fields fields = {}) {
  write(Level::warning, area, text, fields);
}
inline void error(std::string_view area, std::string_view text, Fields fields = {}) {
  write(Level::error, area, text, fields);
}

}  // namespace kiosk::log
