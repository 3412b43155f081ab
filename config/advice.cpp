// Advice on values. Each function handles one type and returns what the operator can write instead.
#include "config/advice.hpp"

#include <algorithm>
#include <charconv>

#include "config/age.hpp"
#include "schemas/ascii.hpp"

namespace parley::config {
namespace {

using ascii::all_digits;
using ascii::is_digit;
using ascii::is_letter;
using ascii::lower;

using shape::NodeKind;
using shape::Row;
using shape::View;

constexpr std::size_t longest_advised = 200;  // longest value, in bytes, that gets advice: advice repeats the value

/// Advice to write 0, with its meaning from the row's note: `0 = as many as there are cores`. Empty if the note has no such text.
String zero_of(const Row* row) {
  constexpr std::string_view begins = "0 = ";
  const std::size_t at = row != nullptr ? row->note.find(begins) : std::string_view::npos;
  if (at == std::string_view::npos) return {};
  const std::string_view meaning = row->note.substr(at + begins.size());
  return "write 0 for " + String(meaning.substr(0, meaning.find_first_of(".;")));
}

String advise_whole(const Spot& spot, const Node& node) {
  if (node.kind == NodeKind::string && all_digits(node.text)) return write(node.text) + ", without quotes";
  String digits;
  for (const char byte : node.text) {
    if (byte != '_' && byte != ',' && byte != ' ' && byte != '\'') digits += byte;
  }
  if (digits.size() > 2 && digits.ends_with(".0")) digits.resize(digits.size() - 2);
  if (all_digits(digits)) {
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    const String plain = digits.substr(first);
    return plain == node.text ? String() : write(plain);
  }
  const String lowered = lower(digits);
  if (lowered.size() > 1 && (lowered.back() == 'k' || lowered.back() == 'm') &&
      all_digits(lowered.substr(0, lowered.size() - 1))) {
    return write(lowered.substr(0, lowered.size() - 1)) + (lowered.back() == 'k' ? "000" : "000000");
  }
  if (const std::size_t slash = lowered.find('/'); slash != String::npos && all_digits(lowered.substr(0, slash)))
    return write(lowered.substr(0, slash));
  if (lowered.starts_with("0x") || lowered.starts_with("0o")) return "write it in decimal digits";
  const auto words = {"auto", "default", "max", "all", "none", "off", "unlimited", "infinite", "cores", "cpus"};
  return std::find(words.begin(), words.end(), lowered) != words.end() ? zero_of(spot.row) : String();
}

String advise_truth(const Node& node) {
  const String text = lower(node.text);
  const auto among = [&text](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
  };
  const bool yes = among({"true", "yes", "on", "1", "y", "t"});
  if (!yes && !among({"false", "no", "off", "0", "n", "f"})) return {};
  const bool only_quotes = node.kind == NodeKind::string && (node.text == "true" || node.text == "false");
  return String(yes ? "write true" : "write false") + (only_quotes ? ", without quotes" : "");
}

/// Words of other programs, and our words for them.
constexpr std::pair<std::string_view, std::string_view> synonyms[] = {
    {"trace", "debug"}, {"verbose", "debug"},   {"notice", "info"},     {"critical", "error"}, {"fatal", "error"},
    {"none", "off"},    {"strict", "lossless"}, {"refuse", "lossless"}, {"silent", "allow"},   {"ignore", "allow"},
    {"header", "warn"}, {"ip", "client"},       {"address", "client"},  {"user", "principal"}, {"token", "principal"}};

String advise_word(std::span<const std::string_view> words, std::string_view text) {
  const String lowered = lower(text);
  for (const auto& [theirs, ours] : synonyms) {
    if (theirs == lowered && shape::find_word(words, ours) >= 0) return write(ours);
  }
  if (shape::find_word(words, lowered) >= 0) return write(lowered);
  const auto near = nearest(lowered, List<std::string_view>(words.begin(), words.end()));
  return near ? write(*near) : String();
}

String advise_url(std::string_view text) {
  const String lowered = lower(text);
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) {
    for (const std::string_view slip : {"https:/", "http:/", "https:", "http:"}) {
      if (lowered.starts_with(slip))
        return "write " + lowered.substr(0, lowered.find(':')) + "://" + String(text.substr(slip.size()));
    }
    if (text.starts_with("//")) text.remove_prefix(2);
    const std::size_t port = std::min(text.find(':'), text.size());
    const std::string_view digits = text.substr(port, text.find('/', port) - port);
    const bool plain = text.find('.') < port && text.find_first_of(" @<>") == std::string_view::npos &&
                       (digits.empty() || all_digits(digits.substr(1)));
    return plain ? write("https://") + String(text) : String();
  }
  const String name = lowered.substr(0, scheme);
  if (name == "https" || name == "http") {
    return text.starts_with(name) ? String() : write(name) + String(text.substr(scheme));
  }
  if (name == "ws" || name == "wss") return write(name == "wss" ? "https" : "http") + String(text.substr(scheme));
  return {};
}

String advise_host(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) > 0x7F; }))
    return "write its ASCII form, which has xn-- in it";
  if (text.find('*') != std::string_view::npos || text.starts_with('.'))
    return "each host has a route of its own; without host a route answers for all";
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find_first_of("/:?"));
  const bool good = !text.empty() && std::all_of(text.begin(), text.end(), [](char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '.';
  });
  return good ? write(text) : String();
}

String example_of(const Grammar& grammar, const View& table) {
  const Described* found = grammar.find(table);
  return found != nullptr ? found->form : String();
}

/// How to write the section, with the given text in it if it is clear where it belongs.
String form_of(const Grammar& grammar, const View& table, std::string_view text) {
  if (table.rows.size() > 1 && table.rows[1].key == "per") {
    if (const auto rate = parse_rate(text)) {
      return "write {" + String(table.rows[0].key) + ": " + rate->first + ", per: " + rate->second + '}';
    }
  }
  if (table.find("origins") >= 0 && (text == "*" || text.find("://") != std::string_view::npos))
    return "write {origins: [\"" + String(text) + "\"]}";
  if (const int level = table.find("level"); level >= 0) {
    const auto words = table.rows[static_cast<std::size_t>(level)].type->words;
    if (shape::find_word(words, lower(text)) >= 0) return "write {level: " + lower(text) + '}';
  }
  if (table.find("listen") >= 0 && parse_endpoint(text)) return "write {listen: \"" + String(text) + "\"}";
  return "write, for example, " + example_of(grammar, table);
}

String advise_nothing(const Grammar& grammar, const Type& type, const Row* row) {
  if (type.form == Form::list) return "write its entries below it, each begun with `- `, or leave it out";
  if (type.form == Form::map) return "write a name below it, further to the right, with its settings, or leave it out";
  if (grammar.is_auth(type)) return "write its keys below it, further to the right, or the word none";
  if (type.form == Form::object) return "write its keys below it, further to the right, or leave it out";
  return row != nullptr && row->need == shape::Need::optional ? "write a value, or leave the key out" : "";
}

/// Advice on a key and value without a blank between them, or with `=`.
String advise_joined(const View& table, std::string_view text) {
  const std::size_t end = text.find_first_of(" :=");
  if (end == std::string_view::npos || table.find(text.substr(0, end)) < 0) return {};
  const String key(text.substr(0, end));
  if (text[end] == ':' && text.substr(end, 2) != ":=") return "a blank is missing behind `" + key + ":`";
  const std::size_t sign = text.find_first_not_of(" :", end);
  return sign != std::string_view::npos && text[sign] == '='
             ? "write `" + key + ": ` with a colon and a blank instead of `=`"
             : String();
}

bool begins_with_dash(const Node& node) {
  for (const Node& child : node) {
    if (child.key.starts_with('-')) return true;
  }
  return false;
}

/// Advice on a value in the place of a section, a list or a map.
String advise_structure(const Grammar& grammar, const Spot& spot, const Node& node, bool shown) {
  const Type& type = *spot.type;
  if (node.kind == NodeKind::null) return advise_nothing(grammar, type, spot.row);
  if (begins_with_dash(node)) return "a blank is missing behind the `-`";
  if (type.form == Form::list) return node.is_object() || node.is_text() ? "begin each entry with `- `" : "";
  const View* table = type.view;
  if (type.form == Form::map) {
    if (node.is_array()) return "write each under its name, `NAME: …`, instead of behind a `-`";
    return "write, for example, {NAME: " + (table != nullptr ? example_of(grammar, *table) : String("TEXT")) + '}';
  }
  if (table == nullptr) return {};
  if (node.is_array()) {
    if (node.size == 1 && (node.begin()->is_object() || node.begin()->is_array()))
      return "one map, not a list: leave out the `-` or the brackets";
    return "one map, not a list: " + form_of(grammar, *table, {});
  }
  if (!node.is_text() || node.text.size() > longest_advised) return {};
  // `kind` directly below `backends`: the name is missing.
  if (spot.row == nullptr && table->find(node.key) >= 0)
    return "a name belongs above it: NAME: {" + String(node.key) + ": …}";
  if (const String joined = advise_joined(*table, node.text); !joined.empty()) return joined;
  return form_of(grammar, *table, shown ? node.text : std::string_view());
}

String advise_text(const Spot& spot, const Node& node) {
  const Type& type = *spot.type;
  if (node.text.starts_with("\u201c") || node.text.starts_with("\u2018")) return "quotes are \" or ', not “ or ‘";
  if (node.text.size() > 1 && (node.text.ends_with(',') || node.text.ends_with(';')))
    return "leave out the `" + String(node.text.substr(node.text.size() - 1)) + "` at its end";
  if (type.form == Form::integer) return advise_whole(spot, node);
  if (type.form == Form::boolean) return advise_truth(node);
  if (type.form == Form::word) return advise_word(type.words, node.text);
  if (&type == &DurationCodec::type) return advise_duration(node.text);
  if (&type == &AgeCodec::type) return advise_age(node.text);
  if (&type == &SizeText::type) return advise_size(node.text);
  if (&type == &ListenCodec::type || &type == &OptionalListen::type) return advise_listen(node.text);
  if (&type == &NetworkCodec::type) return advise_network(node.text);
  if (&type == &UrlCodec::type) return advise_url(node.text);
  if (&type == &HostCodec::type) return advise_host(node.text);
  return {};
}

/// Advice on a map in the place of a single value: `{host: 127.0.0.1, port: 80}` for an address, `{env: NAME}` for a secret. It shows no
/// value of the map.
std::string_view advise_map(const Type& type, const Node& node) {
  if (&type == &SecretCodec::type && node.find("env") != nullptr)
    return "an environment variable is written \"${NAME}\"";
  if (&type == &SecretCodec::type) return node.find("file") == nullptr ? "quote text that begins with {" : "";
  if (&type != &ListenCodec::type && &type != &OptionalListen::type) return "a value, not a map";
  if (node.find("certificate") != nullptr) return "certificate and key belong below tls";
  if (&type == &ListenCodec::type && node.size == 1 && node.find("address") != nullptr)
    return "without tls write the address alone";
  return node.find("port") != nullptr ? "write host and port as one text, \"HOST:PORT\"" : "";
}

/// Advice on a map in the place of a list of single values.
std::string_view advise_map_for_list(const Type& element, const Node& node) {
  if (node.size == 0) return advise_map(element, node);
  for (const Node& child : node) {
    if (child.kind == NodeKind::null) return advise_map(element, node);  // `{text}` without quotes
  }
  if (&element == &ListenCodec::type) {
    for (const std::string_view key : {"address", "tls", "certificate", "host", "port"}) {
      if (node.find(key) != nullptr) return advise_map(element, node);  // one address
    }
  }
  if (&element == &SecretCodec::type && (node.find("env") != nullptr || node.find("file") != nullptr))
    return advise_map(element, node);  // one secret
  return "begin each entry with `- `";
}

/// The spot of the child of `node` with that key. `at` is the spot of `node`.
Spot below(const Spot& at, const Node& node, std::string_view key) {
  const Type* type = at.type;
  if (type == nullptr) return {};
  if (type->form == Form::list) {
    if (node.is_array()) return {type->element, at.row, at.table};
    type = type->element;  // a single value instead of a list
  }
  if (type->form == Form::object && node.is_object()) {
    const int row = type->view->find(key);
    if (row < 0) return {nullptr, nullptr, type->view};
    const Row& found = type->view->rows[static_cast<std::size_t>(row)];
    return {found.type, &found, type->view};
  }
  if (type->form == Form::map && node.is_object()) return {type->element, nullptr, nullptr};
  if (type == &ListenCodec::type && key == "address") return {&OptionalListen::type, nullptr, nullptr};
  return {};
}

/// The child of `node` that is `target` or has it below. nullptr: there is none.
const Node* child_towards(const Node& node, const Node& target) {
  for (const Node& child : node) {
    if (&child <= &target && &target < &child + child.span) return &child;
  }
  return nullptr;
}

}  // namespace

bool is_map_for_list(const Grammar& grammar, const Node& root, const Node& node) {
  if (!node.is_object() || node.size == 0) return false;
  const Type* type = spot_of(grammar, root, node).type;
  if (type == nullptr || type->form != Form::list || type->element->form != Form::object) return false;
  for (const Node& child : node) {
    const View& keys = *type->element->view;  // a key that has advice of its own is probably meant as one of them
    if (keys.find(child.key) >= 0 || !advise_key(grammar, child.key, keys).starts_with("known: ")) return false;
  }
  return true;
}

const Node* parent_of(const Node& root, const Node& target) {
  const Node* node = &root;
  for (const Node* next = child_towards(*node, target); next != nullptr; next = child_towards(*node, target)) {
    if (next == &target) return node;
    node = next;
  }
  return nullptr;
}

Spot spot_of(const Grammar& grammar, const Node& root, const Node& target) {
  Spot at{&grammar.root(), nullptr, nullptr};
  const Node* node = &root;
  while (node != &target) {
    const Node* next = child_towards(*node, target);
    if (next == nullptr) return {};
    at = below(at, *node, next->key);
    node = next;
  }
  return at;
}

String advise(const Grammar& grammar, const Spot& spot, const Node& node, bool shown) {
  if (spot.type == nullptr) return {};
  Spot at = spot;
  if (at.type->form == Form::list && grammar.takes_one(*at.type) && !node.is_array()) {
    at.type = at.type->element;
  }
  const bool structure = at.type->form == Form::object || at.type->form == Form::list || at.type->form == Form::map;
  if (structure || node.kind == NodeKind::null) return advise_structure(grammar, at, node, shown);
  if (node.is_array()) return node.size == 1 ? "one value: leave out the `-` or the brackets" : "one value, not a list";
  if (node.is_object()) {
    const bool list = spot.type->form == Form::list;
    return String(list ? advise_map_for_list(*at.type, node) : advise_map(*at.type, node));
  }
  if (node.text.size() > longest_advised) return {};
  const String advice = shown ? advise_text(at, node) : String();
  // Advice that only repeats the value is of no use: its form is right, but it is out of range.
  return advice == write(node.text) ? String() : advice;
}

}  // namespace parley::config
