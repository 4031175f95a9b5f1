// Whoever knocks.

#include <cstring>
#include <utility>

#include <sys/socket.h>

#include "drivers/side_door/lines.hpp"
#include "drivers/side_door/side_door.hpp"
#include "drivers/side_door/wire.hpp"

namespace kiosk::drivers {
namespace {

using namespace side_door;

constexpr auto patience = std::chrono::seconds(5);

class Caller final : public hal::CitizensSide {
 public:
  explicit Caller(std::filesystem::path socket) : socket_(std::move(socket)) {}

  Result<hal::Attendance> attendance(const Wait& wait) override {
    const auto said = TRY(ask(ask_attendance(), wait));
    return read_attendance(said);
  }
  Result<void> stay_closed(std::chrono::minutes about, const Wait& wait) override {
    const auto said = TRY(ask(ask_stay_closed(about), wait));
    return read_done(said);
  }
  Result<void> open(const Wait& wait) override {
    const auto said = TRY(ask(ask_open(), wait));
    return read_done(said);
  }
  Result<hal::Vitals> vitals(const Wait& wait) override {
    const auto said = TRY(ask(ask_vitals(), wait));
    return read_vitals(said);
  }
  Result<void> settle(const Wait& wait) override {
    const auto said = TRY(ask(ask_settle(), wait));
    return read_done(said);
  }

 private:
  Result<std::string> ask(const std::string& line, const Wait& wait) const {
    TRY(wait.check());
    const auto address = address_of(socket_);
    const Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!address || !fd ||
        ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
      return fail(Errc::unreachable, "side door: nobody at " + socket_.string());
    }
    // Whoever is there and does not answer is as good as nobody.
    auto answer = said_by(fd, line, wait.at_most(patience));
    if (!answer && answer.error().code == Errc::timed_out && wait.check()) {
      return fail(Errc::unreachable, "side door: no answer");
    }
    return answer;
  }

  static Result<std::string> said_by(const Fd& fd, const std::string& line, const Wait& wait) {
    TRY(send_line(fd, line, wait));
    return receive_line(fd, wait);
  }

  std::filesystem::path socket_;
};

}  // namespace

std::unique_ptr<hal::CitizensSide> make_side_door(std::filesystem::path socket) {
  return std::make_unique<Caller>(std::move(socket));
}

}  // namespace kiosk::drivers
