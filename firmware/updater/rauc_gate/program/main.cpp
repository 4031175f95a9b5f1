// kiosk-rauc-gate: RAUC's pre-install handler.

#include <cstdlib>
#include <iostream>

#include "firmware/updater/rauc_gate/command.hpp"

int main(int count, char** values) {
  const char* mount_point = std::getenv("RAUC_BUNDLE_MOUNT_POINT");
  return kiosk::updater::rauc_gate::gate_command({values + 1, values + count},
                                                 mount_point == nullptr ? "" : mount_point, std::cerr);
}
