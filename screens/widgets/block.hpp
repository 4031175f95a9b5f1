#pragma once
// A piece of a page: nodes laid out at (0, 0), and how high they are. Pages stack blocks; widgets make them.

#include <vector>

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::screens {

struct Block {
  int height = 0;
  std::vector<Node> nodes;

  /// Something in it is for fingers: it belongs below the line of low reach.
  bool for_hands() const;
};

/// Moves the node and everything painted in it.
void move(Node& node, int dx, int dy);
Block moved(Block block, int dx, int dy);

/// One above the other.
Block stacked(std::vector<Block> blocks, int gap);

/// One beside the other, all as high as the highest one's height.
Block side_by_side(std::vector<Block> blocks, int width, int gap);

/// The width of one of `count` columns.
int column(int width, int count, int gap);

}  // namespace kiosk::screens
