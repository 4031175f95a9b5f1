#include "tests/image/partitions.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <vector>

#include "hal/base/wait.hpp"
#include "tests/image/write_log.hpp"
#include "tests/lobby/wire/child.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;

Result<Partitions> read_partitions(const std::filesystem::path& disk) {
  const auto table = disk.string() + ".partitions";
  std::filesystem::remove(table);
  auto sfdisk =
      TRY(lobby::Child::start({.command = {"/sbin/sfdisk", "--dump", disk.string()}, .log = table}));
  TRY(sfdisk.wait(Wait::of(20s)));
  Partitions partitions;
  const std::regex form(R"(start= *(\d+), size= *(\d+),.*name="(\w+)\")");
  std::ifstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, form))
      partitions[match[3]] = {std::stoull(match[1]) * sector, std::stoull(match[2]) * sector};
  }
  if (partitions.empty()) return fail(Errc::malformed, "no partitions on " + disk.string());
  return partitions;
}

const std::string* partition_of(std::uint64_t at, std::uint64_t size, const Partitions& partitions) {
  const auto found = std::ranges::find_if(partitions, [&](const auto& part) {
    return at >= part.second.at && at + size <= part.second.at + part.second.size;
  });
  return found == partitions.end() ? nullptr : &found->first;
}

bool holds(const std::filesystem::path& disk, const Partition& partition, const std::filesystem::path& file) {
  std::ifstream one(disk, std::ios::binary), other(file, std::ios::binary);
  one.seekg(static_cast<std::streamoff>(partition.at));
  std::vector<char> a(1 << 20), b(a.size());
  while (true) {
    other.read(b.data(), static_cast<std::streamsize>(b.size()));
    const auto size = other.gcount();
    if (size == 0) return other.eof();
    one.read(a.data(), size);
    if (one.gcount() != size || !std::equal(a.begin(), a.begin() + size, b.begin())) return false;
  }
}

}  // namespace kiosk::image
