#include "tests/support/faults.hpp"

#include <algorithm>

namespace kiosk::testing {

namespace {

using enum Errc;

std::vector<Fault> before(std::initializer_list<Errc> codes) {
  std::vector<Fault> faults;
  for (const auto code : codes) faults.push_back({Fault::When::before_work, code});
  return faults;
}

std::vector<Fault> operator+(std::vector<Fault> faults, const Fault& one) {
  faults.push_back(one);
  return faults;
}

/// Whatever is asked of the registry; a certain "no" promises that nothing was done.
std::vector<Fault> of_registry() {
  return before({unreachable, malformed, refused, busy, not_present, timed_out}) +
         Fault{Fault::When::after_work, unreachable} + Fault{Fault::When::after_work, timed_out} +
         Fault{Fault::When::after_work, malformed};
}

/// From the comments of hal/*.hpp; `cancelled` is not among them: sweeps that end sessions have their own.
const std::map<std::string, std::vector<Fault>>& table() {
  static const std::map<std::string, std::vector<Fault>> all{
      {"id_reader.read", before({malformed, refused, not_present, unplugged, internal})},
      {"id_reader.card_present", before({unplugged, timed_out})},
      {"id_reader.wait_removed", before({unplugged, timed_out})},
      {"receipt_printer.print",
       before({out_of_supply, jammed, unplugged, unreachable, malformed, refused, busy, timed_out}) +
           Fault{Fault::When::in_doubt}},
      {"document_printer.print",
       before({out_of_supply, jammed, unplugged, unreachable, refused, busy, timed_out}) +
           Fault{Fault::When::in_doubt}},
      {"camera.start", before({unplugged, busy, refused, unreachable, timed_out})},
      {"camera.next", before({timed_out, malformed, unplugged})},
      {"faces.examine", before({internal, malformed})},
      {"scanner.scan", before({malformed, unplugged})},
      {"store.transact", before({storage}) + Fault{Fault::When::after_work, storage}},
  };
  return all;
}

}  // namespace

std::string describe(const Fault& fault) {
  if (fault.when == Fault::When::in_doubt) return "in_doubt";
  return (fault.when == Fault::When::before_work ? "before_work " : "after_work ") +
         std::string(name_of(fault.code));
}

const std::vector<Fault>& faults_of(const std::string& call) {
  static const auto registry = of_registry();
  if (call.starts_with("registry.")) return registry;
  return table().at(call);
}

void Faults::begin() {
  calls_.clear();
  counting_ = true;
}

std::optional<Fault> Faults::meet(std::string_view call) {
  if (!counting_) return std::nullopt;
  const auto n = calls_.size();
  calls_.emplace_back(call);
  if (!planned_ || n < planned_->n) return std::nullopt;
  if (n == planned_->n) return planned_->fault;
  const bool again = planned_->from_then_on && calls_[planned_->n] == call;
  return again ? std::optional(planned_->fault) : std::nullopt;
}

}  // namespace kiosk::testing
