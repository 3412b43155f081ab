// SHA-256 from OpenSSL, which TLS needs anyway.
#include "adapters/io/digest.hpp"

#include <openssl/evp.h>

#include <array>

#include "schemas/ascii.hpp"

namespace parley::io {

String sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
  String hex;
  ascii::append_hex({reinterpret_cast<const char*>(digest.data()), size}, hex);
  return hex;
}

}  // namespace parley::io
