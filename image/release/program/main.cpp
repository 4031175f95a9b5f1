// kiosk-release: signs and publishes releases. It runs where the keys are, never on a kiosk.

#include <iostream>
#include <vector>

#include "image/release/command.hpp"

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  return kiosk::release::release_command(arguments, kiosk::SystemClock(), std::cout);
}
