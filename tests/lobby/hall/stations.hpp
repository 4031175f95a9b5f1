#pragma once
// The hall's things as stations: what each can be told, and what it shows. A device's state is what hands did
// to it; the references must outlive the stations.

#include "tests/lobby/camera/mjpeg_server.hpp"
#include "tests/lobby/escpos/receipt_printer.hpp"
#include "tests/lobby/hall/station.hpp"
#include "tests/lobby/ipp/responder.hpp"
#include "tests/lobby/registry/server.hpp"
#include "tests/lobby/samv/id_reader.hpp"
#include "tests/lobby/scanner/serial_scanner.hpp"

namespace kiosk::lobby {

/// Who may come: {"people": [{"id", "name", "kind", "story"}]}.
Station people_station();

/// card PERSON|none|several|other · plug on|off
Station reader_station(IdReader& reader);

/// who PERSON|nobody|two · light good|dark|bright · distance near|right|far · picture
/// live|blurred|frozen|black · plug on|off. Exhibits: PERSON.jpg
Station camera_station(MjpegCamera& camera, std::function<void(bool on)> plug);

/// paper full|low|out|ends · cover closed|open · state good|cutter|silent|broken · plug on|off. State: slips.
/// Exhibits: 1.png, 2.png, ...
Station receipt_printer_station(ReceiptPrinter& printer);

/// state good|paper_low|paper_out|jam|door|toner_out · plug on|off. State: documents. Exhibits: 1.pdf, ...
Station document_printer_station(IppResponder& printer);

/// show CODE · slip N (its QR code) · plug on|off
Station scanner_station(SerialScanner& scanner, const ReceiptPrinter& printer);

/// network good|slow|silent|cut · delay MS · next work|lose_answer|lose_request|garbage|error (the next
/// application) · decision rules|register|accept|complete|refuse. State: recorded (cases), arrived
/// (applications on the wire), decided, proof and signatures of the newest, cases. Exhibits: latest.json,
/// NUMBER.json
Station registry_station(RegistryServer& server);

/// The text of the QR code on a slip, or empty.
std::string code_on(const Slip& slip);

}  // namespace kiosk::lobby
