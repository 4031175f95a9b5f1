#pragma once
// The example configuration, whole or with a line of it changed.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "firmware/app/configuration.hpp"

namespace kiosk::app {

inline std::filesystem::path source_tree() {
  return std::getenv("KIOSK_SOURCE");
}

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The whole example, with one part of it replaced (once; "" for `from` appends).
inline std::string example(const std::string& from = "", const std::string& to = "") {
  auto text = content_of(source_tree() / "firmware/app/example.toml");
  if (from.empty()) return text + to;
  const auto place = text.find(from);
  EXPECT_NE(place, std::string::npos) << from;
  return text.replace(place, from.size(), to);
}

/// What reading and checking says; empty when nothing is wrong.
inline std::string complaint(const std::string& toml) {
  const auto read = parse_configuration(toml, "kiosk.toml");
  const auto checked = read ? check(*read) : std::unexpected(read.error());
  if (checked) return "";
  EXPECT_EQ(checked.error().code, Errc::malformed);
  return checked.error().what;
}

}  // namespace kiosk::app
