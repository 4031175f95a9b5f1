#pragma once
// A city with an authority, a signer and an escrow, made on the spot.

#include <chrono>
#include <string>
#include <string_view>

#include "firmware/provision/content.hpp"

namespace kiosk::provision {

/// A certificate and its key, PEM.
struct Pair {
  std::string certificate, key;
};

struct City {
  Pair authority, signer, escrow;

  /// The same every time: keys take a while.
  static const City& ours();
  static const City& another();

  /// A signer whose certificate was good until a day ago.
  Pair former_signer() const;

  /// The content as this city's signer signs it.
  std::string file(const Content& content) const;
};

/// A CMS file of the signed kind that has this content and no signature at all.
std::string signed_by_nobody(std::string_view content);

inline const std::string this_machine = "0123456789abcdef0123456789abcdef";
inline const std::string other_machine = "fedcba9876543210fedcba9876543210";

/// Settings that a machine takes.
Settings good_settings();

}  // namespace kiosk::provision
