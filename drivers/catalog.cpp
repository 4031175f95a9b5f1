// The only list of drivers: configuration name → make function. A new driver is one line here.
#include "drivers/catalog.hpp"

#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "drivers/escpos/receipt_printer.hpp"
#include "drivers/ipp/document_printer.hpp"
#include "drivers/link/serial.hpp"
#include "drivers/link/tcp.hpp"
#include "drivers/link/usb.hpp"
#include "drivers/mjpeg/mjpeg.hpp"
#include "drivers/opencv/face_finder.hpp"
#include "drivers/registry_http/registry_http.hpp"
#include "drivers/samv/reader.hpp"
#include "drivers/scanner/scanner.hpp"
#include "drivers/sdl/display.hpp"
#include "drivers/sqlite/store.hpp"
#include "drivers/v4l2/v4l2.hpp"

namespace kiosk::drivers {

namespace {
