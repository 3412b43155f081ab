// Mistakes in keys: a fault names the key that was probably meant, or where the key belongs.
#include "config/advice.hpp"

#include "tests/config/bad_files.hpp"
#include "tests/support/served.hpp"

using namespace parley;
using namespace parley::config;
using test::BadFile;
using test::check;

#define BACKEND "backends: {local: {kind: sqlite}}\n"
#define ROUTE BACKEND "routes:\n  - facade: comm100\n    backend: local\n"

TEST_CASE("config: mistakes in keys") {
  const BadFile cases[] = {
      {"indent less", "server:\nworkers: 2\n",
       "1:8: server: expected a map, got nothing; write its keys below it, further to the right, or leave it out\n2:1: "
       "workers: unknown key; it belongs in server"},
      {"indent less listen", "listen: \"127.0.0.1:80\"\n",
       "1:1: listen: unknown key; it belongs in server, admin or routes[]"},
      {"upper keys", "Server:\n  listen: \"127.0.0.1:80\"\n", "1:1: Server: unknown key; did you mean \"server\"?"},
      {"upper SERVER", "SERVER:\n  listen: \"127.0.0.1:80\"\n", "1:1: SERVER: unknown key; did you mean \"server\"?"},
      {"camel", ROUTE "    auth: none\n    rateLimit: {requests: 1, per: 1m}\n",
       "6:5: routes[0].rateLimit: unknown key; did you mean \"rate_limit\"?"},
      {"camel2", ROUTE "    auth: none\n    customFields: [a]\n",
       "6:5: routes[0].customFields: unknown key; did you mean \"custom_fields\"?"},
      {"kebab", ROUTE "    auth: none\n    rate-limit: {requests: 1, per: 1m}\n",
       "6:5: routes[0].rate-limit: unknown key; did you mean \"rate_limit\"?"},
      {"singular", "backend: {local: {kind: sqlite}}\n", "1:1: backend: unknown key; did you mean \"backends\"?"},
      {"singular route", BACKEND "route:\n  - {facade: comm100, backend: local}\n",
       "2:1: route: unknown key; did you mean \"routes\"?"},
      {"plural listens", "server: {listens: \"127.0.0.1:80\"}\n",
       "1:10: server.listens: unknown key; did you mean \"listen\"?"},
      {"key of other section", "server: {workers: 1, body: 1MiB}\n",
       "1:22: server.body: unknown key; it belongs in server.limits"},
      {"timeouts alias", "server: {timeout: 10s}\n", "1:10: server.timeout: unknown key; did you mean \"limits\"?"},
      {"synonym port", "server: {port: 8080}\n", "1:10: server.port: unknown key; did you mean \"listen\"?"},
      {"synonym host", "server: {host: 0.0.0.0}\n", "1:10: server.host: unknown key; did you mean \"listen\"?"},
      {"synonym tls", "server: {tls: {certificate: a, key: b}}\n",
       "1:10: server.tls: unknown key; TLS belongs to an address: listen: {address: HOST:PORT, tls: {certificate: "
       "FILE, key: FILE}}"},
      {"synonym type", "backends: {local: {type: sqlite}}\n",
       "1:19: backends.local.kind: missing: a value is required\n1:20: backends.local.type: unknown key; did you mean "
       "\"kind\"?"},
      {"synonym database", "backends: {local: {kind: sqlite, database: x.db}}\n",
       "1:34: backends.local.database: unknown key; did you mean \"path\"?"},
      {"synonym style", BACKEND "routes: [{style: comm100, backend: local}]\n",
       "2:10: routes[0].facade: missing: a value is required\n2:11: routes[0].style: unknown key; did you mean "
       "\"facade\"?"},
      {"synonym path", BACKEND "routes: [{facade: comm100, backend: local, path: /crm, auth: none}]\n",
       "2:44: routes[0].path: unknown key; did you mean \"prefix\"?"},
      {"token key", "backends: {u: {kind: rocketchat, url: \"https://h\", auth: {users: [{id: a, token: b}]}}}\n",
       "1:59: backends.u.auth.users: unknown key; did you mean \"user\"?"},
      {"rate", ROUTE "    auth: none\n    rate_limit: {rate: 10, burst: 3}\n",
       "6:17: routes[0].rate_limit.requests: missing: a value is required\n6:17: routes[0].rate_limit.per: missing: a "
       "value is required\n6:18: routes[0].rate_limit.rate: unknown key; did you mean \"requests\"?\n6:28: "
       "routes[0].rate_limit.burst: unknown key; known: requests, per, by"},
  };
  check(cases);
}

TEST_CASE("config: more mistakes in keys" * doctest::skip(!test::built_with({"comm100"}))) {
  const BadFile cases[] = {
      {"yaml true key", "true: 1\n", "1:1: true: unknown key; known: server, admin, log, backends, routes"},
      {"number key", "1: 2\n", "1:1: 1: unknown key; known: server, admin, log, backends, routes"},
      {"key with dot", "server.listen: \"127.0.0.1:80\"\n",
       "1:1: server.listen: unknown key; write server: {listen: …}"},
      {"nested twice", "server:\n  server:\n    listen: \"127.0.0.1:80\"\n",
       "2:3: server.server: unknown key; it belongs at the top of the file, without indentation"},
      {"routes under server", "server:\n  routes: []\n",
       "2:3: server.routes: unknown key; it belongs at the top of the file, without indentation"},
      {"backends under routes", "routes:\n  - backends: {}\n",
       "2:5: routes[0].backends: unknown key; did you mean \"backend\"?\n2:5: routes[0].facade: missing: a value is "
       "required\n2:5: routes[0].backend: missing: a value is required"},
      {"smart key", "“server”: {}\n",
       "1:1: “server”: unknown key; write server with plain quotes and blanks: these only look like them"},
      {"auth type", BACKEND "routes: [{facade: comm100, backend: local, auth: {type: bearer, token: abc}}]\n",
       "2:51: routes[0].auth.type: unknown key; known: bearer, basic, site_id, client_id, logins, session, "
       "token_key, tokens, users\n2:65: routes[0].auth.token: unknown key; did you mean \"tokens\"?"},
      {"auth token text", BACKEND "routes: [{facade: comm100, backend: local, auth: {token: abc}}]\n",
       "2:51: routes[0].auth.token: unknown key; did you mean \"tokens\"?"},
      {"admin name", "admin: {listen: \"127.0.0.1:9090\", user: a}\n",
       "1:35: admin.user: unknown key; known: listen, token"},
      {"timeouts seconds key",
       "backends: {u: {kind: comm100, url: \"https://h\", auth: none, timeouts: {connect_timeout: 2s}}}\n",
       "1:72: backends.u.timeouts.connect_timeout: unknown key; did you mean \"connect\"?"},
      {"timeouts camel", "backends: {u: {kind: comm100, url: \"https://h\", auth: none, timeouts: {firstByte: 2s}}}\n",
       "1:72: backends.u.timeouts.firstByte: unknown key; did you mean \"first_byte\"?"},
      {"api key", "backends: {u: {kind: comm100, url: \"https://h\", auth: {apiKey: x, email: a}}}\n",
       "1:56: backends.u.auth.apiKey: unknown key; did you mean \"api_key\"?"},
      {"api-key", "backends: {u: {kind: comm100, url: \"https://h\", api_key: x}}\n",
       "1:49: backends.u.api_key: unknown key; it belongs in backends.NAME.auth"},
  };
  check(cases);
}
