#pragma once
// A service as home and attract show it.

#include <string>

namespace kiosk::screens {

/// Why a service cannot be used at this machine just now.
enum class Closed {
  open,
  checking,  ///< the machine has just started and has not asked its devices yet
  receipt_printer,
  document_printer,
  id_reader,
  camera,
  scanner,
  network,
  city,
  maintenance
};

struct ServiceTile {
  std::string id;  ///< "mortgage_cancellation": also the stem of its texts and the name of its icon
  Closed closed = Closed::open;
  bool operator==(const ServiceTile&) const = default;
};

/// The chip at the bottom of attract and home.
enum class ServiceHealth { all, some, none, checking };

}  // namespace kiosk::screens
