#include "tests/image/tpm.hpp"

#include "hal/base/wait.hpp"

namespace kiosk::image {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

Result<Tpm> Tpm::start(const fs::path& memory, const fs::path& socket) {
  fs::create_directories(memory);
  fs::remove(socket);
  Tpm tpm;
  tpm.swtpm_ = TRY(lobby::Child::start(
      {.command = {"/usr/bin/swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + memory.string(), "--ctrl",
                   "type=unixio,path=" + socket.string()},
       .log = socket.string() + ".log"}));
  const auto wait = Wait::of(20s);
  while (!fs::exists(socket)) TRY(wait.sleep(50ms));
  return tpm;
}

}  // namespace kiosk::image
