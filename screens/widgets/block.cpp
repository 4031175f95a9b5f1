#include "screens/widgets/block.hpp"

#include <algorithm>

namespace kiosk::screens {

bool Block::for_hands() const {
  return std::ranges::any_of(nodes, &Node::touchable);
}

void move(Node& node, int dx, int dy) {
  const auto shift = [dx, dy](Rect& rect) {
    rect.x += dx;
    rect.y += dy;
  };
  shift(node.rect);
  for (Mark& mark : node.marks) {
    std::visit([&shift](auto& drawn) { shift(drawn.rect); }, mark);
  }
}

Block moved(Block block, int dx, int dy) {
  for (Node& node : block.nodes) move(node, dx, dy);
  return block;
}

Block stacked(std::vector<Block> blocks, int gap) {
  Block stack;
  for (Block& block : blocks) {
    if (stack.height > 0) stack.height += gap;
    for (Node& node : block.nodes) {
      move(node, 0, stack.height);
      stack.nodes.push_back(std::move(node));
    }
    stack.height += block.height;
  }
  return stack;
}

int column(int width, int count, int gap) {
  return (width - (count - 1) * gap) / count;
}

Block side_by_side(std::vector<Block> blocks, int width, int gap) {
  Block line;
  const int step = column(width, static_cast<int>(blocks.size()), gap) + gap;
  int x = 0;
  for (Block& block : blocks) {
    for (Node& node : block.nodes) {
      move(node, x, 0);
      line.nodes.push_back(std::move(node));
    }
    line.height = std::max(line.height, block.height);
    x += step;
  }
  return line;
}

}  // namespace kiosk::screens
