// OpenSSL's decoder accepts blanks at the ends and `=` anywhere, so the alphabet is checked first. A length that is not
// a multiple of four is left to OpenSSL, which refuses it.
#include "adapters/http/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "schemas/ascii.hpp"

namespace parley::http {
namespace {

bool is_digit(char byte) noexcept { return ascii::is_letter_or_digit(byte) || byte == '+' || byte == '/'; }

const unsigned char* bytes_of(const char* text) noexcept { return reinterpret_cast<const unsigned char*>(text); }
unsigned char* bytes_of(char* text) noexcept { return reinterpret_cast<unsigned char*>(text); }

}  // namespace

std::optional<String> base64_decode(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (!std::all_of(text.begin(), text.end() - padding, is_digit)) return {};
  String decoded(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(bytes_of(decoded.data()), bytes_of(text.data()), static_cast<int>(text.size())) < 0) return {};
  decoded.erase(decoded.size() - padding);
  return decoded;
}

String base64_encode(std::string_view bytes) {
  String encoded((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL appends a zero
  EVP_EncodeBlock(bytes_of(encoded.data()), bytes_of(bytes.data()), static_cast<int>(bytes.size()));
  encoded.pop_back();
  return encoded;
}

}  // namespace parley::http
