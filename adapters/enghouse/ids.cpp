// Converts ids between the canonical text and Enghouse's; see ids.hpp.
#include "adapters/enghouse/ids.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace parley::enghouse {
namespace {

constexpr std::size_t guid_length = 36;
constexpr std::size_t longest_id = 256;

/// 1 for a digit of a guid in lower case, 2 for its dash, 0 for every other byte.
constexpr std::array<std::uint8_t, 256> guid_bytes = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (const char byte : std::string_view("0123456789abcdef")) kinds[static_cast<unsigned char>(byte)] = 1;
  kinds['-'] = 2;
  return kinds;
}();

/// Whether the text is a guid in lower case; capitals would not be written back. This runs for every id of every reply, so it
/// scans the text once and decodes nothing.
bool is_lower_guid(std::string_view text) noexcept {
  if (text.size() != guid_length) return false;
  unsigned dashes = 0;
  bool good = true;
  for (const char byte : text) {
    const unsigned kind = guid_bytes[static_cast<unsigned char>(byte)];
    good &= kind != 0;
    dashes += kind >> 1U;
  }
  return good && dashes == 4 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

std::string_view join(std::string_view prefix, std::string_view guid, IdScratch& scratch) noexcept {
  std::memcpy(scratch.data(), prefix.data(), prefix.size());
  std::memcpy(scratch.data() + prefix.size(), guid.data(), guid.size());
  return {scratch.data(), prefix.size() + guid.size()};
}

}  // namespace

std::string_view write_id(std::string_view prefix, std::string_view canonical, IdScratch& scratch) {
  if (is_lower_guid(canonical)) return join(prefix, canonical, scratch);
  switch (ids::kind_of(canonical)) {
    case ids::Kind::random17:
    case ids::Kind::object24:
      return join(prefix, ids::format(ids::to_guid(canonical)), scratch);
    case ids::Kind::guid:
    case ids::Kind::free_text:
      break;
  }
  return canonical;
}

String read_id(std::string_view prefix, std::string_view wire) {
  if (wire.size() == prefix.size() + guid_length && wire.starts_with(prefix)) {
    const std::string_view guid = wire.substr(prefix.size());
    if (is_lower_guid(guid)) return ids::from_guid(*ids::parse_guid(guid));
  }
  return String(wire);
}

bool may_be_id(std::string_view wire) noexcept {
  if (wire.empty() || wire == "." || wire == ".." || wire.size() > longest_id) return false;
  return std::none_of(wire.begin(), wire.end(), [](unsigned char byte) {
    return byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\' || byte == '?' || byte == '#' || byte == '%';
  });
}

}  // namespace parley::enghouse
