#include "firmware/health/offer.hpp"

#include <algorithm>

namespace kiosk::health {

using screens::Closed;

namespace {

bool works(const Condition& condition, Closed need) {
  switch (need) {
    case Closed::receipt_printer:
      return condition.receipt_printer.usable();
    case Closed::document_printer:
      return condition.document_printer.usable();
    case Closed::id_reader:
      return condition.id_reader.usable();
    case Closed::camera:
      return condition.camera.usable();
    case Closed::scanner:
      return condition.scanner.usable();
    case Closed::network:
      return condition.registry_reachable;
    case Closed::open:
    case Closed::checking:
    case Closed::city:
    case Closed::maintenance:
      return true;
  }
  return true;
}

Closed reason(const Condition& condition, const services::Service& service) {
  if (std::ranges::find(condition.closed_by_city, service.id) != condition.closed_by_city.end())
    return Closed::city;
  const auto broken =
      std::ranges::find_if_not(service.needs, [&](Closed need) { return works(condition, need); });
  return broken == service.needs.end() ? Closed::open : *broken;
}

}  // namespace

std::vector<std::string_view> newly_broken(const Condition& before, const Condition& now) {
  std::vector<std::string_view> broken;
  const auto compare = [&](std::string_view name, const hal::DeviceStatus& then,
                           const hal::DeviceStatus& today) {
    if (then.usable() && !today.usable()) broken.push_back(name);
  };
  compare("id_reader", before.id_reader, now.id_reader);
  compare("receipt_printer", before.receipt_printer, now.receipt_printer);
  compare("document_printer", before.document_printer, now.document_printer);
  compare("camera", before.camera, now.camera);
  compare("code_scanner", before.scanner, now.scanner);
  if (before.registry_reachable && !now.registry_reachable) broken.push_back("registry");
  return broken;
}

shell::Offer offer(const Condition& condition, const Options::Texts& offered,
                   const std::vector<services::Service>& catalog) {
  shell::Offer result{.out_of_service = true};
  for (const auto& id : offered) {
    const auto service = std::ranges::find(catalog, id, &services::Service::id);
    if (service == catalog.end()) continue;  // wiring has refused unknown names already
    const auto closed = reason(condition, *service);
    result.services.push_back({.id = id, .closed = closed});
    if (closed == Closed::open) result.out_of_service = false;
  }
  return result;
}

}  // namespace kiosk::health
