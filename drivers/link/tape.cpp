#include "drivers/link/tape.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

namespace kiosk::drivers {
namespace {

class RecordedLink final : public Link {
 public:
  RecordedLink(std::unique_ptr<Link> link, std::ostream& tape) : link_(std::move(link)), tape_(tape) {}

  Result<void> write(BytesView bytes, const Wait& wait) override {
    tape_ << "> " << to_hex(bytes) << '\n';
    auto result = link_->write(bytes, wait);
    if (!result) note(result.error());
    return result;
  }

  Result<Bytes> read(std::size_t most, const Wait& wait) override {
    auto result = link_->read(most, wait);
    if (result) {
      tape_ << "< " << to_hex(*result) << '\n';
    } else {
      note(result.error());
    }
    return result;
  }

  void drain() override { link_->drain(); }

 private:
  /// A line that ended is the device's doing. Time-outs and stops are the caller's, and replay by themselves.
  void note(const Error& error) {
    if (error.code == Errc::unplugged) tape_ << "! unplugged\n";
  }

  std::unique_ptr<Link> link_;
  std::ostream& tape_;
};

class Recorder final : public LinkOpener {
 public:
  Recorder(std::unique_ptr<LinkOpener> link, std::ostream& tape) : link_(std::move(link)), tape_(tape) {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    auto link = TRY(link_->open(wait));
    tape_ << "# opened " << link_->name() << '\n';
    return std::make_unique<RecordedLink>(std::move(link), tape_);
  }

  std::string name() const override { return link_->name(); }

 private:
  std::unique_ptr<LinkOpener> link_;
  std::ostream& tape_;
};

class ReplayedLink final : public Link {
 public:
  explicit ReplayedLink(std::vector<TapeEntry> tape) : tape_(std::move(tape)) {}

  Result<void> write(BytesView bytes, const Wait& wait) override {
    TRY(wait.check());
    while (!bytes.empty()) {
      if (at_ == tape_.size()) return fail(Errc::unplugged, "the tape has ended");
      TapeEntry& entry = tape_[at_];
      if (entry.kind == TapeEntry::Kind::failed) return fail(tape_[at_++].code, "as recorded");
      const std::size_t size = std::min(bytes.size(), entry.bytes.size());
      if (entry.kind != TapeEntry::Kind::written || !std::ranges::equal(bytes.first(size), take(entry, size)))
        return fail(Errc::malformed,
                    fmt::format("entry {} of the tape is another: {}", at_ + 1, to_hex(bytes)));
      bytes = bytes.subspan(size);
      if (entry.bytes.empty()) ++at_;
    }
    return {};
  }

  Result<Bytes> read(std::size_t most, const Wait& wait) override {
    if (at_ == tape_.size()) return fail(Errc::unplugged, "the tape has ended");
    TapeEntry& entry = tape_[at_];
    switch (entry.kind) {
      case TapeEntry::Kind::failed:
        return fail(tape_[at_++].code, "as recorded");
      case TapeEntry::Kind::written: {
        TRY(wait.sleep(std::chrono::hours(1)));
        return fail(Errc::timed_out, "nothing on the tape");
      }
      case TapeEntry::Kind::received:
        break;
    }
    Bytes bytes = take(entry, std::min(most, entry.bytes.size()));
    if (entry.bytes.empty()) ++at_;
    return bytes;
  }

  void drain() override {
    while (at_ < tape_.size() && tape_[at_].kind == TapeEntry::Kind::received) ++at_;
  }

 private:
  static Bytes take(TapeEntry& entry, std::size_t size) {
    const auto end = entry.bytes.begin() + static_cast<std::ptrdiff_t>(size);
    Bytes taken(entry.bytes.begin(), end);
    entry.bytes.erase(entry.bytes.begin(), end);
    return taken;
  }

  std::vector<TapeEntry> tape_;
  std::size_t at_ = 0;
};

class Player final : public LinkOpener {
 public:
  explicit Player(std::vector<TapeEntry> tape) : tape_(std::move(tape)) {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    TRY(wait.check());
    if (std::exchange(played_, true)) return fail(Errc::unplugged, "the tape was played");
    return std::make_unique<ReplayedLink>(std::move(tape_));
  }

  std::string name() const override { return "tape"; }

 private:
  std::vector<TapeEntry> tape_;
  bool played_ = false;
};

Result<TapeEntry> parse_entry(std::string_view line) {
  const std::string_view rest = line.substr(1);
  TapeEntry entry;
  switch (line.front()) {
    case '>':
    case '<':
      entry.kind = line.front() == '>' ? TapeEntry::Kind::written : TapeEntry::Kind::received;
      entry.bytes = TRY(from_hex(rest));
      if (entry.bytes.empty()) return fail(Errc::malformed, "no bytes");
      return entry;
    case '!':
      entry.kind = TapeEntry::Kind::failed;
      for (const Errc code : {Errc::unplugged, Errc::timed_out}) {
        entry.code = code;
        if (rest == fmt::format(" {}", name_of(code))) return entry;
      }
      return fail(Errc::malformed, "a failure that no device shows");
    default:
      return fail(Errc::malformed, "neither > nor < nor ! nor #");
  }
}

}  // namespace

Result<std::vector<TapeEntry>> parse_tape(std::string_view text) {
  std::vector<TapeEntry> tape;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    auto entry = parse_entry(line);
    if (!entry) return std::unexpected(std::move(entry).error().in(fmt::format("line {}", number)));
    tape.push_back(*std::move(entry));
  }
  return tape;
}

std::unique_ptr<LinkOpener> recorded_link(std::unique_ptr<LinkOpener> link, std::ostream& tape) {
  return std::make_unique<Recorder>(std::move(link), tape);
}

std::unique_ptr<LinkOpener> replayed_link(std::vector<TapeEntry> tape) {
  return std::make_unique<Player>(std::move(tape));
}

}  // namespace kiosk::drivers
