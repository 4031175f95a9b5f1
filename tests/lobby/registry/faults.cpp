#include "tests/lobby/registry/faults.hpp"

#include <algorithm>
#include <utility>

namespace kiosk::lobby {

void Faults::add(RegistryFault fault) {
  const std::lock_guard lock(mutex_);
  if (!ended_) faults_.push_back(std::move(fault));
}

void Faults::set_delay(std::chrono::milliseconds delay) {
  const std::lock_guard lock(mutex_);
  delay_ = delay;
}

void Faults::heal() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
  delay_ = {};
  ++healed_;
  changed_.notify_all();
}

void Faults::end() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  heal();
}

std::optional<RegistryFault> Faults::take(const std::string& path) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find_if(
      faults_, [&](const RegistryFault& fault) { return fault.path.empty() || fault.path == path; });
  if (found == faults_.end()) return std::nullopt;
  RegistryFault fault = *found;
  if (fault.times == 1) {
    faults_.erase(found);
  } else if (fault.times > 1) {
    found->times--;
  }
  return fault;
}

void Faults::wait_delay() {
  std::unique_lock lock(mutex_);
  if (delay_.count() == 0) return;
  changed_.wait_for(lock, delay_, [this, before = healed_] { return ended_ || healed_ != before; });
}

void Faults::wait_healed() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this, before = healed_] { return ended_ || healed_ != before; });
}

}  // namespace kiosk::lobby
