#include "tests/lobby/registry/authority.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/applications.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;

/// An authority on a day of the test's choosing, and an owner who asks for two.
class Invitations : public ::testing::Test {
 protected:
  Result<hal::Invitation> invite() {
    const auto chen = testing::checked(authority_, "chen", PersonalBytes(plain_portrait(person("chen"))));
    return authority_.invite_party("m-0004", "m-0004-p2", chen);
  }
  int messages() const { return nlohmann::json::parse(authority_.invited_json()).at(0).value("messages", 0); }

  WallTime now_ = SystemClock().now();
  Authority authority_{{.now = [this] { return now_; }}};
};

TEST_F(Invitations, AreSentOnceWhileTheyAreValidAndAnewAfterwards) {
  const auto first = invite();
  ASSERT_TRUE(first) << first.error().what;
  now_ += 24h * 7;
  EXPECT_EQ(invite(), first) << "the last day";
  EXPECT_EQ(messages(), 1);
  now_ += 24h;
  EXPECT_FALSE(authority_.agree("m-0004-p2")) << "too late";
  const auto second = invite();
  ASSERT_TRUE(second);
  EXPECT_GT(second->valid_to, first->valid_to);
  EXPECT_EQ(invite(), second);
  EXPECT_EQ(messages(), 2) << "no two on one day";
  EXPECT_TRUE(authority_.agree("m-0004-p2"));
}

TEST_F(Invitations, OfWhoHasAgreedAreNotSentAgain) {
  ASSERT_TRUE(invite());
  ASSERT_TRUE(authority_.agree("m-0004-p2"));
  now_ += 24h * 30;
  EXPECT_TRUE(invite());
  EXPECT_EQ(messages(), 1);
}

TEST_F(Invitations, AreForgottenByARegistryThatBeginsAnew) {
  ASSERT_TRUE(invite());
  authority_.begin_anew();
  EXPECT_EQ(nlohmann::json::parse(authority_.invited_json()).size(), 0U);
  const auto again = invite();
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(messages(), 1);
}

}  // namespace
}  // namespace kiosk::lobby
