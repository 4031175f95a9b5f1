#include "tests/screens/samples/tree.hpp"

#include <nlohmann/json.hpp>

namespace kiosk::testing {

using namespace screens;
using nlohmann::json;

namespace {

constexpr const char* kRoles[] = {"text",   "heading", "button", "tile",     "row", "key",
                                  "toggle", "field",   "image",  "progress", "pad", "status"};
constexpr const char* kThemes[] = {"standard", "contrast_dark", "contrast_light", "low_contrast"};
constexpr const char* kSizes[] = {"small", "standard", "large", "extra_large"};

json rect_of(const Rect& rect) {
  return {rect.x, rect.y, rect.width, rect.height};
}

json node_of(const Node& node, int focus) {
  json out{{"id", node.id},
           {"role", kRoles[static_cast<int>(node.role)]},
           {"rect", rect_of(node.rect)},
           {"label", node.label},
           {"speech", node.speech},
           {"touchable", node.touchable()},
           {"personal", node.personal}};
  if (focus > 0) out["focus"] = focus;
  if (node.on) out["state"] = *node.on;
  for (const Mark& mark : node.marks) {
    if (const auto* run = std::get_if<TextRun>(&mark))
      out["runs"].push_back({{"rect", rect_of(run->rect)},
                             {"text", run->text},
                             {"em_px", run->font.em},
                             {"bold", run->font.weight == Weight::bold}});
  }
  return out;
}

}  // namespace

std::string tree(const Layout& layout, const Look& look) {
  json out{{"screen", layout.name},
           {"title", layout.title},
           {"language", look.language == Language::en ? "en" : "zh-CN"},
           {"size", kSizes[static_cast<int>(look.size)]},
           {"theme", kThemes[static_cast<int>(look.theme)]},
           {"low_reach", look.low_reach},
           {"care", look.care},
           {"panel",
            {{"width", look.panel.width},
             {"height", look.panel.height},
             {"dots_per_mm", look.panel.dots_per_mm()},
             {"bottom_mm", look.panel.bottom_mm},
             {"view_mm", look.panel.view_mm}}},
           {"speech_on_load", layout.spoken},
           {"nodes", json::array()}};
  if (layout.step) out["step"] = {layout.step->number, layout.step->of};
  for (int focus = 0; const Node& node : layout.nodes) {
    const bool stop = node.touchable() && !std::holds_alternative<Draw>(node.act);
    out["nodes"].push_back(node_of(node, stop ? ++focus : 0));
  }
  return out.dump(1);
}

}  // namespace kiosk::testing
