#include "tests/lobby/samv/usb_id_reader.hpp"

#include <algorithm>

namespace kiosk::lobby {
namespace {

constexpr std::uint8_t head_out = 0x02, rest_out = 0x06, head_in = 0x81, rest_in = 0x85;
constexpr std::size_t head_size = 7;

std::vector<UsbEndpoint> endpoints(UsbIdReader::Pipes pipes, bool interrupt) {
  if (pipes == UsbIdReader::Pipes::two) return {{head_in, interrupt}, {head_out, interrupt}};
  return {{head_out, interrupt}, {rest_out, interrupt}, {head_in, interrupt}, {rest_in, interrupt}};
}

}  // namespace

UsbIdReader::UsbIdReader(Pipes pipes, bool interrupt, const UsbSocket& socket)
    : pipes_(pipes),
      usb_(socket({0x0400, 0xC35A, 0xFF, endpoints(pipes, interrupt)},
                  [this](std::uint8_t endpoint, Bytes bytes) { heard_.post({endpoint, std::move(bytes)}); },
                  {})),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void UsbIdReader::plug() {
  sam_.power_cycle();
  usb_->plug();
}

void UsbIdReader::run(const std::stop_token& stop) {
  const Wait wait{.stop = stop};
  while (const auto out = heard_.take(wait)) {
    judge(*out);
    const auto reply = sam_.hear(out->bytes);
    if (!reply || !wait.sleep(reply->delay)) continue;
    answer(reply->bytes);
  }
}

void UsbIdReader::judge(const Out& out) {
  if (pipes_ == Pipes::two) {
    if (out.bytes.size() <= head_size) sam_.complain("a frame in more than one transfer");
  } else if (out.endpoint == head_out) {
    if (out.bytes.size() != head_size) sam_.complain("a head that is not preamble and LEN");
  } else if (out.bytes.size() != 3) {
    sam_.complain("a rest that is not CMD, PARA and checksum");
  }
}

void UsbIdReader::answer(const Bytes& frame) {
  const BytesView bytes(frame);
  if (pipes_ == Pipes::two) return send(head_in, bytes);
  // A real one takes the head to end where the body begins, wherever rubbish has moved it to.
  std::size_t head = head_size;
  for (std::size_t at = 0; at + 4 <= std::min<std::size_t>(bytes.size(), 11); ++at) {
    if (bytes[at] == 0xAA && bytes[at + 1] == 0xAA && bytes[at + 2] == 0x96 && bytes[at + 3] == 0x69)
      head = at + 6;
  }
  head = std::min(head, bytes.size());
  send(head_in, bytes.first(head));
  send(rest_in, bytes.subspan(head));
}

void UsbIdReader::send(std::uint8_t endpoint, BytesView bytes) {
  const std::size_t largest = largest_ == 0 ? bytes.size() : largest_.load();
  while (!bytes.empty()) {
    const BytesView part = bytes.first(std::min(largest, bytes.size()));
    usb_->send(endpoint, Bytes(part.begin(), part.end()));
    bytes = bytes.subspan(part.size());
  }
}

}  // namespace kiosk::lobby
