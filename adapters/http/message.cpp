// HTTP helpers that every adapter shares.
#include "adapters/http/message.hpp"

#include "adapters/contract/adapter.hpp"

namespace parley::http {
namespace {

char lower(char byte) noexcept { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte; }

int hex_value(char byte) noexcept {
  if (byte >= '0' && byte <= '9') return byte - '0';
  const char small = lower(byte);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

std::string_view name_of(Method method) noexcept {
  static constexpr std::array<std::string_view, 8> names = {"GET",   "HEAD",   "POST",    "PUT",
                                                            "PATCH", "DELETE", "OPTIONS", "OTHER"};
  return names[static_cast<std::size_t>(method)];
}

std::string_view name_of(contract::RecordKind kind) noexcept {
  static constexpr std::array<std::string_view, 6> names = {"chat",     "visitor", "agent",
                                                            "visitors", "agents",  "channels"};
  return names[static_cast<std::size_t>(kind)];
}

bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
  // Walks all of `a`, whatever `b` is: only the length of what the client sent shows in the time.
  unsigned difference = a.size() == b.size() ? 0U : 1U;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char other = b.empty() ? '\0' : b[i % b.size()];
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(other);
  }
  return difference == 0;
}

std::optional<std::string_view> Request::header(std::string_view name) const noexcept {
  for (const Header& header : headers) {
    if (same_ignoring_case(header.name, name)) return header.value;
  }
  return {};
}

void Reply::add(std::string_view name, std::string_view value) {
  for (const char byte : value) {
    if ((byte < ' ' || byte > '~') && byte != '\t') return;
  }
  headers_.append(name);
  headers_.append(": ");
  headers_.append(value);
  headers_.append("\r\n");
}

void Reply::clear() noexcept {
  status = 200;
  content_type = {};
  body.clear();
  losses.clear();
  matched.reset();
  headers_.clear();
}

std::optional<String> percent_decode(std::string_view text, bool plus) {
  String decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return {};
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (shape::find_bad_utf8(decoded) != std::string_view::npos) return {};
  return decoded;
}

std::optional<std::pair<std::string_view, std::string_view>> QueryPairs::next() noexcept {
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('&');
    const std::string_view pair = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return std::pair{pair, std::string_view{}};
    return std::pair{pair.substr(0, equals), pair.substr(equals + 1)};
  }
  return {};
}

std::optional<String> query_value(std::string_view query, std::string_view name, bool ignore_case) {
  QueryPairs pairs(query);
  while (const auto pair = pairs.next()) {
    const std::optional<String> key = percent_decode(pair->first, true);
    if (!key || (ignore_case ? !same_ignoring_case(*key, name) : *key != name)) continue;
    return percent_decode(pair->second, true);
  }
  return {};
}

namespace {
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}  // namespace

std::optional<String> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return {};
  String decoded;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t bits = 0;
    std::size_t padding = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      const char byte = text[i + j];
      const bool may_pad = i + 4 == text.size() && j >= 2;
      const std::size_t value = alphabet.find(byte);
      if (byte == '=' && may_pad) {
        ++padding;
      } else if (value == std::string_view::npos || padding != 0) {
        return {};
      }
      bits = (bits << 6U) | (byte == '=' ? 0U : static_cast<std::uint32_t>(value));
    }
    decoded += static_cast<char>(bits >> 16U);
    if (padding < 2) decoded += static_cast<char>(bits >> 8U & 0xffU);
    if (padding < 1) decoded += static_cast<char>(bits & 0xffU);
  }
  return decoded;
}

String base64_encode(std::string_view bytes) {
  String encoded;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view three = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      bits = (bits << 8U) | (j < three.size() ? static_cast<unsigned char>(three[j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) encoded += j <= three.size() ? alphabet[bits >> (18 - 6 * j) & 63U] : '=';
  }
  return encoded;
}

}  // namespace parley::http
