#include "tests/lobby/wire/private_bus.hpp"

#include <fmt/format.h>

#include "hal/base/file.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view configuration = R"(<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
)";

}  // namespace

Result<PrivateBus> PrivateBus::start(const std::filesystem::path& folder) {
  const auto socket = (folder / "bus").string();
  const auto file = (folder / "bus.conf").string();
  TRY(replace_file(file, fmt::format(configuration, socket)));
  PrivateBus bus;
  bus.address_ = "unix:path=" + socket;
  bus.daemon_ = TRY(Child::start({.command = {"/usr/bin/dbus-daemon", "--nofork", "--config-file=" + file},
                                  .log = (folder / "bus.log").string()}));
  for (const auto wait = Wait::of(20s); !std::filesystem::exists(socket);) TRY(wait.sleep(10ms));
  return bus;
}

}  // namespace kiosk::lobby
