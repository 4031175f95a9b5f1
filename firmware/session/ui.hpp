#pragma once
// The Ui port: how a service speaks to the person in front of the glass. Written once for all screens.

#include <functional>
#include <optional>
#include <utility>
#include <variant>

#include "hal/base/wait.hpp"
#include "screens/screen.hpp"

namespace kiosk::session {

/// What came back from a page.
struct Given {
  bool back = false;
  screens::Choose choice;
  screens::Draft draft;
  screens::Language language = screens::Language::zh_cn;
  bool accessible = false;
};

/// Whether the page offers the question before it. Nothing can be taken back once an application has left.
enum class Back { offered, none };

class Ui {
 public:
  virtual ~Ui() = default;

  /// Shows a page that asks nothing: the machine is at work. Does not block.
  void show(const screens::Screen& screen) { present(screen, Expect::nothing, Back::none); }

  /// Asks, and blocks for the answer. `went_back` when the person pressed Back; `cancelled` when the session
  /// ends. How long people may take is the shell's affair (idle warning), not the caller's.
  template <screens::Question S>
  Result<typename S::Answer> ask(const S& screen, const Wait& wait, Back back = Back::offered) {
    present(screen, Expect::answer, back);
    const Given given = TRY(await(wait));
    learn(given);
    if (given.back) return fail(Errc::went_back, std::string(S::name));
    return S::answer(given.choice, given.draft);
  }

  /// Either what the person chose or what the work brought, whichever came first.
  template <class Answer, class T>
  using Either = std::variant<Answer, T>;

  /// Shows a page that asks, and meanwhile does `work(wait)` on this thread (reads the card, watches the
  /// camera). An answer stops the work; a finished work takes the page's question back. An error of the work
  /// is returned unless the person answered first. `went_back`, `cancelled` as above. The work may update the
  /// page by `update()`.
  template <screens::Question S, class Work>
  auto ask_while(const S& screen, const Wait& wait, Work&& work)
      -> Result<Either<typename S::Answer, typename std::invoke_result_t<Work, const Wait&>::value_type>> {
    using T = typename std::invoke_result_t<Work, const Wait&>::value_type;
    using Both = Either<typename S::Answer, T>;
    present(screen, Expect::answer, Back::offered);
    std::stop_source work_ends;
    const std::stop_callback with_session(wait.stop, [&] { work_ends.request_stop(); });
    stop_on_answer(work_ends);
    auto result = std::forward<Work>(work)(Wait{.until = wait.until, .stop = work_ends.get_token()});
    stop_on_answer(std::stop_source(std::nostopstate));
    if (auto given = answered()) {
      learn(*given);
      if (given->back) return fail(Errc::went_back, std::string(S::name));
      return Both(std::in_place_index<0>, S::answer(given->choice, given->draft));
    }
    if (!result) return std::unexpected(std::move(result).error());
    return Both(std::in_place_index<1>, std::move(*result));
  }

  /// Replaces the page of the ask_while() that is under way by a newer value of the same screen.
  void update(const screens::Screen& screen) { present(screen, Expect::same_answer, Back::offered); }

  /// What the person reads, as of the last answer: papers are printed in it.
  screens::Language language() const { return language_; }

  /// Whether the person wants more time, as of the last answer (UX 2.5).
  bool accessible() const { return accessible_; }

  /// Tells the shell how far the session is, for its leave page.
  virtual void stands(bool identified, bool submitted) = 0;

 protected:
  enum class Expect { nothing, answer, same_answer };

  virtual void present(const screens::Screen& screen, Expect expect, Back back) = 0;

  /// Blocks for the answer to the page presented last.
  virtual Result<Given> await(const Wait& wait) = 0;

  /// The answer, if it has come. Does not block.
  virtual std::optional<Given> answered() = 0;

  /// Whose stop an answer requests, from now on.
  virtual void stop_on_answer(std::stop_source source) = 0;

 private:
  void learn(const Given& given) {
    language_ = given.language;
    accessible_ = given.accessible;
  }

  screens::Language language_ = screens::Language::zh_cn;
  bool accessible_ = false;
};

}  // namespace kiosk::session
