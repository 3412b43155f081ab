// Reads units, addresses and secrets.
#include "config/values.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "config/age.hpp"
#include "config/file.hpp"
#include "config/secret.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::config {
namespace {

using ascii::is_digit;
using ascii::is_letter;

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr Unit durations[] = {{"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}};
constexpr Unit ages[] = {{"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
constexpr Unit sizes[] = {{"B", 1}, {"KiB", 1U << 10U}, {"MiB", 1U << 20U}, {"GiB", 1U << 30U}};
constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t longest_duration = 24 * 3'600'000;
constexpr std::uint64_t longest_age = 36'500ULL * 24 * 3'600'000;
constexpr std::size_t longest_secret = 64 * 1024;

/// Decimal digits without a sign or a leading zero.
std::optional<std::uint64_t> parse_digits(std::string_view text) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  return value;
}

/// A number with its unit. nullopt: the value has no such form, or does not fit into 64 bits.
std::optional<std::uint64_t> parse_units(const Node& node, std::span<const Unit> units) {
  if (!node.is_text()) return std::nullopt;
  const std::string_view digits = node.text.substr(0, node.text.find_first_not_of("0123456789"));
  const std::string_view name = node.text.substr(digits.size());
  const auto number = parse_digits(digits);
  const auto unit = std::find_if(units.begin(), units.end(), [name](const Unit& one) { return one.name == name; });
  if (!number || unit == units.end() || *number > largest / unit->factor) return std::nullopt;
  return *number * unit->factor;
}

/// The value in the largest unit that needs no fraction.
String print_units(std::uint64_t value, std::span<const Unit> units) {
  std::size_t at = units.size() - 1;
  while (at > 0 && (value == 0 || value % units[at].factor != 0)) --at;
  return std::to_string(value / units[at].factor).append(units[at].name);
}

/// Whether the text has no line feed and no control character but tab. A header cannot carry those.
bool is_one_line(std::string_view text) {
  return text.find('\n') == String::npos && shape::find_control(text) == String::npos;
}

/// Whether the text is the content of a PEM file. Somebody may write it where the name of the file belongs.
bool is_pem(std::string_view text) { return text.starts_with("-----BEGIN"); }

/// Whether the value is true or false without quotes, which are no text: an editor would refuse them, too.
bool is_truth(const Node& node) {
  constexpr std::string_view words[] = {"true", "True", "TRUE", "false", "False", "FALSE"};  // of YAML 1.2
  return node.kind == shape::NodeKind::plain &&
         std::find(std::begin(words), std::end(words), node.text) != std::end(words);
}
constexpr std::string_view quote_truth = "true and false are written in quotes where the words are meant";

/// Reads the secret from a file: its text without the line break at the end.
Fit read_secret_file(const Node& path, Secret& value, Reading& reading) {
  const Result<String> file = read_file(String(path.text), longest_secret + 1);
  if (!file) return reading.refuse(path, "a file that can be read", file.error().message);
  const std::string_view text = shape::without_line_end(*file);
  const bool good = file->size() <= longest_secret && is_one_line(text) && shape::find_bad_utf8(text) == String::npos;
  if (text.empty() || !good) return reading.refuse(path, "a file with one line of text, the secret");
  if (const std::string_view fault = fault_of_secret(text); !fault.empty())
    return reading.refuse(path, "a file with the bare secret", fault);
  value.value.assign(text);
  return Fit::exact;
}

/// What is wrong with the map `tls`, or empty. Shows no value, because a value may be a private key.
String fault_of_tls(const Node& tls) {
  constexpr std::string_view wanted[] = {"certificate", "key"};
  for (const Node& child : tls) {
    const String name = '`' + String(child.key) + '`';
    if (std::find(std::begin(wanted), std::end(wanted), child.key) == std::end(wanted))
      return name + " is not a key of it";
    if (is_pem(child.text)) return name + " is the name of a file, not what the file holds";
    if (!child.is_text() || child.text.empty()) return name + " is the name of a file, as text";
  }
  for (const std::string_view key : wanted) {
    if (tls.find(key) == nullptr) return '`' + String(key) + "` is missing";
  }
  return {};
}

/// `{address: HOST:PORT, tls: {certificate: FILE, key: FILE}}`.
Fit read_listener(const Node& node, Endpoint& value, Reading& reading) {
  constexpr std::string_view expected = "HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}";
  const Node* address = node.find("address");
  const Node* tls = node.find("tls");
  if (address == nullptr || !address->is_text() || tls == nullptr || !tls->is_object() || node.size != 2) {
    return reading.refuse(node, expected);
  }
  const Node* certificate = tls->find("certificate");
  const Node* key = tls->find("key");
  if (const String fault = fault_of_tls(*tls); !fault.empty()) {
    const Reading::Step step(reading, "tls");
    return reading.refuse(*tls, "{certificate: FILE, key: FILE}", fault);
  }
  const Reading::Step step(reading, "address");
  const Fit fit = ListenCodec::read(*address, value, reading);
  value.mark = node.mark;
  value.tls = Tls{.certificate = String(certificate->text), .key = String(key->text), .mark = tls->mark};
  return fit;
}

}  // namespace

Fit LineCodec::read(const Node& node, String& value, Reading& reading) {
  if (is_truth(node)) return reading.refuse(node, "text", quote_truth);
  if (is_pem(node.text)) return reading.refuse(node, "the name of a file", "not what the file holds");
  const Fit fit = TextCodec::read(node, value, reading);
  if (fit == Fit::refused || (is_one_line(value) && value.find('\t') == String::npos)) return fit;
  return reading.refuse(node, "one line of text", "without line feeds and tabs");
}

Fit NameCodec::read(const Node& node, String& value, Reading& reading) {
  if (!node.is_text() || node.text.empty()) return reading.refuse(node, "text");
  return LineCodec::read(node, value, reading);
}

Fit UserCodec::read(const Node& node, String& value, Reading& reading) {
  const Fit fit = NameCodec::read(node, value, reading);
  if (fit == Fit::refused) return fit;
  if (const std::string_view fault = fault_of_name(value); !fault.empty())
    return reading.refuse(node, "the bare name", fault);
  return fit;
}

Fit WholeNumber::read(const Node& node, std::int64_t& value, std::int64_t min, std::int64_t max, Reading& reading) {
  const auto number = node.kind == shape::NodeKind::plain ? parse_digits(node.text) : std::nullopt;
  if (!number || *number > static_cast<std::uint64_t>(max) || static_cast<std::int64_t>(*number) < min) {
    return reading.refuse(node, "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  }
  value = static_cast<std::int64_t>(*number);
  return Fit::exact;
}

Fit DurationCodec::read(const Node& node, Value& value, Reading& reading) {
  const auto number = parse_units(node, durations);
  if (!number) return reading.refuse(node, "a duration with its unit, such as 500ms, 2s, 5m or 1h");
  if (*number == 0 || *number > longest_duration) return reading.refuse(node, "a duration from 1ms to 24h");
  value = Value(*number);
  return Fit::exact;
}

void DurationCodec::write(Value value, Writer& writer) {
  writer.string(print_units(static_cast<std::uint64_t>(value.count()), durations));
}

Fit AgeCodec::read(const Node& node, Value& value, Reading& reading) {
  value.reset();
  if (node.is_text() && node.text == "never") return Fit::exact;
  const auto number = parse_units(node, ages);
  if (!number) return reading.refuse(node, "a time with its unit, such as 30m, 12h or 90d, or never");
  if (*number == 0 || *number > longest_age) return reading.refuse(node, "a time from 1s to 36500d, or never");
  value = std::chrono::milliseconds(*number);
  return Fit::exact;
}

void AgeCodec::write(const Value& value, Writer& writer) {
  writer.string(value ? print_units(static_cast<std::uint64_t>(value->count()), ages) : "never");
}

Fit SizeText::read(const Node& node, std::uint64_t& value, std::uint64_t min, std::uint64_t max, Reading& reading) {
  const auto number = parse_units(node, sizes);
  if (!number) return reading.refuse(node, "a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB");
  if (*number < min || *number > max) {
    return reading.refuse(node, "a size from " + print_units(min, sizes) + " to " + print_units(max, sizes));
  }
  value = *number;
  return Fit::exact;
}

void SizeText::write(std::uint64_t value, Writer& writer) { writer.string(print_units(value, sizes)); }

Fit ListenCodec::read(const Node& node, Endpoint& value, Reading& reading) {
  constexpr std::string_view expected = "HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080";
  if (node.is_object()) return read_listener(node, value, reading);
  if (!node.is_text()) return reading.refuse(node, expected);
  const auto endpoint = parse_endpoint(node.text);
  if (endpoint) {
    value = *endpoint;
    value.mark = node.mark;
    return Fit::exact;
  }
  return reading.refuse(node, expected);
}

Fit OptionalListen::read(const Node& node, std::optional<Endpoint>& value, Reading& reading) {
  if (!node.is_text()) return reading.refuse(node, "HOST:PORT, such as 127.0.0.1:9090", "without TLS");
  return ListenCodec::read(node, value.emplace(), reading);
}

Fit NetworkCodec::read(const Node& node, Network& value, Reading& reading) {
  constexpr std::string_view expected = "a network such as 10.0.0.0/8 or 2001:db8::/32, or one address";
  const auto network = node.is_text() ? parse_network(node.text) : std::nullopt;
  if (!network) return reading.refuse(node, expected);
  value = *network;
  return Fit::exact;
}

Fit HostCodec::read(const Node& node, String& value, Reading& reading) {
  const auto fits = [](char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '.' || byte == '_';
  };
  if (!node.is_text() || !std::all_of(node.text.begin(), node.text.end(), fits) || node.text.starts_with('.') ||
      node.text.find("..") != String::npos) {
    return reading.refuse(node, "a host name without scheme, port and wildcard, such as crm.example.com");
  }
  value.clear();
  for (const char byte : node.text) value += ascii::to_lower(byte);
  return Fit::exact;
}

Fit PrefixCodec::read(const Node& node, String& value, Reading& reading) {
  constexpr std::string_view expected = "a path such as /crm";
  if (!node.is_text()) return reading.refuse(node, expected);
  const std::string_view text = node.text;
  const auto fits = [](char byte) {
    return is_letter(byte) || is_digit(byte) || std::string_view("/-._~!$&'()+,;=:@").find(byte) != String::npos;
  };
  const bool dots =
      (String(text) + '/').find("/./") != String::npos || (String(text) + '/').find("/../") != String::npos;
  if (text == "/") return reading.refuse(node, expected, "leave it out for no prefix");
  if (!text.empty() && text.front() != '/') return reading.refuse(node, expected, "it begins with /");
  if (text.ends_with('/')) return reading.refuse(node, expected, "it does not end with /");
  if (dots) return reading.refuse(node, expected, "without . and .. segments");
  if (text.find("//") != String::npos) return reading.refuse(node, expected, "without empty segments");
  if (text.find('*') != String::npos) return reading.refuse(node, expected, "without *: every path below it is served");
  if (!std::all_of(text.begin(), text.end(), fits))
    return reading.refuse(node, expected, "without escapes, blanks and ?");
  value.assign(text);
  return Fit::exact;
}

Fit UrlCodec::read(const Node& node, String& value, Reading& reading) {
  constexpr std::string_view expected = "a URL such as https://chat.example.com";
  if (!node.is_text()) return reading.refuse(node, expected);
  const std::string_view text = node.text;
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return reading.refuse(node, expected, "it begins with https:// or http://");
  const std::size_t path_at = std::min(text.find('/', scheme), text.size());
  std::string_view path = text.substr(path_at);
  while (path.ends_with('/')) path.remove_suffix(1);
  std::string_view host = text.substr(scheme, path_at - scheme);
  if (text.find_first_of("?#") != text.npos) return reading.refuse(node, expected, "without ? and #");
  if (host.find('@') != text.npos) return reading.refuse(node, expected, "credentials belong in auth");
  const bool six = host.starts_with('[');
  const std::size_t host_end = six ? host.find(']') + 1 : std::min(host.find(':'), host.size());
  if (six && host_end == 0) return reading.refuse(node, expected);
  const std::string_view port = host.substr(host_end);
  host = host.substr(0, host_end);
  const auto named = [](char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '.' || byte == '_';
  };
  const auto numbered = [](char byte) { return is_digit(byte) || is_letter(byte) || byte == ':' || byte == '.'; };
  const std::string_view inside = six ? host.substr(1, host.size() - 2) : host;
  const bool good = !inside.empty() && (six ? std::all_of(inside.begin(), inside.end(), numbered)
                                            : std::all_of(inside.begin(), inside.end(), named));
  if (!good) return reading.refuse(node, expected, "the host is a name or an address");
  if (!port.empty()) {
    std::uint32_t number = 0;
    const auto [end, fault] = std::from_chars(port.data() + 1, port.data() + port.size(), number);
    if (port.front() != ':' || fault != std::errc{} || end != port.data() + port.size() || number == 0 ||
        number > 65535)
      return reading.refuse(node, expected, "the port is a number from 1 to 65535");
  }
  const auto plain = [](char byte) {
    return is_letter(byte) || is_digit(byte) || std::string_view("/-._~!$&'()*+,;=:@").find(byte) != String::npos;
  };
  if (!std::all_of(path.begin(), path.end(), plain)) return reading.refuse(node, expected, "a plain path");
  value.assign(text.substr(0, path_at));
  value.append(path);
  return Fit::exact;
}

Fit SecretCodec::read(const Node& node, Secret& value, Reading& reading) {
  constexpr std::string_view expected = "text that is not empty, or {file: PATH}";
  if (node.is_object()) {
    const Node* path = node.find("file");
    if (node.size != 1 || path == nullptr || !path->is_text() || path->text.empty())
      return reading.refuse(node, expected);
    const Reading::Step step(reading, "file");
    return read_secret_file(*path, value, reading);
  }
  if (is_truth(node)) return reading.refuse(node, expected, quote_truth);
  const std::string_view text = shape::without_line_end(node.text);
  if (!node.is_text() || text.empty()) return reading.refuse(node, expected);
  if (!is_one_line(text)) return reading.refuse(node, expected, "one line");
  if (const std::string_view fault = fault_of_secret(text); !fault.empty())
    return reading.refuse(node, "the bare secret", fault);
  value.value.assign(text);
  return Fit::exact;
}

Fit PairsCodec::read(const Node& node, Value& value, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "a map of names to texts");
  Fit fit = Fit::exact;
  for (const Node& child : node) {
    const Reading::Step step(reading, child.key);
    auto& [name, text] = value.emplace_back(String(child.key), String());
    if (NameCodec::read(child, text, reading) == Fit::refused) fit = Fit::refused;
  }
  return fit;
}

void PairsCodec::write(const Value& value, Writer& writer) {
  writer.begin_object();
  for (const auto& [name, text] : value) {
    writer.key(name);
    writer.string(text);
  }
  writer.end_object();
}

}  // namespace parley::config
