// A `traceparent` that is not valid is ignored, and a new trace begins.
#include "gateway/observe/trace.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

#include "schemas/ascii.hpp"

namespace parley::gateway::observe {
namespace {

constexpr std::size_t size = 55;  // of version 00

bool is_hex(std::string_view text) noexcept {
  return text.find_first_not_of(ascii::hex_digits) == std::string_view::npos;
}
bool is_zero(std::string_view text) noexcept { return text.find_first_not_of('0') == std::string_view::npos; }

/// The two digits of each byte.
constexpr std::array<char, 512> hex_pairs = [] {
  std::array<char, 512> pairs{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    pairs[2 * byte] = ascii::hex_digits[byte / 16];
    pairs[2 * byte + 1] = ascii::hex_digits[byte % 16];
  }
  return pairs;
}();

void put_hex(std::uint64_t number, char* to) noexcept {
  for (int i = 14; i >= 0; i -= 2, number >>= 8U) std::memcpy(to + i, &hex_pairs[2 * (number & 255U)], 2);
}

}  // namespace

bool is_traceparent(std::string_view text) noexcept {
  if (text.size() < size || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2);
  const std::string_view trace = text.substr(3, 32);
  const std::string_view parent = text.substr(36, 16);
  if (!is_hex(version) || !is_hex(trace) || !is_hex(parent) || !is_hex(text.substr(53, 2))) return false;
  if (version == "ff" || is_zero(trace) || is_zero(parent)) return false;
  return text.size() == size || (version != "00" && text[size] == '-');
}

std::string_view find_traceparent(std::span<const http::Header> headers) noexcept {
  std::string_view found;
  for (const http::Header& header : headers) {
    if (!ascii::same_ignoring_case(header.name, "traceparent")) continue;
    if (!found.empty() || !is_traceparent(header.value)) return {};
    found = header.value;
  }
  return found;
}

Tracer::Tracer() : state_(0) {
  std::random_device device;
  state_ = (static_cast<std::uint64_t>(device()) << 32U) | device();
}

// SplitMix64: each of its 2^64 states gives a different number, so the ids of one worker do not repeat. Skips 0.
std::uint64_t Tracer::number() noexcept {
  for (;;) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    mixed ^= mixed >> 31U;
    if (mixed != 0) return mixed;
  }
}

std::array<char, 32> Tracer::id() noexcept {
  std::array<char, 32> text;
  put_hex(number(), text.data());
  put_hex(number(), text.data() + 16);
  return text;
}

Trace Tracer::child(std::string_view given, bool recorded) noexcept {
  Trace trace;
  char* const text = trace.text_.data();
  std::copy_n("00-", 3, text);
  if (given.empty()) {
    put_hex(number(), text + 3);
    put_hex(number(), text + 19);
  } else {
    std::copy_n(given.begin() + 3, 32, text + 3);
    recorded = ascii::hex_value(given[54]) % 2 != 0;
  }
  text[35] = '-';
  put_hex(number(), text + 36);
  std::copy_n(recorded ? "-01" : "-00", 3, text + 52);
  return trace;
}

}  // namespace parley::gateway::observe
