#pragma once
// What a C library gives and wants back by a function of its own:
//   using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

namespace kiosk {

template <auto free>
struct Freed {
  void operator()(auto* value) const { free(value); }
};

}  // namespace kiosk
