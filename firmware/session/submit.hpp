#pragma once
// 按序办理: the application is on the disk under its key before the first byte leaves; an unknown outcome is
// asked for and never sent again.

#include <optional>

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// Sends the application. nullopt: stored and sent, and the registry has not said what became of it; the
/// outbox goes on asking after the session. `cancelled`: it was not taken, and a page has said why and that
/// nothing was changed. `for_paper`: what the paper needs beside the reply, for after a crash.
Result<std::optional<hal::Reply>> submit(Session& s, const hal::Application& application,
                                         const PersonalText& for_paper);

/// A fresh idempotency key.
std::string new_key(Session& s);

/// How people quote a key: its first eight digits in fours, "3F2A 91C0".
std::string reference(const std::string& key);

}  // namespace kiosk::session
