#include "firmware/app/not_ready.hpp"

#include <thread>

#include "drivers/catalog.hpp"
#include "firmware/app/glass.hpp"
#include "firmware/app/process.hpp"
#include "firmware/provision/progress.hpp"
#include "hal/base/file.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::app {
namespace {

using namespace std::chrono_literals;

Result<std::unique_ptr<hal::Display>> open_panel(int turned) {
  Options options("built in", "display", 0,
                  {{"driver", {std::string("kms")}}, {"turned", {std::int64_t{turned}}}});
  return drivers::make_display(options);
}

/// Which way a lying panel was turned nobody has said yet.
Result<std::unique_ptr<hal::Display>> open_upright() {
  auto display = TRY(open_panel(0));
  const auto canvas = display->canvas();
  if (canvas.width <= canvas.height) return display;
  display.reset();
  return open_panel(90);
}

screens::NotReady page(const std::string& number, const std::string& trouble,
                       const provision::Progress& progress) {
  return {
      .machine = number, .trouble = trouble.empty() ? progress.trouble : trouble, .stick = progress.stick};
}

}  // namespace

Result<void> stand_not_ready(const std::filesystem::path& folder, const std::string& trouble) {
  constexpr auto look_again = 500ms;
  settle_process();
  const EndSignals signals;
  const SystemClock clock;
  auto manager = ServiceManager::from_environment();
  const auto number = read_file("/etc/machine-id", 64).value_or("").substr(0, 32);

  auto display = TRY(open_upright());
  const auto canvas = display->canvas();
  auto type = TRY(paint::Type::open());
  auto progress = provision::read_progress(folder);
  shell::State begin{.site = {.panel = {.width = canvas.width, .height = canvas.height}},
                     .mode = shell::Mode::out_of_service,
                     .out_of_service = true,
                     .not_ready = page(number, trouble, progress)};
  Glass glass(*type, clock, std::move(begin), {}, manager);
  TRY(glass.first_frame(*display));
  const auto ends = signals.watch(glass);
  const std::jthread looking([&](const std::stop_token& stop) {
    name_thread("looking");
    while (Wait{.stop = stop}.sleep(look_again)) {
      auto now = provision::read_progress(folder);
      if (now == progress) continue;
      progress = std::move(now);
      glass.post(shell::NotReady{page(number, trouble, progress)});
    }
  });
  return glass.run([&glass](const shell::Effect& effect) {
    // Nobody knows whom to call.
    if (const auto* call = std::get_if<shell::CallStaff>(&effect))
      glass.post(shell::StaffCall{.request = call->request, .placed = false});
  });
}

}  // namespace kiosk::app
