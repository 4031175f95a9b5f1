#include "firmware/records/verify/verifier.hpp"

namespace kiosk::records {

namespace {

std::string number(std::int64_t value) {
  return std::to_string(value);
}

}  // namespace

void AuditVerifier::problem(const std::string& file, std::size_t line, std::string what) {
  report_.problems.push_back({file, line, std::move(what)});
}

void AuditVerifier::take_file(const std::string& name, std::string_view content) {
  std::size_t at = 0;
  const bool signed_before = report_.signatures > 0;
  const auto signatures = report_.signatures;
  while (!content.empty()) {
    ++at;
    const auto end = content.find('\n');
    if (end == std::string_view::npos) {
      problem(name, at, "the file ends in the middle of a line");
      return;
    }
    take_line(name, at, content.substr(0, end));
    content.remove_prefix(end + 1);
  }
  if (at == 0) report_.remarks.push_back(name + " is empty");
  // A kiosk that signs begins each day's file with a signature: who writes a chain anew can only leave them
  // out.
  if (at > 0 && signed_before && report_.signatures == signatures)
    problem(name, 0, "not one line of it is signed, while an earlier file is");
}

void AuditVerifier::take_line(const std::string& file, std::size_t at, std::string_view text) {
  const auto line = read_audit_line(text);
  ++report_.lines;
  if (!line) {
    problem(file, at, line.error());
    // What it was is unknown; the next line must still be the one after it.
    if (report_.last != 0) ++report_.last;
    report_.head.clear();
    return;
  }
  check_place(file, at, *line);
  if (line->signature) check_signature(file, at, *line);
  if (report_.first == 0) report_.first = line->number;
  report_.last = line->number;
  report_.head = line->hash;
  kiosk_ = line->kiosk;
  time_ = line->time;
}

void AuditVerifier::check_place(const std::string& file, std::size_t at, const AuditLine& line) {
  if (known_ && line.number == known_->line) {
    known_seen_ = true;
    if (line.hash != known_->hash)
      problem(file, at,
              "is not the line " + number(line.number) + " of the known head: the chain was rewritten");
  }
  if (!kiosk_.empty() && line.kiosk != kiosk_) problem(file, at, "belongs to another kiosk: " + line.kiosk);
  if (!time_.empty() && line.time < time_) {
    report_.remarks.push_back(file + ":" + std::to_string(at) + ": the clock was set back, from " + time_ +
                              " to " + line.time);
  }
  if (report_.first == 0) {
    if (line.number == 1 && line.previous != std::string(64, '0'))
      problem(file, at, "is line 1 but follows another");
    if (line.number > 1)
      report_.remarks.push_back("begins at line " + number(line.number) + ": earlier files are not here");
    return;
  }
  const auto expected = report_.last + 1;
  if (line.number > expected) {
    problem(file, at,
            "lines " + number(expected) + " to " + number(line.number - 1) + " are missing before it");
  } else if (line.number < expected) {
    problem(
        file, at,
        "is line " + number(line.number) + " where line " + number(expected) + " belongs: moved or repeated");
  } else if (!report_.head.empty() && line.previous != report_.head) {
    problem(file, at, "does not follow the line before it: one of the two was replaced");
  }
}

void AuditVerifier::check_signature(const std::string& file, std::size_t at, const AuditLine& line) {
  const auto& signature = *line.signature;
  if (signature.line != line.number - 1 || signature.hash != line.previous) {
    problem(file, at, "signs another line than the one before it");
  } else if (!public_pem_) {
    ++unchecked_;
  } else if (!signature_holds(*public_pem_, line.kiosk, signature)) {
    problem(file, at, "its signature does not hold (key " + signature.key + ")");
  } else {
    ++report_.signatures;
    last_signed_ = signature.line;
  }
}

AuditReport AuditVerifier::finish() {
  if (report_.lines == 0) problem("", 0, "there is not one line");
  if (unchecked_ > 0)
    report_.remarks.push_back(std::to_string(unchecked_) +
                              " signatures were not checked: give the kiosk's public key");
  if (public_pem_ && report_.signatures == 0) {
    // Whoever can write the files can hash a whole chain anew; only a signature cannot be made by them.
    problem("", 0, "no line is signed with this key");
  } else if (public_pem_ && last_signed_ < report_.last) {
    report_.remarks.push_back("lines after " + number(last_signed_) + " are not signed yet");
  }
  if (!known_) {
    report_.remarks.push_back(
        "lines cut off at the end can only be noticed with a head that was kept elsewhere");
  } else if (known_->line > report_.last) {
    problem("", 0,
            "the end was cut off: line " + number(known_->line) + " is known, the last one here is " +
                number(report_.last));
  } else if (!known_seen_) {
    report_.remarks.push_back("line " + number(known_->line) + " of the known head is not in these files");
  }
  return std::move(report_);
}

}  // namespace kiosk::records
