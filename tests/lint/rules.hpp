#pragma once
// The house's rules that a machine can check: who may include whom, and a few words that must not appear.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::lint {

struct Finding {
  std::string file;
  int line = 0;
  std::string what;  ///< what is wrong and where it belongs
};

/// Checks one file's text as if it stood at `path` (relative to the root, '/' between folders).
std::vector<Finding> check(std::string_view path, std::string_view text);

/// Checks every source and header below `root`, build folders and samples left out.
std::vector<Finding> check_tree(const std::filesystem::path& root);

}  // namespace kiosk::lint
