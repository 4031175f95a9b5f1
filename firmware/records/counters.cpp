#include "firmware/records/counters.hpp"

namespace kiosk::records {

namespace {

using hal::Transaction;

Result<Counts> counted(hal::Store& store, const std::optional<hal::Match>& match) {
  return in_transaction(store, [&](Transaction& transaction) -> Result<Counts> {
    Counts counts;
    const auto rows = TRY(transaction.list("counters", match));
    for (const auto& row : rows) counts[row.text("name")] += row.number("count");
    return counts;
  });
}

}  // namespace

Result<void> Counters::add(std::string_view name, std::int64_t count) {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    const auto day = domain::to_text(domain::day_in_china(clock_.now()));
    const auto key = day + "/" + std::string(name);
    const auto known = transaction.get("counters", key);
    if (!known && known.error().code != Errc::not_present) return std::unexpected(known.error());
    const auto before = known ? known->number("count") : 0;
    return transaction.put("counters",
                           {key, {{"day", day}, {"name", std::string(name)}, {"count", before + count}}});
  });
}

Result<Counts> Counters::on(domain::Date day) {
  return counted(store_, hal::Match{"day", domain::to_text(day)});
}

Result<Counts> Counters::totals() {
  return counted(store_, std::nullopt);
}

}  // namespace kiosk::records
