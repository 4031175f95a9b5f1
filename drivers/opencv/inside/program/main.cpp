// lib/kiosk/kiosk-faces CASCADE: a frame comes in, what it shows of a face goes out
// (drivers/opencv/finding.hpp).
#include <utility>

#include "drivers/confined/frame.hpp"
#include "drivers/confined/inside/serve.hpp"
#include "drivers/opencv/finding.hpp"
#include "drivers/opencv/inside/examine.hpp"
#include "hal/base/personal.hpp"

using namespace kiosk;
using namespace kiosk::drivers;
using namespace std::chrono_literals;

namespace {

Result<Bytes> answer(Haar& haar, BytesView question) {
  auto frame = TRY(confined::frame_of(Bytes(question.begin(), question.end())));
  const auto finding = examine(haar, frame);
  wipe(frame.bgrx);
  if (!finding) return std::unexpected(finding.error());
  return bytes_of(*finding);
}

}  // namespace

int main(int count, char** arguments) {
  auto haar = Haar::load(count == 2 ? arguments[1] : "");
  if (!haar) confined::give_up(haar.error());
  // OpenCV looks at the machine when it works for the first time, and may not later.
  (void)haar->look({.width = 64, .height = 64, .bgrx = Bytes(std::size_t{4} * 64 * 64), .taken_at = {}});
  confined::serve(
      {.most_question = confined::most_frame_bytes, .most_memory = std::size_t{384} << 20, .rest = 10s},
      [&](BytesView question) { return answer(*haar, question); });
}
