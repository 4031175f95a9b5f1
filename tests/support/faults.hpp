#pragma once
// One place that counts every call of a session to a device, to the registry and to the store, and lets one
// of them fail: for sweeps.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/result.hpp"

namespace kiosk::testing {

/// How a call fails.
struct Fault {
  enum class When {
    before_work,  ///< nothing was done
    after_work,   ///< it was done, and the answer is lost; of the store: the body ran, and nothing was kept
    in_doubt,     ///< of printers only: nobody knows how much
  };
  When when = When::before_work;
  Errc code = Errc::internal;
};

/// "before_work timed_out", for messages.
std::string describe(const Fault& fault);

/// Every way in which a call of that name may fail, as its interface says: "id_reader.read".
const std::vector<Fault>& faults_of(const std::string& call);

class Faults {
 public:
  /// The n-th call (from 0) from begin() on fails. `from_then_on`: all later ones of the same name as well.
  void plan(std::size_t n, Fault fault, bool from_then_on) { planned_ = Plan{n, fault, from_then_on}; }

  /// Between these the calls are counted and may fail; outside they go through.
  void begin();
  void end() { counting_ = false; }

  /// Called by every call, first of all.
  std::optional<Fault> meet(std::string_view call);

  /// The names of all calls that were counted, in their order.
  const std::vector<std::string>& calls() const { return calls_; }

 private:
  struct Plan {
    std::size_t n = 0;
    Fault fault;
    bool from_then_on = false;
  };
  std::optional<Plan> planned_;
  bool counting_ = false;
  std::vector<std::string> calls_;
};

/// Does `work`, or what was planned for this call.
template <class Work>
auto meet(Faults& faults, std::string_view call, Work work) -> decltype(work()) {
  const auto fault = faults.meet(call);
  if (fault && fault->when == Fault::When::before_work) return fail(fault->code, "planned: before the work");
  auto result = work();
  if (fault && result) return fail(fault->code, "planned: the answer is lost");
  return result;
}

}  // namespace kiosk::testing
