// Slips in keys: another spelling, another program's word, the right key in the wrong section.
#include <algorithm>

#include "config/advice.hpp"
#include "config/described.hpp"
#include "schemas/ascii.hpp"

namespace parley::config {
namespace {

using shape::View;

bool is_upper(char byte) { return ascii::to_lower(byte) != byte; }

/// `rateLimit`, `rate-limit`, `RATE_LIMIT` as `rate_limit`.
String usual(std::string_view key) {
  String out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool begins_word = is_upper(key[i]) && i > 0 && ascii::is_letter(key[i - 1]) && !is_upper(key[i - 1]);
    if (begins_word) out += '_';
    out += key[i] == '-' || key[i] == ' ' ? '_' : ascii::to_lower(key[i]);
  }
  return out;
}

/// What other programs call it.
struct Synonym {
  std::string_view table;
  std::string_view theirs;
  std::string_view ours;
};
constexpr Synonym synonyms[] = {
    {"server", "port", "listen"},
    {"server", "host", "listen"},
    {"server", "address", "listen"},
    {"server", "bind", "listen"},
    {"server", "threads", "workers"},
    {"server", "trusted_proxies", "trusted"},
    {"server", "timeout", "limits"},
    {"server", "proxies", "trusted"},
    {"limits", "timeout", "request"},
    {"limits", "max_body", "body"},
    {"limits", "body_size", "body"},
    {"limits", "max_body_size", "body"},
    {"limits", "max_connections", "connections"},
    {"limits", "header", "head"},
    {"log", "file", "access"},
    {"log", "access_log", "access"},
    {"log", "verbosity", "level"},
    {"admin", "port", "listen"},
    {"admin", "address", "listen"},
    {"admin", "bearer", "token"},
    {"admin", "password", "token"},
    {"backend", "type", "kind"},
    {"backend", "adapter", "kind"},
    {"backend", "driver", "kind"},
    {"backend", "vendor", "kind"},
    {"backend", "database", "path"},
    {"backend", "db", "path"},
    {"backend", "file", "path"},
    {"backend", "endpoint", "url"},
    {"backend", "base_url", "url"},
    {"backend", "address", "url"},
    {"backend", "host", "url"},
    {"backend", "server", "url"},
    {"backend", "credentials", "auth"},
    {"backend", "tenant", "domain"},
    {"backend", "timeout", "timeouts"},
    {"backend", "rate_limit", "quota"},
    {"credentials", "username", "user"},
    {"credentials", "client", "client_id"},
    {"route", "style", "facade"},
    {"route", "vendor", "facade"},
    {"route", "type", "facade"},
    {"route", "kind", "facade"},
    {"route", "protocol", "facade"},
    {"route", "path", "prefix"},
    {"route", "base_path", "prefix"},
    {"route", "version", "profile"},
    {"route", "upstream", "backend"},
    {"route", "store", "backend"},
    {"route", "target", "backend"},
    {"route", "credentials", "auth"},
    {"route", "hostname", "host"},
    {"route", "domain", "host"},
    {"route", "limit", "rate_limit"},
    {"auth", "username", "basic"},
    {"auth", "password", "basic"},
    {"basic", "username", "user"},
    {"basic", "email", "user"},
    {"basic", "api_key", "password"},
    {"rate_limit", "limit", "requests"},
    {"rate_limit", "rate", "requests"},
    {"rate_limit", "count", "requests"},
    {"rate_limit", "max", "requests"},
    {"rate_limit", "window", "per"},
    {"rate_limit", "period", "per"},
    {"rate_limit", "interval", "per"},
    {"rate_limit", "key", "by"},
    {"cors", "allowed_origins", "origins"},
    {"cors", "allow_origin", "origins"},
    {"quota", "requests", "calls"},
    {"quota", "window", "per"},
    {"timeouts", "read", "first_byte"},
};

String mean(std::string_view key) { return "did you mean \"" + String(key) + "\"?"; }

constexpr std::string_view top = "the top of the file";

/// The key without quotes and blanks that only look like ours.
String plain(std::string_view key) {
  String out(key);
  for (const std::string_view sign : {"\u201c", "\u201d", "\u2018", "\u2019", "\u00a0"}) {
    for (std::size_t at = out.find(sign); at != String::npos; at = out.find(sign)) out.erase(at, sign.size());
  }
  return out;
}

/// `connect_timeout` has `connect` in it.
bool is_part(std::string_view known, std::string_view name) {
  return name.starts_with(String(known) + '_') || name.ends_with('_' + String(known));
}

/// The sections above and below `table` that have the key.
String belongs(std::string_view key, const View& table) {
  const auto all = described();
  const auto own = std::find_if(all.begin(), all.end(), [&](const Described& d) { return d.view == &table; });
  if (own == all.end()) return {};
  List<std::string_view> places;
  for (const Described& one : all) {
    if (one.view == &table || one.view->find(key) < 0) continue;
    const bool related = one.where.starts_with(own->where) || own->where.starts_with(one.where);
    if (related) places.push_back(one.where.empty() ? top : one.where);
  }
  if (places.empty() || places.size() > 3) return {};
  if (places.size() == 1 && places.front() == top) return "it belongs at the top of the file, without indentation";
  String text = "it belongs into ";
  for (std::size_t i = 0; i < places.size(); ++i) {
    text.append(i == 0 ? "" : i + 1 == places.size() ? " or " : ", ").append(places[i]);
  }
  return text;
}

}  // namespace

String advise_key(std::string_view key, const View& table) {
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
  for (const Synonym& one : synonyms) {
    if (one.table == table.name && one.theirs == name) return mean(one.ours);
  }
  if (String place = belongs(name, table); !place.empty()) return place;
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
