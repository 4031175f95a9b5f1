#include "tests/support/fake_face_finder.hpp"

#include "tests/support/face_finder_conformance.hpp"

namespace kiosk::testing {
namespace {

class FakeRig {
 public:
  hal::FaceFinder& finder() { return finder_; }
  hal::FaceFinder& broken() {
    broken_.set_broken(true);
    return broken_;
  }
  hal::Frame shown(hal::FaceFault fault) {
    finder_.set_fault(fault);
    return {.width = 8, .height = 8, .bgrx = Bytes(256)};
  }

 private:
  FakeFaceFinder finder_;
  FakeFaceFinder broken_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, FaceFinderConformance, FakeRig);

}  // namespace
}  // namespace kiosk::testing
