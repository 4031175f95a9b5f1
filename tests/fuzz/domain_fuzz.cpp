// Numbers and codes from scanners, keypads and the registry.

#include <string>

#include "firmware/domain/certificate_number.hpp"
#include "firmware/domain/citizen_number.hpp"
#include "firmware/domain/masks.hpp"
#include "firmware/domain/social_credit_code.hpp"
#include "firmware/domain/unit_code.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto number = domain::CitizenNumber::parse(PersonalText(text));
  if (number && domain::CitizenNumber::parse(number->text()) != number) __builtin_trap();
  const auto code = domain::UnitCode::parse(text);
  if (code && domain::UnitCode::parse(code->shown()) != code) __builtin_trap();
  const auto certificate = domain::CertificateNumber::parse(text);
  if (certificate && domain::CertificateNumber::parse(certificate->text()) != certificate) __builtin_trap();
  (void)domain::parse_social_credit_code(text);
  (void)domain::mask_address(PersonalText(text));
  (void)domain::without_citizen_numbers(text);
  return 0;
}
