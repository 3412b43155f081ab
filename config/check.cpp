// Checks across routes, backends and listeners.
#include "config/check.hpp"

#include <algorithm>

#include "config/file.hpp"

namespace parley::config {
namespace {

using shape::Node;

constexpr std::string_view same_requests = "answers the same requests as ";
constexpr std::string_view unknown_key = "unknown key";

/// `routes[2]` of `routes[2].auth.users`, `backends.local` of `backends.local.path`, `server.limits` of `server.limits.body`.
std::string_view element_of(std::string_view path) {
  const std::size_t first = path.find_first_of(".[");
  const std::size_t end = first == std::string_view::npos ? first : path.find('.', first + 1);
  return path.substr(0, end);
}

/// The key of `path` below its element: `auth` of `routes[2].auth.users`. Empty for the element itself.
std::string_view key_of(std::string_view path) {
  path.remove_prefix(element_of(path).size());
  if (!path.empty()) path.remove_prefix(1);
  return path.substr(0, path.find_first_of(".["));
}

String place(Mark mark) { return std::to_string(mark.line) + ':' + std::to_string(mark.column); }

/// The place of the value of a route's key, or of the route if it has no such key.
Mark mark_of(const Node& route, std::string_view key) {
  const Node* value = route.find(key);
  return value != nullptr ? value->mark : route.mark;
}

void check_twice(const List<Endpoint>& listen, const String& path, Faults& faults) {
  for (std::size_t i = 1; i < listen.size(); ++i) {
    const auto first = std::find(listen.begin(), listen.end(), listen[i]);
    const auto before = static_cast<std::size_t>(first - listen.begin());
    if (before >= i || listen[i].port == 0) continue;  // port 0 is a new port each time
    faults.push_back({listen[i].mark, path + '[' + std::to_string(i) + ']',
                      listen[i].text() + " is listed twice; first at " + place(first->mark)});
  }
}

void check_backend(const Route& route, const String& path, const List<std::string_view>& known, Faults& faults) {
  if (route.backend.empty() || std::find(known.begin(), known.end(), route.backend) != known.end()) return;
  String what = "unknown backend \"" + route.backend + "\"; known: ";
  for (std::size_t i = 0; i < known.size(); ++i) what.append(i == 0 ? "" : ", ").append(known[i]);
  if (known.empty()) what += "none";
  if (const auto near = nearest(route.backend, known)) what.append("; did you mean \"").append(*near).append("\"?");
  faults.push_back({route.backend_mark, path + ".backend", std::move(what)});
}

/// Whether only one of two addresses can be opened: they are the same in two spellings, or one includes the other.
bool clash(const Endpoint& a, const Endpoint& b) {
  if (a.port != b.port || a.port == 0) return false;
  const auto numeric = [](const Endpoint& one) { return one.host == "localhost" ? String("127.0.0.1") : one.host; };
  const String ours = numeric(a);
  const String theirs = numeric(b);
  const auto covers = [](const String& all, const String& other) {
    return (all == "0.0.0.0" && other.find(':') == String::npos) || (all == "::" && other.find(':') != String::npos);
  };
  return ours == theirs || covers(ours, theirs) || covers(theirs, ours);
}

/// Finds two client addresses that cannot both be opened. The same address in two lists is one listener and no fault.
void check_clashes(const Settings& settings, Faults& faults) {
  List<const Endpoint*> seen;
  const auto look = [&](const List<Endpoint>& listen, const String& path) {
    for (std::size_t i = 0; i < listen.size(); ++i) {
      const Endpoint& one = listen[i];
      if (std::any_of(seen.begin(), seen.end(), [&](const Endpoint* other) { return *other == one; })) continue;
      const auto first =
          std::find_if(seen.begin(), seen.end(), [&](const Endpoint* other) { return clash(*other, one); });
      if (first != seen.end()) {
        faults.push_back({one.mark, path + '[' + std::to_string(i) + ']',
                          one.text() + " and " + (*first)->text() +
                              ((*first)->mark.line != 0 ? " at " + place((*first)->mark) : String()) +
                              " are one address to the system: only one of them can be opened"});
      }
      seen.push_back(&one);
    }
  };
  look(settings.server.listen, "server.listen");
  for (std::size_t i = 0; i < settings.routes.size(); ++i) {
    look(settings.routes[i].listen, "routes[" + std::to_string(i) + "].listen");
  }
}

/// The admin address must not be a client address. It needs a token unless it is loopback.
void check_admin(const Settings& settings, Faults& faults) {
  if (!settings.admin.listen || settings.admin.listen->host.empty()) return;  // absent, or not readable
  const Endpoint& admin = *settings.admin.listen;
  if (!admin.loopback() && settings.admin.token.value.empty()) {
    faults.push_back(
        {admin.mark, "admin.listen",
         admin.text() + " is not loopback: whoever reaches it can reload the gateway; give admin a token"});
  }
  const auto same = [&admin](const Endpoint& one) { return clash(one, admin); };
  const auto refuse = [&](const Endpoint& one) {
    faults.push_back({admin.mark, "admin.listen", admin.text() + " is where clients connect, at " + place(one.mark)});
  };
  for (const Endpoint& one : settings.server.listen) {
    if (same(one)) return refuse(one);
  }
  for (const Route& route : settings.routes) {
    for (const Endpoint& one : route.listen) {
      if (same(one)) return refuse(one);
    }
  }
}

/// An address that is listed more than once must have the same TLS settings each time.
void check_tls(const Settings& settings, Faults& faults) {
  const auto same = [](const Endpoint& a, const Endpoint& b) {
    return a.tls.has_value() == b.tls.has_value() &&
           (!a.tls || (a.tls->certificate == b.tls->certificate && a.tls->key == b.tls->key));
  };
  List<const Endpoint*> seen;
  const auto look = [&](const List<Endpoint>& listen, const String& path) {
    for (std::size_t i = 0; i < listen.size(); ++i) {
      const Endpoint& one = listen[i];
      const auto first = std::find_if(seen.begin(), seen.end(), [&](const Endpoint* other) { return *other == one; });
      if (first == seen.end()) {
        seen.push_back(&one);
      } else if (one.port != 0 && !same(**first, one)) {
        faults.push_back({one.mark, path + '[' + std::to_string(i) + ']',
                          one.text() + " has other TLS settings at " + place((*first)->mark)});
      }
    }
  };
  look(settings.server.listen, "server.listen");
  for (std::size_t i = 0; i < settings.routes.size(); ++i) {
    look(settings.routes[i].listen, "routes[" + std::to_string(i) + "].listen");
  }
}

/// Refuses an access log that is also the file of a secret: lines would be appended to it.
void check_log(const Node& node, const Log& log, Mark mark, Faults& faults) {
  for (const Node& child : node) {
    if (child.key == "file" && child.is_text() && same_file(log.access, String(child.text))) {
      faults.push_back(
          {mark, "log.access", "is the file of a secret at " + place(child.mark) + ", which lines would be added to"});
      return;
    }
    check_log(child, log, mark, faults);
  }
}

/// An address on which both routes answer, or nullptr.
const Endpoint* common(const Server& server, const Route& a, const Route& b) {
  const List<Endpoint>& ours = a.listen.empty() ? server.listen : a.listen;
  const List<Endpoint>& theirs = b.listen.empty() ? server.listen : b.listen;
  const bool same_list = &ours == &theirs;
  for (const Endpoint& one : ours) {
    if (same_list || (one.port != 0 && std::find(theirs.begin(), theirs.end(), one) != theirs.end())) return &one;
  }
  return nullptr;
}

/// Whether the text is an origin as browsers write it, `https://shop.example.com:8443`: lower case, nothing after host and port.
bool is_origin(std::string_view text) {
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos || end == 0) return false;
  const std::string_view host = text.substr(end + 3);
  const auto fits = [](char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == ':' ||
           byte == '[' || byte == ']' || byte == '_' || byte == '+';
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), fits) &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), fits);
}

/// Whether an origin names the default port of its scheme, `https://shop.example.com:443`. Browsers leave that port out.
bool has_default_port(std::string_view origin) {
  return (origin.starts_with("https://") && origin.ends_with(":443")) ||
         (origin.starts_with("http://") && origin.ends_with(":80"));
}

void check_cors(const Cors& cors, const Node& route, const String& path, Faults& faults) {
  const Mark mark = mark_of(route, "cors");
  const Node* node = route.find("cors");
  const Node* origins = node != nullptr ? node->find("origins") : nullptr;
  if (origins != nullptr && origins->is_array() && origins->size == 0) {
    faults.push_back({origins->mark, path + ".origins",
                      "expected at least one, got a list; without cors the vendor's own answer is given"});
  }
  const bool all = std::find(cors.origins.begin(), cors.origins.end(), "*") != cors.origins.end();
  if (all && cors.credentials) {
    faults.push_back({mark, path + ".credentials",
                      "every page there is could act with the browser's credentials: name the origins instead of *"});
  }
  if (all && cors.origins.size() > 1)
    faults.push_back({mark, path + ".origins", "* is every origin: leave out the others"});
  for (const String& origin : cors.origins) {
    if (origin.empty()) continue;                                   // it was not read, which is a fault already
    const bool shown = origin.find_first_of("@?") == String::npos;  // `@` and `?` may mark a secret
    if (has_default_port(origin)) {
      faults.push_back({mark, path + ".origins",
                        "no browser sends \"" + origin + "\": it leaves the scheme's own port out; write \"" +
                            origin.substr(0, origin.rfind(':')) + '"'});
      continue;
    }
    if (origin == "*" || is_origin(origin)) continue;
    faults.push_back({mark, path + ".origins",
                      "expected an origin as browsers write it, `https://shop.example.com`, lower case and without a "
                      "path; got " +
                          (shown ? '"' + origin + '"' : String("some text"))});
  }
}

/// Whether the given keys of a route were read without a fault, and none of its keys is unknown or cannot be parsed: that may be one of
/// them misspelt.
bool was_read(const Faults& faults, const String& route, std::initializer_list<std::string_view> keys) {
  return std::none_of(faults.begin(), faults.end(), [&](const Fault& fault) {
    return element_of(fault.path) == route && std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
             return may_explain(fault, route + '.' + String(key));
           });
  });
}

}  // namespace

bool may_explain(const Fault& fault, std::string_view path) {
  const std::string_view element = element_of(fault.path);
  if (element.empty() || element == "routes" || element == "backends") return true;
  if (element != element_of(path) || fault.what.starts_with(same_requests)) return false;
  const bool has_keys = element.starts_with("routes[") || element.starts_with("backends.");
  if (!has_keys || fault.what.starts_with(unknown_key)) return true;
  const std::string_view key = key_of(fault.path);
  const std::string_view wanted = key_of(path);
  return key.empty() || wanted.empty() || key == wanted;
}

void check_together(const Node& root, Settings& settings, Faults& faults) {
  check_twice(settings.server.listen, "server.listen", faults);
  check_clashes(settings, faults);
  check_admin(settings, faults);
  check_tls(settings, faults);
  if (const Node* log = root.find("log"); log != nullptr && settings.log.access != "-") {
    check_log(root, settings.log, mark_of(*log, "access"), faults);
  }
  List<std::string_view> backends;
  for (const Backend& backend : settings.backends) backends.push_back(backend.name);

  const Node* node = root.find("routes");
  if (node == nullptr || !node->is_array()) return;
  List<const Node*> nodes;
  for (const Node& child : *node) nodes.push_back(&child);

  for (std::size_t i = 0; i < settings.routes.size(); ++i) {
    Route& route = settings.routes[i];
    const String path = "routes[" + std::to_string(i) + ']';
    check_twice(route.listen, path + ".listen", faults);
    check_backend(route, path, backends, faults);
    check_cors(route.cors, *nodes[i], path + ".cors", faults);
    const bool named = !route.name.empty();
    if (!named) route.name = route.facade;
    if (route.facade.empty()) continue;
    const auto comparable = [&faults](std::size_t index, std::initializer_list<std::string_view> keys) {
      return was_read(faults, "routes[" + std::to_string(index) + ']', keys);
    };
    const bool mounts = comparable(i, {"facade", "host", "prefix", "listen"});

    for (std::size_t j = 0; j < i; ++j) {
      const Route& other = settings.routes[j];
      const Endpoint* listener = common(settings.server, route, other);
      if (other.facade == route.facade && other.host == route.host && other.prefix == route.prefix &&
          listener != nullptr && mounts && comparable(j, {"facade", "host", "prefix", "listen"})) {
        faults.push_back({route.mark, path,
                          String(same_requests) + "routes[" + std::to_string(j) + "] at " + place(other.mark) +
                              ": same facade, host, prefix and listener " + listener->text()});
        break;
      }
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (settings.routes[j].name != route.name || !comparable(i, {"name"}) || !comparable(j, {"name"})) continue;
      faults.push_back({mark_of(*nodes[i], "name"), path + ".name",
                        "the name \"" + route.name + "\" is taken by routes[" + std::to_string(j) + "] at " +
                            place(settings.routes[j].mark) +
                            (named ? "" : "; a route without a name has its facade's: give this one a name")});
      break;
    }
  }
}

}  // namespace parley::config
