#pragma once
// One IPP request and its answer, over one HTTP connection of its own.

#include <cstdint>
#include <memory>
#include <string>

#include <cups/cups.h>

#include "hal/base/bytes.hpp"
#include "hal/base/wait.hpp"

namespace kiosk::drivers::ipp {

struct DeleteMessage {
  void operator()(ipp_t* message) const { ippDelete(message); }
};
using Message = std::unique_ptr<ipp_t, DeleteMessage>;

/// Where a printer is: "ipp://printer.hall:631/ipp/print", or ipps for TLS.
struct Address {
  std::string uri;
  std::string host;
  int port = 631;
  std::string resource;
  bool tls = false;
};

/// `malformed` for anything that is not an ipp or ipps URI.
Result<Address> parse_address(const std::string& uri);

/// Sends `request`, then `document` behind it, and reads the answer, which may have at most 256 KiB.
/// Never blocks longer than the wait, whatever the other side does: a slow, dribbling or silent peer is cut
/// off. Host names are looked up by the C library, whose own limit (resolv.conf) applies: give an address
/// where it can. `unreachable` nobody answers there, the line broke, or HTTP says the server is down ·
/// `refused` HTTP says no · `malformed` the answer is not IPP, or not the answer to this request ·
/// `timed_out`, `cancelled`.
Result<Message> exchange(const Address& address, ipp_t* request, BytesView document, const Wait& wait);

}  // namespace kiosk::drivers::ipp
