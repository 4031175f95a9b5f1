// Whatever a confined program answers, once strangers' bytes have made it theirs: taken whole, or refused.
// The bytes are a header, and then the body of either program.

#include <algorithm>
#include <cstdlib>

#include "drivers/confined/frame.hpp"
#include "drivers/confined/message.hpp"
#include "drivers/opencv/finding.hpp"

using namespace kiosk;
using namespace kiosk::drivers;

namespace {

constexpr std::size_t most = 1 << 20;

void check(bool holds) {
  if (!holds) std::abort();
}

void take_frame(Bytes body) {
  const auto size = body.size();
  const auto frame = confined::frame_of(std::move(body));
  if (!frame) return;
  check(frame->width >= 1 && frame->height >= 1);
  check(frame->bgrx.size() + 8 == size);
  check(frame->bgrx.size() ==
        4 * static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height));
}

void take_finding(Bytes body) {
  const auto finding = finding_of(std::move(body), 640, 480);
  if (!finding) return;
  check(finding->x >= 0 && finding->y >= 0 && finding->width >= 0 && finding->height >= 0);
  check(finding->x + finding->width <= 640 && finding->y + finding->height <= 480);
  check(finding->fault <= hal::FaceFault::blurred);
  check(finding->portrait.empty() == (finding->fault != hal::FaceFault::none));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  confined::HeaderBytes head{};
  if (size < head.size()) return 0;
  std::copy_n(data, head.size(), head.begin());
  const auto header = confined::answer_of(head, 1, most);
  if (header) {
    check(header->number == 1 && header->size <= most);
    check(header->size == 0 || header->verdict == confined::Verdict::done);
    check(confined::bytes_of(*header) == head);
  }
  take_frame({data + head.size(), data + size});
  take_finding({data + head.size(), data + size});
  return 0;
}
