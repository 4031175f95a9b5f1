#include "drivers/registry_http/registry_http.hpp"

#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/drivers/registry_http/world.hpp"
#include "tests/support/applications.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using Kind = lobby::RegistryFault::Kind;

class RegistryHttp : public ::testing::Test {
 public:
  hal::Registry& registry() { return world_.registry(); }
  lobby::RegistryServer& server() { return world_.server(); }
  Wait wait() const { return Wait::of(30s); }

  std::unique_ptr<hal::Registry> another(auto change) {
    auto config = config_of(server());
    change(config);
    return drivers::make_registry_http(config).value();
  }
  hal::Application application() {
    const auto applicant =
        checked(registry(), "zhang", PersonalBytes(lobby::plain_portrait(lobby::person("zhang"))));
    return cancellation(registry().mortgages(applicant, wait()).value().at(0), applicant);
  }

 private:
  HttpWorld world_;
};

TEST_F(RegistryHttp, does_not_speak_to_a_server_with_another_key) {
  const auto registry = another([](auto& config) {
    config.spki_pin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    config.attempts = 1;
  });
  const auto status = registry->status(wait());
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::unreachable);
  EXPECT_EQ(status.error().what, "the server's key is not the pinned one");
  EXPECT_EQ(server().arrived("/v1/status"), 0U);
}

TEST_F(RegistryHttp, takes_one_of_two_pins_while_keys_change_hands) {
  const auto registry = another([](auto& config) {
    config.spki_pin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;" + config.spki_pin;
  });
  EXPECT_TRUE(registry->status(wait()));
}

TEST_F(RegistryHttp, does_not_speak_to_a_server_of_another_authority) {
  const auto strangers = lobby::make_certificates(scratch("strangers")).value();
  const auto registry = another([&](auto& config) { config.ca_file = strangers.ca_file; });
  EXPECT_EQ(registry->status(wait()).error().code, Errc::unreachable);
  EXPECT_EQ(server().arrived("/v1/status"), 0U);
}

TEST_F(RegistryHttp, is_not_served_with_a_certificate_of_another_authority) {
  const auto strangers = lobby::make_certificates(scratch("strangers")).value();
  const auto registry = another([&](auto& config) {
    config.certificate_file = strangers.client_file;
    config.key_file = strangers.client_key_file;
  });
  EXPECT_EQ(registry->status(wait()).error().code, Errc::unreachable);
  EXPECT_EQ(server().arrived("/v1/status"), 0U);
}

TEST_F(RegistryHttp, takes_a_gateways_page_for_silence_whatever_its_number) {
  for (const int status : {400, 403, 404, 413, 429}) {
    server().fail(
        {.kind = Kind::answer, .status = status, .body = "<html>nginx</html>", .content_type = "text/html"});
    EXPECT_EQ(registry().outcome("0b0e7d20-0000-4000-8000-000000000000", wait()).error().code,
              Errc::unreachable);
    server().heal();
  }
}

TEST_F(RegistryHttp, takes_only_a_missing_phone_number_for_a_message_that_cannot_be_sent) {
  const auto applicant = application().applicant;
  const auto invite = [&](const char* body) {
    server().fail(
        {.kind = Kind::answer, .path = "/v1/parties/invite", .times = 1, .status = 404, .body = body});
    return registry().invite_party("m-0004", "m-0004-p2", applicant, wait()).error();
  };
  EXPECT_EQ(invite(R"({"code":"phone_unknown"})").code, Errc::not_present);
  const auto other = invite(R"({"code":"mortgage_unknown"})");
  EXPECT_EQ(other.code, Errc::refused);
  EXPECT_TRUE(other.what.starts_with("mortgage_unknown")) << other.what;
}

TEST_F(RegistryHttp, asks_again_when_it_only_reads) {
  server().fail({.kind = Kind::lose_answer, .path = "/v1/status", .times = 1});
  server().fail({.kind = Kind::answer, .path = "/v1/status", .times = 1, .status = 502});
  EXPECT_TRUE(registry().status(wait()));
  EXPECT_EQ(server().arrived("/v1/status"), 3U);
}

TEST_F(RegistryHttp, invites_once_when_the_answer_was_lost) {
  const auto chen = checked(registry(), "chen", PersonalBytes(lobby::plain_portrait(lobby::person("chen"))));
  const auto mortgage = registry().mortgages(chen, wait()).value().at(0);
  server().fail({.kind = Kind::lose_answer, .path = "/v1/parties/invite", .times = 1});
  const auto invitation = registry().invite_party(mortgage.id, mortgage.other_owners.at(0).id, chen, wait());
  ASSERT_TRUE(invitation) << invitation.error().what;
  EXPECT_EQ(server().arrived("/v1/parties/invite"), 2U);
  EXPECT_NE(server().authority().invited_json().find("\"messages\":1"), std::string::npos);
}

TEST_F(RegistryHttp, tries_a_certificate_once_when_the_answer_was_lost) {
  const auto zhang =
      checked(registry(), "zhang", PersonalBytes(lobby::plain_portrait(lobby::person("zhang"))));
  const auto found = [&](int number) {
    const PersonalText certificate(fmt::format("鲁（2019）济南市不动产证明第{:07}号", number));
    return registry().mortgages_by_certificate(zhang, certificate, wait());
  };
  constexpr int zhangs = 200481;
  for (int tries = 1; tries < lobby::Authority::most_misses; ++tries) {
    server().fail({.kind = Kind::lose_answer, .path = "/v1/mortgages/by-certificate", .times = 1});
    ASSERT_TRUE(found(tries)) << tries;
  }
  EXPECT_EQ(server().arrived("/v1/mortgages/by-certificate"), 2U * (lobby::Authority::most_misses - 1));
  const auto right = found(zhangs);
  ASSERT_TRUE(right) << right.error().what;
  EXPECT_EQ(right->size(), 1U);
}

TEST_F(RegistryHttp, sends_an_application_once_even_when_the_kept_connection_dies) {
  const auto application =
      this->application();  // leaves a connection open that libcurl would gladly use twice
  for (const auto kind : {Kind::lose_request, Kind::lose_answer}) {
    const auto before = server().arrived("/v1/applications");
    server().fail({.kind = kind, .path = "/v1/applications", .times = 1});
    EXPECT_EQ(registry().submit(application, wait()).error().code, Errc::unreachable);
    EXPECT_EQ(server().arrived("/v1/applications"), before + 1);
  }
  EXPECT_EQ(server().authority().recorded(), 1U);
}

TEST_F(RegistryHttp, refuses_answers_that_are_garbage_or_too_large) {
  server().fail({.kind = Kind::garbage, .times = 1});
  EXPECT_EQ(registry().status(wait()).error().code, Errc::malformed);
  server().fail({.kind = Kind::oversized, .times = 1});
  const auto large = registry().status(wait());
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, Errc::malformed);
  EXPECT_EQ(large.error().what, "the answer is larger than 2097152 bytes");
  EXPECT_TRUE(registry().status(wait()));
}

TEST_F(RegistryHttp, says_busy_while_an_application_is_being_decided) {
  server().fail({.kind = Kind::answer,
                 .path = "/v1/applications/outcome",
                 .times = 1,
                 .status = 409,
                 .body = R"({"code":"in_progress"})"});
  const auto outcome = registry().outcome("0b0e7d20-0000-4000-8000-000000000000", wait());
  EXPECT_EQ(outcome.error().code, Errc::busy);
}

TEST_F(RegistryHttp, gives_up_on_a_silent_server) {
  const auto registry = another([](auto& config) {
    config.silence_limit = 1s;
    config.attempts = 1;
  });
  server().fail({.kind = Kind::silent});
  EXPECT_EQ(registry->status(wait()).error().code, Errc::unreachable);
}

TEST_F(RegistryHttp, ends_in_mid_transfer_when_it_is_stopped) {
  server().fail({.kind = Kind::silent_after, .path = "/v1/applications"});
  const auto application = this->application();
  std::stop_source stop;
  const std::jthread stopper([&] {
    while (server().authority().recorded() == 0) std::this_thread::sleep_for(1ms);
    stop.request_stop();
  });
  EXPECT_EQ(registry().submit(application, {.stop = stop.get_token()}).error().code, Errc::cancelled);
  server().heal();
  EXPECT_TRUE(registry().outcome(application.key, wait()));
}

TEST_F(RegistryHttp, finds_the_registry_again_after_the_network_was_cut) {
  EXPECT_TRUE(registry().status(wait()));
  server().cut_network(true);
  EXPECT_EQ(registry().status(wait()).error().code, Errc::unreachable);
  server().cut_network(false);
  EXPECT_TRUE(registry().status(wait()));
}

TEST_F(RegistryHttp, is_unreachable_where_nobody_listens) {
  const auto registry = another([](auto& config) { config.url = "https://127.0.0.1:1"; });
  EXPECT_EQ(registry->status(wait()).error().code, Errc::unreachable);
}

TEST_F(RegistryHttp, refuses_a_configuration_that_cannot_work) {
  const auto refused = [&](auto change, Errc code = Errc::malformed) {
    auto config = config_of(server());
    change(config);
    const auto registry = drivers::make_registry_http(config);
    return !registry && registry.error().code == code;
  };
  EXPECT_TRUE(refused([](auto& config) { config.url = "http://127.0.0.1"; }));
  EXPECT_TRUE(refused([](auto& config) { config.ca_file = ""; }));
  EXPECT_TRUE(refused([](auto& config) { config.ca_file = "/nowhere/ca.pem"; }, Errc::storage));
  EXPECT_TRUE(refused([](auto& config) { config.key_file = ""; }));
  EXPECT_TRUE(refused([](auto& config) { config.spki_pin = "AAAA"; }));
  EXPECT_TRUE(refused([](auto& config) { config.silence_limit = 0s; }));
}

TEST_F(RegistryHttp, keeps_its_word_in_a_ledger_on_disk) {
  const lobby::RegistryServer::Settings settings{.certificates = certificates(),
                                                 .authority = {.database = scratch("registry.sqlite")}};
  hal::Application application;
  {
    const auto first = lobby::RegistryServer::start(settings).value();
    const auto registry = drivers::make_registry_http(config_of(*first)).value();
    const auto applicant =
        checked(*registry, "zhang", PersonalBytes(lobby::plain_portrait(lobby::person("zhang"))));
    application = cancellation(registry->mortgages(applicant, wait()).value().at(0), applicant);
    EXPECT_TRUE(registry->submit(application, wait()));
  }
  const auto second = lobby::RegistryServer::start(settings).value();
  const auto registry = drivers::make_registry_http(config_of(*second)).value();
  EXPECT_TRUE(registry->outcome(application.key, wait()));
  EXPECT_EQ(second->authority().recorded(), 1U);
}

}  // namespace
}  // namespace kiosk::testing
