#include "tests/bench/work_suite.hpp"

#include <functional>

#include <fmt/format.h>

#include "drivers/escpos/receipt_printer.hpp"
#include "drivers/ipp/document_printer.hpp"
#include "drivers/link/tcp.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "firmware/documents/slips.hpp"
#include "firmware/records/journal.hpp"
#include "firmware/records/schema.hpp"
#include "tests/bench/peers.hpp"
#include "tests/lobby/player/player.hpp"
#include "tests/support/id_read_timing.hpp"

namespace kiosk::bench {

using namespace std::chrono_literals;

namespace {

constexpr double head_rows_a_second = 1200;  // what Peers' printer takes

double time_of(const std::function<void()>& work) {
  const auto start = Steady::now();
  work();
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

std::vector<double> times_of(int rounds, const std::function<void()>& work) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) times.push_back(time_of(work));
  return times;
}

/// A device that has just been opened is used once it says that it can be.
void await_usable(const hal::Device& device) {
  for (int i = 0; i < 500 && !device.status().usable(); ++i) (void)Wait{}.sleep(10ms);
}

class Work {
 public:
  Work(const WorkOptions& options, Report& report) : options_(options), report_(report) {}

  void read_card() {
    const auto timing = need(testing::time_id_read(115200, options_.rounds));
    add("ID card read, 115200 baud", "ms", timing.median_ms);
    add("  the wire's own time", "ms", timing.wire_ms);
    add("  read / wire", "x", timing.median_ms / timing.wire_ms, 1.15);
  }

  void print_slip(Peers& peers) {
    const auto printer = drivers::make_escpos(
        drivers::tcp_link("127.0.0.1", peers.hall().receipt_printer().port()), hal::SlipPaper{});
    await_usable(*printer);
    const documents::ProgressSlip content{.service = "mortgage_cancellation",
                                          .acceptance_number = "2026314100007",
                                          .stages = {{"accepted", "2026-11-02"}, {"review", "2026-11-03"}},
                                          .due_date = "2026-11-09",
                                          .slip_token = "bench"};
    const documents::Issuer issuer{};
    hal::Raster slip;
    const auto painting =
        times_of(options_.rounds, [&] { slip = documents::slip(content, issuer, printer->paper()); });
    const auto printing = times_of(options_.rounds, [&] { need(printer->print(slip, Wait::of(30s))); });
    add("slip, painted", "ms", median(painting));
    add("slip, submit to cut", "ms", median(printing));
    add("  the print head's own time", "ms", slip.height / head_rows_a_second * 1000);
  }

  void print_page() {
    const auto device = need(lobby::IppResponder::start());
    device->turn([](lobby::IppKnobs& knobs) { knobs.page_time = 0ms; });
    const auto printer = drivers::make_ipp(device->uri());
    await_usable(*printer);
    const hal::Document page{.title = "bench", .pdf = Bytes(150'000, ' '), .pages = 1};
    add("A4 page, submit to \"printed\" by a printer that needs no time", "ms",
        median(times_of(options_.rounds, [&] { need(printer->print(page, {}, Wait::of(30s))); })));
  }

  void write_journal(Peers& peers) {
    const SystemClock clock;
    SystemRandom random;
    PersonalBytes key(Bytes(32, 7));
    const auto store = need(drivers::make_sqlite((peers.hall().folder() / "bench.db").string(),
                                                 std::move(key), records::schema()));
    records::Journal journal(*store, clock);
    const std::string session = new_uuid(random);
    need(journal.begin(session, "bench"));
    add("journal line, on disk", "ms",
        median(times_of(options_.rounds * 5, [&] { need(journal.step(session, "bench")); })));
  }

  void main_job() {
    std::vector<double> totals;
    for (int i = 0; i < options_.jobs; ++i) {
      // A mortgage is cancelled once: each job has a hall of its own.
      Peers peers({.kiosk = options_.kiosk_glass, .display = "offscreen", .registry_delay = 50ms});
      lobby::Player player(peers.hall().glass(), peers.hall().stations(), {});
      need(peers.hall().start_kiosk());
      need(player.play(need(lobby::read_scenario(options_.scenarios, "mortgage_cancellation")),
                       Wait::of(120s)));
      totals.push_back(player.times().value("total_ms", 0.0));
    }
    add("main job, the machine's time, registry 50 ms away", "ms", median(totals), 1500);
    report_.lines.back().ours_best = std::ranges::min(totals);
  }

 private:
  void add(std::string what, std::string unit, double ours, std::optional<double> most = {}) {
    report_.lines.push_back(
        {.suite = "work", .what = std::move(what), .unit = std::move(unit), .ours = ours, .gate = most});
  }

  const WorkOptions& options_;
  Report& report_;
};

}  // namespace

void run_work_suite(const WorkOptions& options, Report& report) {
  Work work(options, report);
  Peers peers({});
  work.read_card();
  work.print_slip(peers);
  work.print_page();
  work.write_journal(peers);
  work.main_job();
}

}  // namespace kiosk::bench
