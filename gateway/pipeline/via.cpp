// The name is random, since host and port may be the same in two containers. The whole list is passed on, up to a limit, so
// that a loop over several gateways is found too.
#include "gateway/pipeline/via.hpp"

#include <algorithm>
#include <random>

#include "adapters/http/header_list.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::pipeline {
namespace {

constexpr std::string_view protocol = "1.1 ";
constexpr std::size_t longest_header = 1024;

bool is_via(const http::Header& header) noexcept { return ascii::same_ignoring_case(header.name, "Via"); }

bool is_text(std::string_view value) noexcept {
  return std::all_of(value.begin(), value.end(),
                     [](char byte) { return (byte >= ' ' && byte <= '~') || byte == '\t'; });
}

/// The name in `[HTTP/]1.1 name (comment)`; empty if there is none.
std::string_view name_of(std::string_view member) noexcept {
  const std::size_t blank = std::min(member.find_first_of(" \t"), member.size());
  const std::string_view behind = http::without_blanks(member.substr(blank));
  return behind.substr(0, behind.find_first_of(" \t("));
}

}  // namespace

String make_hop() {
  String hop(protocol);
  hop += "parley-";
  std::random_device device;
  for (int i = 0; i < 16; ++i) hop += ascii::hex_digits[device() % ascii::hex_digits.size()];
  return hop;
}

bool has_passed(std::span<const http::Header> headers, std::string_view hop) {
  const std::string_view own = hop.substr(protocol.size());
  for (const http::Header& header : headers) {
    if (!is_via(header)) continue;
    http::HeaderList members(header.value);
    while (const std::optional<std::string_view> member = members.next()) {
      if (ascii::same_ignoring_case(name_of(*member), own)) return true;
    }
  }
  return false;
}

std::string_view via_of(std::span<const http::Header> headers, std::string_view hop, String& to) {
  to.clear();
  for (const http::Header& header : headers) {
    if (!is_via(header)) continue;
    http::HeaderList members(header.value);
    while (const std::optional<std::string_view> member = members.next()) {
      if (!is_text(*member) || to.size() + member->size() > longest_header) return hop;
      to.append(*member).append(", ");
    }
  }
  return to.append(hop);
}

}  // namespace parley::gateway::pipeline
