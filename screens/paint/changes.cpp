#include "screens/paint/changes.hpp"

#include <string_view>
#include <unordered_map>

#include "hal/base/personal.hpp"
#include "screens/paint/area.hpp"
#include "screens/paint/scene.hpp"

namespace kiosk::paint {

std::optional<std::vector<screens::Rect>> changes(const screens::Layout& before,
                                                  const screens::Layout& after) {
  if (before.background != after.background) return std::nullopt;
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < before.nodes.size(); ++i) places.emplace(before.nodes[i].id, i);
  if (places.size() != before.nodes.size()) return std::nullopt;  // two nodes of one name

  std::vector<screens::Rect> parts;
  std::vector<bool> stays(before.nodes.size(), false);
  std::size_t last = 0;
  for (const auto& node : after.nodes) {
    const auto found = places.find(node.id);
    if (found == places.end()) {
      add(parts, reach(node, false));
      continue;
    }
    const auto place = found->second;
    if (stays[place] || place < last) return std::nullopt;  // painted in another order
    stays[place] = true;
    last = place;
    const auto& old = before.nodes[place];
    if (old.rect == node.rect && old.marks == node.marks) continue;
    add(parts, united(reach(old, false), reach(node, false)));
  }
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (!stays[i]) add(parts, reach(before.nodes[i], false));
  }
  return parts;
}

void wipe(screens::Layout& layout) {
  kiosk::wipe(layout.title);
  for (auto& words : layout.spoken) kiosk::wipe(words);
  for (auto& node : layout.nodes) {
    kiosk::wipe(node.label);
    kiosk::wipe(node.speech);
    for (auto& mark : node.marks) {
      if (auto* run = std::get_if<screens::TextRun>(&mark)) kiosk::wipe(run->text);
      if (auto* code = std::get_if<screens::QrCode>(&mark)) kiosk::wipe(code->text);
      if (auto* ink = std::get_if<screens::Ink>(&mark)) {
        for (auto& stroke : ink->strokes) std::fill(stroke.begin(), stroke.end(), StrokePoint{});
      }
    }
  }
}

}  // namespace kiosk::paint
