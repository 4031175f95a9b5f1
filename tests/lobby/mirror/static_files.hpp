#pragma once
// The files of a folder over HTTP, as a well-behaved web server gives them.

#include <filesystem>

#include "tests/lobby/mirror/tls_server.hpp"

namespace kiosk::lobby {

/// GET with ETag (of the content), Range ("bytes=N-") and If-Range; 404, and 416 for a range behind the end.
WebAnswer static_files(std::filesystem::path folder);

/// "HTTP/1.1 200 OK" with these lines above the body, each "Name: value", and Content-Length.
std::string web_answer(const std::string& status, const std::vector<std::string>& lines,
                       std::string_view body);

}  // namespace kiosk::lobby
