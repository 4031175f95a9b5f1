#pragma once
// The tables of all records, for whoever opens the store.

#include "hal/store.hpp"

namespace kiosk::records {

hal::Schema schema();

}  // namespace kiosk::records
