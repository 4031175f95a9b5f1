// The audit trail as the authority gets it: signed by the kiosk, and worth nothing to a forger.

#include <fstream>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "firmware/records/signing_key.hpp"
#include "tests/e2e/stage.hpp"

namespace kiosk::testing {
namespace {

using nlohmann::json;

std::string sha256(const std::string& text) {
  std::array<std::uint8_t, 32> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return to_hex(digest);
}

/// A forger who knows the format and may write the file, but does not have the key: the first line tells
/// another story, and every line after it is made to follow.
std::string forged(const std::string& trail) {
  std::istringstream lines(trail);
  std::string all, previous;
  for (std::string text; std::getline(lines, text);) {
    auto line = json::parse(text);
    line.erase("hash");
    if (previous.empty()) {
      line["purpose"] = "nothing happened";
    } else {
      line["previous"] = previous;
    }
    if (line["event"] == "audit.head_signed") line["facts"]["hash"] = line["previous"];
    previous = sha256(line.dump());
    line["hash"] = previous;
    all += line.dump() + "\n";
  }
  return all;
}

class AuditTrail : public Stage {
 protected:
  void SetUp() override {
    ASSERT_TRUE(hall().start_kiosk());
    play(scenario("progress_number"));
    expect_whole_audit_trail();
  }
};

TEST_F(AuditTrail, IsSignedAtTheStart) {
  const auto trail = audit_trail();
  EXPECT_NE(trail.substr(0, trail.find('\n')).find("\"event\":\"audit.head_signed\""), std::string::npos);
}

TEST_F(AuditTrail, TellsThatTheDaysUpkeepWasDone) {
  EXPECT_NE(audit_trail().find("\"event\":\"retention.swept\""), std::string::npos);
}

TEST_F(AuditTrail, DoesNotHoldUnderAnotherKey) {
  const auto other = records::SigningKey::generate();
  ASSERT_TRUE(other);
  const auto file = hall().folder() / "other.pem";
  std::ofstream(file) << other->public_pem();
  const auto verdict = verify_audit_trail(file);
  EXPECT_EQ(verdict.status, 1);
  EXPECT_NE(verdict.report.find("its signature does not hold"), std::string::npos) << verdict.report;
}

TEST_F(AuditTrail, ThatWasRewrittenAsAWholeIsKnownByItsSignatures) {
  const auto rewritten = forged(audit_trail());
  const auto files = audit_files();  // two, when the day ended meanwhile
  for (const auto& file : files)
    std::ofstream(file, std::ios::trunc) << (file == files.front() ? rewritten : "");
  const auto verdict = verify_audit_trail(hall().audit_public_key());
  EXPECT_EQ(verdict.status, 1);
  EXPECT_NE(verdict.report.find("its signature does not hold"), std::string::npos) << verdict.report;
  EXPECT_EQ(verdict.report.find("its hash does not match"), std::string::npos)
      << "the forger was good: only the signatures tell\n"
      << verdict.report;
}

}  // namespace
}  // namespace kiosk::testing
