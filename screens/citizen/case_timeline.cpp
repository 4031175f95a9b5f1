#include "screens/citizen/case_timeline.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Text next_text(CaseTimeline::Next next) {
  switch (next) {
    using enum CaseTimeline::Next;
    case pay:
      return Text::case_timeline_next_pay;
    case complete_documents:
      return Text::case_timeline_next_complete_documents;
    case collect:
    case none:
      break;
  }
  return Text::case_timeline_next_collect;
}

}  // namespace

Layout layout(const CaseTimeline& screen, const Look& look, const Draft& draft) {
  using enum CaseTimeline::Answer;
  Page page(CaseTimeline::name, look, draft);
  page.title(say(look, screen.service.empty() ? std::string("case_timeline") : screen.service,
                 screen.service.empty() ? "title" : "name"));
  std::vector<Fact> about{
      {say(look, Text::case_timeline_number), in_fours(screen.acceptance_number), "slip"}};
  if (!screen.address.empty())
    about.push_back({say(look, Text::field_address), screen.address.reveal(), "location"});
  page.facts("about", about, !screen.address.empty());
  if (screen.overdue)
    page.add(banner(look, page.width(), "overdue", Tone::warning, say(look, Text::case_timeline_overdue)));
  std::vector<Stage> stages;
  for (const TimelineStage& stage : screen.stages)
    stages.push_back({.name = say(look, "stage", stage.stage),
                      .date = stage.date,
                      .done = stage.state == TimelineStage::State::done,
                      .current = stage.state == TimelineStage::State::current});
  page.timeline(stages);
  if (!screen.due_date.empty() && !screen.overdue)
    page.add(banner(look, page.width(), "due", Tone::calm,
                    say(look, Text::case_timeline_due, {{"date", screen.due_date}})));
  if (screen.next != CaseTimeline::Next::none)
    page.add(banner(look, page.width(), "next", Tone::good, say(look, next_text(screen.next))));
  if (!screen.defects.empty()) page.list("defects", {}, screen.defects, true);
  page.answer({.id = "done", .label = say(look, Text::button_done), .act = choose(done)});
  if (screen.can_print)
    page.answer({.id = "print",
                 .label = say(look, Text::case_timeline_print),
                 .act = choose(print),
                 .kind = Button::Kind::outline,
                 .icon = "printer"});
  if (screen.more)
    page.answer({.id = "list",
                 .label = say(look, Text::case_timeline_list),
                 .act = choose(list),
                 .kind = Button::Kind::outline,
                 .icon = "list"});
  return page.done();
}

}  // namespace kiosk::screens
