#include "tests/lobby/web/server.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include <httplib.h>

#include "tests/lobby/web/screen_stream.hpp"

namespace kiosk::lobby {

using nlohmann::json;

namespace {

constexpr std::size_t threads = 24;  // a browser's stream keeps one for as long as its page is open
constexpr int most_streams = 16;

const char* type_of(const std::filesystem::path& file) {
  const auto extension = file.extension();
  if (extension == ".html") return "text/html; charset=utf-8";
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".js") return "text/javascript; charset=utf-8";
  if (extension == ".svg") return "image/svg+xml";
  return "application/octet-stream";
}

void answer_error(httplib::Response& response, int status, const std::string& what) {
  response.status = status;
  response.set_content(json{{"error", what}}.dump(), "application/json");
}

}  // namespace

struct WebServer::Inside {
  Inside(std::filesystem::path folder, GlassView& view, const Stations& all)
      : page(std::move(folder)), glass(view), stations(all) {}

  bool listen(std::uint16_t wanted);
  void route();
  bool is_ours(const httplib::Request& request) const;
  void serve_file(const httplib::Request& request, httplib::Response& response) const;
  void serve_stream(httplib::Response& response);
  void take_input(const httplib::Request& request, httplib::Response& response) const;
  void turn(const httplib::Request& request, httplib::Response& response) const;
  void show(const httplib::Request& request, httplib::Response& response) const;

  std::filesystem::path page;
  GlassView& glass;
  const Stations& stations;
  httplib::Server server;
  std::string host, other_host;  ///< the only names we answer to
  std::stop_source ending;
  std::atomic<int> streams = 0;
  std::thread thread;
};

bool WebServer::Inside::listen(std::uint16_t wanted) {
  const bool bound = wanted == 0 || server.bind_to_port("127.0.0.1", wanted);
  const int port = wanted != 0 ? wanted : server.bind_to_any_port("127.0.0.1");
  if (!bound || port <= 0) return false;
  host = "127.0.0.1:" + std::to_string(port);
  other_host = "localhost:" + std::to_string(port);
  return true;
}

bool WebServer::Inside::is_ours(const httplib::Request& request) const {
  const auto asked = request.get_header_value("Host");
  if (asked != host && asked != other_host) return false;
  const auto site = request.get_header_value("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const auto origin = request.get_header_value("Origin");
  return origin.empty() || origin == "http://" + asked;
}

void WebServer::Inside::route() {
  using httplib::Request, httplib::Response;
  server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  server.set_payload_max_length(1U << 20U);
  server.set_pre_routing_handler([this](const Request& request, Response& response) {
    response.set_header("Content-Security-Policy",
                        "default-src 'self'; img-src 'self' blob:; style-src 'self'");
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_header("Cache-Control", "no-store");
    if (is_ours(request)) return httplib::Server::HandlerResponse::Unhandled;
    answer_error(response, 403, "this page is for the machine it runs on");
    return httplib::Server::HandlerResponse::Handled;
  });
  server.Get("/stream", [this](const Request&, Response& response) { serve_stream(response); });
  server.Post("/input",
              [this](const Request& request, Response& response) { take_input(request, response); });
  server.Post("/turn", [this](const Request& request, Response& response) { turn(request, response); });
  server.Get(R"(/exhibit/(\w+)/([\w.-]+))",
             [this](const Request& request, Response& response) { show(request, response); });
  server.Get(R"(/([\w-]+\.\w+)?)",
             [this](const Request& request, Response& response) { serve_file(request, response); });
}

void WebServer::Inside::serve_file(const httplib::Request& request, httplib::Response& response) const {
  const auto name = request.matches[1].str();
  const auto file = page / (name.empty() ? "index.html" : name);
  std::ifstream in(file, std::ios::binary);
  if (!in) return answer_error(response, 404, "there is no such page");
  response.set_content(std::string(std::istreambuf_iterator<char>(in), {}), type_of(file));
}

void WebServer::Inside::serve_stream(httplib::Response& response) {
  if (streams >= most_streams) return answer_error(response, 503, "too many pages are open");
  ++streams;
  const auto stream = std::make_shared<ScreenStream>(glass, stations);
  response.set_chunked_content_provider(
      "application/octet-stream",
      [this, stream](std::size_t, httplib::DataSink& sink) {
        const auto messages = stream->next(ending.get_token());
        if (ending.stop_requested()) return false;
        return messages.empty() || sink.write(messages.data(), messages.size());
      },
      [this](bool) { --streams; });
}

void WebServer::Inside::take_input(const httplib::Request& request, httplib::Response& response) const {
  const auto events = json::parse(request.body, nullptr, false);
  if (!events.is_array()) return answer_error(response, 400, "a list of touches and keys");
  for (const auto& each : events) {
    const auto event = input_from(each.dump(-1, ' ', false, json::error_handler_t::replace));
    if (!event) return answer_error(response, 400, "neither a touch nor a key");
    glass.send(*event);
  }
  response.set_content("{}", "application/json");
}

void WebServer::Inside::turn(const httplib::Request& request, httplib::Response& response) const {
  const auto order = json::parse(request.body, nullptr, false);
  const auto text = [&](const char* name) {
    const auto at = order.is_object() ? order.find(name) : order.end();
    return at != order.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  const auto done = stations.turn(text("station"), text("knob"), text("value"));
  if (!done) return answer_error(response, 409, done.error().what);
  response.set_content("{}", "application/json");
}

void WebServer::Inside::show(const httplib::Request& request, httplib::Response& response) const {
  const auto exhibit = stations.exhibit(request.matches[1].str(), request.matches[2].str());
  if (!exhibit) return answer_error(response, 404, "there is nothing of that name");
  response.set_content(std::string(as_text(exhibit->bytes)), exhibit->type);
}

Result<std::unique_ptr<WebServer>> WebServer::start(const std::filesystem::path& page, std::uint16_t port,
                                                    GlassView& glass, const Stations& stations) {
  auto inside = std::make_unique<Inside>(page, glass, stations);
  inside->route();
  if (!inside->listen(port)) return fail(Errc::busy, "no port for the page");
  inside->thread = std::thread([server = &inside->server] { server->listen_after_bind(); });
  return std::unique_ptr<WebServer>(new WebServer(std::move(inside)));
}

WebServer::WebServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {
  address_ = "http://" + inside_->host + "/";
}

WebServer::~WebServer() {
  inside_->ending.request_stop();
  while (!inside_->server.is_running()) std::this_thread::yield();  // stop() before that is forgotten
  inside_->server.stop();
  inside_->thread.join();
}

}  // namespace kiosk::lobby
