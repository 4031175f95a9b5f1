#include "screens/citizen/look_at_camera.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Text hint_text(LookAtCamera::Hint hint) {
  switch (hint) {
    using enum LookAtCamera::Hint;
    case none:
      break;
    case no_face:
      return Text::look_at_camera_no_face;
    case several_faces:
      return Text::look_at_camera_several_faces;
    case too_dark:
      return Text::look_at_camera_too_dark;
    case too_bright:
      return Text::look_at_camera_too_bright;
    case too_far:
      return Text::look_at_camera_too_far;
    case too_near:
      return Text::look_at_camera_too_near;
    case off_centre:
      return Text::look_at_camera_off_centre;
    case blurred:
      return Text::look_at_camera_blurred;
    case hold_still:
      return Text::look_at_camera_hold_still;
  }
  return Text::look_at_camera_none;
}

/// The mirror in its oval, as large as there is room for.
Block mirror(const LookAtCamera& screen, const Look& look, int width, int height) {
  const int oval = std::min(height, width), across = oval * 4 / 5;
  const Rect face{(width - across) / 2, 0, across, oval};
  Node node{.id = "mirror",
            .role = Role::image,
            .rect = {0, 0, width, oval},
            .label = say(look, Text::look_at_camera_picture),
            .speech = say(look, Text::look_at_camera_picture),
            .personal = true};
  node.marks.emplace_back(Picture{.rect = face, .dots = screen.preview, .mirrored = true, .oval = true});
  if (!screen.preview) {
    node.marks.emplace_back(Fill{.rect = face, .colour = Colour::primary_soft, .radius = across / 2});
    node.marks.emplace_back(icon_in(face, "face", across / 2, Colour::primary));
  }
  return {.height = oval, .nodes = {std::move(node)}};
}

}  // namespace

Layout layout(const LookAtCamera& screen, const Look& look, const Draft& draft) {
  Page page(LookAtCamera::name, look, draft);
  page.step(screen.step).title(say(look, Text::look_at_camera_title));
  const Text hint = hint_text(screen.hint);
  const bool good = screen.hint == LookAtCamera::Hint::hold_still;
  const bool first = screen.hint == LookAtCamera::Hint::none && screen.refused_before;
  page.add(banner(look, page.width(), "hint", good ? Tone::good : Tone::calm,
                  say(look, first ? Text::look_at_camera_refused : hint)));
  page.answer({.id = "other_way",
               .label = say(look, Text::look_at_camera_other_way),
               .act = choose(LookAtCamera::Answer::other_way),
               .kind = Button::Kind::outline});
  const std::string left =
      say(look, Text::look_at_camera_left, {{"n", std::to_string(screen.attempts_left)}});
  Block small =
      paragraph(look, page.width(), "left", joined(look, {left, say(look, Text::look_at_camera_recording)}),
                Letter::secondary, Colour::secondary);
  const int room = page.reading_room() - small.height - 2 * look.dots(mm::kGap);
  if (room > look.dots(50)) page.add(mirror(screen, look, page.width(), std::min(room, look.dots(200))));
  page.add(std::move(small));
  return page.done();
}

}  // namespace kiosk::screens
