// Bad configurations: each fault of the file, the server and the backends has the exact place and text.
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "tests/config/bad_files.hpp"
#include "tests/config/good_files.hpp"
#include "tests/support/scratch.hpp"

using namespace parley;
using namespace parley::config;
using test::BadFile;
using test::check;
using test::faults;

TEST_CASE("config: faults of the file as a whole") {
  const BadFile cases[] = {
      {"empty", "", "1:1: the file says nothing; expected server, backends and routes"},
      {"only comments", "# later\n", "1:1: the file says nothing; expected server, backends and routes"},
      {"a text", "hello\n",
       "1:1: expected a map, got \"hello\"; write, for example, {server: …, backends: …, routes: …}"},
      {"a list", "- server\n",
       "1:1: expected a map, got a list; one map, not a list: write, for example, {server: …, backends: …, routes: …}"},
      {"unknown section", "servers: {}\n", "1:1: servers: unknown key; did you mean \"server\"?"},
      {"unknown section, nothing near", "logging: {}\n",
       "1:1: logging: unknown key; known: server, admin, log, backends, routes"},
      {"duplicate section", "server: {}\nserver: {}\n", "2:1: server: the key appears twice; first at 1:1"},
      {"admin without a listener", "admin: {}\n", "1:8: admin.listen: missing: a value is required"},
      {"admin open to all", "admin:\n  listen: \"0.0.0.0:9090\"\n",
       "2:11: admin.listen: 0.0.0.0:9090 is not loopback: whoever reaches it can reload the gateway; give admin a "
       "token"},
      {"admin where clients connect", "admin:\n  listen: \"127.0.0.1:8080\"\nserver:\n  listen: \"127.0.0.1:8080\"\n",
       "2:11: admin.listen: 127.0.0.1:8080 is where clients connect, at 4:11"},
      {"admin with TLS", "admin: {listen: {address: \"127.0.0.1:1\"}}\n",
       "1:17: admin.listen: expected HOST:PORT, such as 127.0.0.1:9090, got a map; without TLS"},
      {"a secret of admin is not shown", "admin: {listen: \"127.0.0.1:1\", token: []}\n",
       "1:39: admin.token: expected text that is not empty, or {file: PATH}, got a list; one value, not a list"},
      {"section without content", "server:\n",
       "1:8: server: expected a map, got nothing; write its keys below it, further to the right, or leave it out"},
      {"backends as a list", "backends:\n  - kind: sqlite\n",
       "2:3: backends: expected a map of names to settings, got a list; write each under its name, `NAME: …`, instead "
       "of behind a `-`"},
      {"routes as a map", "routes:\n  crm: {facade: comm100}\n",
       "2:3: routes: expected a list, got a map; begin each entry with `- `"},
      {"a key of the table engine's own", "extensions: {}\n",
       "1:1: extensions: unknown key; known: server, admin, log, backends, routes"},
      {"a second document", "server: {}\n---\nserver: {}\n", "2:1: a second document; a configuration is one"},
      {"grammar", "server: {workers: 1\n", "2:1: expected `,` or `}`; the bracket opens at 1:9"},
      {"anchors", "server: &s {workers: 1}\n",
       "1:9: server: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"an alias is told once", "backends: {a: &x {kind: sqlite}, b: *x}\n",
       "1:15: backends.a: anchors and aliases are not allowed; write the value out, or quote the text\n"
       "1:37: backends.b: anchors and aliases are not allowed; write the value out, or quote the text"},
  };
  check(cases);
}

TEST_CASE("config: faults of the server") {
  const BadFile cases[] = {
      {"unknown key", "server:\n  lisen: [\"127.0.0.1:80\"]\n",
       "2:3: server.lisen: unknown key; did you mean \"listen\"?"},
      {"duplicate key", "server:\n  workers: 1\n  workers: 2\n",
       "3:3: server.workers: the key appears twice; first at 2:3"},
      {"workers in words", "server:\n  workers: two\n",
       "2:12: server.workers: expected a whole number from 0 to 1024, got \"two\""},
      {"workers in quotes", "server: {workers: \"2\"}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"2\"; write 2, without quotes"},
      {"workers negative", "server: {workers: -1}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"-1\""},
      {"workers too many", "server: {workers: 1025}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"1025\""},
      {"workers beyond 64 bits", "server: {workers: 99999999999999999999}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"99999999999999999999\""},
      {"workers octal or decimal?", "server: {workers: 010}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"010\"; write 10"},
      {"workers with a fraction", "server: {workers: 2.0}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"2.0\"; write 2"},
      {"workers missing", "server:\n  workers:\n",
       "2:11: server.workers: expected a whole number from 0 to 1024, got nothing; write a value, or leave the key "
       "out"},
      {"listen without a port", "server:\n  listen: [\"127.0.0.1\"]\n",
       "2:12: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1\"; the port is missing: write \"127.0.0.1:8080\""},
      {"listen with only a port", "server: {listen: 8080}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got \"8080\"; "
       "write \"127.0.0.1:8080\", or \"0.0.0.0:8080\" for every IPv4 address of this machine"},
      {"listen on a port of every address", "server: {listen: [\":8080\"]}\n",
       "1:19: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\":8080\"; write \"0.0.0.0:8080\" for every IPv4 address of this machine, \"[::]:8080\" for every IPv6 "
       "address"},
      {"listen on a name", "server: {listen: [\"example.com:80\"]}\n",
       "1:19: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"example.com:80\"; host names are not looked up here: write the address"},
      {"port too large", "server: {listen: [\"127.0.0.1:65536\"]}\n",
       "1:19: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1:65536\"; a port is a number from 0 to 65535"},
      {"address out of range", "server: {listen: [\"127.0.0.256:80\"]}\n",
       "1:19: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.256:80\""},
      {"IPv6 without brackets", "server: {listen: [\"::1:80\"]}\n",
       "1:19: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"::1:80\"; write \"[::1]:80\", with brackets"},
      {"listen with TLS and no key",
       "server:\n  listen:\n    - {address: \"0.0.0.0:8443\", tls: {certificate: c.pem}}\n",
       "3:38: server.listen[0].tls: expected {certificate: FILE, key: FILE}, got a map; `key` is missing"},
      {"listen as an object without TLS", "server: {listen: [{address: \"0.0.0.0:8443\"}]}\n",
       "1:19: server.listen[0]: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got "
       "a map; without tls write the address alone"},
      {"TLS here and not there",
       "server:\n  listen: {address: \"127.0.0.1:1\", tls: {certificate: c, key: k}}\nbackends: {a: {kind: sqlite}}\n"
       "routes:\n  - {facade: comm100, backend: a, listen: \"127.0.0.1:1\"}\n",
       "5:43: routes[0].listen[0]: 127.0.0.1:1 has other TLS settings at 2:11"},
      {"a network with bits behind its prefix", "server: {trusted: \"10.0.0.1/8\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.1/8\"; the bits behind the prefix are 0: write 10.0.0.0/8, or 10.0.0.1 for that address alone"},
      {"an empty entry", "server:\n  listen:\n    -\n    - \"127.0.0.1:1\"\n",
       "3:5: server.listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got nothing"},
      {"listed twice", "server:\n  listen: [\"127.0.0.1:80\", \"127.0.0.1:80\"]\n",
       "2:28: server.listen[1]: 127.0.0.1:80 is listed twice; first at 2:12"},
      {"listed twice in two spellings", "server: {listen: [\"[::1]:80\", \"[0:0::1]:80\"]}\n",
       "1:31: server.listen[1]: [::1]:80 is listed twice; first at 1:19"},
      {"duration without a unit", "server: {limits: {idle: 75}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"75\"; write "
       "75s or 75ms"},
      {"duration with another unit", "server: {limits: {idle: 2min}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"2min\"; write "
       "2m"},
      {"duration with a fraction", "server: {limits: {idle: 1.5s}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"1.5s\"; write "
       "1500ms"},
      {"duration of nothing", "server: {limits: {request: 0s}}\n",
       "1:28: server.limits.request: expected a duration from 1ms to 24h, got \"0s\""},
      {"duration of days", "server: {limits: {request: 25h}}\n",
       "1:28: server.limits.request: expected a duration from 1ms to 24h, got \"25h\""},
      {"duration that overflows", "server: {limits: {request: 9999999999999999h}}\n",
       "1:28: server.limits.request: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got "
       "\"9999999999999999h\""},
      {"size without a unit", "server: {limits: {body: 1048576}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1048576\"; "
       "write 1MiB"},
      {"size in thousands", "server: {limits: {body: 1MB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1MB\"; write "
       "1MiB"},
      {"size with a blank", "server: {limits: {body: 1 MiB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1 MiB\"; "
       "write 1MiB"},
      {"size of nothing", "server: {limits: {body: 0B}}\n",
       "1:25: server.limits.body: expected a size from 1B to 1GiB, got \"0B\""},
      {"size beyond 64 bits", "server: {limits: {body: 17179869185GiB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got "
       "\"17179869185GiB\""},
      {"size too large", "server: {limits: {body: 2GiB}}\n",
       "1:25: server.limits.body: expected a size from 1B to 1GiB, got \"2GiB\""},
      {"head too small for any request", "server: {limits: {head: 100B}}\n",
       "1:25: server.limits.head: expected a size from 128B to 1MiB, got \"100B\""},
      {"limits misspelt", "server: {limits: {bdoy: 1MiB}}\n",
       "1:19: server.limits.bdoy: unknown key; did you mean \"body\"?"},
  };
  check(cases);
}

TEST_CASE("config: faults of backends") {
  const BadFile cases[] = {
      {"no kind", "backends:\n  local:\n    path: x.db\n", "3:5: backends.local.kind: missing: a value is required"},
      {"empty kind", "backends: {local: {kind: \"\"}}\n", "1:26: backends.local.kind: expected text, got empty text"},
      {"a line feed in a name", "backends: {local: {kind: \"sql\\nite\"}}\n",
       "1:26: backends.local.kind: expected one line of text, got \"sql\\x0aite\"; without line feeds and tabs"},
      {"kind is a list", "backends: {local: {kind: [sqlite]}}\n",
       "1:26: backends.local.kind: expected text, got a list; one value: leave out the `-` or the brackets"},
      {"backend without settings", "backends:\n  local:\n",
       "2:9: backends.local: expected a map, got nothing; write its keys below it, further to the right, or leave it "
       "out"},
      {"unknown key", "backends: {local: {kind: sqlite, pth: x}}\n",
       "1:34: backends.local.pth: unknown key; did you mean \"path\"?"},
      {"two of one name", "backends:\n  a: {kind: sqlite}\n  a: {kind: sqlite}\n",
       "3:3: backends.a: the key appears twice; first at 2:3"},
      {"demo in YAML 1.1", "backends: {local: {kind: sqlite, demo: yes}}\n",
       "1:40: backends.local.demo: expected true or false, got \"yes\"; write true"},
      {"demo as a number", "backends: {local: {kind: sqlite, demo: 1}}\n",
       "1:40: backends.local.demo: expected true or false, got \"1\"; write true"},
      {"path is a map", "backends: {local: {kind: sqlite, path: {file: x}}}\n",
       "1:40: backends.local.path: expected text, got a map; a value, not a map"},
      {"page changes", "backends: {local: {kind: sqlite, page_changes: urls}}\n",
       "1:48: backends.local.page_changes: expected one of \"url\", \"title\", got \"urls\"; write url"},
      {"no scheme", "backends: {b: {kind: rocketchat, url: chat.example.com}}\n",
       "1:39: backends.b.url: expected a URL such as https://chat.example.com, got \"chat.example.com\"; it begins "
       "with https:// or http://; write https://chat.example.com"},
      {"a user in the URL", "backends: {b: {kind: rocketchat, url: \"https://u:p@chat.example.com\"}}\n",
       "1:39: backends.b.url: expected a URL such as https://chat.example.com, got some text; "
       "credentials belong in auth"},
      {"a query in the URL", "backends: {b: {kind: comm100, url: \"https://api.example.com/?siteId=1\"}}\n",
       "1:36: backends.b.url: expected a URL such as https://chat.example.com, got "
       "\"https://api.example.com/?…\"; without ? and #"},
      {"a port that is none", "backends: {b: {kind: comm100, url: \"https://api.example.com:70000\"}}\n",
       "1:36: backends.b.url: expected a URL such as https://chat.example.com, got \"https://api.example.com:70000\"; "
       "the port is a number from 1 to 65535"},
      {"no host", "backends: {b: {kind: comm100, url: \"https:///x\"}}\n",
       "1:36: backends.b.url: expected a URL such as https://chat.example.com, got \"https:///x\"; the host is a name "
       "or "
       "an address"},
      {"a blank in the URL", "backends: {b: {kind: comm100, url: \"https://h/a b\"}}\n",
       "1:36: backends.b.url: expected a URL such as https://chat.example.com, got \"https://h/a b\"; a plain path"},
      {"empty upstream auth", "backends: {b: {kind: comm100, url: \"https://h\", auth: {}}}\n",
       "1:55: backends.b.auth: expected credentials, got a map; write none for an upstream that asks for none"},
      {"a secret is not shown", "backends: {b: {kind: comm100, auth: {bearer: [\"s3cret\"]}}}\n",
       "1:46: backends.b.auth.bearer: expected text that is not empty, or {file: PATH}, got a list; one value: leave "
       "out the `-` or the brackets"},
      {"half a quota", "backends: {b: {kind: comm100, quota: {calls: 300}}}\n",
       "1:38: backends.b.quota.per: missing: a value is required"},
  };
  check(cases);
}

TEST_CASE("config: all faults at once, in the order of the file") {
  const char* yaml =
      "server:\n"
      "  workers: many\n"
      "  workers: 2\n"
      "backends:\n"
      "  local: {demo: perhaps}\n"
      "routes:\n"
      "  - facade: comm100\n"
      "    backend: lcal\n"
      "    loss: never\n"
      "    auth: {bearer: \"${PARLEY_TEST_UNSET}\"}\n"
      "  - facade: comm100\n"
      "    backend: local\n"
      "admin: {}\n";
  CHECK(faults(yaml) ==
        "2:12: server.workers: expected a whole number from 0 to 1024, got \"many\"\n"
        "3:3: server.workers: the key appears twice; first at 2:3\n"
        "5:10: backends.local.kind: missing: a value is required\n"
        "5:17: backends.local.demo: expected true or false, got \"perhaps\"\n"
        "8:14: routes[0].backend: unknown backend \"lcal\"; known: local; did you mean \"local\"?\n"
        "9:11: routes[0].loss: expected one of \"warn\", \"lossless\", \"allow\", got \"never\"\n"
        "10:20: routes[0].auth.bearer: the variable PARLEY_TEST_UNSET is not set; ${PARLEY_TEST_UNSET:-default} would "
        "give it a default\n"
        "11:5: routes[1]: answers the same requests as routes[0] at 7:5: same facade, host, prefix and listener "
        "127.0.0.1:8080\n"
        "11:5: routes[1].name: the name \"comm100\" is taken by routes[0] at 7:5; a route without a name has its "
        "facade's: give this one a name\n"
        "13:8: admin.listen: missing: a value is required");
}

TEST_CASE("config: a fault escapes control characters and shortens long values") {
  CHECK(faults("\"\\e[31mred\": 1\n") == "1:1: \\x1b[31mred: a control character, written as an escape");
  const String text = faults("server: {workers: " + String(300, 'x') + "}\n");
  CHECK(text ==
        "1:19: server.workers: expected a whole number from 0 to 1024, got \"" + String(60, 'x') + "\xe2\x80\xa6\"");
}

TEST_CASE("config: advice does not repeat long values") {
  const String list = String(300, '1') + ',' + String(300, '2');
  CHECK(faults("server: {listen: \"" + list + "\"}\n").size() < 200);
  CHECK(faults("server: \"" + list + "\"\n").size() < 120);
}

TEST_CASE("config: a file that cannot be read") {
  const Loaded missing = test::load_from("/nonexistent/gateway.yaml");
  REQUIRE(missing.faults.size() == 1);
  CHECK(format("/nonexistent/gateway.yaml", missing.faults[0]) ==
        "/nonexistent/gateway.yaml: cannot be read: No such file or directory");
  const Loaded folder = test::load_from("/");
  REQUIRE(folder.faults.size() == 1);
  CHECK(format("/", folder.faults[0]) == "/: is a folder; name a file, such as /gateway.yaml");
  const Loaded endless = test::load_from("/dev/zero");
  REQUIRE(endless.faults.size() == 1);
  CHECK(endless.faults[0].what == "more than 1 MiB");
}

TEST_CASE("config: a named pipe is refused, and an unnamed pipe from the shell is read to its end") {
  const test::Scratch scratch;
  const String named = scratch / "pipe";
  REQUIRE(::mkfifo(named.c_str(), 0600) == 0);
  const Loaded loaded = test::load_from(named);
  REQUIRE(loaded.faults.size() == 1);
  CHECK(loaded.faults[0].what == "cannot be read: a named pipe, which may never end: write a file instead");
  CHECK(faults("admin: {listen: \"127.0.0.1:1\", token: {file: \"" + named + "\"}}\n") ==
        "1:46: admin.token.file: expected a file that can be read, got \"" + named +
            "\"; a named pipe, which may never end: write a file instead");

  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread writer([&ends] {
    for (const std::string_view part : {"server:\n", "  workers: many\n"})
      CHECK(::write(ends[1], part.data(), part.size()) > 0);
    ::close(ends[1]);
  });
  const Loaded piped = test::load_from("/dev/fd/" + std::to_string(ends[0]));
  writer.join();
  ::close(ends[0]);
  REQUIRE(piped.faults.size() == 1);
  CHECK(piped.faults[0].path == "server.workers");
}
