#include "tests/lobby/registry/server.hpp"

#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <httplib.h>

#include "tests/lobby/registry/connections.hpp"
#include "tests/lobby/registry/faults.hpp"
#include "tests/lobby/registry/wire.hpp"

namespace kiosk::lobby {
namespace {

using wire::Json;

constexpr std::size_t largest_request = 8 * 1024 * 1024;

bool set_up(SSL_CTX& context, const RegistryServer::Settings& settings) {
  const auto& files = settings.certificates;
  SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
  if (settings.ask_for_client_certificate) {
    SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  SSL_CTX_set_session_id_context(&context, as_bytes("lobby").data(), 5);
  return SSL_CTX_use_certificate_chain_file(&context, files.server_file.c_str()) == 1 &&
         SSL_CTX_use_PrivateKey_file(&context, files.server_key_file.c_str(), SSL_FILETYPE_PEM) == 1 &&
         SSL_CTX_load_verify_locations(&context, files.ca_file.c_str(), nullptr) == 1;
}

void answer_problem(httplib::Response& response, const Error& error) {
  const std::string code = error.what.substr(0, error.what.find(':'));
  response.status = error.code == Errc::not_present ? 404 : error.code == Errc::busy ? 429 : 422;
  if (code == "invalid_request") response.status = 400;
  if (code == "key_withdrawn" || code == "key_reused" || code == "version_changed") response.status = 409;
  response.set_content(Json{{"code", code}, {"title", error.what}}.dump(), "application/problem+json");
}

void answer(httplib::Response& response, const Json& json) {
  response.set_content(json.dump(), "application/json");
}

// A Result's value as JSON, or its error as a problem.
template <class T, class ToJson>
void answer(httplib::Response& response, const Result<T>& result, ToJson to_json) {
  if (result) return answer(response, to_json(*result));
  answer_problem(response, result.error());
}

Json rows_of_mortgages(const std::vector<hal::Mortgage>& mortgages) {
  Json rows = Json::array();
  for (const auto& mortgage : mortgages) rows.push_back(wire::to_json(mortgage));
  return Json{{"mortgages", rows}};
}

Json yes() {
  return Json::object();
}

}  // namespace

struct RegistryServer::Inside {
  using Work = std::function<void(const Json& body, const httplib::Request&, httplib::Response&)>;

  explicit Inside(Settings settings_in)
      : settings(std::move(settings_in)), authority(settings.authority), server([this](SSL_CTX& context) {
          connections.follow(&context);
          return set_up(context, settings);
        }) {}

  void add_paths();
  void post(const std::string& path, Work work);
  void serve(const std::string& path, const Work& work, const httplib::Request& request,
             httplib::Response& response);
  void end_connection(const httplib::Request& request) { Connections::drop(request.ssl); }

  Settings settings;
  Authority authority;
  Faults faults;
  Connections connections;
  std::mutex mutex;
  std::map<std::string, std::size_t> arrived;
  int port = 0;
  httplib::SSLServer server;
  std::jthread thread;
};

void RegistryServer::Inside::serve(const std::string& path, const Work& work, const httplib::Request& request,
                                   httplib::Response& response) {
  using Kind = RegistryFault::Kind;
  {
    const std::lock_guard lock(mutex);
    ++arrived[path];
  }
  faults.wait_delay();
  const auto fault = faults.take(path);
  if (fault && fault->kind == Kind::lose_request) return end_connection(request);
  if (fault && fault->kind == Kind::silent) {
    faults.wait_healed();
    return end_connection(request);
  }
  if (fault && fault->kind == Kind::garbage)
    return response.set_content("<html>\x01\xff", "application/json");
  if (fault && fault->kind == Kind::oversized) {
    return response.set_content("{\"cases\":\"" + std::string(4 * 1024 * 1024, 'x') + "\"}",
                                "application/json");
  }
  if (fault && fault->kind == Kind::answer) {
    response.status = fault->status;
    return response.set_content(fault->body, fault->content_type);
  }
  try {
    work(request.body.empty() ? Json() : Json::parse(request.body), request, response);
  } catch (const std::exception&) {
    answer_problem(response, {Errc::refused, "invalid_request: not what the contract says"});
  }
  if (fault && fault->kind == Kind::silent_after) faults.wait_healed();
  if (fault) end_connection(request);
}

void RegistryServer::Inside::post(const std::string& path, Work work) {
  server.Post(path, [this, path, work = std::move(work)](const httplib::Request& request,
                                                         httplib::Response& response) {
    serve(path, work, request, response);
  });
}

void RegistryServer::Inside::add_paths() {
  server.Get("/v1/status", [this](const httplib::Request& request, httplib::Response& response) {
    const Work work = [this](const Json&, const httplib::Request&, httplib::Response& out) {
      answer(out, authority.status(), [](const hal::RegistryStatus& status) {
        return Json{{"now", wire::instant(status.now)},
                    {"hall_name", status.hall_name},
                    {"closed_services", status.closed_services}};
      });
    };
    serve("/v1/status", work, request, response);
  });
  post("/v1/faces/verify", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    answer(response,
           authority.verify_face(wire::to_card(body.at("card")), wire::to_bytes(body.at("portrait_jpeg"))),
           [](const hal::FaceVerdict& verdict) {
             return verdict.same_person ? Json{{"same_person", true}, {"evidence", verdict.evidence}}
                                        : Json{{"same_person", false}};
           });
  });
  post("/v1/staff/verify", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    answer(response,
           authority.verify_staff(wire::to_card(body.at("card")),
                                  PersonalText(body.at("badge").get<std::string>()),
                                  PersonalText(body.at("pin").get<std::string>())),
           [](const hal::StaffVerdict& verdict) {
             return Json{{"staff_id", verdict.staff_id}, {"evidence", verdict.evidence}};
           });
  });
  post("/v1/mortgages/search",
       [this](const Json& body, const httplib::Request&, httplib::Response& response) {
         answer(response, authority.mortgages(wire::to_applicant(body.at("applicant"))), rows_of_mortgages);
       });
  post("/v1/mortgages/by-certificate", [this](const Json& body, const httplib::Request&,
                                              httplib::Response& response) {
    answer(response,
           authority.mortgages_by_certificate(wire::to_applicant(body.at("applicant")),
                                              PersonalText(body.at("certificate_number").get<std::string>())),
           rows_of_mortgages);
  });
  post("/v1/parties/confirm", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    const auto result = authority.confirm_party(body.at("mortgage_id"), body.at("party_id"),
                                                wire::to_applicant(body.at("person")));
    result ? answer(response, yes()) : answer_problem(response, result.error());
  });
  post("/v1/parties/invite", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    answer(response,
           authority.invite_party(body.at("mortgage_id"), body.at("party_id"),
                                  wire::to_applicant(body.at("person"))),
           [](const hal::Invitation& invitation) {
             return Json{{"masked_phone", invitation.masked_phone.reveal()},
                         {"valid_to", invitation.valid_to}};
           });
  });
  post("/v1/applications",
       [this](const Json& body, const httplib::Request& request, httplib::Response& response) {
         const auto key = request.get_header_value("Idempotency-Key");
         answer(response, authority.submit(wire::to_application(body, key)),
                [](const hal::Reply& reply) { return wire::to_json(reply); });
       });
  post("/v1/applications/outcome",
       [this](const Json& body, const httplib::Request&, httplib::Response& response) {
         answer(response, authority.outcome(body.at("key")),
                [](const hal::Reply& reply) { return wire::to_json(reply); });
       });
  const auto one_case = [](const hal::CaseProgress& progress) { return wire::to_json(progress); };
  post("/v1/cases/search", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    answer(response, authority.cases(wire::to_applicant(body.at("applicant"))), [](const auto& cases) {
      Json rows = Json::array();
      for (const auto& progress : cases) rows.push_back(wire::to_json(progress));
      return Json{{"cases", rows}};
    });
  });
  post("/v1/cases/by-number",
       [this, one_case](const Json& body, const httplib::Request&, httplib::Response& response) {
         answer(response, authority.case_by_number(body.at("acceptance_number")), one_case);
       });
  post("/v1/cases/by-token",
       [this, one_case](const Json& body, const httplib::Request&, httplib::Response& response) {
         answer(response, authority.case_by_token(body.at("slip_token")), one_case);
       });
  post("/v1/ratings", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    const auto result = authority.rate(body.at("acceptance_number"), body.at("level"));
    result ? answer(response, yes()) : answer_problem(response, result.error());
  });
  post("/v1/staff-calls", [this](const Json& body, const httplib::Request&, httplib::Response& response) {
    answer(response, authority.call_staff(body.at("reason")),
           [](const std::string& number) { return Json{{"call_number", number}}; });
  });
  post("/v1/staff-calls/withdraw",
       [this](const Json& body, const httplib::Request&, httplib::Response& response) {
         const auto result = authority.withdraw_call(body.at("call_number"));
         result ? answer(response, yes()) : answer_problem(response, result.error());
       });
}

Result<std::unique_ptr<RegistryServer>> RegistryServer::start(Settings settings) {
  auto inside = std::make_unique<Inside>(std::move(settings));
  if (!inside->server.is_valid())
    return kiosk::fail(Errc::unreachable, "registry: the certificates cannot be used");
  inside->server.new_task_queue = [] { return new httplib::ThreadPool(16); };
  inside->server.set_tcp_nodelay(true);
  inside->server.set_keep_alive_max_count(1000);
  inside->server.set_keep_alive_timeout(60);
  inside->server.set_payload_max_length(largest_request);
  inside->add_paths();
  const int wanted = inside->settings.port;
  if (wanted == 0) {
    inside->port = inside->server.bind_to_any_port("127.0.0.1");
  } else if (inside->server.bind_to_port("127.0.0.1", wanted)) {
    inside->port = wanted;
  }
  if (inside->port <= 0) return kiosk::fail(Errc::unreachable, "registry: the port is taken");
  inside->thread = std::jthread([server = &inside->server] { server->listen_after_bind(); });
  while (!inside->server.is_running()) std::this_thread::yield();  // stop() before that would be forgotten
  return std::unique_ptr<RegistryServer>(new RegistryServer(std::move(inside)));
}

RegistryServer::RegistryServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

RegistryServer::~RegistryServer() {
  inside_->faults.end();
  inside_->server.stop();
  inside_->connections.cut(true);
}

std::string RegistryServer::url() const {
  return fmt::format("https://127.0.0.1:{}", inside_->port);
}
Authority& RegistryServer::authority() {
  return inside_->authority;
}
void RegistryServer::fail(RegistryFault fault) {
  inside_->faults.add(std::move(fault));
}
void RegistryServer::set_delay(std::chrono::milliseconds delay) {
  inside_->faults.set_delay(delay);
}
void RegistryServer::cut_network(bool cut) {
  inside_->connections.cut(cut);
}

void RegistryServer::heal() {
  inside_->faults.heal();
  inside_->connections.cut(false);
}

std::size_t RegistryServer::arrived(const std::string& path) const {
  const std::lock_guard lock(inside_->mutex);
  const auto found = inside_->arrived.find(path);
  return found == inside_->arrived.end() ? 0 : found->second;
}

}  // namespace kiosk::lobby
