#pragma once
// How a program that has no screen is told to end.

#include <initializer_list>
#include <stop_token>

namespace kiosk {

/// Stops with the first of these signals, which a thread of its own takes. To be called before any other
/// thread exists, and so keeps the signals from all of them.
std::stop_token stopped_by(std::initializer_list<int> signals);

}  // namespace kiosk
