// Whatever a printer sends: the filter takes it, and the condition that comes of it is whole or refused.

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "drivers/escpos/answers.hpp"
#include "drivers/escpos/condition.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk::drivers::escpos;
  AnswerFilter filter;
  std::vector<std::uint8_t> statuses;
  for (std::size_t i = 0; i < size; ++i)
    if (const auto answer = filter.next(data[i]); answer && answer->kind == Answer::Kind::realtime)
      statuses.push_back(answer->byte);
  for (std::size_t i = 0; i + 3 < statuses.size(); i += 4) {
    const auto condition = condition_of({statuses[i], statuses[i + 1], statuses[i + 2], statuses[i + 3]});
    if (!condition) continue;
    if (condition->blocked() && ready(*condition)) std::abort();
    if (ready(*condition).has_value() != status_of(*condition).usable() && !condition->offline) std::abort();
  }
  return 0;
}
