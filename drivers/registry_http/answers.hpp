#pragma once
// The registry's answers: JSON of the contract in, values of hal/registry.hpp out. Pure; every function takes
// the bytes of a body and answers `malformed` with the place in the JSON, never the value.

#include <string_view>
#include <vector>

#include "hal/registry.hpp"

namespace kiosk::drivers::registry_http {

Result<hal::RegistryStatus> read_status(std::string_view body);
Result<hal::FaceVerdict> read_face_verdict(std::string_view body);
Result<hal::StaffVerdict> read_staff_verdict(std::string_view body);
Result<std::vector<hal::Mortgage>> read_mortgages(std::string_view body);
Result<hal::Invitation> read_invitation(std::string_view body);
Result<hal::Reply> read_reply(std::string_view body);
Result<std::vector<hal::CaseProgress>> read_cases(std::string_view body);
Result<hal::CaseProgress> read_case(std::string_view body);
Result<std::string> read_staff_call(std::string_view body);
/// An answer that says nothing but yes: an object.
Result<void> read_done(std::string_view body);

/// What a status other than 200 means. `body` counts only when it is the contract's problem object: a page of
/// a gateway in between (nginx says 400 when a client certificate is missing) is `unreachable`, whatever its
/// number.
Error read_problem(long status, std::string_view body);

}  // namespace kiosk::drivers::registry_http
