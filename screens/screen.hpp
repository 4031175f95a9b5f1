#pragma once
// A screen is a comparable value with one pure layout function. This file erases its type, so that the shell
// and the Ui port are written once for all of them.
//
//   struct ChooseLien {                                        // screens/citizen/choose_lien.hpp
//     static constexpr std::string_view name = "choose_lien";
//     std::vector<LienRow> rows;
//     struct Answer { std::size_t row; };
//     static Answer answer(const Choose& choice, const Draft&) { return {.row = choice.index}; }
//     bool operator==(const ChooseLien&) const = default;
//   };
//   Layout layout(const ChooseLien&, const Look&, const Draft&);   // choose_lien.cpp

#include <concepts>
#include <memory>
#include <string_view>

#include "screens/draft.hpp"
#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::screens {

template <class S>
concept ScreenValue =
    std::equality_comparable<S> && requires(const S& screen, const Look& look, const Draft& draft) {
      { S::name } -> std::convertible_to<std::string_view>;
      { layout(screen, look, draft) } -> std::same_as<Layout>;
    };

/// A screen that asks something: it has an Answer, and makes one from what was chosen and drafted.
template <class S>
concept Question = ScreenValue<S> && requires(const Choose& choice, const Draft& draft) {
  { S::answer(choice, draft) } -> std::same_as<typename S::Answer>;
};

namespace detail {
/// Inside Screen::Page the member hides the screens' free functions; out here the lookup finds them.
template <class S>
Layout lay_out(const S& screen, const Look& look, const Draft& draft) {
  return layout(screen, look, draft);
}
}  // namespace detail

/// Any screen, as an immutable value. Cheap to copy.
class Screen {
 public:
  template <ScreenValue S>
  Screen(S screen)
      : page_(std::make_shared<Page<S>>(std::move(screen))) {}  // a screen *is* a Screen: implicit

  Layout layout(const Look& look, const Draft& draft) const { return page_->layout(look, draft); }
  std::string_view name() const { return page_->name(); }

  /// The value, if this is that screen.
  template <ScreenValue S>
  const S* as() const {
    const auto* page = dynamic_cast<const Page<S>*>(page_.get());
    return page == nullptr ? nullptr : &page->screen;
  }

  bool operator==(const Screen& other) const { return page_ == other.page_ || page_->equals(*other.page_); }

 private:
  struct AnyPage {
    virtual ~AnyPage() = default;
    virtual Layout layout(const Look& look, const Draft& draft) const = 0;
    virtual std::string_view name() const = 0;
    virtual bool equals(const AnyPage& other) const = 0;
  };

  template <class S>
  struct Page final : AnyPage {
    explicit Page(S value) : screen(std::move(value)) {}
    Layout layout(const Look& look, const Draft& draft) const override {
      return detail::lay_out(screen, look, draft);
    }
    std::string_view name() const override { return S::name; }
    bool equals(const AnyPage& other) const override {
      const auto* page = dynamic_cast<const Page*>(&other);
      return page != nullptr && page->screen == screen;
    }
    S screen;
  };

  std::shared_ptr<const AnyPage> page_;
};

}  // namespace kiosk::screens
