#pragma once
// The reader's security module, as the other end of a link: one request, one answer, and order restored when
// the line brings anything else.

#include <memory>

#include "drivers/link/link.hpp"
#include "drivers/samv/frame.hpp"

namespace kiosk::drivers::samv {

class Sam {
 public:
  explicit Sam(std::unique_ptr<LinkOpener> opener) : opener_(std::move(opener)) {}

  bool connected() const { return link_ != nullptr; }
  std::string name() const { return opener_->name(); }

  /// Opens the link unless it is open. Errors as LinkOpener::open.
  Result<void> connect(const Wait& wait);

  /// Sends a request and returns the answer to it. A damaged or missing answer is asked for again, three
  /// times in all; then the link is closed: `unplugged`. `cancelled`, `timed_out` when the wait ends first;
  /// the answer that is still owed is then taken off the line before the next request.
  Result<Answer> ask(Command command, const Wait& wait);

 private:
  Result<Answer> exchange(Command command, const Wait& wait);
  Result<Answer> receive(Steady::duration first_byte, const Wait& wait);
  Result<void> settle(const Wait& wait);

  std::unique_ptr<LinkOpener> opener_;
  std::unique_ptr<Link> link_;
  bool unsettled_ = false;              ///< the line may still bring something of an earlier exchange
  Steady::time_point owed_until_ = {};  ///< until when it may
};

}  // namespace kiosk::drivers::samv
