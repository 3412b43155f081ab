// Advice on addresses and networks: missing ports and brackets, host names, masks, bits after the prefix.
#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "config/advice.hpp"
#include "schemas/ascii.hpp"

namespace parley::config {
namespace {

using ascii::all_digits;
using ascii::is_digit;
using ascii::is_letter;

bool is_four(std::string_view text) {
  in_addr address{};
  return inet_pton(AF_INET, String(text).c_str(), &address) == 1;
}
bool is_six(std::string_view text) {
  in6_addr address{};
  return inet_pton(AF_INET6, String(text).c_str(), &address) == 1;
}
bool is_port(std::string_view text) { return parse_endpoint("localhost:" + String(text)).has_value(); }

String without_blanks(std::string_view text) {
  String out;
  for (const char byte : text) {
    if (byte != ' ') out += byte;
  }
  return out;
}

/// Advice to write `a, b` as a list of two texts.
String as_list(std::string_view text) {
  String list = "write a list: [";
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    list.append(list.back() == '[' ? "\"" : ", \"").append(ascii::trim(text.substr(0, comma), " ")).append("\"");
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return list += ']';
}

String in_quotes(std::string_view text) { return '"' + String(text) + '"'; }

/// The number of bits of a mask such as 255.255.0.0. nullopt: not a mask.
std::optional<unsigned> bits_of_mask(std::string_view text) {
  in_addr mask{};
  if (inet_pton(AF_INET, String(text).c_str(), &mask) != 1) return std::nullopt;
  const std::uint32_t value = ntohl(mask.s_addr);
  unsigned bits = 0;
  while (bits < 32 && (value & (0x80000000U >> bits)) != 0) ++bits;
  const std::uint32_t whole = bits == 0 ? 0 : ~0U << (32 - bits);
  return value == whole ? std::optional(bits) : std::nullopt;
}

/// The network of that prefix length that contains an address, as text.
String network_of(std::string_view host, unsigned bits) {
  auto network = parse_network(host);
  if (!network) return {};
  network->bits = static_cast<std::uint8_t>(is_four(host) ? bits + 96 : bits);
  for (unsigned bit = network->bits; bit < 128; ++bit) {
    network->address[bit / 8] = static_cast<std::uint8_t>(network->address[bit / 8] & ~(0x80U >> (bit % 8)));
  }
  return network->text();
}

/// Advice on the first parts of an IPv4 network: `10/8`, `10.*`, `192.168.*.*`. Empty if the text has no such form.
String complete(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  std::string_view host = text.substr(0, slash);
  unsigned parts = 0;
  String whole;
  while (!host.empty() && parts < 4) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    if (!all_digits(host.substr(0, dot))) break;
    whole.append(parts == 0 ? "" : ".").append(host.substr(0, dot));
    ++parts;
    host.remove_prefix(std::min(dot + 1, host.size()));
  }
  if (parts == 0 || parts == 4 || host.find_first_not_of("*.") != std::string_view::npos) return {};
  if (host.empty() && slash == text.size()) return {};  // `10.0` is ambiguous
  for (unsigned part = parts; part < 4; ++part) whole += ".0";
  whole.append(slash == text.size() ? '/' + std::to_string(parts * 8) : String(text.substr(slash)));
  return parse_network(whole) ? "write " + whole : String();
}

}  // namespace

String advise_listen(std::string_view text) {
  if (text.find(',') != std::string_view::npos) return as_list(text);
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    const std::string_view rest = text.substr(scheme + 3, text.find('/', scheme + 3) - scheme - 3);
    return parse_endpoint(rest) ? "write " + in_quotes(rest) : "without " + String(text.substr(0, scheme + 3));
  }
  if (const String together = without_blanks(text); together != text && parse_endpoint(together))
    return "write " + in_quotes(together);
  if (text.starts_with('/') || text.starts_with("unix:")) return "only TCP is listened on";
  if (text.find('%') != std::string_view::npos) return "an address with a zone cannot be listened on";
  if (all_digits(text)) {
    if (!is_port(text)) return "a port is a number from 0 to 65535";
    return "write " + in_quotes("127.0.0.1:" + String(text)) + ", or " + in_quotes("0.0.0.0:" + String(text)) +
           " for every IPv4 address of this machine";
  }
  const std::size_t colon = text.rfind(':');
  const std::string_view host = text.substr(0, colon);
  const std::string_view port = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (colon != std::string_view::npos && (host.empty() || host == "*") && is_port(port)) {
    return "write " + in_quotes("0.0.0.0:" + String(port)) + " for every IPv4 address of this machine, " +
           in_quotes("[::]:" + String(port)) + " for every IPv6 address";
  }
  if (is_six(host) && is_port(port))
    return "write " + in_quotes("[" + String(host) + "]:" + String(port)) + ", with brackets";
  if (is_six(text)) return "write " + in_quotes("[" + String(text) + "]:8080") + ", with brackets and the port";
  const bool bracketed = text.starts_with('[') && text.ends_with(']') && is_six(text.substr(1, text.size() - 2));
  if (bracketed || is_four(text) || text == "localhost")
    return "the port is missing: write " + in_quotes(String(text) + ":8080");
  const bool inside = host.starts_with('[') && host.ends_with(']') && is_six(host.substr(1, host.size() - 2));
  if ((is_four(host) || host == "localhost" || inside) && !is_port(port)) return "a port is a number from 0 to 65535";
  const bool name = std::any_of(text.begin(), text.end(), is_letter) && text.find('[') == std::string_view::npos;
  return name ? "host names are not looked up here: write the address" : "";
}

String advise_network(std::string_view text) {
  if (text.find(',') != std::string_view::npos) return as_list(text);
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  const bool four = is_four(host);
  if (slash != std::string_view::npos && (four || is_six(host))) {
    const std::string_view bits = text.substr(slash + 1);
    if (four) {
      if (const auto mask = bits_of_mask(bits)) return "write " + network_of(host, *mask);
    }
    const unsigned most = four ? 32 : 128;
    unsigned count = 0;
    const auto read = std::from_chars(bits.data(), bits.data() + bits.size(), count);
    if (read.ec != std::errc{} || read.ptr != bits.data() + bits.size())
      return "behind the `/` stands a number of bits from 0 to " + std::to_string(most);
    if (count > most) {
      return String(four ? "an IPv4" : "an IPv6") + " address has " + std::to_string(most) + " bits: " + String(bits) +
             " > " + std::to_string(most);
    }
    return "the bits behind the prefix are 0: write " + network_of(host, count) + ", or " + String(host) +
           " for that address alone";
  }
  if (const auto endpoint = parse_endpoint(text)) return "without a port: write " + endpoint->host;
  if (const String whole = complete(text); !whole.empty()) return whole;
  if (text.find('-') != std::string_view::npos && is_four(text.substr(0, text.find('-'))))
    return "a range is written as the networks that it is made of";
  const bool name = std::any_of(text.begin(), text.end(), is_letter) && text.find(':') == std::string_view::npos;
  return name ? "host names are not looked up here: write the address" : "";
}

}  // namespace parley::config
