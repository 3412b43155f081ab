// `parley serve` serves what `parley check` passes: each faulty file goes through both, and both print the same.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "tests/support/operated.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {
namespace {

namespace fs = std::filesystem;

/// `LINE:COL` of the first `text` in a file; `nth` = 1 for the second.
std::string place(const std::string& file, const std::string& text, int nth = 0) {
  std::size_t at = file.find(text);
  for (int i = 0; i < nth && at != std::string::npos; ++i) at = file.find(text, at + 1);
  REQUIRE(at != std::string::npos);
  const auto line = 1 + std::count(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  const std::size_t start = at == 0 ? 0 : file.rfind('\n', at - 1) + 1;  // npos + 1 = 0
  return std::to_string(line) + ':' + std::to_string(at - start + 1);
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// Every path under a folder.
std::vector<std::string> listing(const fs::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) found.push_back(entry.path().string());
  std::sort(found.begin(), found.end());
  return found;
}

Finished parley(const std::string& command, const std::string& file, const std::vector<std::string>& more = {}) {
  Launch launch{.command = {program(), command, "--config", file}};
  launch.command.insert(launch.command.end(), more.begin(), more.end());
  return run(launch);
}

/// Files with every kind of fault, as configurations name them.
struct Files {
  Files() {
    const Certificate mine = make_certificate("IP:127.0.0.1");
    scratch.write("c.pem", mine.certificate);
    scratch.write("k.pem", mine.key);
    scratch.write("other.pem", make_certificate("IP:127.0.0.1").key);
    scratch.write("text", "neither PEM nor a database, but long enough to be one or the other by its size alone\n");
    scratch.write("empty", "");
    fs::create_directory(scratch.path() / "folder");
    fs::create_symlink(scratch / "nowhere/a.db", scratch.path() / "lost.db");
    fs::create_directory(scratch.path() / "closed");
    REQUIRE(::chmod((scratch / "closed").c_str(), 0500) == 0);
  }
  Scratch scratch;
};

const std::string listen = "server: {listen: \"127.0.0.1:0\"}\n";
const std::string store = "backends: {a: {kind: sqlite, path: \"DIR/a.db\"}}\n";
const std::string routes = "routes:\n  - {facade: enghouse, backend: a, auth: none}\n";

std::string with_tls(const std::string& certificate, const std::string& key) {
  return "server:\n  listen: [{address: \"127.0.0.1:0\", tls: {certificate: DIR/" + certificate + ", key: DIR/" + key +
         "}}]\n" + store + routes;
}
std::string with_store(const std::string& path) {
  return listen + "backends:\n  a:\n    kind: sqlite\n    path: \"" + path + "\"\n" + routes;
}
std::string with_log(const std::string& path) { return listen + "log: {access: " + path + "}\n" + store + routes; }
std::string with_url(const std::string& url, const std::string& more = "auth: none",
                     const std::string& kind = "enghouse") {
  return listen + "backends: {a: {kind: " + kind + ", url: \"" + url + "\", " + more + "}}\n" + routes;
}

struct Case {
  const char* name;
  std::string yaml;   ///< DIR is replaced by the folder of the test
  std::string at;     ///< the text at the place of the fault
  std::string fault;  ///< its path and the beginning of its message
  int nth = 0;
};

void refuse(const Files& files, const Case& one) {
  CAPTURE(one.name);
  const std::string folder = files.scratch.path().string();
  const std::string yaml = replaced(one.yaml, "DIR", folder);
  const std::string file = files.scratch.write("gateway.yaml", yaml);
  const std::vector<std::string> before = listing(files.scratch.path());
  const Finished checked = parley("check", file);
  CHECK(listing(files.scratch.path()) == before);
  const Finished served = parley("serve", file);
  CAPTURE(checked.err);
  CHECK(checked.code == 2);
  CHECK(checked.out == "");
  CHECK(served.code != 0);
  CHECK(served.err == checked.err);
  const std::string expected =
      file + ':' + place(yaml, replaced(one.at, "DIR", folder), one.nth) + ": " + replaced(one.fault, "DIR", folder);
  CAPTURE(expected);
  CHECK(checked.err.find(expected) != std::string::npos);
}

}  // namespace

TEST_CASE("files that serve cannot use are refused by check with the same message, and none is left behind" *
          doctest::skip(!built_with({"enghouse", "sqlite"}))) {
  const Files files;
  std::vector<Case> cases = {
      {"no certificate", with_tls("none.pem", "k.pem"), "DIR/none.pem",
       "server.listen[0].tls.certificate: cannot listen on 127.0.0.1:0: the certificate DIR/none.pem: No such file"},
      {"no key", with_tls("c.pem", "none.pem"), "DIR/none.pem",
       "server.listen[0].tls.key: cannot listen on 127.0.0.1:0: the key DIR/none.pem: No such file"},
      {"certificate and key swapped", with_tls("k.pem", "c.pem"), "DIR/k.pem",
       "server.listen[0].tls.certificate: cannot listen on 127.0.0.1:0: the certificate DIR/k.pem: no start line: it "
       "holds a key; were the two swapped?"},
      {"the certificate twice", with_tls("c.pem", "c.pem"), "DIR/c.pem",
       "server.listen[0].tls.key: cannot listen on 127.0.0.1:0: the key DIR/c.pem: ", 1},
      {"another's key", with_tls("c.pem", "other.pem"), "DIR/other.pem",
       "server.listen[0].tls.key: cannot listen on 127.0.0.1:0: the key DIR/other.pem: does not fit the certificate"},
      {"a certificate that is a folder", with_tls("folder", "k.pem"), "DIR/folder",
       "server.listen[0].tls.certificate: "},
      {"a certificate of a route's listener",
       listen + store +
           "routes:\n  - facade: enghouse\n    backend: a\n    auth: none\n    listen: {address: "
           "\"127.0.0.2:0\", tls: {certificate: DIR/none.pem, key: DIR/k.pem}}\n",
       "DIR/none.pem", "routes[0].listen[0].tls.certificate: cannot listen on 127.0.0.2:0: "},
      {"a store that is a folder", with_store("DIR/folder"), "\"DIR/folder\"",
       "backends.a.path: the store DIR/folder cannot be opened: it is a folder"},
      {"a store that ends in a slash", with_store("DIR/new/"), "\"DIR/new/\"", "backends.a.path: the store DIR/new/ "},
      {"a store below a file", with_store("DIR/text/a.db"), "\"DIR/text/a.db\"",
       "backends.a.path: the store DIR/text/a.db cannot be opened: "},
      {"a store far below a file", with_store("DIR/text/x/y/a.db"), "\"DIR/text/x/y/a.db\"", "backends.a.path: "},
      {"a store that is no database", with_store("DIR/text"), "\"DIR/text\"",
       "backends.a.path: DIR/text: the file is not a database"},
      {"a store where nothing can be made", with_store("/proc/nowhere/a.db"), "\"/proc/nowhere/a.db\"",
       "backends.a.path: the store /proc/nowhere/a.db cannot be opened: the folder /proc: "},
      {"a store that is a device", with_store("/dev/null"), "\"/dev/null\"", "backends.a.path: the store /dev/null"},
      {"a name that is too long", with_store("DIR/" + std::string(300, 'x')), "\"DIR/xxx",
       "backends.a.path: the store DIR/xxx"},
      {"a store behind a link that leads nowhere", with_store("DIR/lost.db"), "\"DIR/lost.db\"",
       "backends.a.path: the store DIR/lost.db cannot be opened: the folder DIR/nowhere: No such file"},
      {"a listener without a host", "server: {listen: 8080}\n" + store + routes, "8080",
       "server.listen: expected HOST:PORT"},
      {"an access log that is a folder", with_log("DIR/folder"), "DIR/folder",
       "log.access: cannot open the access log DIR/folder: it is a folder"},
      {"an access log in no folder", with_log("DIR/none/access.log"), "DIR/none/access.log",
       "log.access: cannot open the access log DIR/none/access.log: the folder DIR/none: No such file"},
      {"an access log below a file", with_log("DIR/text/access.log"), "DIR/text/access.log",
       "log.access: cannot open the access log DIR/text/access.log: "},
      {"an access log that is the store", with_log("DIR/folder/../a.db"), "DIR/folder/../a.db",
       "log.access: is the file of backends.a.path"},
      {"an access log that is the store's journal", with_log("DIR/a.db-wal"), "DIR/a.db-wal",
       "log.access: is the file of backends.a.path"},
      {"no authorities", with_url("https://ct.example.com", "auth: none, ca: DIR/none.pem"), "DIR/none.pem",
       "backends.a.ca: TLS cannot be set up: the CA file DIR/none.pem: No such file"},
      {"authorities without a certificate", with_url("https://ct.example.com", "auth: none, ca: DIR/text"), "DIR/text",
       "backends.a.ca: TLS cannot be set up: the CA file DIR/text: no certificate"},
      {"a key for an authority", with_url("https://ct.example.com", "auth: none, ca: DIR/k.pem"), "DIR/k.pem",
       "backends.a.ca: TLS cannot be set up: the CA file DIR/k.pem: no certificate"},
      {"an address that is another machine's",
       "server:\n  listen: [\"127.0.0.1:0\", \"192.0.2.1:0\"]\n" + store + routes, "\"192.0.2.1:0\"",
       "server.listen[1]: cannot listen on 192.0.2.1:0: Cannot assign requested address"},
  };
  if (::geteuid() != 0) {  // not as root, whom file modes do not stop
    cases.push_back({"a store in a folder that takes none", with_store("DIR/closed/a.db"), "\"DIR/closed/a.db\"",
                     "backends.a.path: the store DIR/closed/a.db cannot be opened: the folder DIR/closed: Permission"});
    cases.push_back({"a log in a folder that takes none", with_log("DIR/closed/a.log"), "DIR/closed/a.log",
                     "log.access: cannot open the access log DIR/closed/a.log: the folder DIR/closed: Permission"});
  }
  for (const Case& one : cases) refuse(files, one);
}

TEST_CASE("files that are one in another spelling are refused by check and serve, before they exist" *
          doctest::skip(!built_with({"enghouse", "sqlite"}))) {
  const Scratch scratch;
  const std::string folder = scratch.path().string();
  fs::create_directory(scratch.path() / "data");
  fs::create_symlink("data/real.db", scratch.path() / "link.db");
  fs::create_symlink("x.db", scratch.path() / "log.link");
  scratch.write("token", "a-token");
  const auto one = [](const std::string& log, const std::string& path) {
    return listen + "log: {access: " + log + "}\nbackends: {a: {kind: sqlite, path: \"" + path + "\"}}\n" + routes;
  };
  const auto two = [](const std::string& first, const std::string& second) {
    return listen + "backends: {a: {kind: sqlite, path: \"" + first + "\"}, b: {kind: sqlite, path: \"" + second +
           "\"}}\n" + routes;
  };
  const std::string of_store = "log.access: is the file of backends.a.path, which lines would be added to";
  const std::string shared = "backends.b.path: is the store of backends.a, and one backend alone can have it open";
  const std::string used = "backends.b.path: uses a file of the store of backends.a";
  const struct {
    std::string yaml;
    std::string fault;
  } cases[] = {
      {one("x.db", "x.db"), of_store},
      {one("./x.db", "x.db"), of_store},
      {one("x.db", "./x.db"), of_store},
      {one(folder + "/x.db", "x.db"), of_store},
      {one("x.db", folder + "/data/../x.db"), of_store},
      {one("log.link", "x.db"), of_store},
      {one("./x.db-wal", "x.db"), of_store},
      {one(folder + "/x.db-shm", "x.db"), of_store},
      {one("data/../x.db-journal", "x.db"), of_store},
      {one("./x.db.lock", "x.db"), of_store},
      {one("data/real.db", "link.db"), of_store},
      {one("data/real.db-wal", "link.db"), of_store},
      {one("./gateway.yaml", "x.db"), "log.access: is this configuration, which lines would be added to"},
      {"admin: {listen: \"127.0.0.1:0\", token: {file: token}}\n" + one("./token", "x.db"),
       "log.access: is the file of a secret at 1:46, which lines would be added to"},
      {two("x.db", "./x.db"), shared},
      {two("x.db", folder + "/x.db"), shared},
      {two("./x.db", "data/../x.db"), shared},
      {two("link.db", "data/real.db"), shared},
      {two("x.db", "./x.db-wal"), used},
      {two("x.db.lock", "x.db"), used},
  };
  for (const auto& each : cases) {
    CAPTURE(each.yaml);
    scratch.write("gateway.yaml", each.yaml);
    const std::vector<std::string> before = listing(scratch.path());
    const auto refused = [&folder](const char* command) {
      return run({.command = {program(), command, "--config", "gateway.yaml"}, .directory = folder});
    };
    const Finished checked = refused("check");
    CHECK(checked.code == 2);
    CAPTURE(checked.err);
    CHECK(checked.err.find(each.fault) != std::string::npos);
    const Finished served = refused("serve");
    CHECK(served.code != 0);
    CHECK(served.err.find(each.fault) != std::string::npos);
    CHECK(listing(scratch.path()) == before);
    CHECK(read_file(scratch.path() / "gateway.yaml") == each.yaml);
    CHECK(read_file(scratch.path() / "token") == "a-token");
  }
}

TEST_CASE("contradictory parts and impossible URLs are refused by check and serve alike" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  const Files files;
  const std::string two_stores = "backends:\n  a: {kind: sqlite, path: \"DIR/a.db\"}\n  b: {kind: sqlite, path: ";
  const std::string bearer = "auth: {bearer: x}";
  const std::string user = "auth: {user_id: x, token: y}";
  const Case cases[] = {
      {"one store for two", listen + two_stores + "\"DIR/folder/../a.db\"}\n" + routes, "\"DIR/folder/../a.db\"",
       "backends.b.path: is the store of backends.a"},
      {"an address and its name", "server: {listen: [\"127.0.0.1:18080\", \"localhost:18080\"]}\n" + store + routes,
       "\"localhost:18080\"", "server.listen[1]: localhost:18080 and 127.0.0.1:18080 at 1:19 are one address"},
      {"an address and all addresses", "server: {listen: [\"127.0.0.1:18080\", \"0.0.0.0:18080\"]}\n" + store + routes,
       "\"0.0.0.0:18080\"", "server.listen[1]: 0.0.0.0:18080 and 127.0.0.1:18080 at 1:19 are one address"},
      {"a route's address is covered",
       "server: {listen: \"[::]:18080\"}\n" + store +
           "routes:\n  - {facade: enghouse, backend: a, auth: none, listen: \"[::1]:18080\"}\n",
       "\"[::1]:18080\"", "routes[0].listen[0]: [::1]:18080 and [::]:18080 at 1:18 are one address"},
      {"admin where all addresses are",
       "server: {listen: \"0.0.0.0:18080\"}\nadmin: {listen: \"127.0.0.1:18080\"}\n" + store + routes,
       "\"127.0.0.1:18080\"", "admin.listen: 127.0.0.1:18080 is where clients connect"},
      {"the vendor's path", with_url("https://ct.example.com/livechat"), "\"https",
       "backends.a.url: ends in the API's own path /livechat, which is added to each call anyway: write "
       "\"https://ct.example.com\""},
      {"the vendor's path with a slash", with_url("https://ct.example.com/livechat/"), "\"https",
       "backends.a.url: ends"},
      {"the vendor's path and a tenant", with_url("https://ct.example.com/base/livechat/acme"), "\"https",
       "backends.a.url: ends in the API's own path /livechat/acme, which is added to each call anyway: write "
       "\"https://ct.example.com/base\""},
      {"comm100 /v4", with_url("https://api11.comm100.io/v4", bearer, "comm100"), "\"https",
       "backends.a.url: ends in the API's own path /v4, "},
      {"comm100 /v4/livechat/", with_url("https://api11.comm100.io/v4/livechat/", bearer, "comm100"), "\"https",
       "backends.a.url: ends in the API's own path /v4/livechat, "},
      {"comm100 /livechat", with_url("https://api11.comm100.io/livechat", bearer, "comm100"), "\"https",
       "backends.a.url: ends in the API's own path /livechat, "},
      {"rocketchat /api/v1", with_url("https://chat.example.com/api/v1", user, "rocketchat"), "\"https",
       "backends.a.url: ends in the API's own path /api/v1, "},
      {"rocketchat /api/v1/livechat", with_url("https://chat.example.com/api/v1/livechat", user, "rocketchat"),
       "\"https", "backends.a.url: ends in the API's own path /api/v1/livechat, "},
      {"rocketchat /api/", with_url("https://chat.example.com/api/", user, "rocketchat"), "\"https",
       "backends.a.url: ends in the API's own path /api, "},
      {"rocketchat /livechat", with_url("https://chat.example.com/livechat", user, "rocketchat"), "\"https",
       "backends.a.url: ends in the API's own path /livechat, "},
      {"a whole call", with_url("https://chat.example.com:8443/chat/API/v1/livechat/visitor/x", user, "rocketchat"),
       "\"https",
       "backends.a.url: ends in the API's own path /API/v1/livechat/visitor/x, which is added to each call anyway: "
       "write \"https://chat.example.com:8443/chat\""},
      {"an empty label", with_url("https://exmaple..com"), "\"https", "backends.a.url: the host has an empty label"},
      {"a dot in front", with_url("https://.example.com"), "\"https", "backends.a.url: the host has an empty label"},
      {"https on port 80", with_url("https://ct.example.com:80"), "\"https", "backends.a.url: https on port 80"},
      {"http on port 443", with_url("http://ct.example.com:443"), "\"http", "backends.a.url: http on port 443"},
      {"a user in the URL", with_url("https://ann:pass@ct.example.com"), "\"https",
       "backends.a.url: expected a URL such as https://chat.example.com, got some text; credentials belong in auth"},
      {"a query", with_url("https://ct.example.com/?a=b"), "\"https", "backends.a.url: expected a URL"},
      {"a token in the URL", with_url("https://ct.example.com/?token=hidden"), "\"https",
       "backends.a.url: expected a URL such as https://chat.example.com, got \"https://ct.example.com/?…\"; without ? "
       "and #"},
      {"credentials in an origin",
       listen + store +
           "routes:\n  - {facade: enghouse, backend: a, auth: none, cors: {origins: "
           "\"https://ann:hidden@shop.example.com\"}}\n",
       "{origins",
       "routes[0].cors.origins: expected an origin as browsers write it, `https://shop.example.com`, lower "
       "case and without a path; got some text"},
      {"a URL for a store", with_store("postgres://ann:hidden@db/parley"), "\"postgres",
       "backends.a.path: expected the path of a file, got a URL\n"},
      {"a URL for a log", with_log("\"https://ann:hidden@logs.example.com/\""), "\"https",
       "log.access: expected the path of a file, got a URL\n"},
      {"a fragment", with_url("https://ct.example.com/#x"), "\"https", "backends.a.url: expected a URL"},
      {"half an address", with_url("https://10.0.0.999"), "\"https", "backends.a.url: the host is no IPv4 address"},
      {"https on port 80 for tokens",
       listen +
           "backends: {a: {kind: comm100, url: \"https://api11.comm100.io\", auth: {email: e@x.org, password: p, "
           "client_id: c, token_url: \"https://dash11.comm100.io:80/oauth/token\"}}}\n" +
           routes,
       "\"https://dash11", "backends.a.auth.token_url: https on port 80"},
  };
  for (const Case& one : cases) refuse(files, one);
}

TEST_CASE("an upstream that is the gateway's own listener is refused in every spelling" *
          doctest::skip(!built_with({"enghouse"}))) {
  const Files files;
  const auto loop = [](const std::string& at, const std::string& url) {
    return "server: {listen: \"" + at + "\"}\nbackends: {a: {kind: enghouse, url: \"" + url + "\", auth: none}}\n" +
           routes;
  };
  for (const auto& [at, url] :
       std::initializer_list<std::pair<const char*, const char*>>{{"127.0.0.1:18080", "http://127.0.0.1:18080"},
                                                                  {"127.0.0.1:18080", "http://localhost:18080/base"},
                                                                  {"localhost:18080", "http://127.0.0.1:18080"},
                                                                  {"0.0.0.0:18080", "http://127.0.0.1:18080"},
                                                                  {"0.0.0.0:18080", "http://127.9.9.9:18080"},
                                                                  {"127.0.0.1:18080", "http://0.0.0.0:18080"},
                                                                  {"[::1]:18080", "http://[::1]:18080"},
                                                                  {"[::1]:18080", "http://localhost:18080"},
                                                                  {"[::]:18080", "http://[::1]:18080"},
                                                                  {"[::1]:18080", "http://[::]:18080"}}) {
    const std::string text = std::string("\"") + url;
    refuse(files, {at, loop(at, url), text,
                   std::string("backends.a.url: is this gateway's own listener ") + at +
                       ": a request to the route enghouse would come back to it for ever"});
  }
  struct Case {
    const char* at;
    const char* url;
  };
  for (const Case& one : std::initializer_list<Case>{{"127.0.0.1:18080", "http://127.0.0.1:18081"},
                                                     {"127.0.0.1:18080", "http://127.0.0.2:18080"},
                                                     {"[::1]:18080", "http://127.0.0.1:18080"}}) {
    CAPTURE(one.url);
    const Finished checked = parley("check", files.scratch.write("gateway.yaml", loop(one.at, one.url)));
    CHECK(checked.err == "");
    CHECK(checked.code == 0);
  }
}

TEST_CASE("what is most likely not meant is a warning: on standard error, code 0, and 2 with --strict" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  const Files files;
  struct Warned {
    const char* name;
    std::string yaml, at, warning;
    int nth = 0;
  };
  const std::string connector = "backends: {a: {kind: rocketchat, url: \"https://chat.example.com\", auth: none, ";
  const std::string route = "routes:\n  - {facade: FACADE, backend: a, auth: none, ";
  const auto on = [&route](const std::string& facade, const std::string& more) {
    return listen + store + replaced(route, "FACADE", facade) + more + "}\n";
  };
  const Warned cases[] = {
      {"a backend without a route",
       listen + "backends:\n  a: {kind: sqlite, path: \"DIR/a.db\"}\n  spare: {kind: sqlite, path: \"DIR/b.db\"}\n" +
           routes,
       "{kind: sqlite, path: \"DIR/b.db\"}", "backends.spare: no route uses it"},
      {"no routes", listen + store, "server", "routes: there is no route"},
      {"an empty list of routes", listen + store + "routes: []\n", "[]", "routes: there is no route"},
      {"everybody is a proxy", "server: {listen: \"127.0.0.1:0\", trusted: [\"0.0.0.0/0\"]}\n" + store + routes,
       "\"0.0.0.0/0\"", "server.trusted[0]: 0.0.0.0/0 is not a network of proxies"},
      {"everybody is a proxy, by IPv6", "server: {listen: \"127.0.0.1:0\", trusted: \"::/0\"}\n" + store + routes,
       "\"::/0\"", "server.trusted[0]: ::/0 is not a network of proxies"},
      {"half of everybody",
       "server: {listen: \"127.0.0.1:0\", trusted: [\"10.0.0.0/8\", \"128.0.0.0/1\"]}\n" + store + routes,
       "\"128.0.0.0/1\"", "server.trusted[1]: 128.0.0.0/1 is not a network of proxies"},
      {"the vendor's path as prefix", on("comm100", "prefix: /v4"), "/v4",
       "routes[0].prefix: repeats the vendor's own path: clients would have to call /v4/v4/livechat/agents"},
      {"the vendor's path behind another", on("rocketchat", "prefix: /chat/api/v1"), "/chat/api/v1",
       "routes[0].prefix: repeats the vendor's own path"},
      {"Enghouse's as prefix", on("enghouse", "prefix: /livechat"), "/livechat",
       "routes[0].prefix: repeats the vendor's own path"},
      {"first_byte beyond total", listen + connector + "timeouts: {first_byte: 20s, total: 15s}}}\n" + routes, "20s",
       "backends.a.timeouts.first_byte: 20000ms is longer than total"},
      {"demo on a connector", listen + connector + "demo: true}}\n" + routes, "demo",
       "backends.a.demo: has no effect with `kind: rocketchat`; it is for sqlite"},
      {"path on a connector", listen + connector + "path: x.db}}\n" + routes, "path",
       "backends.a.path: has no effect with `kind: rocketchat`; it is for sqlite"},
      {"page_changes on a connector", listen + connector + "page_changes: url}}\n" + routes, "page_changes",
       "backends.a.page_changes: has no effect"},
      {"domain on another connector", listen + connector + "domain: acme}}\n" + routes, "domain",
       "backends.a.domain: has no effect with `kind: rocketchat`; it is for enghouse"},
      {"url on a store",
       listen + "backends: {a: {kind: sqlite, path: \"DIR/a.db\", url: \"https://x.example.com\"}}\n" + routes, "url",
       "backends.a.url: has no effect with `kind: sqlite`; it is for comm100, enghouse, rocketchat"},
      {"timeouts on a store",
       listen + "backends: {a: {kind: sqlite, path: \"DIR/a.db\", timeouts: {total: 5s}}}\n" + routes, "timeouts",
       "backends.a.timeouts: has no effect"},
      {"auth on a store", listen + "backends: {a: {kind: sqlite, path: \"DIR/a.db\", auth: {token: x}}}\n" + routes,
       "auth", "backends.a.auth: has no effect"},
      {"ca without TLS",
       listen + "backends: {a: {kind: enghouse, url: \"http://127.0.0.1:1\", auth: none, ca: DIR/c.pem}}\n" + routes,
       "DIR/c.pem", "backends.a.ca: has no effect: no URL of this backend is https://"},
      {"strict_status on comm100", on("comm100", "strict_status: true"), "strict_status",
       "routes[0].strict_status: has no effect with `facade: comm100`; it is for enghouse"},
      {"strict_status on rocketchat", on("rocketchat", "strict_status: true"), "strict_status",
       "routes[0].strict_status: has no effect with `facade: rocketchat`; it is for enghouse"},
      {"domains on rocketchat", on("rocketchat", "domains: {a: B}"), "domains", "routes[0].domains: has no effect"},
      {"domains on comm100", on("comm100", "domains: {a: B}"), "domains", "routes[0].domains: has no effect"},
      {"away_statuses on rocketchat", on("rocketchat", "away_statuses: [x]"), "away_statuses",
       "routes[0].away_statuses: has no effect with `facade: rocketchat`; it is for comm100"},
      {"away_statuses on enghouse", on("enghouse", "away_statuses: [x]"), "away_statuses",
       "routes[0].away_statuses: has no effect"},
      {"custom_fields on enghouse", on("enghouse", "custom_fields: [x]"), "custom_fields",
       "routes[0].custom_fields: has no effect with `facade: enghouse`; it is for rocketchat"},
      {"custom_fields on comm100", on("comm100", "custom_fields: [x]"), "custom_fields",
       "routes[0].custom_fields: has no effect"},
      {"profile on comm100", on("comm100", "profile: \"8\""), "profile",
       "routes[0].profile: has no effect with `facade: comm100`; it is for rocketchat"},
      {"profile on enghouse", on("enghouse", "profile: \"8\""), "profile", "routes[0].profile: has no effect"},
      {"a home in a path", listen + "backends: {a: {kind: sqlite, path: \"~/a.db\"}}\n" + routes, "\"~/a.db\"",
       "backends.a.path: `~` is the name of a folder here"},
      {"a session without logins",
       listen + store +
           "routes:\n  - {facade: rocketchat, backend: a, auth: {users: [{id: u, token: t}], session: 1h}}\n",
       "1h", "routes[0].auth.session: has no effect without logins"},
      {"credentials in the clear",
       listen + "backends: {a: {kind: enghouse, url: \"http://ct.example.com\", auth: {token: x}}}\n" + routes,
       "\"http://ct", "backends.a.url: the credentials go to another machine unencrypted"},
      {"itself, for another's work",
       "server: {listen: \"127.0.0.1:18080\"}\nbackends:\n  a: {kind: sqlite, path: \"DIR/a.db\"}\n"
       "  b: {kind: enghouse, url: \"http://127.0.0.1:18080\", auth: none}\n" +
           routes + "  - {facade: enghouse, name: b, backend: b, auth: none, host: other.example.com}\n",
       "\"http://127.0.0.1",
       "backends.b.url: is this gateway's own listener 127.0.0.1:18080: the gateway would call itself"},
  };
  for (const Warned& one : cases) {
    CAPTURE(one.name);
    const std::string folder = files.scratch.path().string();
    const std::string yaml = replaced(one.yaml, "DIR", folder);
    const std::string file = files.scratch.write("gateway.yaml", yaml);
    const std::vector<std::string> before = listing(files.scratch.path());
    const Finished checked = parley("check", file);
    const Finished strict = parley("check", file, {"--strict"});
    CHECK(listing(files.scratch.path()) == before);
    CAPTURE(checked.err);
    CHECK(checked.code == 0);
    CHECK(checked.out.find(": ok (") != std::string::npos);
    CHECK(strict.code == 2);
    CHECK(strict.err == checked.err);
    const std::string expected = file + ':' + place(yaml, replaced(one.at, "DIR", folder), one.nth) +
                                 ": warning: " + replaced(one.warning, "DIR", folder);
    CAPTURE(expected);
    CHECK(checked.err.starts_with(expected));
    CHECK(std::count(checked.err.begin(), checked.err.end(), '\n') == 1);
  }
}

TEST_CASE("routes that could not be read are not reported as missing" *
          doctest::skip(!built_with({"enghouse", "sqlite"}))) {
  const Files files;
  for (const std::string& yaml : {listen + "backends: {a: {kind: sqlite, path: \"DIR/a.db}}\n" + routes,
                                  "gateway:\n  " + replaced(listen, "\n", "\n  ") + "routes: []\n"}) {
    CAPTURE(yaml);
    const Finished checked = parley("check", files.scratch.write("gateway.yaml", yaml));
    CHECK(checked.code == 2);
    CHECK(checked.err.find("warning") == std::string::npos);
  }
}

TEST_CASE("a good configuration has no warning: the shipped ones pass --strict" *
          doctest::skip(!built_with({"enghouse", "comm100", "rocketchat", "sqlite"}))) {
  const Scratch scratch;
  std::vector<fs::path> shipped = {project_file("config/gateway.yaml")};
  for (const auto& entry : fs::directory_iterator(project_file("config/examples"))) shipped.push_back(entry.path());
  REQUIRE(shipped.size() > 5);
  for (const fs::path& file : shipped) {
    CAPTURE(file);
    const Finished strict = run({.command = {program(), "check", "--strict", "--config", file.string()},
                                 .directory = scratch.path().string(),
                                 .environment = {"CTLIVE_TOKEN=a", "COMM100_TOKEN=b", "CHAT_USER_ID=c", "CHAT_TOKEN=d",
                                                 "API_TOKEN=e", "CRM_TOKEN=f", "CLIENT_TOKEN=g"}});
    CHECK(strict.err == "");
    CHECK(strict.code == 0);
  }
  CHECK(listing(scratch.path()).empty());
}

TEST_CASE("keys that the adapter of emit reads have an effect" *
          doctest::skip(!built_with({"enghouse", "rocketchat"}))) {
  const Files files;
  const std::string emits =
      listen + store + "routes:\n  - {facade: enghouse, backend: a, auth: none, emit: rocketchat, profile: ";
  const auto checked = [&files](const std::string& yaml) {
    return parley("check", files.scratch.write("gateway.yaml", replaced(yaml, "DIR", files.scratch.path().string())));
  };
  CHECK(checked(emits + "\"0.70\"}\n").err == "");
  const Finished unknown = checked(emits + "\"0.71\"}\n");
  CHECK(unknown.code == 2);
  CHECK(unknown.err.find("routes[0].profile: unknown profile \"0.71\"") != std::string::npos);
}

TEST_CASE("serve logs its warnings at the start, a reload logs its own; a bad reload has the file's place" *
          doctest::skip(!built_with({"rocketchat"}))) {
  Operated parley("", "  trusted: \"0.0.0.0/0\"\n");
  const std::string first = parley.process().wait_for_lines("warning: server.trusted").front();
  CHECK(first.find(parley.file() + ":") != std::string::npos);

  const std::string route = "  - name: more\n    facade: rocketchat\n    backend: local\n    auth: none\n    prefix: ";
  parley.write(route + "/api/v1\n");
  CHECK(parley.admin("POST", "/reload").status == 200);
  parley.process().wait_for_lines("warning: routes[");

  parley.write(route +
               "/more\n    listen: {address: \"127.0.0.2:0\", tls: {certificate: /none.pem, key: /none.key}}\n");
  const Answer refused = parley.admin("POST", "/reload");
  CHECK(refused.status != 200);
  CAPTURE(refused.body);
  CHECK(refused.body.find(
            ".listen[0].tls.certificate: cannot listen on 127.0.0.2:0: the certificate /none.pem: No such") !=
        std::string::npos);
  CHECK(refused.body.find(":0:0:") == std::string::npos);
  CHECK(parley.ask("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd").status == 200);
}

TEST_CASE("a store that a running gateway has open passes check, and is not disturbed" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  const std::string file = scratch.write("gateway.yaml", demo_config(scratch / "parley.db"));
  const Served served(program(), file);
  const std::vector<std::string> before = listing(scratch.path());
  for (int i = 0; i < 3; ++i) {
    const Finished checked = parley("check", file);
    CHECK(checked.err == "");
    CHECK(checked.code == 0);
    CHECK(served
              .ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                   R"({"visitor": {"token": "after-check"}})")
              .status == 200);
  }
  CHECK(listing(scratch.path()) == before);
}

TEST_CASE("a certificate from a pipe is read by serve, and not by the check before" *
          doctest::skip(!built_with({"enghouse", "sqlite"}))) {
  const Files files;
  const std::string yaml = replaced(with_tls("c.pem", "k.pem"), "DIR/c.pem", "/dev/fd/7");
  const std::string file = files.scratch.write("gateway.yaml", replaced(yaml, "DIR", files.scratch.path().string()));
  const std::string piped = "exec 7< <(cat " + (files.scratch / "c.pem") + "); exec " + program();
  CHECK(run({.command = {"bash", "-c", piped + " check --config " + file}}).code == 0);
  Process served({.command = {"bash", "-c", piped + " serve --config " + file}});
  CHECK(served.wait_for_lines("listening on https://").size() == 1);
}

TEST_CASE("an address in use, also the admin's, is a fault of serve with its place" *
          doctest::skip(!built_with({"enghouse"}))) {
  const Scratch scratch;
  const Served first(program(), scratch.write("first.yaml", demo_config(scratch / "first.db")));
  const std::string taken = "\"127.0.0.1:" + std::to_string(first.port()) + '"';
  const std::string client =
      replaced("server: {listen: " + taken + "}\n" + store + routes, "DIR", scratch.path().string());
  const std::string admin =
      replaced(listen + "admin: {listen: " + taken + "}\n" + store + routes, "DIR", scratch.path().string());
  for (const auto& [yaml, path] : {std::pair(client, "server.listen[0]"), std::pair(admin, "admin.listen")}) {
    const std::string file = scratch.write("second.yaml", yaml);
    const Finished served = parley("serve", file);
    CHECK(served.code == 1);
    CAPTURE(served.err);
    CHECK(served.err.find(file + ':' + place(yaml, taken) + ": " + path + ": cannot listen on ") != std::string::npos);
    CHECK(parley("check", file).code == 0);  // a port in use is not a fault of the file
  }
}

}  // namespace parley::test
