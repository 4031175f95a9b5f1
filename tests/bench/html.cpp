#include <algorithm>

#include <fmt/format.h>

#include "assets/icons/icons.hpp"
#include "screens/paint/palette.hpp"
#include "tests/bench/pages.hpp"

namespace kiosk::bench {

using namespace screens;

namespace {

std::string colour(Colour role, Theme theme) {
  const auto c = paint::rgba(role, theme);
  return fmt::format("rgba({:.0f},{:.0f},{:.0f},{:.2f})", c.red * 255, c.green * 255, c.blue * 255, c.alpha);
}

std::string place(const Rect& rect) {
  return fmt::format("left:{}px;top:{}px;width:{}px;height:{}px;", rect.x, rect.y, rect.width, rect.height);
}

std::string element(const Fill& fill, Theme theme) {
  auto style =
      place(fill.rect) + fmt::format("box-sizing:border-box;background:{};border-radius:{}px;",
                                     fill.colour == Colour::none ? "transparent" : colour(fill.colour, theme),
                                     fill.radius);
  if (fill.border != Colour::none)
    style += fmt::format("border:{}px solid {};", fill.border_width, colour(fill.border, theme));
  if (fill.shadow) style += "box-shadow:0 6px 18px rgba(5,18,41,.16);";
  return fmt::format("<i class=fill style=\"{}\"></i>", style);
}

std::string element(const TextRun& run, Theme theme) {
  constexpr const char* aligns[] = {"left", "center", "right"};
  return fmt::format("<p style=\"{}font-size:{}px;font-weight:{};text-align:{};color:{}\">{}</p>",
                     place(run.rect), run.font.em, run.font.weight == Weight::bold ? 700 : 400,
                     aligns[static_cast<int>(run.align)], colour(run.colour, theme), run.text);
}

std::string element(const Icon& icon, Theme theme) {
  const auto* drawing = assets::find_icon(icon.name);
  if (drawing == nullptr) return {};
  const auto paint = colour(icon.colour, theme);
  auto svg = fmt::format("<svg style=\"{}\" viewBox=\"0 0 {} {}\">", place(icon.rect), drawing->width,
                         drawing->height);
  for (const auto& shape : drawing->shapes) {
    std::string path;
    for (const auto& step : shape.path) {
      using Op = assets::PathStep::Op;
      if (step.op == Op::close) path += "Z";
      if (step.op == Op::curve)
        path += fmt::format("C{} {} {} {} {} {}", step.x1, step.y1, step.x2, step.y2, step.x, step.y);
      if (step.op == Op::move || step.op == Op::line)
        path += fmt::format("{}{} {}", step.op == Op::move ? 'M' : 'L', step.x, step.y);
    }
    svg += shape.stroke > 0
               ? fmt::format(
                     "<path d=\"{}\" fill=none stroke=\"{}\" stroke-width={} stroke-linecap=round "
                     "stroke-linejoin=round opacity={} />",
                     path, paint, shape.stroke, shape.opacity)
               : fmt::format("<path d=\"{}\" fill=\"{}\" opacity={} />", path, paint, shape.opacity);
  }
  return svg + "</svg>";
}

std::string element(const auto&, Theme) {
  return {};
}  // no page here has others

std::string body(const Layout& page, Theme theme, bool rows_only) {
  std::string out;
  for (const auto& node : page.nodes) {
    if (node.id.starts_with("row.") != rows_only && rows_only) continue;
    std::string marks;
    for (const auto& mark : node.marks)
      std::visit([&](const auto& any) { marks += element(any, theme); }, mark);
    out += node.touchable() ? fmt::format("<button id=\"{}\">{}</button>", node.id, marks) : marks;
  }
  return out;
}

std::string head() {
  return "<!doctype html><html lang=zh-CN><meta charset=utf-8><style>"
         "html,body{margin:0;overflow:hidden;height:100%;user-select:none;cursor:none;font-family:'Noto Sans "
         "CJK SC'}"
         "section{position:absolute;inset:0;display:none}section.on{display:block}"
         "p,i,svg{position:absolute;margin:0;white-space:pre-wrap;line-height:1.448}"
         "button{border:0;background:none;padding:0;font:inherit;text-align:left;display:contents}"
         "button:active .fill{background:#c9d0de!important;box-shadow:inset 0 0 0 4px #0b1f3a}"
         "#scroll{position:absolute;overflow-y:scroll;scrollbar-width:none}</style><body>";
}

std::string section(const std::string& id, const Layout& page, Theme theme) {
  return fmt::format("<section id={} style=\"background:{}\">{}</section>", id,
                     colour(page.background, theme), body(page, theme, false));
}

}  // namespace

std::string html(const Pages& pages) {
  const auto theme = pages.look().theme;
  auto out = head() + section("attract", pages.attract(), theme) + section("home", pages.home(), theme) +
             section("ways", pages.ways(), theme);
  for (int page = 0; page < list_pages; ++page)
    out += section(fmt::format("list{}", page), pages.list(page), theme);
  return out + fmt::format(
                   "<script>let at=0;const show=id=>{{for(const s of document.querySelectorAll('section'))"
                   "s.classList.toggle('on',s.id==id)}};show('attract');"
                   "addEventListener('click',e=>{{const b=e.target.closest('button');if(!b)return;"
                   "const s=b.closest('section').id;"
                   "if(s=='attract')show('home');else if(s=='home')show('ways');"
                   "else if(/frame/.test(b.id))show('attract');else if(s=='ways')show('list'+(at=0));"
                   "else show('list'+(at=(at+(/previous/.test(b.id)?{}:1))%{}))}})</script>",
                   list_pages - 1, list_pages);
}

std::string scrolling_html(const Pages& pages) {
  const auto& look = pages.look();
  const auto first = pages.list(0);
  int rows = 0, top = look.panel.height, bottom = 0;
  for (const auto& node : first.nodes) {
    if (!node.id.starts_with("row.")) continue;
    ++rows;
    top = std::min(top, node.rect.y);
    bottom = std::max(bottom, node.rect.bottom());
  }
  auto out = head() + fmt::format(
                          "<section class=on style=\"background:{}\"><div id=scroll "
                          "style=\"left:0;top:{}px;width:{}px;height:{}px\">",
                          colour(first.background, look.theme), top, look.panel.width, bottom - top);
  for (int page = 0; page * std::max(rows, 1) < 200; ++page) {
    out += fmt::format("<div style=\"position:absolute;left:0;top:{}px\">{}</div>",
                       page * (bottom - top + 12) - top, body(pages.list(page), look.theme, true));
  }
  return out + "</div></section>";
}

}  // namespace kiosk::bench
