// kiosk-audit: checks a kiosk's audit trail on any other machine.

#include <iostream>
#include <vector>

#include "firmware/records/verify/command.hpp"

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  return kiosk::records::audit_command(arguments, std::cout);
}
