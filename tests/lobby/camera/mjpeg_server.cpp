#include "tests/lobby/camera/mjpeg_server.hpp"

#include <chrono>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/link/jpeg/jpeg.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;

constexpr int width = 640;
constexpr int height = 480;
constexpr int pictures_in_reel = 6;
constexpr auto picture_time = 66ms;  // 15 a second
constexpr std::string_view boundary = "lobby-camera";

bool send_all(int peer, std::string_view text, const std::stop_token& stop) {
  while (!text.empty()) {
    if (!poll_fd(peer, POLLOUT, Wait::of(5s, stop))) return false;
    const auto sent = ::send(peer, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string part(std::string_view body, std::size_t claimed_size) {
  return "--" + std::string(boundary) +
         "\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(claimed_size) + "\r\n\r\n" +
         std::string(body) + "\r\n";
}

std::string request_line(int peer, const std::stop_token& stop) {
  std::string request;
  while (!request.ends_with("\r\n\r\n") && request.size() < 8192) {
    if (!poll_fd(peer, POLLIN, Wait::of(5s, stop))) return {};
    char byte = 0;
    if (::recv(peer, &byte, 1, 0) != 1) return {};
    request += byte;
  }
  return request.substr(0, request.find("\r\n"));
}

Bytes jpeg_of(const Scene& scene, double sway) {
  return drivers::encode_jpeg(draw(scene, width, height, sway), 85).value_or(Bytes{});
}

}  // namespace

Result<std::unique_ptr<MjpegCamera>> MjpegCamera::start(std::uint16_t port) {
  auto camera = std::unique_ptr<MjpegCamera>(new MjpegCamera(port));
  camera->show({});
  TRY(camera->listen());
  return camera;
}

MjpegCamera::~MjpegCamera() {
  unplug();
}

std::string MjpegCamera::url() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/stream.mjpeg";
}

Result<void> MjpegCamera::listen() {
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (::bind(listener.get(), generic, size) != 0 || ::listen(listener.get(), 8) != 0 ||
      ::getsockname(listener.get(), generic, &size) != 0) {
    return fail(Errc::internal, std::string("camera server: ") + std::strerror(errno));
  }
  port_ = ntohs(address.sin_port);
  listener_ = std::move(listener);
  acceptor_ = std::jthread([this, fd = listener_.get()](const std::stop_token& stop) { accept(stop, fd); });
  return {};
}

void MjpegCamera::show(const Scene& scene) {
  reel_.set(draw_reel(scene));
}

Scene MjpegCamera::scene() const {
  return reel_.get()->scene;
}

void MjpegCamera::unplug() {
  if (acceptor_.joinable()) {
    acceptor_.request_stop();
    acceptor_.join();
  }
  listener_.reset();
}

void MjpegCamera::plug() {
  if (!listener_) (void)listen();
}

Bytes MjpegCamera::picture(std::size_t number) const {
  const auto reel = reel_.get();
  return reel->jpegs[number % reel->jpegs.size()];
}

std::shared_ptr<const MjpegCamera::Reel> MjpegCamera::draw_reel(const Scene& scene) {
  auto reel = std::make_shared<Reel>(Reel{scene, {}});
  for (int i = 0; i < pictures_in_reel; i++) reel->jpegs.push_back(jpeg_of(scene, i < 3 ? i : 5 - i));
  return reel;
}

void MjpegCamera::accept(const std::stop_token& stop, int listener) {
  std::vector<std::jthread> viewers;  // joined when the camera is unplugged
  while (poll_fd(listener, POLLIN, Wait{.until = Steady::time_point::max(), .stop = stop})) {
    Fd peer(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
    if (!peer) continue;
    viewers.emplace_back(
        [this, fd = std::move(peer)](const std::stop_token& end) mutable { serve(end, std::move(fd)); });
  }
  for (auto& viewer : viewers) viewer.request_stop();
}

void MjpegCamera::serve(const std::stop_token& stop, Fd peer) {
  const auto request = request_line(peer.get(), stop);
  if (request.empty()) return;  // somebody who only knocked
  if (!request.starts_with("GET /stream.mjpeg HTTP/1.")) {
    send_all(peer.get(), "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", stop);
  } else if (trouble_ == CameraTrouble::busy) {
    send_all(peer.get(), "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
             stop);
  } else if (trouble_ == CameraTrouble::no_stream) {
    send_all(peer.get(), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
             stop);
  } else {
    viewers_++;
    stream(stop, peer.get());
    viewers_--;
  }
}

void MjpegCamera::stream(const std::stop_token& stop, int peer) {
  const Wait forever{.until = Steady::time_point::max(), .stop = stop};
  const Bytes black = jpeg_of({.people = {}, .light = 0, .blur = 0}, 0);
  if (!send_all(peer,
                "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=" +
                    std::string(boundary) + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
                stop)) {
    return;
  }
  for (std::size_t i = 0;; i++) {
    const auto trouble = trouble_.load();
    const auto reel = reel_.get();
    const auto jpeg = as_text(trouble == CameraTrouble::black ? black : reel->jpegs[i % reel->jpegs.size()]);
    bool open = true;
    switch (trouble) {
      case CameraTrouble::frozen:
        break;
      case CameraTrouble::garbage:
        open = send_all(peer, part("this is not a picture", 21), stop);
        break;
      case CameraTrouble::truncated:
        open = send_all(peer, part(jpeg.substr(0, 900), 900), stop);
        break;
      case CameraTrouble::unframed:
        open = send_all(peer, std::string(5000, 'x'), stop);
        break;
      case CameraTrouble::oversized:
        open = send_all(peer, part(jpeg, std::size_t{1} << 30), stop);
        break;
      default:
        open = send_all(peer, part(jpeg, jpeg.size()), stop);
        break;
    }
    if (!open || !forever.sleep(trouble == CameraTrouble::slow ? 1s : picture_time)) return;
  }
}

}  // namespace kiosk::lobby
