#include "tests/lobby/player/player.hpp"

#include <cmath>
#include <fstream>

#include <fmt/format.h>

namespace kiosk::lobby {

using namespace std::chrono_literals;
using nlohmann::json;
using Phase = hal::Touch::Phase;

namespace {

constexpr auto patience = 20s;
constexpr auto between_touches = 320ms;  // the kiosk takes closer ones for one (EN 301 549, 5.8)
constexpr auto between_keys = 140ms;
constexpr auto between_looks = 20ms;

std::string as_plain_text(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Two loops and a tail, as a hand signs: x, y in 0..1 of the box.
std::vector<std::pair<double, double>> signature() {
  std::vector<std::pair<double, double>> points;
  for (int i = 0; i <= 60; ++i) {
    const double t = i / 60.0;
    points.emplace_back(0.15 + 0.7 * t, 0.5 + 0.28 * std::sin(t * 14) * (1 - 0.5 * t));
  }
  return points;
}

}  // namespace

Player::Player(GlassView& glass, const Stations& stations, const std::filesystem::path& folder)
    : glass_(glass), stations_(stations), folder_(folder) {
  if (!folder.empty()) album_ = std::make_unique<Album>(folder);
  glass_.on_page([this](const ShownPage& page) {
    stopwatch_.saw(page);
    take_picture(page);
  });
}

Player::~Player() {
  glass_.on_page({});
}

Result<void> Player::play(const Scenario& scenario, const Wait& wait) {
  for (const auto& act : scenario.acts) TRY(play(act, wait));
  return {};
}

Result<void> Player::play(const Act& act, const Wait& wait) {
  const auto done = [&]() -> Result<void> {
    const auto soon = wait.at_most(patience);
    switch (act.verb) {
      case Verb::page:
        return await_page(act, soon);
      case Verb::tap:
        return tap(act.what, soon);
      case Verb::type:
        return type(act, soon);
      case Verb::sign:
        return sign(act, soon);
      case Verb::turn:
        return turn(act, soon);
      case Verb::see:
        return see(act, soon);
      case Verb::expect:
        return expect(act, soon);
      case Verb::keep:
        if (album_) album_->keep(act.what, glass_.snapshot());
        return {};
      case Verb::play:
        return fail(Errc::internal, "the part was not put in");
    }
    std::unreachable();
  }();
  if (done) return {};
  return std::unexpected(
      Error(done.error()).in(fmt::format("line {}, on page \"{}\"", act.line, glass_.page()->name)));
}

Result<void> Player::await_page(const Act& act, const Wait& wait) {
  TRY(glass_.await([&](const ShownPage& page) { return page.name == act.what; }, wait));
  stopwatch_.asked(act.what);
  return {};
}

Result<json> Player::node(const std::string& id, const Wait& wait) {
  const auto page = glass_.await([&](const ShownPage& shown) { return shown.node(id) != nullptr; }, wait);
  if (!page) return fail(Errc::refused, "the page has no \"" + id + "\"");
  return *(*page)->node(id);
}

/// A kiosk that has already gone on to the next page shows that one: such a picture is not of this page.
void Player::take_picture(const ShownPage& page) {
  if (!album_ || page.name.empty()) return;
  if (auto picture = glass_.snapshot(); picture.turn == page.turn)
    album_->take(page.name, std::move(picture));
}

Result<void> Player::tap(const std::string& id, const Wait& wait) {
  TRY(read_on_to(id, wait));
  const auto target = TRY(node(id, wait));
  const auto pause = id.starts_with("key.") ? between_keys : between_touches;
  TRY(wait.sleep(std::max(Steady::duration(0), touched_at_ + pause - Steady::now())));
  take_picture(*glass_.page());
  stopwatch_.acted("tap " + id);
  glass_.tap(target);
  touched_at_ = Steady::now();
  return {};
}

/// As a person does who looks for a button: a page of several pages is read to where it is.
Result<void> Player::read_on_to(const std::string& id, const Wait& wait) {
  const std::string read_on = "read_on";
  if (id == read_on) return {};
  for (auto page = glass_.page(); !page->node(id) && page->node(read_on); page = glass_.page()) {
    TRY(tap(read_on, wait));
    // Not the same page with its button pressed, which is reported as well. A third page may follow.
    (void)glass_.await([&](const ShownPage& next) { return next.node(id) || !next.node(read_on); },
                       wait.at_most(2s));
    TRY(wait.check());
  }
  return {};
}

Result<void> Player::type(const Act& act, const Wait& wait) {
  for (const char key : act.what) TRY(tap(std::string("key.") + key, wait));
  return {};
}

Result<void> Player::sign(const Act& act, const Wait& wait) {
  const auto pad = TRY(node(act.what, wait));
  const auto& rect = pad.at("rect");
  Phase phase = Phase::down;
  const auto touch = [&](double x, double y) {
    glass_.send(hal::Touch{phase, 0, rect[0].get<int>() + static_cast<int>(x * rect[2].get<int>()),
                           rect[1].get<int>() + static_cast<int>(y * rect[3].get<int>()), Steady::now()});
  };
  for (const auto& [x, y] : signature()) {
    touch(x, y);
    phase = Phase::move;
    TRY(wait.sleep(4ms));
  }
  phase = Phase::up;
  touch(signature().back().first, signature().back().second);
  touched_at_ = Steady::now();
  return {};
}

Result<void> Player::turn(const Act& act, const Wait& wait) {
  TRY(wait.sleep(between_touches));  // nobody has it in hand already when the page comes
  const auto dot = act.what.find('.');
  take_picture(*glass_.page());
  stopwatch_.acted("turn " + act.what + " " + act.value);
  return stations_.turn(act.what.substr(0, dot), act.what.substr(dot + 1), act.value);
}

Result<void> Player::see(const Act& act, const Wait& wait) {
  const auto says = [&](const ShownPage& page) {
    const auto nodes = page.tree.value("nodes", json::array());
    return std::ranges::any_of(nodes, [&](const json& each) {
      return each.value("id", "") == act.what || each.value("label", "").contains(act.what);
    });
  };
  if (glass_.await(says, wait)) return {};
  return fail(Errc::refused, "the page does not say \"" + act.what + "\"");
}

Result<void> Player::expect(const Act& act, const Wait& wait) {
  const auto dot = act.what.find('.');
  const auto station = act.what.substr(0, dot);
  const auto field = act.what.substr(dot + 1);
  for (;;) {
    const auto state = stations_.state().value(station, json::object()).value(field, json());
    if (as_plain_text(state) == act.value) return {};
    if (!wait.sleep(between_looks))
      return fail(Errc::timed_out, act.what + " is " + as_plain_text(state) + ", not " + act.value);
  }
}

void Player::save(const std::string& station, const std::string& exhibit, const std::string& as) {
  const auto found = stations_.exhibit(station, exhibit);
  if (!found) return;
  std::ofstream file(folder_ / as, std::ios::binary);
  file << as_text(found->bytes);
}

void Player::collect() {
  take_picture(*glass_.page());
  const auto state = stations_.state();
  const auto count = [&](const char* station, const char* field) {
    return state.value(station, json::object()).value(field, 0);
  };
  for (int i = 1; i <= count("receipt_printer", "slips"); ++i)
    save("receipt_printer", fmt::format("{}.png", i), fmt::format("slip-{}.png", i));
  for (int i = 1; i <= count("document_printer", "documents"); ++i)
    save("document_printer", fmt::format("{}.pdf", i), fmt::format("pages-{}.pdf", i));
  save("registry", "latest.json", "case.json");
  std::ofstream(folder_ / "timing.json") << stopwatch_.report().dump(2) << "\n";
}

}  // namespace kiosk::lobby
