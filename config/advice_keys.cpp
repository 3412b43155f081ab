// Advice on unknown keys: another spelling, another program's word, the right key in the wrong section.
#include <algorithm>

#include "config/advice.hpp"
#include "schemas/ascii.hpp"

namespace parley::config {
namespace {

using shape::View;

bool is_upper(char byte) { return ascii::to_lower(byte) != byte; }

/// The key in our spelling: `rateLimit`, `rate-limit` and `RATE_LIMIT` become `rate_limit`.
String usual(std::string_view key) {
  String out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool begins_word = is_upper(key[i]) && i > 0 && ascii::is_letter(key[i - 1]) && !is_upper(key[i - 1]);
    if (begins_word) out += '_';
    out += key[i] == '-' || key[i] == ' ' ? '_' : ascii::to_lower(key[i]);
  }
  return out;
}

String mean(std::string_view key) { return "did you mean \"" + String(key) + "\"?"; }

constexpr std::string_view top = "the top of the file";

/// The key without typographic quotes and no-break spaces.
String plain(std::string_view key) {
  String out(key);
  for (const std::string_view sign : {"\u201c", "\u201d", "\u2018", "\u2019", "\u00a0"}) {
    for (std::size_t at = out.find(sign); at != String::npos; at = out.find(sign)) out.erase(at, sign.size());
  }
  return out;
}

/// Whether `name` begins or ends with the words of `known`: `connect_timeout` has `connect`.
bool is_part(std::string_view known, std::string_view name) {
  return name.starts_with(String(known) + '_') || name.ends_with('_' + String(known));
}

/// Advice that names the sections above or below `table` that have the key. Empty if there are none, or more than three.
String belongs(const Grammar& grammar, std::string_view key, const Described& table) {
  List<std::string_view> places;
  for (const Described& one : grammar.tables()) {
    if (&one == &table || one.view->find(key) < 0) continue;
    const bool related = one.where.starts_with(table.where) || table.where.starts_with(one.where);
    if (related) places.push_back(one.where.empty() ? top : std::string_view(one.where));
  }
  if (places.empty() || places.size() > 3) return {};
  if (places.size() == 1 && places.front() == top) return "it belongs at the top of the file, without indentation";
  String text = "it belongs in ";
  for (std::size_t i = 0; i < places.size(); ++i) {
    text.append(i == 0 ? "" : i + 1 == places.size() ? " or " : ", ").append(places[i]);
  }
  return text;
}

}  // namespace

String advise_key(const Grammar& grammar, std::string_view key, const View& table) {
  const auto about_tls = {"tls", "ssl", "https", "cert", "certificate"};
  if (table.name == "server" && std::find(about_tls.begin(), about_tls.end(), key) != about_tls.end())
    return "TLS belongs to an address: listen: {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}";
  if (key.starts_with('-') && table.find(key.substr(1)) >= 0) return "a blank is missing behind the `-`";
  if (const String name = plain(key); name != key && table.find(name) >= 0)
    return "write " + name + " with plain quotes and blanks: these only look like them";
  const String name = usual(key);
  List<std::string_view> known;
  for (const shape::Row& row : table.rows) known.push_back(row.key);
  if (std::find(known.begin(), known.end(), name) != known.end()) return mean(name);
  if (const auto near = nearest(name, known)) return mean(*near);
  if (const Described* described = grammar.find(table)) {
    for (const Synonym& one : described->synonyms) {
      if (one.theirs == name) return mean(one.ours);
    }
    if (String place = belongs(grammar, name, *described); !place.empty()) return place;
  }
  if (const std::size_t dot = name.find('.'); std::find(known.begin(), known.end(), name.substr(0, dot)) != known.end())
    return "write " + name.substr(0, dot) + ": {" + name.substr(dot + 1) + ": …}";
  const auto part =
      std::find_if(known.begin(), known.end(), [&name](std::string_view one) { return is_part(one, name); });
  if (part != known.end()) return mean(*part);
  String list = "known: ";
  for (const std::string_view one : known) list.append(list.size() == 7 ? "" : ", ").append(one);
  return list;
}

}  // namespace parley::config
