#include "firmware/services/mortgage_cancellation.hpp"
#include "firmware/services/progress.hpp"
#include "firmware/services/service.hpp"

namespace kiosk::services {

using screens::Closed;

const std::vector<Service>& catalog() {
  static const std::vector<Service> services{
      // Its paper is owed on the spot (暂行条例 art. 17), so it is not begun without a slip printer.
      {"mortgage_cancellation",
       {Closed::network, Closed::id_reader, Closed::receipt_printer},
       cancel_mortgage},
      // By number it works with nothing but the line.
      {"progress", {Closed::network}, show_progress},
  };
  return services;
}

}  // namespace kiosk::services
