#include "drivers/rauc/boot_state.hpp"

#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "drivers/rauc/environment_block.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

namespace kiosk::drivers::rauc {
namespace {

constexpr long most_writes = 1'000'000'000;  // GRUB compares as numbers of 32 bits
constexpr std::array<const char*, 2> copies{"state0.env", "state1.env"};
constexpr std::array<const char*, 2> bad_names{"A_BAD", "B_BAD"};
constexpr std::array<const char*, 2> try_names{"A_TRY", "B_TRY"};

struct Copy {
  long number = -1;  ///< how many writes there were before; -1: this copy does not count
  Choice choice;
  bool whole = false;  ///< it is byte for byte what was written
};

/// All that the boot loader reads of a copy once more, as one word: where one bit is another, they differ.
std::string sum_of(const Environment& values) {
  const auto value = [&](const char* name, const char* otherwise) {
    const auto found = values.find(name);
    return found == values.end() ? otherwise : found->second;
  };
  return value("SEQ", "") + value("PRIMARY", "A") + value(bad_names[0], "0") + value(bad_names[1], "0");
}

std::string block_of(long number, const Choice& choice) {
  Environment values{{"SEQ", fmt::to_string(number)}, {"PRIMARY", name_of(choice.first)}};
  for (std::size_t slot = 0; slot < 2; slot++) {
    if (choice.bad[slot]) values.emplace(bad_names[slot], "1");
  }
  values.emplace("SUM", sum_of(values));
  if (choice.on_trial) values.emplace("TRIAL", name_of(*choice.on_trial));
  return environment_block(values);
}

std::string block_of(const Tries& tries) {
  Environment values;
  for (std::size_t slot = 0; slot < 2; slot++) values.emplace(try_names[slot], fmt::to_string(tries[slot]));
  return environment_block(values);
}

struct Block {
  std::string text;
  std::optional<Environment> values;  ///< nothing when the file is missing or none of GRUB's
};

Result<Block> block_in(const std::filesystem::path& file) {
  auto text = read_file(file, environment_block_size);
  if (!text && text.error().code == Errc::storage) return std::unexpected(text.error());
  if (!text) return Block{};
  auto values = read_environment(*text);
  return Block{*std::move(text), std::move(values)};
}

Result<Copy> copy_in(const std::filesystem::path& file) {
  const auto [text, values] = TRY(block_in(file));
  const auto number = values ? number_in(*values, "SEQ", 0, most_writes) : std::nullopt;
  if (!number) return Copy{};
  Copy copy{.number = *number};
  const auto first = values->find("PRIMARY");
  if (first != values->end() && first->second == "B") copy.choice.first = hal::Slot::b;
  for (std::size_t slot = 0; slot < 2; slot++) {
    copy.choice.bad[slot] = number_in(*values, bad_names[slot], 1, 1).has_value();
  }
  for (const auto slot : {hal::Slot::a, hal::Slot::b}) {
    if (const auto trial = values->find("TRIAL"); trial != values->end() && trial->second == name_of(slot)) {
      copy.choice.on_trial = slot;
    }
  }
  const auto sum = values->find("SUM");
  if (sum == values->end() || sum->second != sum_of(*values)) return Copy{};
  copy.whole = text == block_of(copy.number, copy.choice);
  return copy;
}

std::size_t newer(const std::array<Copy, 2>& both) {
  return both[1].number > both[0].number ? 1 : 0;  // of two alike the first, as in grub.cfg
}

std::unexpected<Error> cannot(const char* what, const std::filesystem::path& file) {
  return fail(Errc::storage, fmt::format("boot state: cannot {} {}", what, file.string()));
}

/// In place, all the way to the disk, and looked at there.
Result<void> overwrite(const std::filesystem::path& file, const std::string& block) {
  const Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return cannot("open", file);
  if (::pwrite(fd.get(), block.data(), block.size(), 0) != static_cast<ssize_t>(block.size()) ||
      ::ftruncate(fd.get(), environment_block_size) != 0 || ::fsync(fd.get()) != 0) {
    return cannot("write", file);
  }
  ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);  // so that what is read now comes from the disk
  std::string there(block.size(), '\0');
  if (::pread(fd.get(), there.data(), there.size(), 0) != static_cast<ssize_t>(there.size()) ||
      there != block) {
    return cannot("keep", file);
  }
  return {};
}

}  // namespace

Result<Choice> BootState::choice() const {
  const auto first = TRY(copy_in(folder_ / copies[0]));
  const auto second = TRY(copy_in(folder_ / copies[1]));
  const std::array both{first, second};
  return both[newer(both)].choice;
}

Result<bool> BootState::whole() const {
  const auto first = TRY(copy_in(folder_ / copies[0]));
  const auto second = TRY(copy_in(folder_ / copies[1]));
  const auto counts = TRY(tries());
  const auto written = TRY(block_in(folder_ / "try.env"));
  return first.whole && second.whole && written.text == block_of(counts);
}

Result<void> BootState::choose(const Choice& choice) {
  const auto first = TRY(copy_in(folder_ / copies[0]));
  const auto second = TRY(copy_in(folder_ / copies[1]));
  std::array both{first, second};
  // The copy that counts is never touched; when the other one is broken as well, both are made.
  for (auto i = 1 - newer(both); !(both[0].whole && both[1].whole && both[newer(both)].choice == choice);
       i = 1 - newer(both)) {
    const long number = both[newer(both)].number + 1;
    if (number > most_writes) return cannot("count any further in", folder_ / copies[i]);
    TRY(overwrite(folder_ / copies[i], block_of(number, choice)));
    both[i] = {.number = number, .choice = choice, .whole = true};
  }
  return {};
}

Result<Tries> BootState::tries() const {
  Tries tries{};
  const auto [text, values] = TRY(block_in(folder_ / "try.env"));
  if (!values) return tries;
  for (std::size_t slot = 0; slot < 2; slot++) {
    tries[slot] = static_cast<int>(number_in(*values, try_names[slot], 0, hal::most_tries).value_or(0));
  }
  return tries;
}

Result<void> BootState::set_tries(const Tries& tries) {
  const auto block = block_of(tries);
  const auto file = folder_ / "try.env";
  const auto there = read_file(file, environment_block_size);
  return there && *there == block ? Result<void>() : overwrite(file, block);
}

}  // namespace kiosk::drivers::rauc
