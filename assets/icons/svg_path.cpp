#include "assets/icons/svg_path.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>

namespace kiosk::assets {
namespace {

using Op = PathStep::Op;

struct Point {
  double x = 0, y = 0;
};

PathStep step(Op op, Point to, Point c1 = {}, Point c2 = {}) {
  return {op, c1.x, c1.y, c2.x, c2.y, to.x, to.y};
}

/// Reads numbers and flags out of path data, with SVG's loose separators ("1-2", "a1 1 0 01.5.5").
class Numbers {
 public:
  explicit Numbers(std::string_view text) : text_(text) {}

  bool at_end() {
    skip_separators();
    return text_.empty();
  }
  bool at_command() {
    skip_separators();
    return !text_.empty() && std::isalpha(static_cast<unsigned char>(text_.front())) != 0;
  }
  char command() {
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }
  bool number(double& value) {
    skip_separators();
    if (!text_.empty() && text_.front() == '+') text_.remove_prefix(1);
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error != std::errc()) return false;
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    return true;
  }
  bool flag(bool& value) {
    skip_separators();
    if (text_.empty() || (text_.front() != '0' && text_.front() != '1')) return false;
    value = text_.front() == '1';
    text_.remove_prefix(1);
    return true;
  }

 private:
  void skip_separators() {
    while (!text_.empty() &&
           (std::isspace(static_cast<unsigned char>(text_.front())) != 0 || text_.front() == ','))
      text_.remove_prefix(1);
  }
  std::string_view text_;
};

/// One elliptical arc as cubic curves (SVG 1.1, F.6.5: from end points to centre).
void add_arc(std::vector<PathStep>& steps, Point from, Point to, double rx, double ry, double degrees,
             bool large, bool sweep) {
  rx = std::abs(rx);
  ry = std::abs(ry);
  if (rx == 0 || ry == 0) {
    steps.push_back(step(Op::line, to));
    return;
  }
  const double phi = degrees * std::numbers::pi / 180;
  const double cosine = std::cos(phi), sine = std::sin(phi);
  const double dx = (from.x - to.x) / 2, dy = (from.y - to.y) / 2;
  const double x1 = cosine * dx + sine * dy, y1 = -sine * dx + cosine * dy;
  const double grow = x1 * x1 / (rx * rx) + y1 * y1 / (ry * ry);
  if (grow > 1) {
    rx *= std::sqrt(grow);
    ry *= std::sqrt(grow);
  }
  const double under = rx * rx * y1 * y1 + ry * ry * x1 * x1;
  const double root = (large == sweep ? -1 : 1) *
                      std::sqrt(std::max(0.0, (rx * rx * ry * ry - under) / std::max(under, 1e-12)));
  const double cx1 = root * rx * y1 / ry, cy1 = -root * ry * x1 / rx;
  const Point centre{cosine * cx1 - sine * cy1 + (from.x + to.x) / 2,
                     sine * cx1 + cosine * cy1 + (from.y + to.y) / 2};
  const double first = std::atan2((y1 - cy1) / ry, (x1 - cx1) / rx);
  double turn = std::atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - first;
  if (sweep && turn < 0) turn += 2 * std::numbers::pi;
  if (!sweep && turn > 0) turn -= 2 * std::numbers::pi;

  const int pieces = std::max(1, static_cast<int>(std::ceil(std::abs(turn) / (std::numbers::pi / 2) - 1e-9)));
  const double part = turn / pieces, reach = 4.0 / 3 * std::tan(part / 4);
  const auto on_ellipse = [&](double x, double y) {
    return Point{centre.x + rx * cosine * x - ry * sine * y, centre.y + rx * sine * x + ry * cosine * y};
  };
  for (int i = 0; i < pieces; ++i) {
    const double a = first + part * i, b = a + part;
    steps.push_back(step(Op::curve, on_ellipse(std::cos(b), std::sin(b)),
                         on_ellipse(std::cos(a) - reach * std::sin(a), std::sin(a) + reach * std::cos(a)),
                         on_ellipse(std::cos(b) + reach * std::sin(b), std::sin(b) - reach * std::cos(b))));
  }
}

/// Walks through path data, keeping what relative and smooth commands refer to.
class Walker {
 public:
  explicit Walker(std::string_view d) : in_(d) {}

  std::optional<std::vector<PathStep>> walk() {
    char command = 0;
    while (!in_.at_end()) {
      if (in_.at_command())
        command = in_.command();
      else if (command == 'M')
        command = 'L';
      else if (command == 'm')
        command = 'l';
      if (command == 0 || !take(command)) return std::nullopt;
    }
    return std::move(steps_);
  }

 private:
  bool point(Point& p, bool relative) {
    if (!in_.number(p.x) || !in_.number(p.y)) return false;
    if (relative) p = {p.x + at_.x, p.y + at_.y};
    return true;
  }
  void go(PathStep s, Point to, Point control) {
    steps_.push_back(s);
    at_ = to;
    control_ = control;
  }
  Point mirrored() const { return {2 * at_.x - control_.x, 2 * at_.y - control_.y}; }
  void cubic(Point c1, Point c2, Point to) { go(step(Op::curve, to, c1, c2), to, c2); }
  void quadratic(Point c, Point to) {
    const auto third = [&](Point end) {
      return Point{end.x + 2.0 / 3 * (c.x - end.x), end.y + 2.0 / 3 * (c.y - end.y)};
    };
    go(step(Op::curve, to, third(at_), third(to)), to, c);
  }

  bool take(char command) {
    const bool relative = std::islower(static_cast<unsigned char>(command)) != 0;
    const bool smooth =
        last_ == std::toupper(static_cast<unsigned char>(command)) || last_ == 'C' || last_ == 'Q';
    const char kind = static_cast<char>(std::toupper(static_cast<unsigned char>(command)));
    last_ = kind == 'S' ? 'C' : kind == 'T' ? 'Q' : kind;
    Point p, c1, c2;
    switch (kind) {
      case 'M':
        if (!point(p, relative)) return false;
        start_ = p;
        go(step(Op::move, p), p, p);
        return true;
      case 'L':
        if (!point(p, relative)) return false;
        go(step(Op::line, p), p, p);
        return true;
      case 'H':
        if (!in_.number(p.x)) return false;
        p = {relative ? p.x + at_.x : p.x, at_.y};
        go(step(Op::line, p), p, p);
        return true;
      case 'V':
        if (!in_.number(p.y)) return false;
        p = {at_.x, relative ? p.y + at_.y : p.y};
        go(step(Op::line, p), p, p);
        return true;
      case 'C':
        if (!point(c1, relative) || !point(c2, relative) || !point(p, relative)) return false;
        cubic(c1, c2, p);
        return true;
      case 'S':
        if (!point(c2, relative) || !point(p, relative)) return false;
        cubic(smooth ? mirrored() : at_, c2, p);
        return true;
      case 'Q':
        if (!point(c1, relative) || !point(p, relative)) return false;
        quadratic(c1, p);
        return true;
      case 'T':
        if (!point(p, relative)) return false;
        quadratic(smooth ? mirrored() : at_, p);
        return true;
      case 'A':
        return arc(relative);
      case 'Z':
        go({.op = Op::close}, start_, start_);
        return true;
      default:
        return false;
    }
  }

  bool arc(bool relative) {
    double rx = 0, ry = 0, degrees = 0;
    bool large = false, sweep = false;
    Point p;
    if (!in_.number(rx) || !in_.number(ry) || !in_.number(degrees) || !in_.flag(large) || !in_.flag(sweep) ||
        !point(p, relative))
      return false;
    add_arc(steps_, at_, p, rx, ry, degrees, large, sweep);
    at_ = control_ = p;
    return true;
  }

  Numbers in_;
  std::vector<PathStep> steps_;
  Point at_, start_, control_;
  char last_ = 0;
};

}  // namespace

std::optional<std::vector<PathStep>> parse_svg_path(std::string_view d) {
  return Walker(d).walk();
}

std::vector<PathStep> rectangle(double x, double y, double width, double height, double radius) {
  const double r = std::min({radius, width / 2, height / 2});
  const double left = x, top = y, right = x + width, bottom = y + height;
  std::vector<PathStep> steps{step(Op::move, {left + r, top}), step(Op::line, {right - r, top})};
  const auto corner = [&](Point from, Point to) {
    if (r > 0) add_arc(steps, from, to, r, r, 0, false, true);
  };
  corner({right - r, top}, {right, top + r});
  steps.push_back(step(Op::line, {right, bottom - r}));
  corner({right, bottom - r}, {right - r, bottom});
  steps.push_back(step(Op::line, {left + r, bottom}));
  corner({left + r, bottom}, {left, bottom - r});
  steps.push_back(step(Op::line, {left, top + r}));
  corner({left, top + r}, {left + r, top});
  steps.push_back({.op = Op::close});
  return steps;
}

std::vector<PathStep> ellipse(double cx, double cy, double rx, double ry) {
  const Point right{cx + rx, cy}, left{cx - rx, cy};
  std::vector<PathStep> steps{step(Op::move, right)};
  add_arc(steps, right, left, rx, ry, 0, false, true);
  add_arc(steps, left, right, rx, ry, 0, false, true);
  steps.push_back({.op = Op::close});
  return steps;
}

}  // namespace kiosk::assets
