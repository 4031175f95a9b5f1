// screen-sheet OUT [--language zh-CN|en] [--size 0..3] [--theme 0..3] [--low-reach] [--care] [--panel 21|32]
// [--only NAME] Every sample page as OUT/<nn>-<name>.png, with its tree as .json beside it (what is seen,
// heard and touched).

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "screens/paint/page.hpp"
#include "screens/widgets/page.hpp"
#include "tests/screens/samples/samples.hpp"
#include "tests/screens/samples/tree.hpp"

using namespace kiosk;

namespace {

struct Wanted {
  std::filesystem::path out;
  std::string only;
  screens::Look look;
};

Wanted read(int argc, char** argv) {
  Wanted wanted{.out = argv[1]};
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    const auto next = [&]() -> std::string_view { return i + 1 < argc ? argv[++i] : ""; };
    if (word == "--language" && next() == "en") wanted.look.language = screens::Language::en;
    if (word == "--size") wanted.look.size = static_cast<screens::TextSize>(next().front() - '0');
    if (word == "--theme") wanted.look.theme = static_cast<screens::Theme>(next().front() - '0');
    if (word == "--low-reach") wanted.look.low_reach = true;
    if (word == "--care") wanted.look.care = true;
    if (word == "--panel" && next() == "32") wanted.look.panel = {.diagonal_in = 32, .bottom_mm = 800};
    if (word == "--only") wanted.only = next();
  }
  return wanted;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(
        stderr,
        "usage: screen-sheet OUT [--language en] [--size 0..3] [--theme 0..3] [--low-reach] [--care]\n");
    return 2;
  }
  auto type = paint::Type::open();
  if (!type) {
    fmt::print(stderr, "{}\n", type.error().what);
    return 1;
  }
  Wanted wanted = read(argc, argv);
  wanted.look.type = type->get();
  std::filesystem::create_directories(wanted.out);
  for (int n = 1; const auto& sample : testing::samples()) {
    const auto stem = wanted.out / fmt::format("{:02}-{}", n++, sample.name);
    if (!wanted.only.empty() && !sample.name.starts_with(wanted.only)) continue;
    const auto layout = testing::lay_out(sample, wanted.look);
    const auto png = paint::to_png(paint::paint_page(**type, layout, wanted.look));
    if (!png) return 1;
    std::ofstream(stem.string() + ".png", std::ios::binary)
        .write(reinterpret_cast<const char*>(png->data()), std::ssize(*png));
    std::ofstream(stem.string() + ".json") << testing::tree(layout, wanted.look);
  }
}
