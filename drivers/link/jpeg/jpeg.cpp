#include "drivers/link/jpeg/jpeg.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jerror.h>
#include <jpeglib.h>

namespace kiosk::drivers {
namespace {

constexpr JDIMENSION most_dots = 4096;  // a side; a camera of this kiosk has 1280, a bomb has 65500

// libjpeg leaves its functions by error_exit, which must not return: it jumps back to the setjmp below.
// Whatever has a destructor therefore lives outside the functions that call setjmp.
struct Trap {
  jpeg_error_mgr manager{};
  std::jmp_buf back{};
  int damage = 0;  // warnings that mean lost picture, not mere untidiness
};

Trap& trap_of(j_common_ptr codec) {
  return *static_cast<Trap*>(codec->client_data);
}

void on_error(j_common_ptr codec) {
  std::longjmp(trap_of(codec).back, 1);
}

void on_message(j_common_ptr codec, int level) {
  const int code = codec->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) trap_of(codec).damage++;
}

void on_output(j_common_ptr) {}

template <class Codec>
void set_trap(Codec& codec, Trap& trap) {
  codec.err = jpeg_std_error(&trap.manager);
  codec.client_data = &trap;
  trap.manager.error_exit = on_error;
  trap.manager.emit_message = on_message;
  trap.manager.output_message = on_output;
}

bool decode(jpeg_decompress_struct& codec, Trap& trap, BytesView jpeg, hal::Frame& frame) {
  if (setjmp(trap.back) != 0) return false;
  jpeg_create_decompress(&codec);
  codec.client_data = &trap;
  jpeg_mem_src(&codec, jpeg.data(), jpeg.size());
  jpeg_read_header(&codec, TRUE);
  if (codec.image_width > most_dots || codec.image_height > most_dots) return false;
  codec.out_color_space = JCS_EXT_BGRX;
  codec.dct_method = JDCT_IFAST;
  jpeg_start_decompress(&codec);
  const std::size_t row_bytes = std::size_t{4} * codec.output_width;
  frame.width = static_cast<int>(codec.output_width);
  frame.height = static_cast<int>(codec.output_height);
  frame.bgrx.resize(row_bytes * codec.output_height);
  while (codec.output_scanline < codec.output_height) {
    JSAMPROW row = frame.bgrx.data() + row_bytes * codec.output_scanline;
    jpeg_read_scanlines(&codec, &row, 1);
  }
  jpeg_finish_decompress(&codec);
  return trap.damage == 0;
}

bool encode(jpeg_compress_struct& codec, Trap& trap, const hal::Frame& frame, int quality,
            unsigned char*& bytes, unsigned long& size) {
  if (setjmp(trap.back) != 0) return false;
  jpeg_create_compress(&codec);
  codec.client_data = &trap;
  jpeg_mem_dest(&codec, &bytes, &size);
  codec.image_width = static_cast<JDIMENSION>(frame.width);
  codec.image_height = static_cast<JDIMENSION>(frame.height);
  codec.input_components = 4;
  codec.in_color_space = JCS_EXT_BGRX;
  jpeg_set_defaults(&codec);
  jpeg_set_quality(&codec, quality, TRUE);
  jpeg_start_compress(&codec, TRUE);
  const std::size_t row_bytes = std::size_t{4} * codec.image_width;
  while (codec.next_scanline < codec.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(frame.bgrx.data() + row_bytes * codec.next_scanline);  // only read
    jpeg_write_scanlines(&codec, &row, 1);
  }
  jpeg_finish_compress(&codec);
  return true;
}

}  // namespace

Result<hal::Frame> decode_jpeg(BytesView jpeg) {
  if (jpeg.empty()) return fail(Errc::malformed, "JPEG: no bytes");
  Trap trap;
  jpeg_decompress_struct codec{};
  set_trap(codec, trap);
  hal::Frame frame;
  const bool done = decode(codec, trap, jpeg, frame);
  jpeg_destroy_decompress(&codec);
  if (!done) return fail(Errc::malformed, "JPEG: does not decode");
  return frame;
}

Result<Bytes> encode_jpeg(const hal::Frame& frame, int quality) {
  const auto most = static_cast<int>(most_dots);
  if (frame.width <= 0 || frame.height <= 0 || frame.width > most || frame.height > most ||
      frame.bgrx.size() !=
          std::size_t{4} * static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height)) {
    return fail(Errc::malformed, "picture: size and bytes disagree");
  }
  Trap trap;
  jpeg_compress_struct codec{};
  set_trap(codec, trap);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const bool done = encode(codec, trap, frame, quality, bytes, size);
  jpeg_destroy_compress(&codec);
  Bytes jpeg;
  if (done) jpeg.assign(bytes, bytes + size);
  if (bytes != nullptr) ::explicit_bzero(bytes, size);  // a citizen's face
  std::free(bytes);
  if (!done) return fail(Errc::internal, "JPEG: does not encode");
  return jpeg;
}

}  // namespace kiosk::drivers
