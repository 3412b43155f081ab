// Conversion of ids. An id that fits into a UUID is packed into it, so that all gateways show the same guid without a table.
#include "schemas/id.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <cstring>
#include <ctime>

namespace parley::ids {
namespace {

using Wide = unsigned __int128;

// The characters of random ids, without look-alikes: no 0 1 I O U V l.
constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";
static_assert(alphabet.size() == 55);
constexpr std::size_t random_length = 17;
constexpr std::size_t object_length = 24;

// A version-8 UUID has 122 free bits. We use 20 as a signature (other programs make version-8 UUIDs, too), 3 for the kind, 99 for the id.
constexpr unsigned payload_bits = 99;
constexpr unsigned kind_bits = 3;
constexpr Wide signature = 0x9a71e;  // 20 bits; arbitrary, but must never change
constexpr Wide kind_random17 = 1;
constexpr Wide kind_object24 = 2;

// The namespace of the version-5 UUIDs; arbitrary, but must never change.
constexpr boost::uuids::uuid name_space = {
    {0x6b, 0x1d, 0x0c, 0x52, 0x7e, 0x3a, 0x4f, 0x18, 0x9d, 0x60, 0x21, 0xf4, 0x3c, 0x8a, 0xe5, 0x97}};

constexpr Wide random_end = [] {
  Wide end = 1;
  for (std::size_t i = 0; i < random_length; ++i) end *= alphabet.size();
  return end;
}();
static_assert(random_end < (Wide{1} << payload_bits));

/// The value of each byte as a hexadecimal digit, or -1.
constexpr std::array<std::int8_t, 256> hex_values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (int digit = 0; digit < 10; ++digit)
    values[static_cast<std::size_t>('0' + digit)] = static_cast<std::int8_t>(digit);
  for (int digit = 10; digit < 16; ++digit) {
    values[static_cast<std::size_t>('a' + digit - 10)] = static_cast<std::int8_t>(digit);
    values[static_cast<std::size_t>('A' + digit - 10)] = static_cast<std::int8_t>(digit);
  }
  return values;
}();
int hex_value(char byte) noexcept { return hex_values[static_cast<unsigned char>(byte)]; }

bool is_object24(std::string_view text) noexcept {
  if (text.size() != object_length) return false;
  for (const char byte : text) {
    if (hex_value(byte) < 0 || (byte >= 'A' && byte <= 'F')) return false;
  }
  return true;
}

bool is_random17(std::string_view text) noexcept {
  return text.size() == random_length && text.find_first_not_of(alphabet) == std::string_view::npos;
}

/// The version-8 UUID with these 122 bits.
Guid spread(Wide bits) noexcept {
  const Wide high = bits >> 74U;                   // 48 bits before the version
  const Wide middle = (bits >> 62U) & 0xfffU;      // 12 bits after the version
  const Wide low = bits & ((Wide{1} << 62U) - 1);  // 62 bits after the variant
  const Wide all = (high << 80U) | (Wide{8} << 76U) | (middle << 64U) | (Wide{2} << 62U) | low;
  Guid guid{};
  for (std::size_t i = 0; i < guid.size(); ++i) guid[i] = static_cast<std::uint8_t>(all >> (8 * (15 - i)));
  return guid;
}

/// The 122 free bits of a version-8 UUID; nullopt for another version or variant.
std::optional<Wide> gather(const Guid& guid) noexcept {
  if ((guid[6] >> 4U) != 8 || (guid[8] >> 6U) != 2) return {};
  Wide all = 0;
  for (const std::uint8_t byte : guid) all = (all << 8U) | byte;
  return ((all >> 80U) << 74U) | (((all >> 64U) & 0xfffU) << 62U) | (all & ((Wide{1} << 62U) - 1));
}

Guid pack(Wide kind, Wide payload) noexcept {
  return spread((signature << (payload_bits + kind_bits)) | (kind << payload_bits) | payload);
}

/// An id that is packed into a guid.
struct Packed {
  Wide kind;
  Wide payload;
};
/// The id that `pack` put into this guid, or nullopt.
std::optional<Packed> unpack(const Guid& guid) noexcept {
  const std::optional<Wide> bits = gather(guid);
  if (!bits || (*bits >> (payload_bits + kind_bits)) != signature) return {};
  const Packed packed{.kind = (*bits >> payload_bits) & ((Wide{1} << kind_bits) - 1),
                      .payload = *bits & ((Wide{1} << payload_bits) - 1)};
  const bool good = (packed.kind == kind_random17 && packed.payload < random_end) ||
                    (packed.kind == kind_object24 && packed.payload < (Wide{1} << 96U));
  return good ? std::optional(packed) : std::nullopt;
}

Guid to_array(const boost::uuids::uuid& uuid) noexcept {
  Guid guid{};
  std::copy(uuid.begin(), uuid.end(), guid.begin());
  return guid;
}

/// The bytes of a random version-4 UUID, from the system's random source.
Guid random_bytes() {
  static thread_local boost::uuids::random_generator generate;
  return to_array(generate());
}

}  // namespace

Kind kind_of(std::string_view canonical) noexcept {
  if (canonical.size() == 36 && parse_guid(canonical)) return Kind::guid;
  if (is_random17(canonical)) return Kind::random17;
  if (is_object24(canonical)) return Kind::object24;
  return Kind::free_text;
}

std::optional<Guid> parse_guid(std::string_view text) noexcept {
  static constexpr std::array<std::uint8_t, 16> places = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return {};
  Guid guid{};
  int all = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const int high = hex_values[static_cast<unsigned char>(text[places[i]])];
    const int low = hex_values[static_cast<unsigned char>(text[places[i] + 1U])];
    all |= high | low;  // negative after a bad digit; one check after the loop is faster
    guid[i] = static_cast<std::uint8_t>(high << 4U | low);
  }
  if (all < 0) return {};
  return guid;
}

bool is_lower_guid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  using Sixteen = unsigned char __attribute__((vector_size(16)));
  using Dashes = std::array<unsigned char, 16>;
  constexpr auto dashes_at = [](std::size_t begin) {  // 255 where a guid has a dash
    Dashes dashes{};
    for (const std::size_t at : {8, 13, 18, 23}) {
      if (at >= begin && at < begin + 16) dashes[at - begin] = 255;
    }
    return dashes;
  };
  constexpr std::array<std::size_t, 3> begins = {0, 16, 20};
  static constexpr std::array<Dashes, 3> all_dashes = {dashes_at(0), dashes_at(16), dashes_at(20)};
  std::uint64_t bad = 0;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    Sixteen bytes;
    Sixteen dashes;
    std::memcpy(&bytes, text.data() + begins[i], 16);
    std::memcpy(&dashes, all_dashes[i].data(), 16);
    const auto digit = Sixteen((bytes - '0' < 10) | (bytes - 'a' < 6));
    const auto dash = Sixteen(bytes == '-');
    const Sixteen wrong = ((dash & dashes) | (digit & ~dashes)) ^ 255;
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), &wrong, sizeof wrong);
    bad |= halves[0] | halves[1];
  }
  return bad == 0;
}

String format(const Guid& guid) {
  static constexpr char digits[] = "0123456789abcdef";
  std::array<char, 36> text;
  char* at = text.data();
  for (std::size_t i = 0; i < guid.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
    *at++ = digits[guid[i] >> 4U];
    *at++ = digits[guid[i] & 15U];
  }
  return {text.data(), text.size()};
}

Guid to_guid(std::string_view canonical) {
  if (const auto guid = parse_guid(canonical)) return *guid;
  if (is_random17(canonical)) {
    Wide payload = 0;
    for (const char byte : canonical) payload = payload * alphabet.size() + alphabet.find(byte);
    return pack(kind_random17, payload);
  }
  if (is_object24(canonical)) {
    Wide payload = 0;
    for (const char byte : canonical) payload = payload * 16 + static_cast<unsigned>(hex_value(byte));
    return pack(kind_object24, payload);
  }
  boost::uuids::name_generator_sha1 generate(name_space);
  return to_array(generate(canonical.data(), canonical.size()));
}

bool is_own_guid(std::string_view text) noexcept {
  constexpr std::size_t version = 14;
  if (!is_lower_guid(text) || text == zero_guid) return false;
  return text[version] != '8' || !unpack(*parse_guid(text));
}

String from_guid(const Guid& guid) {
  const std::optional<Packed> packed = unpack(guid);
  if (!packed) return format(guid);
  const std::string_view digits = packed->kind == kind_random17 ? alphabet : "0123456789abcdef";
  String text(packed->kind == kind_random17 ? random_length : object_length, '0');
  Wide payload = packed->payload;
  for (std::size_t i = text.size(); i-- > 0; payload /= digits.size()) {
    text[i] = digits[static_cast<std::size_t>(payload % digits.size())];
  }
  return text;
}

bool may_be_mapped(const Guid& guid) noexcept { return (guid[6] >> 4U) == 5 && (guid[8] >> 6U) == 2; }

String new_random17() {
  // Takes 112 random bits where 98.3 would do, so that the bias of the division is negligible (below 2^-13).
  Wide random = 0;
  const Guid bytes = random_bytes();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i != 6 && i != 8) random = (random << 8U) | bytes[i];
  }
  String text(random_length, '2');
  for (char& byte : text) {
    byte = alphabet[static_cast<std::size_t>(random % alphabet.size())];
    random /= alphabet.size();
  }
  return text;
}

String new_object24() {
  const Guid bytes = random_bytes();
  const auto seconds = static_cast<std::uint32_t>(std::time(nullptr));
  Wide payload = seconds;
  for (std::size_t i = 0; i < 6; ++i) payload = (payload << 8U) | bytes[i];
  payload = (payload << 16U) | (static_cast<Wide>(bytes[14]) << 8U) | bytes[15];
  String text(object_length, '0');
  for (std::size_t i = object_length; i-- > 0; payload /= 16) {
    text[i] = "0123456789abcdef"[static_cast<std::size_t>(payload % 16)];
  }
  return text;
}

String new_guid() { return format(random_bytes()); }

}  // namespace parley::ids
