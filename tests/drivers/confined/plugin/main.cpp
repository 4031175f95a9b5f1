// A confined program that does what the test asks: its work, nonsense, or what is forbidden.
//   confined-plugin [HOW]
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "drivers/confined/inside/serve.hpp"

using namespace kiosk;
using namespace kiosk::drivers;

namespace {

constexpr std::size_t memory = std::size_t{64} << 20;

Bytes bytes_of(std::string_view text) {
  const auto bytes = as_bytes(text);
  return {bytes.begin(), bytes.end()};
}

[[noreturn]] void hang() {
  for (volatile bool forever = true; forever;) {
  }
  std::abort();
}

/// What it was given: its open descriptors and its environment, one a line.
std::string belongings() {
  std::string all;
  for (int fd = 0; fd < 1024; fd++) {
    if (::fcntl(fd, F_GETFD) >= 0) all += std::to_string(fd) + "\n";
  }
  for (char** setting = environ; *setting != nullptr; ++setting) all += std::string(*setting) + "\n";
  return all;
}

/// Sends just these bytes, and then nothing, until it is left alone.
void say(BytesView bytes) {
  (void)::send(0, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  std::uint8_t byte = 0;
  while (::recv(0, &byte, 1, 0) > 0) {
  }
  ::_exit(0);
}

void connect_somewhere() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, "/run/systemd/notify", sizeof(address.sun_path) - 1);
  (void)::connect(0, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

void run_another() {
  std::string name = "/bin/true";
  char* const words[]{name.data(), nullptr};
  (void)::execve(words[0], words, words + 1);
}

void* map(int protection, int flags) {
  return ::mmap(nullptr, 4096, protection, flags, flags == MAP_PRIVATE ? 0 : -1, 0);
}

/// Every one of them must be the last thing that it does.
const std::map<std::string_view, void (*)()>& forbidden() {
  static const std::map<std::string_view, void (*)()> all{
      {"open", [] { (void)::open("/etc/passwd", O_RDONLY | O_CLOEXEC); }},
      {"socket", [] { (void)::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }},
      {"connect", connect_somewhere},
      {"fork", [] { (void)::fork(); }},
      {"exec", run_another},
      {"kill", [] { (void)::kill(::getppid(), SIGTERM); }},
      {"kill all", [] { (void)::kill(-1, SIGTERM); }},
      {"ptrace", [] { (void)::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); }},
      {"prctl", [] { (void)::prctl(PR_SET_PDEATHSIG, 0); }},
      {"ioctl", [] { (void)::ioctl(0, FIONREAD, nullptr); }},
      {"write", [] { (void)!::write(2, "a citizen's face", 16); }},
      {"read", [] { (void)!::read(2, std::malloc(16), 16); }},
      {"send elsewhere", [] { (void)::send(2, "a citizen's face", 16, 0); }},
      {"send out of band", [] { (void)::send(0, "!", 1, MSG_NOSIGNAL | MSG_OOB); }},
      {"peek", [] { (void)::recv(0, std::malloc(1), 1, MSG_PEEK | MSG_DONTWAIT); }},
      {"hand over",
       [] {
         msghdr message{};
         (void)::sendmsg(0, &message, 0);
       }},
      {"duplicate", [] { (void)::dup(0); }},
      {"code", [] { (void)map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS); }},
      {"code later", [] { (void)::mprotect(map(PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS), 4096, PROT_EXEC); }},
      {"map a file", [] { (void)map(PROT_READ, MAP_PRIVATE); }},
  };
  return all;
}

Result<Bytes> answer(BytesView question, const std::string& belonging, int asked) {
  const auto text = as_text(question);
  if (text.starts_with("echo")) return Bytes(question.begin(), question.end());
  if (text == "count") return bytes_of(std::to_string(asked));
  if (text == "belongings") return bytes_of(belonging);
  if (text == "refuse") return fail(Errc::malformed, "refused");
  if (text == "fail") return fail(Errc::internal, "failed");
  if (text == "crash") *static_cast<volatile int*>(nullptr) = 1;
  if (text == "hang") hang();
  if (text == "leave") ::_exit(0);
  if (text == "leave badly") ::_exit(3);
  if (text.starts_with("say ")) say(question.subspan(4));
  if (text == "memory") {
    if (std::malloc(2 * memory) == nullptr) return fail(Errc::internal, "no memory");
    return bytes_of("more than it may have");
  }
  if (const auto found = forbidden().find(text); found != forbidden().end()) found->second();
  return bytes_of("done: " + std::string(text));
}

}  // namespace

int main(int count, char** arguments) {
  const std::string how = count > 1 ? arguments[1] : "";
  if (how == "early") return 3;
  if (how == "babble") say(as_bytes("good morning"));
  if (how == "mute") hang();
  const auto belonging = belongings();
  int asked = 0;
  confined::serve({.most_question = std::size_t{8} << 20,
                   .most_memory = memory,
                   .rest = std::chrono::seconds(how == "restless" ? 1 : 0)},
                  [&](BytesView question) { return answer(question, belonging, ++asked); });
}
