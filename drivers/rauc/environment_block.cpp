#include "drivers/rauc/environment_block.hpp"

#include <cassert>
#include <charconv>

namespace kiosk::drivers::rauc {
namespace {

constexpr std::string_view head = "# GRUB Environment Block\n";

}  // namespace

std::optional<Environment> read_environment(std::string_view block) {
  if (block.size() != environment_block_size || !block.starts_with(head)) return std::nullopt;
  block.remove_prefix(head.size());
  Environment values;
  while (!block.empty() && block.front() != '#') {
    const auto end = block.find('\n');
    const auto line = block.substr(0, end);
    const auto equals = line.find('=');
    if (end == block.npos || equals == line.npos || line.contains('\\')) break;
    values.emplace(line.substr(0, equals), line.substr(equals + 1));
    block.remove_prefix(end + 1);
  }
  return values;
}

std::string environment_block(const Environment& values) {
  std::string block(head);
  for (const auto& [name, value] : values) block += name + '=' + value + '\n';
  assert(block.size() < sector);
  block.resize(environment_block_size, '#');
  return block;
}

std::optional<long> number_in(const Environment& values, std::string_view name, long least, long most) {
  const auto found = values.find(name);
  if (found == values.end()) return std::nullopt;
  const auto& text = found->second;
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

}  // namespace kiosk::drivers::rauc
