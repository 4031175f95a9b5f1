#pragma once
// What a thread is called in top, in a debugger, and in the bench's table of who wakes up.

#include <pthread.h>

namespace kiosk {

/// Names the calling thread. At most 15 characters.
inline void name_thread(const char* name) {
  ::pthread_setname_np(::pthread_self(), name);
}

}  // namespace kiosk
