#pragma once
// What every hal::Store does. Run over a new kind of store with INSTANTIATE_TYPED_TEST_SUITE_P(Name,
// StoreConformance, M) where M has `hal::Store& store()`, opened with conformance_schema(), and `void
// reopen()`: the program ends and starts again (a store that forgets with the program does nothing there).

#include <limits>
#include <thread>

#include <gtest/gtest.h>

#include "hal/store.hpp"

namespace kiosk::testing {

inline hal::Schema conformance_schema() {
  using hal::CellKind;
  return {.version = 1,
          .tables = {
              {"people", {{"age", CellKind::number}, {"town", CellKind::text}, {"name", CellKind::personal}}},
              {"marks", {{"count", CellKind::number}}}}};
}

inline hal::Row person(std::string key, std::int64_t age, std::string town, std::string name) {
  return {std::move(key), {{"age", age}, {"town", std::move(town)}, {"name", PersonalText(std::move(name))}}};
}

template <class Made>
class StoreConformance : public ::testing::Test {
 protected:
  Result<void> put(const hal::Row& row, std::string_view table = "people") {
    return made_.store().transact([&](hal::Transaction& t) { return t.put(table, row); });
  }
  Result<hal::Row> get(std::string_view key) {
    return hal::in_transaction(made_.store(), [&](hal::Transaction& t) { return t.get("people", key); });
  }
  Result<std::vector<hal::Row>> list(const std::optional<hal::Match>& match = {}) {
    return hal::in_transaction(made_.store(), [&](hal::Transaction& t) { return t.list("people", match); });
  }

  Made made_;
};

TYPED_TEST_SUITE_P(StoreConformance);

TYPED_TEST_P(StoreConformance, GivesBackWhatWasPut) {
  const auto row = person("k", -7, "济南", "张三");
  ASSERT_TRUE(this->put(row));
  EXPECT_EQ(this->get("k"), row);
  this->made_.reopen();
  EXPECT_EQ(this->get("k"), row);
  EXPECT_EQ(this->get("k")->personal("name").reveal(), "张三");
}

TYPED_TEST_P(StoreConformance, HoldsAnyBytes) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  const std::string large(1 << 20, 'x');
  for (const auto& bytes : {std::string(), std::string(1, '\0'), all, large}) {
    const auto row = person("k:" + bytes.substr(0, 300), std::numeric_limits<std::int64_t>::min(), "", bytes);
    ASSERT_TRUE(this->put(row));
    EXPECT_EQ(this->get(row.key), row);
  }
  const auto text = person("text", 0, std::string("a\0b", 3), "");
  ASSERT_TRUE(this->put(text));
  EXPECT_EQ(this->get("text"), text);
}

TYPED_TEST_P(StoreConformance, ReplacesTheWholeRowAndFillsWhatIsLeftOut) {
  ASSERT_TRUE(this->put(person("k", 1, "a", "b")));
  ASSERT_TRUE(this->put({"k", {{"age", std::int64_t{2}}}}));
  EXPECT_EQ(this->get("k"), person("k", 2, "", ""));
  EXPECT_EQ(this->list()->size(), 1U);
}

TYPED_TEST_P(StoreConformance, SaysWhatIsNotThere) {
  EXPECT_EQ(this->get("nobody").error().code, Errc::not_present);
  EXPECT_TRUE(this->list()->empty());
}

TYPED_TEST_P(StoreConformance, ListsInTheOrderOfKeysAndByMatch) {
  for (const auto* key : {"b", "a", "ab", "B", "\xE5\xBC\xA0"}) {
    ASSERT_TRUE(this->put(person(key, std::string_view(key) == "a" ? 1 : 2, key[0] == 'a' ? "x" : "y", "n")));
  }
  std::string order;
  const auto everyone = this->list();
  for (const auto& row : *everyone) order += row.key + " ";
  EXPECT_EQ(order, "B a ab b \xE5\xBC\xA0 ");
  EXPECT_EQ(this->list(hal::Match{"age", std::int64_t{2}})->size(), 4U);
  EXPECT_EQ(this->list(hal::Match{"town", std::string("x")})->size(), 2U);
  EXPECT_TRUE(this->list(hal::Match{"town", std::string("' OR 1=1")})->empty());
}

TYPED_TEST_P(StoreConformance, ErasesOnceAndAgain) {
  ASSERT_TRUE(this->put(person("k", 1, "a", "b")));
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(this->made_.store().transact([](hal::Transaction& t) { return t.erase("people", "k"); }));
    EXPECT_EQ(this->get("k").error().code, Errc::not_present);
  }
}

TYPED_TEST_P(StoreConformance, KeepsAllOfATransactionOrNothing) {
  ASSERT_TRUE(this->put(person("old", 1, "a", "b")));
  const auto result = this->made_.store().transact([](hal::Transaction& t) -> Result<void> {
    TRY(t.put("people", person("new", 1, "a", "b")));
    TRY(t.erase("people", "old"));
    if (!t.get("people", "new")) return fail(Errc::internal, "a transaction sees its own rows");
    return fail(Errc::jammed, "the body's own error");
  });
  EXPECT_EQ(result.error(), (Error{Errc::jammed, "the body's own error"}));
  EXPECT_EQ(this->get("new").error().code, Errc::not_present);
  EXPECT_TRUE(this->get("old"));
}

TYPED_TEST_P(StoreConformance, RefusesWhatWasNotDeclared) {
  using hal::Row;
  EXPECT_EQ(this->put(person("k", 1, "a", "b"), "persons").error().code, Errc::internal);
  EXPECT_EQ(this->put(person("", 1, "a", "b")).error().code, Errc::internal);
  EXPECT_EQ(this->put(Row{"k", {{"height", std::int64_t{1}}}}).error().code, Errc::internal);
  EXPECT_EQ(this->put(Row{"k", {{"name", std::string("in clear")}}}).error().code, Errc::internal);
  EXPECT_EQ(this->put(Row{"k", {{"town", PersonalText("sealed")}}}).error().code, Errc::internal);
  EXPECT_EQ(this->list(hal::Match{"name", std::string("张三")}).error().code, Errc::internal);
  EXPECT_EQ(this->list(hal::Match{"age", std::string("1")}).error().code, Errc::internal);
  EXPECT_EQ(this->list(hal::Match{"height", std::int64_t{1}}).error().code, Errc::internal);
  EXPECT_TRUE(this->put(person("k", 1, "a", "b"))) << "and goes on working";
}

TYPED_TEST_P(StoreConformance, RefusesATransactionInsideATransaction) {
  auto& store = this->made_.store();
  const auto result = store.transact([&](hal::Transaction& outer) -> Result<void> {
    const auto inner = store.transact([](hal::Transaction&) -> Result<void> { return {}; });
    EXPECT_EQ(inner.error().code, Errc::internal);
    return outer.put("people", person("k", 1, "a", "b"));
  });
  EXPECT_TRUE(result);
  EXPECT_TRUE(this->get("k"));
}

TYPED_TEST_P(StoreConformance, LetsThreadsInOneAfterTheOther) {
  auto& store = this->made_.store();
  ASSERT_TRUE(this->put({"m", {{"count", std::int64_t{0}}}}, "marks"));
  const auto count = [&] {
    for (int i = 0; i < 25; ++i) {
      const auto done = store.transact([](hal::Transaction& t) -> Result<void> {
        auto row = TRY(t.get("marks", "m"));
        row.cells["count"] = row.number("count") + 1;
        return t.put("marks", row);
      });
      EXPECT_TRUE(done);
    }
  };
  {
    const std::jthread one(count), two(count), three(count);
  }
  const auto row = hal::in_transaction(store, [](hal::Transaction& t) { return t.get("marks", "m"); });
  EXPECT_EQ(row->number("count"), 75);
}

TYPED_TEST_P(StoreConformance, SettlesWhenItIsToldToAndNotBefore) {
  EXPECT_EQ(this->made_.store().settled(), 0);
  this->made_.reopen();
  EXPECT_EQ(this->made_.store().settled(), 0) << "opening alone settles nothing";
  const auto inside = this->made_.store().transact(
      [&](hal::Transaction&) -> Result<void> { return this->made_.store().settle(); });
  EXPECT_EQ(inside.error().code, Errc::internal);
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(this->made_.store().settle());
    EXPECT_EQ(this->made_.store().settled(), conformance_schema().version);
  }
  this->made_.reopen();
  EXPECT_EQ(this->made_.store().settled(), conformance_schema().version);
}

REGISTER_TYPED_TEST_SUITE_P(StoreConformance, GivesBackWhatWasPut, HoldsAnyBytes,
                            ReplacesTheWholeRowAndFillsWhatIsLeftOut, SaysWhatIsNotThere,
                            ListsInTheOrderOfKeysAndByMatch, ErasesOnceAndAgain,
                            KeepsAllOfATransactionOrNothing, RefusesWhatWasNotDeclared,
                            RefusesATransactionInsideATransaction, LetsThreadsInOneAfterTheOther,
                            SettlesWhenItIsToldToAndNotBefore);

}  // namespace kiosk::testing
