#include "drivers/link/tape.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "drivers/samv/reader.hpp"
#include "tests/lobby/samv/chip_card.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<LinkOpener> play(const std::string& name) {
  const char* source = std::getenv("KIOSK_SOURCE");
  std::ifstream file(std::string(source == nullptr ? "." : source) + "/tests/tapes/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  auto tape = parse_tape(text.str());
  EXPECT_TRUE(tape && !tape->empty()) << name;
  return replayed_link(std::move(tape).value_or(std::vector<TapeEntry>{}));
}

TEST(SamvTape, AResidentIsReadLiesThereAndIsTakenAway) {
  const auto reader = make_samv(play("samv_resident.tape"));
  const auto card = reader->read(Wait::of(10s));
  ASSERT_TRUE(card) << card.error().what;
  EXPECT_TRUE(*card == lobby::as_id_card(lobby::zhang_san()));
  EXPECT_EQ(reader->card_present(Wait::of(10s)), true);
  EXPECT_EQ(reader->card_present(Wait::of(10s)), false);
}

TEST(SamvTape, APermitIsReadOverANoisyLine) {
  const auto reader = make_samv(play("samv_noisy_line.tape"));
  const auto card = reader->read(Wait::of(10s));
  ASSERT_TRUE(card) << card.error().what;
  EXPECT_TRUE(*card == lobby::as_id_card(lobby::permit_holder()));
}

}  // namespace
}  // namespace kiosk::drivers
