#pragma once
// What a PDF says, as poppler reads it.

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "hal/base/bytes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::testing {

/// Its words in reading order, without line ends and blanks: where a line breaks is the layout's affair.
inline std::string pdf_text(const Bytes& pdf) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "paper.pdf";
  std::ofstream(file, std::ios::binary) << as_text(pdf);
  const std::unique_ptr<FILE, int (*)(FILE*)> out(
      ::popen(("pdftotext -raw " + file.string() + " -").c_str(), "r"), ::pclose);
  std::string text(200'000, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), out.get()));
  std::erase_if(text, [](char c) { return c == '\n' || c == '\f' || c == ' '; });
  return text;
}

}  // namespace kiosk::testing
