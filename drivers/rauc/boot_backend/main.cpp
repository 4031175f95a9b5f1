#include <iostream>

#include "drivers/rauc/boot_backend.hpp"

int main(int count, char** words) {
  kiosk::drivers::rauc::BootState state("/state");
  return kiosk::drivers::rauc::boot_backend_command(state, {words + 1, words + count}, std::cout, std::cerr);
}
