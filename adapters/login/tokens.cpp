// A token has its end, its line, its number in the line and its user's fingerprint. The signature covers these, the kind and the scope.
#include "adapters/login/tokens.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "adapters/http/base64.hpp"
#include "adapters/io/digest.hpp"
#include "adapters/login/revocations.hpp"

namespace parley::login {
namespace {

using Seconds = std::chrono::seconds;
using Digest = std::array<std::uint8_t, 32>;

constexpr std::size_t number_size = 8;
constexpr std::size_t numbers = 3;  // end, line, number in the line
constexpr std::size_t signed_size = numbers * number_size + sizeof(Fingerprint);
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

/// One key for all routes and revisions of the process.
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
    throw std::runtime_error("no SHA-256");  // a digest of zeros would sign anything
  }
  return digest;
}

/// Writes the length first, so that two different lists of parts never give the same text.
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
  return http::base64_decode(base64);
}

std::int64_t seconds_of(TokenSigner::Clock::time_point time) {
  return std::chrono::duration_cast<Seconds>(time.time_since_epoch()).count();
}

void put_number(std::uint64_t number, std::uint8_t* out) {
  for (std::size_t i = 0; i < number_size; ++i) {
    out[i] = static_cast<std::uint8_t>(number >> (8 * (number_size - 1 - i)));
  }
}

std::uint64_t get_number(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(0, number_size)) number = number << 8U | static_cast<unsigned char>(byte);
  return number;
}

/// The content of a token.
struct Content {
  Revocations::Line line;
  std::uint64_t number = 0;  ///< number in its line
  Fingerprint whose{};
};

String text_to_sign(std::string_view scope, TokenKind kind, std::string_view parts) {
  String text = "token";
  append_part(text, scope);
  text += static_cast<char>(kind);
  return text.append(parts);
}

String seal(std::string_view scope, std::string_view key, TokenKind kind, const Content& content) {
  std::array<std::uint8_t, token_bytes> bytes{};
  put_number(static_cast<std::uint64_t>(content.line.end), bytes.data());
  put_number(content.line.id, bytes.data() + number_size);
  put_number(content.number, bytes.data() + 2 * number_size);
  std::copy(content.whose.begin(), content.whose.end(), bytes.begin() + numbers * number_size);
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const Digest signature = sign(key, text_to_sign(scope, kind, all.substr(0, signed_size)));
  std::copy(signature.begin(), signature.end(), bytes.begin() + signed_size);
  return to_url_alphabet(http::base64_encode(all));
}

/// Nothing if the token is malformed or its signature is wrong.
std::optional<Content> open(std::string_view scope, std::string_view key, TokenKind kind, std::string_view token) {
  const std::optional<String> bytes = from_url_alphabet(token);
  if (!bytes) return {};
  const std::string_view parts = std::string_view(*bytes).substr(0, signed_size);
  const Digest right = sign(key, text_to_sign(scope, kind, parts));
  if (CRYPTO_memcmp(right.data(), bytes->data() + signed_size, right.size()) != 0) return {};
  Content content;
  content.line = {static_cast<std::int64_t>(get_number(parts)), get_number(parts.substr(number_size))};
  content.number = get_number(parts.substr(2 * number_size));
  std::memcpy(content.whose.data(), parts.data() + numbers * number_size, content.whose.size());
  return content;
}

/// Shared by all signers of the process, so it does not depend on routes and revisions.
Revocations& revoked() {
  static Revocations all;
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
  std::array<std::uint8_t, number_size> id{};
  fill_randomly(id.data(), id.size());
  const std::string_view bytes(reinterpret_cast<const char*>(id.data()), id.size());
  const auto end = std::chrono::ceil<Seconds>(until.time_since_epoch()).count();
  return seal(scope_, key_, kind, {.line = {end, get_number(bytes)}, .whose = whose});
}

std::optional<Fingerprint> TokenSigner::check(TokenKind kind, std::string_view token, Clock::time_point now) const {
  const std::optional<Content> content = open(scope_, key_, kind, token);
  if (!content || content->line.end <= seconds_of(now)) return {};
  if (revoked().contains({content->whose, kind}, content->line, content->number)) return {};
  return content->whose;
}

std::optional<String> TokenSigner::renew(TokenKind kind, std::string_view token, Clock::time_point now) const {
  const std::optional<Content> content = open(scope_, key_, kind, token);
  if (!content || content->line.end <= seconds_of(now)) return {};
  Content next = *content;
  ++next.number;
  String renewed = seal(scope_, key_, kind, next);  // may throw: so before the old one is used up
  if (!revoked().take_back({content->whose, kind}, content->line, content->number, seconds_of(now))) return {};
  return renewed;
}

void TokenSigner::revoke_line_of_used(TokenKind kind, std::string_view token, Clock::time_point now) const {
  const std::optional<Content> content = open(scope_, key_, kind, token);
  if (!content || content->line.end <= seconds_of(now)) return;
  const Revocations::Owner owner{content->whose, kind};
  if (!revoked().contains(owner, content->line, content->number)) return;
  revoked().take_back(owner, content->line, std::numeric_limits<std::uint64_t>::max(), seconds_of(now));
}

void TokenSigner::revoke(TokenKind kind, std::string_view token, Clock::time_point now) const {
  const std::optional<Content> content = open(scope_, key_, kind, token);
  if (!content || content->line.end <= seconds_of(now)) return;
  revoked().take_back({content->whose, kind}, content->line, content->number, seconds_of(now));
}

String sha256_hex(std::string_view text) {
  String hex = io::sha256(text);
  if (hex.empty()) throw std::runtime_error("no SHA-256");  // otherwise all passwords would be equal
  return hex;
}

}  // namespace parley::login
