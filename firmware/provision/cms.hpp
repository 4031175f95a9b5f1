#pragma once
// Signed and encrypted files (CMS, RFC 5652, in DER), by OpenSSL. Certificates and keys are PEM.

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::provision {

/// What stands in a signed file. `malformed` it is none, or is cut short · `refused` it is signed by nobody
/// to whom `authorities` gave a certificate that is good now, or was changed.
Result<std::string> signed_content(std::string_view cms, const std::string& authorities);

/// Signs `content`, which the file then carries. `malformed`: certificate or key are none, or do not belong
/// together.
Result<std::string> sign(std::string_view content, const std::string& certificate, const std::string& key);

/// For the holder of the certificate's key alone. `malformed`: it is none that can be encrypted to.
Result<std::string> encrypt(std::string_view content, const std::string& certificate);

/// The reverse. `malformed` certificate or key are none, or it is no such file · `refused` it is for another
/// key, or was changed.
Result<std::string> decrypt(std::string_view cms, const std::string& certificate, const std::string& key);

}  // namespace kiosk::provision
