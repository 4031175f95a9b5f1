#include "hal/base/log.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace kiosk::log {

namespace {

void to_standard_error(Level level, std::string_view line) {
  // "<3>" and its kin are sd-daemon(3) priorities; journald takes them off again.
  static constexpr int priorities[] = {7, 6, 4, 3};
  fmt::print(stderr, "<{}>{}\n", priorities[static_cast<int>(level)], line);
}

Sink& sink() {
  static Sink current = to_standard_error;
  return current;
}

Level& least_level() {
  static Level current = Level::info;
  return current;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_value(std::string& out, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    append_quoted(out, *text);
  } else if (const auto* flag = std::get_if<bool>(&value)) {
    out += *flag ? "true" : "false";
  } else if (const auto* number = std::get_if<double>(&value)) {
    out += fmt::format("{}", *number);
  } else {
    out += fmt::format("{}", std::get<std::int64_t>(value));
  }
}

}  // namespace

void set_sink(Sink new_sink) {
  sink() = std::move(new_sink);
}

void set_level(Level least) {
  least_level() = least;
}

void write(Level level, std::string_view area, std::string_view text, Fields fields) {
  if (level < least_level()) return;
  static constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
  const auto now = std::chrono::system_clock::now();
  std::string line =
      fmt::format(R"({{"time":"{:%FT%T}Z","level":"{}","area":)",
                  fmt::gmtime(std::chrono::system_clock::to_time_t(now)), names[static_cast<int>(level)]);
  append_quoted(line, area);
  line += R"(,"text":)";
  append_quoted(line, text);
  for (const auto& field : fields) {
    line += ',';
    append_quoted(line, field.name);
    line += ':';
    append_value(line, field.value);
  }
  line += '}';
  sink()(level, line);
}

}  // namespace kiosk::log
