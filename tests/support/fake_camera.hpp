#pragma once
// A camera for flow tests: it sees what it is told, at once, and fails when it is told.

#include <memory>

#include "hal/camera.hpp"

namespace kiosk::testing {

/// Thread-safe. Its streams may outlive it.
class FakeCamera final : public hal::Camera {
 public:
  FakeCamera();

  /// What it sees from now on: every next() gets it with a new time. Grey, 64x48, at first.
  void see(hal::Frame frame);

  void set_plugged(bool plugged);
  void set_held(bool held);        ///< another program has it
  void set_silent(bool silent);    ///< streams, but nothing comes
  void set_spoiled(bool spoiled);  ///< no frame decodes
  int open_streams() const;        ///< how many run: 0 when a flow has tidied up

  hal::DeviceStatus status() const override;
  Result<std::unique_ptr<hal::CameraStream>> start(const Wait& wait) override;

 private:
  struct World;
  class Stream;
  std::shared_ptr<World> world_;
};

}  // namespace kiosk::testing
