#pragma once
// The lobby's web page: 127.0.0.1 only, for the browser of whoever sits at this machine.

#include <filesystem>
#include <memory>
#include <string>

#include "tests/lobby/glass/glass_view.hpp"
#include "tests/lobby/hall/station.hpp"

namespace kiosk::lobby {

/// Serves from start() to its destructor, on threads of its own.
///   GET  /                     the page, and its files
///   GET  /stream               screen_stream.hpp
///   POST /input                a list of touches and keys (glass/wire.hpp), in order
///   POST /turn                 {"station","knob","value"}; 409 {"error"} when it does not work
///   GET  /exhibit/STATION/NAME
/// Whoever asks must have come by our own address and from our own page: a page of somebody else in the same
/// browser must neither see the glass nor touch it.
class WebServer {
 public:
  /// Port 0: a free one. `page` is the folder with the page's files. `busy` the port is taken.
  static Result<std::unique_ptr<WebServer>> start(const std::filesystem::path& page, std::uint16_t port,
                                                  GlassView& glass, const Stations& stations);
  ~WebServer();

  /// "http://127.0.0.1:43210/"
  const std::string& address() const { return address_; }

 private:
  struct Inside;
  explicit WebServer(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
  std::string address_;
};

}  // namespace kiosk::lobby
