#pragma once
// The lobby's end of the kiosk's glass: sees it, and touches it.

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "hal/display.hpp"
#include "tests/lobby/glass/shared_glass.hpp"
#include "tests/lobby/glass/wire.hpp"

namespace kiosk::lobby {

/// A page the kiosk has shown.
struct ShownPage {
  std::uint64_t number = 0;  ///< counts every page and every new layout of a page, from 1; 0: none yet
  std::string name;
  Steady::time_point told_at;
  std::uint32_t turn = 0;                          ///< of the picture that shows it (Snapshot::turn)
  nlohmann::json tree = nlohmann::json::object();  ///< tree.hpp

  /// The node with that id, or null.
  const nlohmann::json* node(std::string_view id) const;

  /// Whether the kiosk is at work and asks the person nothing.
  bool working() const { return tree.value("patience", "") == "working"; }
};

/// Listens for one kiosk after the other (it may die and come again). All calls from any thread.
class GlassView {
 public:
  /// Listens at `socket`, a path that does not exist yet.
  explicit GlassView(const std::string& socket);
  ~GlassView();

  bool connected() const;

  /// The newest page, as an immutable value.
  std::shared_ptr<const ShownPage> page() const;

  /// Blocks until the page on the glass pleases. `timed_out` with the page that stands there instead;
  /// `cancelled`.
  using Pleases = std::function<bool(const ShownPage&)>;
  Result<std::shared_ptr<const ShownPage>> await(const Pleases& pleases, const Wait& wait) const;

  /// What stands on the glass; 0 x 0 before the first picture.
  Snapshot snapshot() const;

  /// What has changed since `seen`, which becomes the newest. Blocks until something has; an empty answer
  /// when the wait ended. Page and rectangles come together.
  struct Change {
    std::vector<hal::DotRect> rects;
    std::shared_ptr<const ShownPage> page;  ///< null: the same as before
    bool connected = false;
  };
  struct Seen {
    std::uint64_t painting = 0, page = 0;
    bool connected = false;
  };
  Change changes(Seen& seen, const Wait& wait) const;

  /// Runs for each new page when it is painted for the first time, on the listening thread, which it must not
  /// keep.
  void on_page(std::function<void(const ShownPage&)> watcher);

  /// Nothing happens while no kiosk is there.
  void send(const hal::InputEvent& event);

  /// A finger on the middle of a node, and up again.
  void tap(const nlohmann::json& node);

 private:
  void listen(const std::stop_token& stop);
  void serve(const std::shared_ptr<GlassWire>& wire, const std::stop_token& stop);
  void handle(const nlohmann::json& message, GlassWire& wire);
  void show(nlohmann::json tree, std::uint32_t turn);
  void paint(const nlohmann::json& rects);

  struct Painting {
    std::uint64_t number;
    hal::DotRect rect;
  };

  Fd listener_fd_;
  std::string path_;
  mutable std::mutex mutex_;
  mutable std::condition_variable_any news_;
  std::shared_ptr<GlassWire> wire_;
  std::shared_ptr<const SharedGlass> picture_;
  std::shared_ptr<const ShownPage> page_ = std::make_shared<ShownPage>();
  std::deque<Painting> paintings_;  ///< the newest hundred
  std::uint64_t painted_ = 0;
  std::function<void(const ShownPage&)> watcher_;
  std::jthread thread_;
};

}  // namespace kiosk::lobby
