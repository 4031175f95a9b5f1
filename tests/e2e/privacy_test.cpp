// After a session nothing of the citizen is left: not in the program's memory, not in its files.

#include <algorithm>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "tests/e2e/stage.hpp"
#include "tests/lobby/registry/cast.hpp"
#include "tests/lobby/samv/chip_card.hpp"

namespace kiosk::testing {
namespace {

namespace fs = std::filesystem;

/// What must not be found, in one of the encodings it travels in.
struct Canary {
  std::string what;
  std::string bytes;
};

void add(std::vector<Canary>& all, const std::string& what, const std::string& text, std::size_t units) {
  all.push_back({what + " in UTF-8", text});
  const auto wide = lobby::utf16_field(text, units);
  all.push_back({what + " in UTF-16LE", std::string(as_text(wide))});
}

/// Texts long enough not to be found by chance.
std::vector<Canary> canaries() {
  const auto& person = lobby::person("martin");
  std::vector<Canary> all;
  add(all, "the name", "MARTIN, CLAIRE", 14);
  add(all, "the number", person.card.number.reveal(), person.card.number.reveal().size());
  for (const auto& deed : lobby::deeds()) {
    if (deed.owners.front() == "martin") all.push_back({"the address", deed.mortgage.address.reveal()});
  }
  return all;
}

/// Every place of `text` where one of them stands, with what stands around it.
std::vector<std::string> found_in(std::string_view text, const std::vector<Canary>& all,
                                  const std::string& where) {
  std::vector<std::string> found;
  for (const auto& canary : all) {
    const auto at = text.find(canary.bytes);
    if (at == std::string_view::npos) continue;
    std::string around(text.substr(at - std::min<std::size_t>(at, 48), 48 + canary.bytes.size() + 48));
    std::ranges::replace_if(around, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, '.');
    found.push_back(canary.what + " in " + where + ": " + around);
  }
  return found;
}

struct Region {
  std::uint64_t begin = 0, end = 0;
  std::string name;
};

/// A sanitizer's notes about memory are larger than any memory, and hold nothing of it.
constexpr std::uint64_t shadow = 1ULL << 40U;

/// What the program can write to, but the pictures it shares.
std::vector<Region> writable_memory(pid_t pid) {
  std::vector<Region> regions;
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  for (std::string line; std::getline(maps, line);) {
    Region region;
    char access[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &region.begin, &region.end, access) != 3) continue;
    if (std::string_view(access) != "rw-p" || region.end - region.begin >= shadow) continue;
    region.name = line;
    regions.push_back(region);
  }
  return regions;
}

std::vector<std::string> found_in_memory(pid_t pid, const std::vector<Canary>& all) {
  std::vector<std::string> found;
  const Fd memory(::open(("/proc/" + std::to_string(pid) + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
  EXPECT_TRUE(memory) << "its memory cannot be read";
  constexpr std::size_t piece = 16U << 20U;
  constexpr std::size_t overlap = 256;
  std::string bytes(piece + overlap, '\0');
  for (const auto& region : writable_memory(pid)) {
    for (auto at = region.begin; at < region.end; at += piece) {
      const auto wanted = std::min<std::uint64_t>(region.end - at, piece + overlap);
      const auto got = ::pread(memory.get(), bytes.data(), wanted, static_cast<off_t>(at));
      if (got <= 0) break;  // never touched
      std::ranges::move(found_in({bytes.data(), static_cast<std::size_t>(got)}, all, region.name),
                        std::back_inserter(found));
    }
  }
  return found;
}

std::vector<std::string> found_in_files(const fs::path& folder, const std::vector<Canary>& all) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.starts_with("registry.db")) continue;  // the authority may know
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    std::ranges::move(found_in(text, all, name), std::back_inserter(found));
  }
  return found;
}

bool loaded(pid_t pid, std::string_view library) {
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  const std::string text(std::istreambuf_iterator<char>(maps), {});
  return text.find(library) != std::string::npos;
}

class Privacy : public Stage {};

TEST_F(Privacy, NothingOfACitizenOutlivesTheSession) {
  ASSERT_TRUE(hall().start_kiosk());
  play(scenario("card_i"));
  await_page({"attract"});
  EXPECT_EQ(found_in_memory(hall().kiosk().pid(), canaries()), std::vector<std::string>());
  EXPECT_EQ(found_in_files(hall().folder(), canaries()), std::vector<std::string>());
}

TEST_F(Privacy, NothingOfACitizenWhoLeavesInTheMiddleOutlivesTheSession) {
  ASSERT_TRUE(hall().start_kiosk());
  const auto job = scenario("card_i");
  const auto checked = std::ranges::find(job.acts, "check_answers", &lobby::Act::what) - job.acts.begin();
  play_some(job, static_cast<std::size_t>(checked) + 1);
  EXPECT_FALSE(found_in_memory(hall().kiosk().pid(), canaries()).empty()) << "or this test could not fail";
  play({.name = "leave",
        .acts = {{lobby::Verb::tap, "frame.home"},
                 {lobby::Verb::page, "leave"},
                 {lobby::Verb::tap, "leave"},
                 {lobby::Verb::page, "attract"}}});
  EXPECT_EQ(found_in_memory(hall().kiosk().pid(), canaries()), std::vector<std::string>());
  EXPECT_EQ(found_in_files(hall().folder(), canaries()), std::vector<std::string>());
}

/// What a camera sends is decoded in confined programs (decision 11), and never here.
TEST_F(Privacy, NoLibraryForPicturesComesNearACitizensData) {
  ASSERT_TRUE(hall().start_kiosk());
  play(scenario("mortgage_cancellation"));
  const auto pid = hall().kiosk().pid();
  EXPECT_TRUE(loaded(pid, "/libcurl")) << "or this test could not fail";
  EXPECT_FALSE(loaded(pid, "/libjpeg"));
  EXPECT_FALSE(loaded(pid, "/libopencv"));
}

/// What is typed by hand, and what the register answers to it.
TEST_F(Privacy, NothingOfACertificateOutlivesTheSession) {
  const auto& deed =
      *std::ranges::find(lobby::deeds(), "wu", [](const auto& one) { return one.owners.front(); });
  const std::vector<Canary> certificate{{"the number as typed", "20190200884"},
                                        {"the number not found, on the glass", "2019 0000001"},
                                        {"the certificate", deed.mortgage.certificate_number.reveal()},
                                        {"the title", deed.mortgage.title_number.reveal()},
                                        {"the address", deed.mortgage.address.reveal()}};
  ASSERT_TRUE(hall().start_kiosk());
  const auto job = scenario("by_certificate");
  const auto checked = std::ranges::find(job.acts, "check_answers", &lobby::Act::what) - job.acts.begin();
  play_some(job, static_cast<std::size_t>(checked) + 1);
  EXPECT_FALSE(found_in_memory(hall().kiosk().pid(), certificate).empty()) << "or this test could not fail";
  auto rest = job;
  rest.acts.erase(rest.acts.begin(), rest.acts.begin() + checked + 1);
  play(rest);
  EXPECT_EQ(found_in_memory(hall().kiosk().pid(), certificate), std::vector<std::string>());
  EXPECT_EQ(found_in_files(hall().folder(), certificate), std::vector<std::string>());
}

}  // namespace
}  // namespace kiosk::testing
