// Ids between the canonical text and Enghouse's.
#include "adapters/enghouse/ids.hpp"

#include <algorithm>
#include <cstring>

namespace parley::enghouse {
namespace {

constexpr std::size_t guid_length = 36;
constexpr std::size_t longest_id = 256;

/// A guid in canonical spelling: capitals would not come back as they were. Every id of every reply passes here, so the
/// text is looked at once and nothing is decoded.
bool is_lower_guid(std::string_view text) noexcept {
  if (text.size() != guid_length) return false;
  bool good = text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
  for (std::size_t i = 0; i < guid_length; ++i) {
    const char byte = text[i];
    good &= (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') ||
            (byte == '-' && (i == 8 || i == 13 || i == 18 || i == 23));
  }
  return good;
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
    case ids::Kind::rocket17:
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
