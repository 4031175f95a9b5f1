#pragma once
// What the kiosk asks: values of hal/registry.hpp in, JSON of the contract out. Only what a call needs leaves
// the kiosk: the chip's picture goes with a face check and nowhere else.

#include "drivers/registry_http/wiping.hpp"
#include "hal/registry.hpp"

namespace kiosk::drivers::registry_http {

WipingText face_request(const hal::IdCard& card, const PersonalBytes& portrait_jpeg);
WipingText staff_request(const hal::IdCard& card, const PersonalText& badge, const PersonalText& pin);
WipingText applicant_request(const hal::Applicant& applicant);
WipingText certificate_request(const hal::Applicant& applicant, const PersonalText& certificate_number);
WipingText party_request(const std::string& mortgage_id, const std::string& party_id,
                         const hal::Applicant& person);
WipingText application_request(const hal::Application& application);
/// {"name": "value"}
WipingText one_text(std::string_view name, std::string_view value);
WipingText rating_request(const std::string& acceptance_number, int level);

}  // namespace kiosk::drivers::registry_http
