// Ids between the canonical text and Enghouse's.
#include "adapters/enghouse/ids.hpp"

#include <algorithm>
#include <cstring>

namespace parley::enghouse {
namespace {

constexpr std::size_t guid_length = 36;
constexpr std::size_t longest_id = 256;

/// Only lower case is canonical: capitals would not come back as they were.
bool is_lower_guid(std::string_view text) noexcept {
  return text.size() == guid_length && ids::parse_guid(text) &&
         std::none_of(text.begin(), text.end(), [](char byte) { return byte >= 'A' && byte <= 'F'; });
}

std::string_view join(std::string_view prefix, std::string_view guid, IdScratch& scratch) noexcept {
  std::memcpy(scratch.data(), prefix.data(), prefix.size());
  std::memcpy(scratch.data() + prefix.size(), guid.data(), guid.size());
  return {scratch.data(), prefix.size() + guid.size()};
}

}  // namespace

std::string_view write_id(std::string_view prefix, std::string_view canonical, IdScratch& scratch) {
  switch (ids::kind_of(canonical)) {
    case ids::Kind::guid:
      return is_lower_guid(canonical) ? join(prefix, canonical, scratch) : canonical;
    case ids::Kind::rocket17:
    case ids::Kind::object24:
      return join(prefix, ids::format(ids::to_guid(canonical)), scratch);
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
