// The loop reads every byte of `shown`; a difference does not end it early.
#include "adapters/http/secret.hpp"

namespace parley::http {

bool same_secret(std::string_view shown, std::string_view secret) noexcept {
  unsigned difference = shown.size() == secret.size() ? 0U : 1U;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char other = secret.empty() ? '\0' : secret[i % secret.size()];
    difference |= static_cast<unsigned char>(shown[i]) ^ static_cast<unsigned char>(other);
  }
  return difference == 0;
}

}  // namespace parley::http
