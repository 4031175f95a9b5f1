#include "tests/bench/report.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace kiosk::bench {
namespace {

double ratio(const Line& line) {
  return line.peer.value_or(0) / std::max(line.ours, 1e-3);
}

}  // namespace

std::optional<bool> Line::kept() const {
  if (!gate) return std::nullopt;
  return peer ? ratio(*this) >= *gate : ours <= *gate;
}

void Report::print() const {
  fmt::print("{:<52} {:>6} {:>10} {:>10} {:>8} {:>8}\n", "measure (medians)", "unit", "kiosk", "chromium",
             "ratio", "gate");
  for (const auto& line : lines) {
    const auto kept = line.kept();
    const bool best = line.ours_best && line.peer_best;
    fmt::print("{:<50} {:>5} {:>8.2f} {:>9} {:>8} {:>6} {:<7} {}\n", line.suite + ": " + line.what, line.unit,
               line.ours, line.peer ? fmt::format("{:.2f}", *line.peer) : "",
               line.peer ? fmt::format("{:.1f}x", ratio(line)) : "",
               line.gate ? fmt::format("{}{:g}", line.peer ? ">=" : "<=", *line.gate) : "",
               kept ? (*kept ? "ok" : "MISSED") : "",
               best ? fmt::format("{:.2f} {:.2f} {:.1f}x", *line.ours_best, *line.peer_best,
                                  *line.peer_best / std::max(*line.ours_best, 1e-3))
                    : "");
  }
}

bool Report::write_json(const std::string& file) const {
  auto all = nlohmann::json::array();
  for (const auto& line : lines) {
    nlohmann::json entry = {
        {"suite", line.suite}, {"what", line.what}, {"unit", line.unit}, {"ours", line.ours}};
    if (line.peer) entry["peer"] = *line.peer;
    if (line.peer) entry["ratio"] = ratio(line);
    if (line.ours_best) entry["ours_best"] = *line.ours_best;
    if (line.peer_best) entry["peer_best"] = *line.peer_best;
    if (line.gate) entry["gate"] = *line.gate;
    if (const auto kept = line.kept()) entry["kept"] = *kept;
    all.push_back(entry);
  }
  std::ofstream out(file);
  out << all.dump(2) << "\n";
  return out.good();
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

}  // namespace kiosk::bench
