// Addresses and networks, the text of a fault, the nearest name, and the adapters' own settings.
#include "config/settings.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "config/adapter_keys.hpp"
#include "schemas/ascii.hpp"

namespace parley::config {
namespace {

/// The address in its usual form: `0:0:0:0:0:0:0:1` becomes `::1`. nullopt: not an address.
template <int Family, class Address>
std::optional<String> normal(const String& host) {
  Address address{};
  if (inet_pton(Family, host.c_str(), &address) != 1) return std::nullopt;
  char text[INET6_ADDRSTRLEN];
  return inet_ntop(Family, &address, text, sizeof text);
}

void append_printable(std::string_view text, String& out) {
  for (const char byte : text) {
    if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) {
      out += "\\x";
      ascii::append_hex({&byte, 1}, out);
    } else {
      out += byte;
    }
  }
}

/// The edit distance: the number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  List<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

String Endpoint::text() const {
  const bool six = host.find(':') != String::npos;
  return (six ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

bool Endpoint::loopback() const {
  return host == "localhost" || host == "::1" || host.starts_with("127.") || host.starts_with("::ffff:127.");
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Endpoint endpoint;
  const std::string_view port = text.substr(colon + 1);
  const char* end = port.data() + port.size();
  const auto [stop, fault] = std::from_chars(port.data(), end, endpoint.port);
  if (fault != std::errc{} || stop != end || (port.size() > 1 && port.front() == '0')) return std::nullopt;

  std::string_view host = text.substr(0, colon);
  if (host == "localhost") {
    endpoint.host = host;
    return endpoint;
  }
  std::optional<String> address;
  if (host.starts_with('[') && host.ends_with(']')) {
    address = normal<AF_INET6, in6_addr>(String(host.substr(1, host.size() - 2)));
  } else {
    address = normal<AF_INET, in_addr>(String(host));
  }
  if (!address) return std::nullopt;
  endpoint.host = *address;
  return endpoint;
}

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const String host(text.substr(0, slash));
  Network network;
  unsigned most = 128;
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) {
    network.address[10] = network.address[11] = 0xFF;
    std::memcpy(network.address.data() + 12, &four, 4);
    most = 32;
  } else if (inet_pton(AF_INET6, host.c_str(), network.address.data()) != 1) {
    return std::nullopt;
  }
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (fault != std::errc{} || end != digits.data() + digits.size() || bits > most) return std::nullopt;
  }
  network.bits = static_cast<std::uint8_t>(bits + 128 - most);
  for (unsigned bit = network.bits; bit < 128; ++bit) {
    if ((network.address[bit / 8] & (0x80U >> (bit % 8))) != 0) return std::nullopt;
  }
  return network;
}

bool Network::contains(std::string_view text) const noexcept {
  if (text.size() > INET6_ADDRSTRLEN || text.find('/') != std::string_view::npos) return false;
  const auto other = parse_network(text);
  if (!other) return false;
  for (unsigned bit = 0; bit < bits; ++bit) {
    const unsigned mask = 0x80U >> (bit % 8);
    if (((address[bit / 8] ^ other->address[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

String Network::text() const {
  char text[INET6_ADDRSTRLEN];
  const bool four = bits >= 96 && address[10] == 0xFF && address[11] == 0xFF &&
                    std::all_of(address.begin(), address.begin() + 10, [](std::uint8_t byte) { return byte == 0; });
  inet_ntop(four ? AF_INET : AF_INET6, address.data() + (four ? 12 : 0), text, sizeof text);
  return String(text) + '/' + std::to_string(four ? bits - 96 : bits);
}

String format(std::string_view file, const Fault& fault) {
  String text(file);
  if (fault.mark.line != 0) text += ':' + std::to_string(fault.mark.line) + ':' + std::to_string(fault.mark.column);
  text += ": ";
  if (fault.severity == Severity::warning) text += "warning: ";
  if (!fault.path.empty()) {
    append_printable(fault.path, text);
    text += ": ";
  }
  append_printable(fault.what, text);
  return text;
}

std::optional<std::string_view> nearest(std::string_view name, const List<std::string_view>& known) {
  std::optional<std::string_view> found;
  std::size_t best = 4;
  if (name.size() > 64) return found;  // no known name is that long
  for (const std::string_view candidate : known) {
    const std::size_t steps = distance(ascii::lower(name), ascii::lower(candidate));
    if (steps >= best || steps * 2 >= name.size()) continue;
    best = steps;
    found = candidate;
  }
  return found;
}

const void* OwnSettings::find(const OwnTable& table) const noexcept {
  const auto at =
      std::find_if(values_.begin(), values_.end(), [&table](const Value& one) { return one.table == &table; });
  return at != values_.end() ? at->value.get() : nullptr;
}

void OwnSettings::put(const OwnTable& table, std::shared_ptr<const void> value) {
  const auto at =
      std::find_if(values_.begin(), values_.end(), [&table](const Value& one) { return one.table == &table; });
  if (at != values_.end()) {
    at->value = std::move(value);
  } else {
    values_.push_back({&table, std::move(value)});
  }
}

bool operator==(const OwnSettings& a, const OwnSettings& b) {
  const auto same_in = [](const OwnSettings& these, const OwnSettings& those) {
    return std::all_of(these.values_.begin(), these.values_.end(), [&those](const OwnSettings::Value& one) {
      const void* other = those.find(*one.table);
      return one.table->same(one.value.get(), other != nullptr ? other : one.table->keys.defaults());
    });
  };
  return same_in(a, b) && same_in(b, a);
}

List<NamedSecret> secrets_of(const OwnSettings& own) {
  List<NamedSecret> found;
  for (const OwnSettings::Value& one : own.values_) {
    const bool below_auth = one.table->at == At::backend_auth || one.table->at == At::route_auth;
    one.table->find_secrets(one.value.get(), below_auth ? "auth" : "", found);
  }
  return found;
}

bool AdapterKeys::reads(At at, std::string_view key) const noexcept {
  if (at == At::route && key == "profile" && !profiles.empty()) return true;
  const bool credentials = at == At::backend && key == "auth";
  return std::any_of(tables.begin(), tables.end(), [&](const OwnTable* table) {
    return (table->at == at && table->keys.view->find(key) >= 0) || (credentials && table->at == At::backend_auth);
  });
}

}  // namespace parley::config
