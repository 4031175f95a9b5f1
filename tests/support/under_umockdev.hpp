#pragma once
// Tests of drivers that speak to the kernel's device nodes run with umockdev's library in front of libc.

#include <string>

namespace kiosk::testing {

/// Starts this program anew with libumockdev-preload.so unless it is loaded already; returns once it is. Call
/// it before main() (`static const bool ready = (run_under_umockdev(), true);`), because it begins again from
/// nothing. AddressSanitizer's library, when there is one, stays the first.
void run_under_umockdev();

}  // namespace kiosk::testing
