#include "firmware/app/machine.hpp"

namespace kiosk::app {

Result<Machine> Machine::make(Configuration& configuration) {
  Machine machine;
  machine.session_registry = TRY(make_from(configuration, "registry", drivers::make_registry));
  machine.outside_registry = TRY(make_from(configuration, "registry", drivers::make_registry));
  machine.id_reader = TRY(make_from(configuration, "id_reader", drivers::make_id_reader));
  machine.receipt_printer = TRY(make_from(configuration, "receipt_printer", drivers::make_receipt_printer));
  machine.document_printer =
      TRY(make_from(configuration, "document_printer", drivers::make_document_printer));
  machine.camera = TRY(make_from(configuration, "camera", drivers::make_camera));
  machine.faces = TRY(make_from(configuration, "face", drivers::make_face_finder));
  machine.scanner = TRY(make_from(configuration, "code_scanner", drivers::make_code_scanner));
  return machine;
}

}  // namespace kiosk::app
