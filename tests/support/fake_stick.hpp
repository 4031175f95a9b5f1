#pragma once
// A stick whose files are a map: the fake of hal/stick.hpp.

#include <functional>
#include <map>

#include "hal/stick.hpp"

namespace kiosk::testing {

class FakeStick final : public hal::Stick {
 public:
  std::map<std::string, std::string> files;
  bool in = true;
  bool may_be_written = true;
  std::function<void()> when_wiped = [] {};  ///< a file is about to go
  std::function<void()> when_asked;          ///< whether it is still there: the moment to pull it out

  Result<std::string> read(const std::string& name, std::size_t most) override {
    if (!in) return fail(Errc::unplugged, "pulled out");
    const auto file = files.find(name);
    if (file == files.end()) return fail(Errc::not_present, name);
    if (file->second.size() > most) return fail(Errc::malformed, name + " is too large");
    return file->second;
  }

  Result<void> write(const std::string& name, std::string_view text) override {
    if (!in) return fail(Errc::unplugged, "pulled out");
    if (!may_be_written) return fail(Errc::storage, "read-only");
    files[name] = text;
    return {};
  }

  Result<void> wipe(const std::string& name) override {
    when_wiped();
    if (!in) return fail(Errc::unplugged, "pulled out");
    if (!may_be_written) return fail(Errc::storage, "read-only");
    files.erase(name);
    return {};
  }

  bool plugged_in() const override {
    if (when_asked) when_asked();
    return in;
  }
};

}  // namespace kiosk::testing
