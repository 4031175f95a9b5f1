// missing-blocks OLD NEW OUT: what a machine that has OLD would have to be sent of NEW, in blocks of 4 KiB
// wherever they lie in OLD. OUT gets the blocks; their number and that of all are printed.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <unordered_set>

int main(int count, char** words) {
  constexpr std::size_t block = 4096;
  if (count != 4) return 2;
  const auto read = [](const char* file) {
    std::ifstream bytes(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(bytes), {});
  };
  const auto old_image = read(words[1]);
  const auto new_image = read(words[2]);
  if (old_image.empty() || new_image.empty()) return 1;
  std::unordered_set<std::string_view> there;
  for (std::size_t at = 0; at < old_image.size(); at += block) {
    there.insert(std::string_view(old_image).substr(at, block));
  }
  std::ofstream out(words[3], std::ios::binary);
  std::size_t missing = 0;
  for (std::size_t at = 0; at < new_image.size(); at += block) {
    const auto wanted = std::string_view(new_image).substr(at, block);
    if (!there.insert(wanted).second) continue;  // here already, or sent a moment ago
    out.write(wanted.data(), static_cast<std::streamsize>(wanted.size()));
    ++missing;
  }
  std::printf("%zu of %zu blocks\n", missing, (new_image.size() + block - 1) / block);
  return out.flush() ? 0 : 1;
}
