#include "firmware/provision/escrow.hpp"

#include "firmware/provision/cms.hpp"

namespace kiosk::provision {

Result<std::string> seal_escrow(const Escrow& escrow, const std::string& certificate) {
  return encrypt(escrow.machine + " " + escrow.key, certificate);
}

Result<Escrow> open_escrow(std::string_view file, const std::string& certificate, const std::string& key) {
  const auto text = TRY(decrypt(file, certificate, key));
  const auto blank = text.find(' ');
  if (blank != 32) return fail(Errc::malformed, "no recovery key of a kiosk");
  return Escrow{.machine = text.substr(0, blank), .key = text.substr(blank + 1)};
}

}  // namespace kiosk::provision
