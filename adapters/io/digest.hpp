// A digest that identifies a text: the state page shows the digest of the configuration file.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::io {

/// SHA-256 as 64 lower-case hexadecimal digits, as `sha256sum` prints it. Empty if OpenSSL has no SHA-256.
[[nodiscard]] String sha256(std::string_view text);

/// The same of a text that comes in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes) noexcept;
  /// Call it once.
  [[nodiscard]] String end();

 private:
  void* state_;  // nullptr: OpenSSL has no SHA-256
};

}  // namespace parley::io
