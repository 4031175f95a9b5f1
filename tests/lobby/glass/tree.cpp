#include "tests/lobby/glass/tree.hpp"

#include <array>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace kiosk::lobby {
namespace {

using namespace std::string_view_literals;

void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  fmt::format_to(std::back_inserter(out), "\"{}\":", name);
  append_text(out, text);
  out += ',';
}

/// By the index of Role and of Patience.
constexpr std::array roles{"text"sv,   "heading"sv, "button"sv, "tile"sv,     "row"sv, "key"sv,
                           "toggle"sv, "field"sv,   "image"sv,  "progress"sv, "pad"sv, "status"sv};
constexpr std::array patiences{"attract"sv, "home"sv, "session"sv, "working"sv, "staff"sv, "ending"sv};

struct KindOfAct {
  std::string_view operator()(std::monostate) const { return ""; }
  std::string_view operator()(const screens::Choose&) const { return "choose"; }
  std::string_view operator()(const screens::Type&) const { return "type"; }
  std::string_view operator()(const screens::Erase&) const { return "erase"; }
  std::string_view operator()(const screens::Clear&) const { return "clear"; }
  std::string_view operator()(const screens::TurnPage&) const { return "turn_page"; }
  std::string_view operator()(const screens::Tick&) const { return "tick"; }
  std::string_view operator()(const screens::Draw&) const { return "draw"; }
  std::string_view operator()(const screens::FrameAct&) const { return "frame"; }
  std::string_view operator()(const screens::SetSize&) const { return "set_size"; }
  std::string_view operator()(const screens::SetTheme&) const { return "set_theme"; }
  std::string_view operator()(const screens::StartService&) const { return "start_service"; }
};

void append_node(std::string& out, const screens::Node& node) {
  out += '{';
  append_member(out, "id", node.id);
  append_member(out, "role", roles.at(static_cast<std::size_t>(node.role)));
  append_member(out, "label", node.label);
  append_member(out, "speech", node.speech);
  append_member(out, "act", std::visit(KindOfAct{}, node.act));
  fmt::format_to(std::back_inserter(out), R"("rect":[{},{},{},{}],"on":{},"personal":{}}})", node.rect.x,
                 node.rect.y, node.rect.width, node.rect.height,
                 node.on ? (*node.on ? "true" : "false") : "null", node.personal);
}

/// Enough that `out` never grows while it is written: growing leaves copies behind that nobody wipes.
std::size_t room_for(const screens::Layout& page) {
  std::size_t room = 512 + 6 * page.title.size();
  for (const auto& node : page.nodes)
    room += 512 + 6 * (node.id.size() + node.label.size() + node.speech.size());
  return room;
}

}  // namespace

void append_tree(std::string& out, const screens::Layout& page) {
  out.reserve(out.size() + room_for(page));
  out += '{';
  append_member(out, "name", page.name);
  append_member(out, "title", page.title);
  append_member(out, "patience", patiences.at(static_cast<std::size_t>(page.patience)));
  if (page.step)
    fmt::format_to(std::back_inserter(out), R"("step":[{},{}],)", page.step->number, page.step->of);
  out += "\"nodes\":[";
  for (const auto& node : page.nodes) {
    append_node(out, node);
    out += ',';
  }
  if (!page.nodes.empty()) out.pop_back();
  out += "]}";
}

}  // namespace kiosk::lobby
