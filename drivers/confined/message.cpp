#include "drivers/confined/message.hpp"

namespace kiosk::drivers::confined {

HeaderBytes bytes_of(const Header& header) {
  HeaderBytes bytes{};
  put_number(bytes.data(), header.number);
  put_number(bytes.data() + 4, static_cast<std::uint32_t>(header.verdict));
  put_number(bytes.data() + 8, header.size);
  return bytes;
}

Result<Header> header_of(const HeaderBytes& bytes, std::size_t most_bytes) {
  const auto verdict = number_at(bytes.data() + 4);
  if (verdict < static_cast<std::uint32_t>(Verdict::done) ||
      verdict > static_cast<std::uint32_t>(Verdict::failed))
    return fail(Errc::malformed, "a message of no known kind");
  const Header header{.number = number_at(bytes.data()),
                      .verdict = static_cast<Verdict>(verdict),
                      .size = number_at(bytes.data() + 8)};
  if (header.size > most_bytes) return fail(Errc::malformed, "a message that is too large");
  if (header.verdict != Verdict::done && header.size != 0)
    return fail(Errc::malformed, "bytes with an answer that has none");
  return header;
}

Result<Header> answer_of(const HeaderBytes& bytes, std::uint32_t number, std::size_t most_bytes) {
  const auto header = TRY(header_of(bytes, most_bytes));
  if (header.number != number) return fail(Errc::malformed, "an answer to another question");
  return header;
}

void put_number(std::uint8_t* at, std::uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::uint32_t number_at(const std::uint8_t* at) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; i--) value = value << 8 | at[i];
  return value;
}

}  // namespace kiosk::drivers::confined
