// compile_icons OUT.cpp ICON.svg...: our own drawings only, so only what they use is understood and anything
// else stops the build: <svg viewBox>, <path d>, <circle>, <ellipse>, <rect>, each with stroke-width, fill
// and opacity. An element is filled with fill="currentColor", stroked without.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "assets/icons/svg_path.hpp"

namespace kiosk::assets {
namespace {

struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;
};

struct Shape {
  std::vector<PathStep> path;
  double stroke = 0, opacity = 1;
};

struct Drawing {
  std::string name;
  double width = 24, height = 24;
  std::vector<Shape> shapes;
};

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  fmt::print(stderr, "{}: {}\n", file, why);
  std::exit(1);
}

/// The opening tags of a file, in order. Comments, closing tags and text between them are skipped.
std::vector<Tag> tags_of(std::string_view text) {
  std::vector<Tag> tags;
  for (auto at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
    if (text.substr(at).starts_with("<!--") || text[at + 1] == '/' || text[at + 1] == '?') continue;
    const auto inside = text.substr(at + 1, text.find('>', at) - at - 1);
    Tag tag{.name = std::string(inside.substr(0, inside.find_first_of(" \n/"))), .attributes = {}};
    for (auto equals = inside.find("=\""); equals != inside.npos; equals = inside.find("=\"", equals)) {
      const auto before = inside.substr(0, equals);
      const auto space = before.find_last_of(" \n");
      const auto end = inside.find('"', equals + 2);
      tag.attributes[std::string(before.substr(space + 1))] =
          std::string(inside.substr(equals + 2, end - equals - 2));
      equals = end;
    }
    tags.push_back(std::move(tag));
  }
  return tags;
}

double number(const Tag& tag, const char* name, double otherwise) {
  const auto found = tag.attributes.find(name);
  return found == tag.attributes.end() ? otherwise : std::stod(found->second);
}

std::vector<PathStep> outline(const std::string& file, const Tag& tag) {
  if (tag.name == "path") {
    const auto d = tag.attributes.find("d");
    auto steps = d == tag.attributes.end() ? std::nullopt : parse_svg_path(d->second);
    if (!steps || steps->empty()) refuse(file, "a path without readable data");
    return *std::move(steps);
  }
  if (tag.name == "circle") {
    const double r = number(tag, "r", 0);
    return ellipse(number(tag, "cx", 0), number(tag, "cy", 0), r, r);
  }
  if (tag.name == "ellipse")
    return ellipse(number(tag, "cx", 0), number(tag, "cy", 0), number(tag, "rx", 0), number(tag, "ry", 0));
  if (tag.name == "rect")
    return rectangle(number(tag, "x", 0), number(tag, "y", 0), number(tag, "width", 0),
                     number(tag, "height", 0), number(tag, "rx", 0));
  refuse(file, fmt::format("<{}> is not understood; allowed: path, circle, ellipse, rect", tag.name));
}

Drawing read(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  Drawing drawing{.name = file.stem().string(), .shapes = {}};
  double stroke = 1.75;
  for (const Tag& tag : tags_of(text.str())) {
    if (tag.name == "svg") {
      const auto box = tag.attributes.find("viewBox");
      double x = 0, y = 0;
      if (box == tag.attributes.end() ||
          !(std::istringstream(box->second) >> x >> y >> drawing.width >> drawing.height))
        refuse(file, "no viewBox");
      stroke = number(tag, "stroke-width", stroke);
      continue;
    }
    if (tag.attributes.contains("transform") || tag.attributes.contains("style"))
      refuse(file, "transform and style are not understood");
    const auto fill = tag.attributes.find("fill");
    const bool filled = fill != tag.attributes.end() && fill->second == "currentColor";
    drawing.shapes.push_back({.path = outline(file, tag),
                              .stroke = filled ? 0 : number(tag, "stroke-width", stroke),
                              .opacity = number(tag, "opacity", 1)});
  }
  if (drawing.shapes.empty()) refuse(file, "nothing is drawn");
  return drawing;
}

void write(const std::vector<Drawing>& drawings, std::ostream& out) {
  constexpr const char* kOps[] = {"move", "line", "curve", "close"};
  out << "// Made by compile_icons from the .svg files of assets/icons.\n#include "
         "\"assets/icons/icons.hpp\"\n\n"
         "namespace kiosk::assets {\nnamespace {\nusing enum PathStep::Op;\n";
  std::size_t n = 0;
  for (const Drawing& drawing : drawings) {
    std::string shapes;
    for (const Shape& shape : drawing.shapes) {
      out << fmt::format("constexpr PathStep kPath{}[] = {{", n);
      for (const PathStep& s : shape.path)
        out << fmt::format("{{{},{:g},{:g},{:g},{:g},{:g},{:g}}},", kOps[static_cast<int>(s.op)], s.x1, s.y1,
                           s.x2, s.y2, s.x, s.y);
      out << "};\n";
      shapes += fmt::format("{{kPath{}, {:g}, {:g}}},", n++, shape.stroke, shape.opacity);
    }
    out << fmt::format("constexpr IconShape kIcon_{}[] = {{{}}};\n", drawing.name, shapes);
  }
  out << "constexpr IconDrawing kIcons[] = {\n";
  for (const Drawing& drawing : drawings)
    out << fmt::format("{{\"{0}\", {1:g}, {2:g}, kIcon_{0}}},\n", drawing.name, drawing.width,
                       drawing.height);
  out << "};\n}  // namespace\n\nstd::span<const IconDrawing> all_icons() { return kIcons; }\n\n}  // "
         "namespace "
         "kiosk::assets\n";
}

}  // namespace
}  // namespace kiosk::assets

int main(int argc, char** argv) {
  using namespace kiosk::assets;
  std::vector<Drawing> drawings;
  for (int i = 2; i < argc; ++i) drawings.push_back(read(argv[i]));
  std::ranges::sort(drawings, {}, &Drawing::name);
  std::ofstream out(argv[1]);
  write(drawings, out);
  return out.good() ? 0 : 1;
}
