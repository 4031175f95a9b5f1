#include "firmware/provision/base64.hpp"

#include <openssl/evp.h>

#include "hal/base/bytes.hpp"

namespace kiosk::provision {

std::string to_base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // the library ends it with a zero
  const int size = ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), as_bytes(bytes).data(),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

Result<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = ::EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), as_bytes(text).data(),
                                     static_cast<int>(text.size()));
  if (size >= 0 && static_cast<std::size_t>(size) == bytes.size()) {
    // What was padding is a zero now. The library passes over more than it should: hence the way back.
    const auto padding = text.ends_with("==") ? 2U : text.ends_with("=") ? 1U : 0U;
    bytes.resize(bytes.size() - padding);
    if (to_base64(bytes) == text) return bytes;
  }
  return fail(Errc::malformed, "no base64");
}

}  // namespace kiosk::provision
