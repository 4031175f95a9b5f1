#include "drivers/programs/data_partition.hpp"

#include <system_error>

#include "drivers/programs/run.hpp"
#include "hal/base/file.hpp"

namespace kiosk::drivers {
namespace {

namespace fs = std::filesystem;

class ScriptedDataPartition final : public hal::DataPartition {
 public:
  ScriptedDataPartition(fs::path script, fs::path folder)
      : script_(std::move(script)), folder_(std::move(folder)) {}

  Result<void> seal_anew(const std::string& recovery_key) override {
    constexpr int wrong_key = 3;
    const auto file = folder_ / "recovery-key";
    TRY(replace_file(file, recovery_key, 0600));
    const auto status = run_program({script_, "seal", file});
    std::error_code ignored;
    fs::remove(file, ignored);
    if (!status) return fail(Errc::storage, status.error().what);
    if (*status == 0) return {};
    if (*status == wrong_key) return fail(Errc::refused, "the recovery key does not open the data");
    return fail(Errc::storage, script_.string() + " ended with " + std::to_string(*status));
  }

 private:
  fs::path script_, folder_;
};

}  // namespace

std::unique_ptr<hal::DataPartition> make_data_partition(fs::path script, fs::path folder) {
  return std::make_unique<ScriptedDataPartition>(std::move(script), std::move(folder));
}

}  // namespace kiosk::drivers
