#include "tests/lobby/mirror/static_files.hpp"

#include <functional>
#include <utility>

#include <fmt/format.h>

#include "hal/base/file.hpp"

namespace kiosk::lobby {
namespace {

constexpr std::size_t most = 256 << 20;

std::string unescaped(std::string_view path) {
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '%' && i + 2 < path.size()) {
      text += static_cast<char>(std::stoi(std::string(path.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      text += path[i];
    }
  }
  return text;
}

std::string answer_with(const std::string& body, const WebRequest& request) {
  const auto etag = fmt::format("\"{:x}\"", std::hash<std::string>()(body));
  const std::vector<std::string> lines{"ETag: " + etag, "Accept-Ranges: bytes"};
  const auto range = request.field("range");
  const auto condition = request.field("if-range");
  if (!range.starts_with("bytes=") || !range.ends_with('-') || (!condition.empty() && condition != etag)) {
    return web_answer("200 OK", lines, body);
  }
  const auto from = std::stoull(range.substr(6));
  if (from >= body.size()) {
    return web_answer("416 Range Not Satisfiable", {fmt::format("Content-Range: bytes */{}", body.size())},
                      "");
  }
  auto ranged = lines;
  ranged.push_back(fmt::format("Content-Range: bytes {}-{}/{}", from, body.size() - 1, body.size()));
  return web_answer("206 Partial Content", ranged, std::string_view(body).substr(from));
}

}  // namespace

std::string web_answer(const std::string& status, const std::vector<std::string>& lines,
                       std::string_view body) {
  auto text = fmt::format("HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: {}\r\n", status, body.size());
  for (const auto& line : lines) text += line + "\r\n";
  return text + "\r\n" + std::string(body);
}

WebAnswer static_files(std::filesystem::path folder) {
  return [folder = std::move(folder)](const WebRequest& request, WebWire& wire) {
    const auto body = read_file(folder / unescaped(request.path).substr(1), most);
    wire.send(body ? answer_with(*body, request)
                   : web_answer("404 Not Found", {}, "<html>nothing here</html>"));
  };
}

}  // namespace kiosk::lobby
