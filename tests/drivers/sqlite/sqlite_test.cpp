#include "drivers/sqlite/sqlite.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "drivers/sqlite/seal.hpp"
#include "hal/base/log.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/store_conformance.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::testing {
namespace {

PersonalBytes key(std::uint8_t fill = 7) {
  return PersonalBytes(Bytes(32, fill));
}

struct InMemory {
  hal::Store& store() { return store_; }
  void reopen() {}
  MemoryStore store_{conformance_schema()};
};

struct OnDisk {
  OnDisk() { reopen(); }
  hal::Store& store() { return *store_; }
  void reopen() {
    store_.reset();
    store_ = drivers::make_sqlite(folder_ / "k.db", key(), conformance_schema()).value();
  }
  TemporaryFolder folder_;
  std::unique_ptr<hal::Store> store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreConformance, InMemory);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreConformance, OnDisk);

struct SqliteStore : ::testing::Test {
  SqliteStore() {
    log::set_sink([this](log::Level, std::string_view line) { logged_ += line; });
  }
  ~SqliteStore() override {
    log::set_sink([](log::Level, std::string_view) {});
  }

  Result<std::unique_ptr<hal::Store>> open(PersonalBytes with = key(),
                                           hal::Schema schema = conformance_schema()) {
    return drivers::make_sqlite(path_, std::move(with), std::move(schema));
  }
  static Result<void> put(hal::Store& store, const hal::Row& row) {
    return store.transact([&](hal::Transaction& t) { return t.put("people", row); });
  }
  static Result<hal::Row> get(hal::Store& store, std::string_view row) {
    return hal::in_transaction(store, [&](hal::Transaction& t) { return t.get("people", row); });
  }
  static std::string content(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::string all_files() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      all += content(entry.path());
    return all;
  }
  /// What an intruder with an editor does.
  void sql(const char* text) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &database), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(database, text, nullptr, nullptr, &message), SQLITE_OK)
        << (message ? message : "");
    sqlite3_free(message);
    sqlite3_close(database);
  }

  TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "kiosk.db";
  std::string logged_;
};

TEST_F(SqliteStore, NeverWritesPersonalTextInClear) {
  const std::string canary = "张三11010519491231002X";
  {
    const auto store = *open();
    ASSERT_TRUE(put(*store, person("k", 1, "town", canary)));
    EXPECT_EQ(all_files().find("11010519491231002X"), std::string::npos) << "with the log still beside it";
    EXPECT_NE(all_files().find("town"), std::string::npos) << "the search itself works";
  }
  EXPECT_EQ(all_files().find("张三"), std::string::npos);
  EXPECT_EQ(all_files().find("11010519491231002X"), std::string::npos);
}

TEST_F(SqliteStore, OpensNoCellInAnotherPlaceOrAfterAChange) {
  for (const auto* change :
       {"UPDATE people SET name = (SELECT name FROM people WHERE _key = 'b') WHERE _key = 'a'",
        "UPDATE people SET name = substr(name, 1, 20) WHERE _key = 'a'",
        "UPDATE people SET name = CAST(name || x'00' AS BLOB) WHERE _key = 'a'",
        "UPDATE people SET _key = 'z' WHERE _key = 'b'"}) {
    {
      const auto store = *open();
      ASSERT_TRUE(put(*store, person("a", 1, "t", "张三")));
      ASSERT_TRUE(put(*store, person("b", 1, "t", "李四")));
    }
    sql(change);
    const auto store = *open();
    EXPECT_EQ(get(*store, std::string_view(change).contains("'z'") ? "z" : "a").error().code, Errc::storage)
        << change;
    ASSERT_TRUE(store->transact([](hal::Transaction& t) { return t.erase("people", "z"); }));
  }
}

TEST_F(SqliteStore, RefusesAnotherKeyAndLeavesTheFileAsItIs) {
  {
    ASSERT_TRUE(put(**open(), person("a", 1, "t", "张三")));
  }
  EXPECT_EQ(open(key(8)).error().code, Errc::refused);
  EXPECT_EQ(open(PersonalBytes(Bytes(31, 1))).error().code, Errc::internal);
  EXPECT_TRUE(get(**open(), "a"));
}

/// Of a newer program, which knows a column and a table more.
hal::Schema newer_schema() {
  auto newer = conformance_schema();
  newer.version = 2;
  newer.tables[0].columns.push_back({"phone", hal::CellKind::personal});
  newer.tables.push_back({"more", {{"x", hal::CellKind::text}}});
  return newer;
}

TEST_F(SqliteStore, LetsTheOlderProgramBackInUntilTheNewerOneHasSettled) {
  ASSERT_TRUE((*open())->settle());
  {
    const auto newer = *open(key(), newer_schema());
    EXPECT_EQ(newer->settled(), 1) << "it may not stay";
    auto row = person("new", 2, "t", "李四");
    row.cells["phone"] = PersonalText("123");
    ASSERT_TRUE(put(*newer, row));
  }
  {
    const auto older = open();
    ASSERT_TRUE(older) << older.error().what;
    EXPECT_EQ(get(**older, "new"), person("new", 2, "t", "李四"));
    ASSERT_TRUE(put(**older, person("old", 1, "t", "张三")));
    ASSERT_TRUE((*older)->settle()) << "nothing to be done, and nothing done";
  }
  const auto newer = *open(key(), newer_schema());
  EXPECT_EQ(get(*newer, "new")->personal("phone").reveal(), "123");
  EXPECT_TRUE(get(*newer, "old")->personal("phone").empty());
  ASSERT_TRUE(newer->settle());
  EXPECT_EQ(open().error().code, Errc::refused);
  EXPECT_TRUE(open(key(), newer_schema()));
}

TEST_F(SqliteStore, LetsTheOlderProgramIntoADatabaseThatTheNewerOneMade) {
  ASSERT_TRUE(open(key(), newer_schema()));
  EXPECT_TRUE(open()) << "the machine's first start may be a trial";
}

TEST_F(SqliteStore, GrowsWithTheSchema) {
  {
    ASSERT_TRUE(put(**open(), person("a", 1, "t", "张三")));
  }
  const auto store = *open(key(), newer_schema());
  const auto row = *get(*store, "a");
  EXPECT_EQ(row.personal("name").reveal(), "张三");
  EXPECT_TRUE(row.personal("phone").empty());
}

TEST_F(SqliteStore, RefusesASchemaThatChangesAColumnOrHasBadNames) {
  {
    ASSERT_TRUE(open());
  }
  auto other = conformance_schema();
  other.tables[0].columns[0].kind = hal::CellKind::personal;
  EXPECT_EQ(open(key(), other).error().code, Errc::refused);
  for (const auto* bad : {"", "Upper", "a b", "x\"; DROP TABLE people; --", "_key"}) {
    auto schema = conformance_schema();
    schema.tables.push_back({bad, {}});
    EXPECT_EQ(open(key(), schema).error().code, Errc::internal) << bad;
  }
}

TEST_F(SqliteStore, SetsADamagedDatabaseAsideAndBeginsAFreshOne) {
  {
    const auto store = *open();
    for (int i = 0; i < 200; ++i)
      ASSERT_TRUE(put(*store, person("k" + std::to_string(i), i, std::string(100, 't'), "n")));
  }
  const auto whole = content(path_);
  const auto damaged_by = [&](const std::string& bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    std::filesystem::remove(path_.string() + "-wal");
  };
  auto overwritten = whole;
  overwritten.replace(4096 * 3, 4096 * 2, std::string(4096 * 2, '\x5A'));
  auto header = whole;
  header.replace(0, 16, "not a database!!");
  std::size_t kept = 0;
  for (const auto& bytes : {overwritten, header, whole.substr(0, whole.size() / 2), std::string(5000, 'x')}) {
    damaged_by(bytes);
    logged_.clear();
    const auto store = open();
    ASSERT_TRUE(store) << store.error().what;
    EXPECT_TRUE(logged_.contains(R"("level":"error","area":"store")")) << logged_;
    const auto aside = (*store)->health().set_aside;
    ASSERT_EQ(aside.size(), ++kept);
    EXPECT_EQ(get(**store, "k1").error().code, Errc::not_present);
    EXPECT_TRUE(put(**store, person("new", 1, "t", "n")));
  }
  const auto store = *open();
  EXPECT_EQ(store->health().set_aside.size(), kept) << "shown until somebody takes them away";
  EXPECT_TRUE(get(*store, "new"));
  std::vector<std::string> contents;
  for (const auto& aside : store->health().set_aside) contents.push_back(content(aside));
  EXPECT_NE(std::ranges::find(contents, overwritten), contents.end()) << "kept as it was";
}

TEST_F(SqliteStore, TakesAnEmptyFileForAFreshDatabase) {
  std::ofstream(path_).close();
  const auto store = open();
  ASSERT_TRUE(store);
  EXPECT_TRUE((*store)->health().set_aside.empty());
}

TEST_F(SqliteStore, SaysStorageWhenTheDiskIsFullAndLosesNothing) {
  const auto store = *open();
  ASSERT_TRUE(put(*store, person("kept", 1, "t", "n")));
  // A file may not grow past this, as on a full disk; SIGXFSZ ignored makes write(2) answer EFBIG.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{std::filesystem::file_size(path_.string() + "-wal") + 8192, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto full = put(*store, person("large", 1, "t", std::string(100'000, 'n')));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

  EXPECT_EQ(full.error().code, Errc::storage);
  EXPECT_TRUE(logged_.contains("records cannot be kept"));
  EXPECT_TRUE(get(*store, "kept"));
  EXPECT_EQ(get(*store, "large").error().code, Errc::not_present);
  EXPECT_TRUE(put(*store, person("after", 1, "t", "n"))) << "goes on when there is room again";
}

TEST_F(SqliteStore, HasNotSettledWhenTheDiskIsFull) {
  const auto store = *open();
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{std::filesystem::file_size(path_.string() + "-wal"), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto full = store->settle();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

  EXPECT_EQ(full.error().code, Errc::storage);
  EXPECT_EQ(store->settled(), 0);
  ASSERT_TRUE(store->settle()) << "there is room again";
  EXPECT_EQ(store->settled(), 1);
}

TEST_F(SqliteStore, SaysStorageWhenAFailureInsideTheBodyIsOverlooked) {
  const auto store = *open();
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{4096, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto result = store->transact([](hal::Transaction& t) -> Result<void> {
    for (int i = 0; i < 300; ++i)
      (void)t.put("people", person(std::to_string(i), 1, "t", std::string(50'000, 'n')));
    return {};
  });
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(result.error().code, Errc::storage);
  EXPECT_EQ(get(*store, "0").error().code, Errc::not_present);
}

TEST_F(SqliteStore, SaysStorageWhereItCannotWrite) {
  EXPECT_EQ(drivers::make_sqlite(folder_ / "no/such/folder.db", key(), conformance_schema()).error().code,
            Errc::storage);
  EXPECT_EQ(drivers::make_sqlite(folder_.path(), key(), conformance_schema()).error().code, Errc::storage);
}

TEST_F(SqliteStore, IsForItsOwnerOnly) {
  const auto store = *open();
  ASSERT_TRUE(put(*store, person("a", 1, "t", "n")));
  for (const auto* part : {"", "-wal", "-shm"}) {
    struct stat about{};
    ASSERT_EQ(::stat((path_.string() + part).c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U) << part;
  }
}

TEST_F(SqliteStore, MakesItsKeyFileOnceAndRefusesAnOpenOne) {
  SystemRandom random;
  const auto file = folder_ / "key";
  const auto made = drivers::key_from_file(file, random);
  ASSERT_TRUE(made);
  EXPECT_EQ(drivers::key_from_file(file, random), made);
  EXPECT_TRUE(open(*made));
  ASSERT_EQ(::chmod(file.c_str(), 0640), 0);
  EXPECT_EQ(drivers::key_from_file(file, random).error().code, Errc::refused);
  ASSERT_EQ(::chmod(file.c_str(), 0600), 0);
  std::filesystem::resize_file(file, 31);
  EXPECT_EQ(drivers::key_from_file(file, random).error().code, Errc::malformed);
  EXPECT_EQ(drivers::key_from_file(folder_ / "no/key", random).error().code, Errc::storage);
}

TEST(Seal, OpensOnlyWithItsKeyInItsPlaceUnchanged) {
  const auto sealed = *drivers::seal(key(), "t:k:c", PersonalText("张三"));
  EXPECT_EQ(drivers::unseal(key(), "t:k:c", sealed)->reveal(), "张三");
  EXPECT_EQ(drivers::unseal(key(8), "t:k:c", sealed).error().code, Errc::storage);
  EXPECT_EQ(drivers::unseal(key(), "t:k:d", sealed).error().code, Errc::storage);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] ^= 1;
    EXPECT_EQ(drivers::unseal(key(), "t:k:c", changed).error().code, Errc::storage);
    EXPECT_EQ(drivers::unseal(key(), "t:k:c", BytesView(sealed).first(i)).error().code, Errc::storage);
  }
  EXPECT_NE(*drivers::seal(key(), "t:k:c", PersonalText("张三")), sealed) << "never the same nonce";
}

}  // namespace
}  // namespace kiosk::testing
