#pragma once
// Unwraps a Result where a test cannot go on without the value.

#include <stdexcept>
#include <utility>

#include "hal/base/result.hpp"

namespace kiosk::testing {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return *std::move(result);
}

}  // namespace kiosk::testing
