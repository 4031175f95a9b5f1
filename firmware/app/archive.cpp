#include "firmware/app/archive.hpp"

#include "firmware/app/machine.hpp"
#include "firmware/records/recovery.hpp"
#include "firmware/records/schema.hpp"
#include "hal/base/log.hpp"

namespace kiosk::app {

namespace {

Result<std::unique_ptr<hal::Store>> open_store(Options& options) {
  return drivers::make_store(options, records::schema());
}

/// The key that signs the trail's heads. Only a simulated hall has a reason to do without.
Result<std::optional<records::SigningKey>> signing_key(const std::filesystem::path& file) {
  if (file.empty()) {
    log::warning("audit", "the trail's heads are not signed: [audit] signing_key is not set");
    return std::optional<records::SigningKey>();
  }
  auto key = records::SigningKey::load(file);
  if (!key) return fail(Errc::malformed, "[audit] signing_key: " + key.error().what);
  return std::optional(std::move(*key));
}

/// A folder that cannot be made because of the disk is what Audit::open reports; another program's file in
/// its place too.
void make_folder(const std::filesystem::path& folder) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
}

}  // namespace

Archive::Archive(std::unique_ptr<hal::Store> store, const Clock& clock, records::Audit audit,
                 const records::Retention& rules)
    : store_(std::move(store)),
      journal_(*store_, clock),
      submissions_(*store_, clock),
      papers_(*store_, clock),
      counters_(*store_, clock),
      audit_(std::move(audit)),
      upkeep_(*store_, clock, audit_, rules) {}

Result<std::unique_ptr<Archive>> Archive::open(Configuration& configuration, const Clock& clock) {
  auto key = TRY(signing_key(configuration.audit_key));
  auto store = TRY(make_from(configuration, "store", open_store));
  const auto folder = configuration.data / "audit";
  make_folder(folder);
  auto audit = TRY(records::Audit::open(*store, clock, {.folder = folder, .kiosk = configuration.kiosk_id},
                                        std::move(key)));
  std::unique_ptr<Archive> archive(
      new Archive(std::move(store), clock, std::move(audit), configuration.retention));
  TRY(archive->begin());
  return archive;
}

Result<void> Archive::begin() {
  for (const auto& kept : store_->health().set_aside) {
    const auto file = std::filesystem::path(kept).filename().string();
    log::error("records",
               "a damaged database is kept aside; applications in it are known to the registry alone",
               {{"file", file}});
    TRY(audit_.record(
        {.id = "records.damaged_kept", .role = records::Role::kiosk, .facts = {{"file", file}}}));
  }
  TRY(records::recover(journal_, submissions_, papers_, audit_));
  return sign();
}

Archive::~Archive() {
  (void)sign();  // what fails here has been logged by the store, and the next start signs
}

/// The log keeps what was signed too: journald's copy is one more place than the trail's own.
Result<void> Archive::sign() {
  const auto head = audit_.sign_head();
  if (!head && head.error().code == Errc::not_present) return {};  // no key, as the log has said
  if (!head) return std::unexpected(head.error());
  log::info("audit", "the trail's head is signed",
            {{"line", head->head.line}, {"hash", head->head.hash}, {"key", head->key}});
  return {};
}

}  // namespace kiosk::app
