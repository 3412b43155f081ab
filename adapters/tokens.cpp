// A token is when it ends, a nonce, whose it is and a signature over these, the kind and the scope.
#include "adapters/tokens.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <set>
#include <stdexcept>

#include "adapters/http.hpp"

namespace parley::adapters {
namespace {

using Seconds = std::chrono::seconds;
using Digest = std::array<std::uint8_t, 32>;
using Nonce = std::array<std::uint8_t, 16>;

constexpr std::size_t end_size = 8;
constexpr std::size_t signed_size = end_size + sizeof(Nonce) + sizeof(Fingerprint);
constexpr std::size_t token_bytes = signed_size + sizeof(Digest);
constexpr std::size_t token_size = token_bytes / 3 * 4;
static_assert(token_bytes % 3 == 0, "the encoding needs no padding, and has one spelling");

void fill_randomly(std::uint8_t* bytes, std::size_t size) {
  if (RAND_bytes(bytes, static_cast<int>(size)) != 1) throw std::runtime_error("the system has no randomness");
}

String make_key() {
  Digest key{};
  fill_randomly(key.data(), key.size());
  return {reinterpret_cast<const char*>(key.data()), key.size()};
}

/// One for all routes and revisions of the process.
const String& key_of_process() {
  static const String key = make_key();
  return key;
}

Digest sign(std::string_view key, std::string_view text) {
  Digest digest{};
  unsigned size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), digest.data(), &size) ==
      nullptr) {
    throw std::runtime_error("no SHA-256");  // the zeros that are there would sign anything
  }
  return digest;
}

/// Length first, so that no two lists of parts are the same text.
void append_part(String& text, std::string_view part) {
  text.append(std::to_string(part.size())).append(":").append(part);
}

String to_url_alphabet(String base64) {
  std::replace(base64.begin(), base64.end(), '+', '-');
  std::replace(base64.begin(), base64.end(), '/', '_');
  return base64;
}

std::optional<String> from_url_alphabet(std::string_view token) {
  if (token.size() != token_size || token.find_first_of("+/=") != std::string_view::npos) return {};
  String base64(token);
  std::replace(base64.begin(), base64.end(), '-', '+');
  std::replace(base64.begin(), base64.end(), '_', '/');
  return base64_decode(base64);
}

std::int64_t seconds_of(TokenSigner::Clock::time_point time) {
  return std::chrono::duration_cast<Seconds>(time.time_since_epoch()).count();
}

/// A token whose signature is right.
struct Opened {
  std::int64_t end = 0;
  Nonce nonce{};
  Fingerprint whose{};
};

String text_to_sign(std::string_view scope, TokenKind kind, std::string_view parts) {
  String text = "token";
  append_part(text, scope);
  text += static_cast<char>(kind);
  return text.append(parts);
}

std::optional<Opened> open(std::string_view scope, std::string_view key, TokenKind kind, std::string_view token) {
  const std::optional<String> bytes = from_url_alphabet(token);
  if (!bytes) return {};
  const std::string_view parts = std::string_view(*bytes).substr(0, signed_size);
  const Digest right = sign(key, text_to_sign(scope, kind, parts));
  if (CRYPTO_memcmp(right.data(), bytes->data() + signed_size, right.size()) != 0) return {};
  Opened opened;
  for (const char byte : parts.substr(0, end_size)) {
    opened.end = static_cast<std::int64_t>(static_cast<std::uint64_t>(opened.end) << 8U) |
                 static_cast<std::int64_t>(static_cast<unsigned char>(byte));
  }
  std::memcpy(opened.nonce.data(), parts.data() + end_size, opened.nonce.size());
  std::memcpy(opened.whose.data(), parts.data() + end_size + opened.nonce.size(), opened.whose.size());
  return opened;
}

/// Tokens taken back before their end; those that end first go first when there are too many.
class Revoked {
 public:
  void add(const Opened& token, std::int64_t now) {
    const std::lock_guard lock(mutex_);
    while (!tokens_.empty() && (tokens_.begin()->first <= now || tokens_.size() >= most)) {
      tokens_.erase(tokens_.begin());
    }
    tokens_.emplace(token.end, token.nonce);
    any_.store(true, std::memory_order_release);
  }
  [[nodiscard]] bool contains(const Opened& token) const {
    if (!any_.load(std::memory_order_acquire)) return false;
    const std::lock_guard lock(mutex_);
    return tokens_.contains({token.end, token.nonce});
  }

 private:
  static constexpr std::size_t most = 100'000;
  std::atomic<bool> any_{false};
  mutable std::mutex mutex_;
  std::set<std::pair<std::int64_t, Nonce>> tokens_;
};

Revoked& revoked() {
  static Revoked all;
  return all;
}

}  // namespace

TokenSigner::TokenSigner(std::string_view scope, std::string_view key)
    : scope_(scope), key_(key.empty() ? std::string_view(key_of_process()) : key) {}

Fingerprint TokenSigner::fingerprint(std::string_view who, std::string_view secret) const {
  String text = "whose";
  for (const std::string_view part : {std::string_view(scope_), who, secret}) append_part(text, part);
  const Digest digest = sign(key_, text);
  Fingerprint made{};
  std::copy_n(digest.begin(), made.size(), made.begin());
  return made;
}

String TokenSigner::issue(TokenKind kind, const Fingerprint& whose, Clock::time_point until) const {
  std::array<std::uint8_t, token_bytes> bytes{};
  const auto end = static_cast<std::uint64_t>(seconds_of(until));
  for (std::size_t i = 0; i < end_size; ++i) bytes[i] = static_cast<std::uint8_t>(end >> (8 * (end_size - 1 - i)));
  fill_randomly(bytes.data() + end_size, sizeof(Nonce));
  std::copy(whose.begin(), whose.end(), bytes.begin() + end_size + sizeof(Nonce));
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const Digest signature = sign(key_, text_to_sign(scope_, kind, all.substr(0, signed_size)));
  std::copy(signature.begin(), signature.end(), bytes.begin() + signed_size);
  return to_url_alphabet(base64_encode(all));
}

std::optional<Fingerprint> TokenSigner::check(TokenKind kind, std::string_view token, Clock::time_point now) const {
  const std::optional<Opened> opened = open(scope_, key_, kind, token);
  if (!opened || opened->end <= seconds_of(now) || revoked().contains(*opened)) return {};
  return opened->whose;
}

void TokenSigner::revoke(TokenKind kind, std::string_view token, Clock::time_point now) const {
  const std::optional<Opened> opened = open(scope_, key_, kind, token);
  if (opened && opened->end > seconds_of(now)) revoked().add(*opened, seconds_of(now));
}

String sha256_hex(std::string_view text) {
  Digest digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("no SHA-256");  // the zeros that are there would be everybody's
  }
  constexpr std::string_view digits = "0123456789abcdef";
  String hex;
  for (const std::uint8_t byte : digest) {
    hex += digits[byte >> 4U];
    hex += digits[byte & 15U];
  }
  return hex;
}

}  // namespace parley::adapters
