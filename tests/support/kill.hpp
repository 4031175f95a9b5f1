#pragma once
// A program that loses power: a child that is killed right before its n-th system call that changes a file.

#include <functional>

namespace kiosk::testing {

enum class End { killed, finished, cannot_trace, failed };

/// Forks, runs `script` in the child and kills it before its n-th change (from 1; 0: never). `finished`: the
/// script came to its end before that; `failed`: it ended with another status than 0 (script may call _exit).
End run_and_kill(const std::function<void()>& script, int n);

}  // namespace kiosk::testing
