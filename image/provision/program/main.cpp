// kiosk-pack: packs and signs what a kiosk takes from a stick. It runs where the keys are, never on a kiosk.

#include <iostream>

#include "image/provision/command.hpp"

int main(int count, char** values) {
  return kiosk::pack::pack_command({values + 1, values + count}, std::cout);
}
