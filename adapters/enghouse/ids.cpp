// Converts ids between the canonical text and Enghouse's; see ids.hpp.
#include "adapters/enghouse/ids.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace parley::enghouse {
namespace {

constexpr std::size_t guid_length = 36;
constexpr std::size_t longest_id = 256;

std::string_view join(std::string_view prefix, std::string_view guid, IdScratch& scratch) noexcept {
  char* const at = std::copy(prefix.begin(), prefix.end(), scratch.data());
  std::memcpy(at, guid.data(), guid_length);
  return {scratch.data(), prefix.size() + guid_length};
}

}  // namespace

std::string_view write_id(std::string_view prefix, std::string_view canonical, IdScratch& scratch) {
  if (ids::is_lower_guid(canonical)) return join(prefix, canonical, scratch);
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

Text read_id(std::string_view prefix, std::string_view wire) {
  static const shape::Reading owning;
  return read_id(prefix, wire, owning);
}

Text read_id(std::string_view prefix, std::string_view wire, const shape::Reading& reading) {
  if (wire.size() == prefix.size() + guid_length && wire.starts_with(prefix)) {
    const std::string_view text = wire.substr(prefix.size());
    if (ids::is_own_guid(text)) return reading.keep(text);
    if (ids::is_lower_guid(text)) return ids::from_guid(*ids::parse_guid(text));
  }
  return reading.keep(wire);
}

bool may_be_id(std::string_view wire) noexcept {
  if (wire.empty() || wire == "." || wire == ".." || wire.size() > longest_id) return false;
  return std::none_of(wire.begin(), wire.end(), [](unsigned char byte) {
    return byte < 0x20 || byte == 0x7f || byte == '/' || byte == '\\' || byte == '?' || byte == '#' || byte == '%';
  });
}

}  // namespace parley::enghouse
