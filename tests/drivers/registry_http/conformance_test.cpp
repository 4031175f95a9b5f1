#include "tests/drivers/registry_http/world.hpp"
#include "tests/support/fake_registry.hpp"
#include "tests/support/registry_entries_conformance.hpp"

namespace kiosk::testing {
namespace {

class FakeWorld {
 public:
  hal::Registry& registry() { return registry_; }
  lobby::Authority& authority() { return registry_.authority(); }
  void lose_next_request_of_submit() {
    registry_.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::before_work);
  }
  void lose_next_answer_of_submit() {
    registry_.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  }
  void fall_silent() {
    registry_.fail(FakeRegistry::Step::status, FakeRegistry::Fault::silence, Errc::unreachable, 0);
  }

 private:
  FakeRegistry registry_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, RegistryConformance, FakeWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Https, RegistryConformance, HttpWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Fake, RegistryEntries, FakeWorld);
INSTANTIATE_TYPED_TEST_SUITE_P(Https, RegistryEntries, HttpWorld);

}  // namespace
}  // namespace kiosk::testing
