#pragma once
// What was measured: one line a measure, ours and the peer's median side by side.

#include <optional>
#include <string>
#include <vector>

namespace kiosk::bench {

struct Line {
  std::string suite, what, unit;
  double ours = 0;
  std::optional<double> peer = {};
  std::optional<double> ours_best = {}, peer_best = {};  ///< where a measure was taken several times
  std::optional<double> gate = {};  ///< with a peer: least peer / ours; without: most of ours
  /// nullopt: nothing was promised.
  std::optional<bool> kept() const;
};

struct Report {
  std::vector<Line> lines;
  void print() const;
  bool write_json(const std::string& file) const;
};

double median(std::vector<double> values);

}  // namespace kiosk::bench
