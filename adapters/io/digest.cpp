// SHA-256 by OpenSSL, which is there for TLS anyway.
#include "adapters/io/digest.hpp"

#include <openssl/evp.h>

#include <array>

namespace parley::io {

String sha256(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return {};
  String hex;
  for (unsigned i = 0; i < size; ++i) hex.append({digits[digest[i] >> 4U], digits[digest[i] & 15U]});
  return hex;
}

}  // namespace parley::io
