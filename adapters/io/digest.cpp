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

namespace {

EVP_MD_CTX* context_of(void* state) noexcept { return static_cast<EVP_MD_CTX*>(state); }

}  // namespace

Sha256::Sha256() : state_(EVP_MD_CTX_new()) {
  if (state_ == nullptr || EVP_DigestInit_ex(context_of(state_), EVP_sha256(), nullptr) == 1) return;
  EVP_MD_CTX_free(context_of(state_));
  state_ = nullptr;
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_of(state_)); }

void Sha256::add(std::string_view bytes) noexcept {
  if (state_ != nullptr) EVP_DigestUpdate(context_of(state_), bytes.data(), bytes.size());
}

String Sha256::end() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (state_ == nullptr || EVP_DigestFinal_ex(context_of(state_), digest.data(), &size) != 1) return {};
  String hex;
  ascii::append_hex({reinterpret_cast<const char*>(digest.data()), size}, hex);
  return hex;
}

}  // namespace parley::io
