// A machine that cannot begin to serve.

#include "firmware/shell/view.hpp"
#include "screens/paint/type.hpp"
#include "tests/firmware/shell/shell_fixture.hpp"
#include "tests/support/must.hpp"

namespace kiosk::shell {
namespace {

class NotReadyShell : public Shell {
 protected:
  NotReadyShell() {
    state = {.mode = Mode::out_of_service,
             .out_of_service = true,
             .not_ready = screens::NotReady{.machine = "12"}};
    state.touched_at = now;
  }
  std::string banner(const std::string& id) {
    const auto page = view(state, *type_, now);
    EXPECT_EQ(page.name, "not_ready");
    const auto found = std::ranges::find(page.nodes, id, &screens::Node::id);
    return found == page.nodes.end() ? "" : found->label;
  }
  std::unique_ptr<paint::Type> type_ = kiosk::testing::must(paint::Type::open());
};

TEST_F(NotReadyShell, TellsHowAStickFares) {
  const auto waiting = banner("stick");
  EXPECT_FALSE(waiting.empty());
  send(NotReady{{.machine = "12", .stick = "refused.expired"}});
  EXPECT_NE(banner("stick"), waiting);
  EXPECT_FALSE(banner("stick").empty());
  send(NotReady{{.machine = "12", .stick = "no such word"}});
  EXPECT_EQ(banner("stick"), "");
}

TEST_F(NotReadyShell, SaysInBothLanguagesWhatMustBeMended) {
  send(NotReady{{.machine = "12", .trouble = "foreign"}});
  for (const auto* words : {"TPM does not open", "安全芯片"}) EXPECT_TRUE(banner("trouble").contains(words));
}

TEST_F(NotReadyShell, NobodyCanBegin) {
  tap(500, 500);
  now += 10min;
  send(Tick{.clock = "12:10"});
  EXPECT_EQ(state.mode, Mode::out_of_service);
  banner("stick");
}

}  // namespace
}  // namespace kiosk::shell
