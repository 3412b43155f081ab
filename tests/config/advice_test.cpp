// Mistakes in values and sections: a fault has the exact place and says what to write instead.
#include "config/advice.hpp"

#include "tests/config/bad_files.hpp"
#include "tests/support/served.hpp"

using namespace parley;
using namespace parley::config;
using test::BadFile;
using test::check;

#define BACKEND "backends: {local: {kind: sqlite}}\n"
#define ROUTE BACKEND "routes:\n  - facade: comm100\n    backend: local\n"

TEST_CASE("config: mistakes in scalars") {
  const BadFile cases[] = {
      {"bool quoted", "backends: {local: {kind: sqlite, demo: \"true\"}}\n",
       "1:40: backends.local.demo: expected true or false, got \"true\"; write true, without quotes"},
      {"bool yes", "backends: {local: {kind: sqlite, demo: yes}}\n",
       "1:40: backends.local.demo: expected true or false, got \"yes\"; write true"},
      {"bool True", "backends: {local: {kind: sqlite, demo: True}}\n",
       "1:40: backends.local.demo: expected true or false, got \"True\"; write true"},
      {"bool off", "backends: {local: {kind: sqlite, demo: off}}\n",
       "1:40: backends.local.demo: expected true or false, got \"off\"; write false"},
      {"bool 1", "backends: {local: {kind: sqlite, demo: 1}}\n",
       "1:40: backends.local.demo: expected true or false, got \"1\"; write true"},
      {"int quoted", "server: {workers: \"2\"}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"2\"; write 2, without quotes"},
      {"int auto", "server: {workers: auto}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"auto\"; write 0 for as many as there are "
       "cores"},
      {"int underscores", "server: {limits: {connections: 10_000}}\n",
       "1:32: server.limits.connections: expected a whole number from 1 to 10000000, got \"10_000\"; write 10000"},
      {"int comma", "server: {limits: {connections: 10,000}}\n",
       "1:35: server.limits: a key without a value: expected `: ` behind it; text that holds a comma needs quotes "
       "here"},
      {"int octal", "server: {workers: 010}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"010\"; write 10"},
      {"int hex", "server: {workers: 0x10}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"0x10\"; write it in decimal digits"},
      {"int float", "server: {workers: 2.0}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"2.0\"; write 2"},
      {"int k", "server: {limits: {connections: 20k}}\n",
       "1:32: server.limits.connections: expected a whole number from 1 to 10000000, got \"20k\"; write 20000"},
      {"log text", "log: debug\n", "1:6: log: expected a map, got \"debug\"; write {level: debug}"},
      {"dur no unit", "server: {limits: {idle: 75}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"75\"; write "
       "75s or 75ms"},
      {"dur blank", "server: {limits: {idle: 10 s}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"10 s\"; write "
       "10s"},
      {"dur sec", "server: {limits: {idle: 10sec}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"10sec\"; write "
       "10s"},
      {"dur minutes", "server: {limits: {idle: 2 minutes}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"2 minutes\"; "
       "write 2m"},
      {"dur min", "server: {limits: {idle: 2min}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"2min\"; write "
       "2m"},
      {"dur S", "server: {limits: {idle: 10S}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"10S\"; write "
       "10s"},
      {"dur frac", "server: {limits: {idle: 1.5s}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"1.5s\"; write "
       "1500ms"},
      {"dur d", "server: {limits: {idle: 1d}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"1d\"; write "
       "24h"},
      {"dur 1h30m", "server: {limits: {idle: 1h30m}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"1h30m\"; write "
       "90m"},
      {"dur off", "server: {limits: {idle: off}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"off\"; there "
       "is always a limit: the longest is 24h"},
      {"dur 0", "server: {limits: {idle: 0}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"0\"; the "
       "shortest is 1ms"},
      {"dur -1", "server: {limits: {idle: -1}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"-1\"; there is "
       "always a limit: the longest is 24h"},
      {"dur us", "server: {limits: {idle: 100us}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"100us\"; the "
       "shortest is 1ms"},
      {"dur iso", "server: {limits: {idle: PT10S}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"PT10S\""},
      {"size MB", "server: {limits: {body: 1MB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1MB\"; write "
       "1MiB"},
      {"size M", "server: {limits: {body: 1M}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1M\"; write "
       "1MiB"},
      {"size k", "server: {limits: {body: 64k}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"64k\"; write "
       "64KiB"},
      {"size mib", "server: {limits: {body: 1mib}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1mib\"; "
       "write 1MiB"},
      {"size none", "server: {limits: {body: 1048576}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1048576\"; "
       "write 1MiB"},
      {"size blank", "server: {limits: {body: 1 MiB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1 MiB\"; "
       "write 1MiB"},
      {"size frac", "server: {limits: {body: 1.5MiB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"1.5MiB\"; "
       "write 1536KiB"},
      {"env $NAME", ROUTE "    auth: {bearer: \"$TOKEN\"}\n",
       "5:20: routes[0].auth.bearer: a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the "
       "sign itself"},
      {"env %NAME%", "server: {listen: %LISTEN%}\n", "1:18: text may not begin with this character; quote it"},
      {"env {{", "server:\n  listen: {{ LISTEN }}\n",
       "2:11: server.listen: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map\n2:12: server.listen: `{{ … }}` means nothing here: was a template not filled in? An environment variable "
       "is \"${NAME}\""},
      {"env dash", ROUTE "    auth: {bearer: \"${TOKEN-x}\"}\n",
       "5:20: routes[0].auth.bearer: expected ${NAME} or ${NAME:-default}: a default stands behind `:-`"},
      {"env colon", ROUTE "    auth: {bearer: \"${TOKEN:x}\"}\n",
       "5:20: routes[0].auth.bearer: expected ${NAME} or ${NAME:-default}: a default stands behind `:-`"},
      {"env ?", ROUTE "    auth: {bearer: \"${TOKEN:?x}\"}\n",
       "5:20: routes[0].auth.bearer: expected ${NAME} or ${NAME:-default}: a default stands behind `:-`"},
      {"env unclosed", ROUTE "    auth: {bearer: \"${TOKEN\"}\n",
       "5:20: routes[0].auth.bearer: a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the "
       "sign itself"},
      {"env unquoted in flow", ROUTE "    auth: {bearer: ${TOKEN:-x}}\n",
       "5:21: expected `,` or `}`; the bracket opens at 5:11; within brackets a text with ${…} needs quotes"},
      {"env unquoted in list", ROUTE "    auth: {bearer: [${TOKEN:-x}]}\n",
       "5:22: expected `,` or `]`; the bracket opens at 5:20; within brackets a text with ${…} needs quotes"},
      {"env lower", ROUTE "    auth: {bearer: \"${to ken}\"}\n",
       "5:20: routes[0].auth.bearer: expected ${NAME} or ${NAME:-default}"},
      {"env default number", "server: {workers: \"${PARLEY_TEST_UNSET:-two}\"}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got another value from the variable "
       "PARLEY_TEST_UNSET"},
      {"env $( )", ROUTE "    auth: {bearer: \"$(cat x)\"}\n",
       "5:20: routes[0].auth.bearer: a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the "
       "sign itself"},
      {"percent unquoted", ROUTE "    auth:\n      bearer: %secret\n",
       "6:15: text may not begin with this character; quote it"},
      {"enum case", BACKEND "routes: [{facade: comm100, backend: local, loss: Warn, auth: none}]\n",
       "2:50: routes[0].loss: expected one of \"warn\", \"lossless\", \"allow\", got \"Warn\"; write warn"},
      {"log level warning", "log: {level: warning}\n",
       "1:14: log.level: expected one of \"debug\", \"info\", \"warn\", \"error\", \"off\", got \"warning\"; write "
       "warn"},
      {"log level INFO", "log: {level: INFO}\n",
       "1:14: log.level: expected one of \"debug\", \"info\", \"warn\", \"error\", \"off\", got \"INFO\"; write info"},
      {"log access true", "log: {access: true}\n",
       "1:15: log.access: expected text, got \"true\"; true and false are written in quotes where the words are meant"},
      {"log access list", "log: {access: [a]}\n",
       "1:15: log.access: expected text, got a list; one value: leave out the `-` or the brackets"},
      {"url no scheme", "backends: {u: {kind: comm100, url: chat.example.com, auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"chat.example.com\"; it begins "
       "with https:// or http://; write https://chat.example.com"},
      {"url HTTPS", "backends: {u: {kind: comm100, url: \"HTTPS://chat.example.com\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"HTTPS://chat.example.com\"; it "
       "begins with https:// or http://; write https://chat.example.com"},
      {"url one slash", "backends: {u: {kind: comm100, url: \"https:/chat.example.com\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https:/chat.example.com\"; it "
       "begins with https:// or http://; write https://chat.example.com"},
      {"url ws", "backends: {u: {kind: comm100, url: \"wss://chat.example.com\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"wss://chat.example.com\"; it "
       "begins with https:// or http://; write https://chat.example.com"},
      {"url list", "backends: {u: {kind: comm100, url: [\"https://chat.example.com\"], auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got a list; one value: leave out the "
       "`-` or the brackets"},
      {"url v6", "backends: {u: {kind: comm100, url: \"https://::1:443\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https://::1:443\"; the host is a "
       "name or an address"},
      {"url port", "backends: {u: {kind: comm100, url: \"https://h:x\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https://h:x\"; the port is a "
       "number from 1 to 65535"},
      {"url blank", "backends: {u: {kind: comm100, url: \"https://h /\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https://h /\"; the host is a name "
       "or an address"},
      {"prefix no slash", ROUTE "    auth: none\n    prefix: crm\n",
       "6:13: routes[0].prefix: expected a path such as /crm, got \"crm\"; it begins with /"},
      {"prefix url", ROUTE "    auth: none\n    prefix: https://a/crm\n",
       "6:13: routes[0].prefix: expected a path such as /crm, got \"https://a/crm\"; it begins with /"},
      {"prefix star", ROUTE "    auth: none\n    prefix: /crm/*\n",
       "6:13: routes[0].prefix: expected a path such as /crm, got \"/crm/*\"; without *: every path below it is "
       "served"},
      {"percent start", "%YAML 1.2\n---\nserver: {}\n", "1:1: directives are not allowed"},
      {"null word", "server: {workers: null}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got nothing; write a value, or leave the key "
       "out"},
      {"max_age", ROUTE "    auth: none\n    cors: {origins: \"*\", max_age: 600}\n",
       "6:35: routes[0].cors.max_age: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"600\"; "
       "write 600s or 600ms"},
      {"by", ROUTE "    auth: none\n    rate_limit: {requests: 10, per: 1m, by: ip}\n",
       "6:45: routes[0].rate_limit.by: expected one of \"client\", \"principal\", \"route\", got \"ip\"; write client"},
      {"per", ROUTE "    auth: none\n    rate_limit: {requests: 10, per: minute}\n",
       "6:37: routes[0].rate_limit.per: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got "
       "\"minute\"; write 1m"},
      {"requests text", ROUTE "    auth: none\n    rate_limit: {requests: 10/s, per: 1m}\n",
       "6:28: routes[0].rate_limit.requests: expected a whole number from 1 to 1000000000, got \"10/s\"; write 10"},
  };
  check(cases);
}

TEST_CASE("config: mistakes in sections and lists" * doctest::skip(!test::built_with({"comm100"}))) {
  const BadFile cases[] = {
      {"routes as map", "routes:\n  facade: comm100\n  backend: local\n",
       "2:3: routes: expected a list, got a map; begin each entry with `- `"},
      {"routes named map", "routes:\n  crm: {facade: comm100, backend: local}\n",
       "2:3: routes: expected a list, got a map; begin each entry with `- `"},
      {"backends as list", "backends:\n  - name: local\n    kind: sqlite\n",
       "2:3: backends: expected a map of names to settings, got a list; write each under its name, `NAME: …`, instead "
       "of behind a `-`"},
      {"backends single", "backends:\n  kind: sqlite\n  path: x.db\n",
       "2:9: backends.kind: expected a map, got \"sqlite\"; a name belongs above it: NAME: {kind: …}\n3:9: "
       "backends.path: expected a map, got \"x.db\"; a name belongs above it: NAME: {path: …}"},
      {"rate_limit text", ROUTE "    rate_limit: 100/1m\n",
       "5:17: routes[0].rate_limit: expected a map, got \"100/1m\"; write {requests: 100, per: 1m}"},
      {"rate_limit int", ROUTE "    rate_limit: 100\n",
       "5:17: routes[0].rate_limit: expected a map, got \"100\"; write, for example, {requests: 100, per: 1m}"},
      {"cors text", ROUTE "    cors: https://a.example\n",
       "5:11: routes[0].cors: expected a map, got \"https://a.example\"; write {origins: [\"https://a.example\"]}"},
      {"cors true", ROUTE "    cors: true\n",
       "5:11: routes[0].cors: expected a map, got \"true\"; write, for example, {origins: "
       "[\"https://shop.example.com\"]}"},
      {"admin text", "admin: \"127.0.0.1:9090\"\n",
       "1:8: admin: expected a map, got \"127.0.0.1:9090\"; write {listen: \"127.0.0.1:9090\"}"},
      {"admin true", "admin: true\n",
       "1:8: admin: expected a map, got \"true\"; write, for example, {listen: \"127.0.0.1:9090\"}"},
      {"server text", "server: \"127.0.0.1:80\"\n",
       "1:9: server: expected a map, got \"127.0.0.1:80\"; write {listen: \"127.0.0.1:80\"}"},
      {"server list", "server:\n  - listen: \"127.0.0.1:80\"\n",
       "2:3: server: expected a map, got a list; one map, not a list: leave out the `-` or the brackets"},
      {"empty section", "server:\nbackends: {local: {kind: sqlite}}\n",
       "1:8: server: expected a map, got nothing; write its keys below it, further to the right, or leave it out"},
      {"empty routes", BACKEND "routes:\n",
       "2:8: routes: expected a list, got nothing; write its entries below it, each begun with `- `, or leave it out"},
      {"empty limits", "server:\n  limits:\n",
       "2:10: server.limits: expected a map, got nothing; write its keys below it, further to the right, or leave it "
       "out"},
      {"empty auth", ROUTE "    auth:\n",
       "5:10: routes[0].auth: expected a map of credentials, or none, got nothing; write its keys below it, further to "
       "the right, or the word none"},
      {"quota text", "backends: {u: {kind: comm100, url: \"https://h\", auth: none, quota: 300/5m}}\n",
       "1:68: backends.u.quota: expected a map, got \"300/5m\"; write {calls: 300, per: 5m}"},
      {"timeouts text", "backends: {u: {kind: comm100, url: \"https://h\", auth: none, timeouts: 5s}}\n",
       "1:71: backends.u.timeouts: expected a map, got \"5s\"; write, for example, {connect: 2s, total: 15s}"},
      {"secret file no", ROUTE "    auth: {bearer: {file: /nope}}\n",
       "5:27: routes[0].auth.bearer.file: expected a file that can be read, got \"/nope\"; No such file or directory"},
      {"secret file dir", ROUTE "    auth: {bearer: {file: /etc}}\n",
       "5:27: routes[0].auth.bearer.file: expected a file that can be read, got \"/etc\"; Is a directory"},
      {"secret file list", ROUTE "    auth: {bearer: {file: [/etc]}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map"},
      {"secret env", ROUTE "    auth: {bearer: {env: TOKEN}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map; an environment "
       "variable is written \"${NAME}\""},
      {"auth bearer text", ROUTE "    auth: \"Bearer abc\"\n",
       "5:11: routes[0].auth: expected a map of credentials, or none, got some text; write, for example, {bearer: "
       "{file: PATH}}"},
      {"basic text", ROUTE "    auth: {basic: \"u:p\"}\n",
       "5:19: routes[0].auth.basic: expected a map, got some text; write, for example, {user: NAME, password: {file: "
       "PATH}}"},
      {"basic map", ROUTE "    auth: {basic: {u: p}}\n",
       "5:19: routes[0].auth.basic: expected a list, got a map; begin each entry with `- `"},
      {"users map", BACKEND "routes: [{facade: rocketchat, backend: local, auth: {users: {ann: secret}}}]\n",
       "2:61: routes[0].auth.users: expected a list, got a map; begin each entry with `- `"},
      {"auth upstream text", "backends: {u: {kind: comm100, url: \"https://h\", auth: \"secret\"}}\n",
       "1:55: backends.u.auth: expected a map of credentials, or none, got some text; write, for example, {bearer: "
       "{file: PATH}}"},
      {"domains text", BACKEND "routes: [{facade: enghouse, backend: local, auth: none, domains: a.example}]\n",
       "2:66: routes[0].domains: expected a map of names to texts, got \"a.example\"; write, for example, {NAME: "
       "TEXT}"},
      {"domains list", BACKEND "routes: [{facade: enghouse, backend: local, auth: none, domains: [\"a=b\"]}]\n",
       "2:66: routes[0].domains: expected a map of names to texts, got a list; write each under its name, `NAME: …`, "
       "instead of behind a `-`"},
      {"name list", BACKEND "routes: [{name: [a], facade: enghouse, backend: local, auth: none}]\n",
       "2:17: routes[0].name: expected text, got a list; one value: leave out the `-` or the brackets"},
      {"list of routes strings", BACKEND "routes:\n  - comm100: local\n",
       "3:5: routes[0].comm100: unknown key; known: name, facade, host, prefix, profile, listen, backend, emit, loss, "
       "request_id, auth, rate_limit, cors, away_statuses, visitors, strict_status, domains, custom_fields, "
       "widget, files\n3:5: "
       "routes[0].facade: missing: "
       "a value is required\n3:5: routes[0].backend: missing: a value is required"},
  };
  check(cases);
}

TEST_CASE("config: more mistakes in values and sections" * doctest::skip(!test::built_with({"comm100"}))) {
  const BadFile cases[] = {
      {"server int", "server: 8080\n",
       "1:9: server: expected a map, got \"8080\"; write, for example, {listen: [\"127.0.0.1:8080\"]}"},
      {"semicolon end", "server:\n  workers: 2;\n",
       "2:12: server.workers: expected a whole number from 0 to 1024, got \"2;\"; leave out the `;` at its end"},
      {"comma end", "server:\n  workers: 2,\n  grace: 5s,\n",
       "2:12: server.workers: expected a whole number from 0 to 1024, got \"2,\"; leave out the `,` at its end\n3:10: "
       "server.grace: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got \"5s,\"; leave out the `,` "
       "at its end"},
      {"arrow", "server:\n  workers => 2\n",
       "2:3: server: expected a map, got \"workers => 2\"; write `workers: ` with a colon and a blank instead of `=`"},
      {"colon equals", "server:\n  workers := 2\n",
       "2:3: server: expected a map, got \"workers := 2\"; write `workers: ` with a colon and a blank instead of `=`"},
      {"env in key", "\"${X}\": {}\n", "1:1: ${X}: unknown key; known: server, admin, log, backends, routes"},
      {"env nested", "server: {workers: \"${A:-${B:-2}}\"}\n",
       "1:19: server.workers: a variable within the default of another: write a plain text there"},
      {"env lowercase $(NAME)", "server: {workers: \"$(WORKERS)\"}\n",
       "1:19: server.workers: a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the sign "
       "itself"},
      {"env default -", "server:\n  workers: ${W:=2}\n",
       "2:12: server.workers: expected ${NAME} or ${NAME:-default}: a default stands behind `:-`"},
      {"null bool", "backends: {a: {kind: sqlite, path: x, demo: }}\n",
       "1:44: backends.a.demo: expected true or false, got nothing; write a value, or leave the key out"},
      {"tilde", "server: {workers: ~}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got nothing; write a value, or leave the key "
       "out"},
      {"workers too many", "server: {workers: 2000}\n",
       "1:19: server.workers: expected a whole number from 0 to 1024, got \"2000\""},
      {"dur range", "server: {limits: {idle: 48h}}\n",
       "1:25: server.limits.idle: expected a duration from 1ms to 24h, got \"48h\""},
      {"dur map", "server: {limits: {idle: {seconds: 10}}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got a map; a value, "
       "not a map"},
      {"dur list", "server: {limits: {idle: [10s]}}\n",
       "1:25: server.limits.idle: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got a list; one "
       "value: leave out the `-` or the brackets"},
      {"size big", "server: {limits: {body: 20GB}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"20GB\"; "
       "write 20GiB"},
      {"size unlimited", "server: {limits: {body: unlimited}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"unlimited\"; "
       "there is always a limit"},
      {"size 0", "server: {limits: {body: 0}}\n",
       "1:25: server.limits.body: expected a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB, got \"0\""},
      {"log levels", "log: {level: verbose}\n",
       "1:14: log.level: expected one of \"debug\", \"info\", \"warn\", \"error\", \"off\", got \"verbose\"; write "
       "debug"},
      {"log level trace", "log: {level: trace}\n",
       "1:14: log.level: expected one of \"debug\", \"info\", \"warn\", \"error\", \"off\", got \"trace\"; write "
       "debug"},
      {"log level list", "log: {level: [info]}\n",
       "1:14: log.level: expected one of \"debug\", \"info\", \"warn\", \"error\", \"off\", got a list; one value: "
       "leave out the `-` or the brackets"},
      {"loss strict", BACKEND "routes: [{facade: comm100, backend: local, loss: strict, auth: none}]\n",
       "2:50: routes[0].loss: expected one of \"warn\", \"lossless\", \"allow\", got \"strict\"; write lossless"},
      {"loss true", BACKEND "routes: [{facade: comm100, backend: local, loss: true, auth: none}]\n",
       "2:50: routes[0].loss: expected one of \"warn\", \"lossless\", \"allow\", got \"true\""},
      {"by ip",
       BACKEND "routes: [{facade: comm100, backend: local, auth: none, rate_limit: {requests: 1, per: 1m, by: ip}}]\n",
       "2:95: routes[0].rate_limit.by: expected one of \"client\", \"principal\", \"route\", got \"ip\"; write client"},
      {"rate list", BACKEND "routes: [{facade: comm100, backend: local, auth: none, rate_limit: [100, 1m]}]\n",
       "2:68: routes[0].rate_limit: expected a map, got a list; one map, not a list: write, for example, {requests: "
       "100, per: 1m}"},
      {"rate words", BACKEND "routes: [{facade: comm100, backend: local, auth: none, rate_limit: 100 per minute}]\n",
       "2:68: routes[0].rate_limit: expected a map, got \"100 per minute\"; write {requests: 100, per: 1m}"},
      {"rate rps", BACKEND "routes: [{facade: comm100, backend: local, auth: none, rate_limit: 10r/s}]\n",
       "2:68: routes[0].rate_limit: expected a map, got \"10r/s\"; write {requests: 10, per: 1s}"},
      {"rate only requests",
       BACKEND "routes: [{facade: comm100, backend: local, auth: none, rate_limit: {requests: 100}}]\n",
       "2:68: routes[0].rate_limit.per: missing: a value is required"},
      {"auth list", BACKEND "routes: [{facade: comm100, backend: local, auth: [bearer, x]}]\n",
       "2:50: routes[0].auth: expected a map of credentials, or none, got a list; one map, not a list: write, for "
       "example, {bearer: {file: PATH}}"},
      {"auth None", BACKEND "routes: [{facade: comm100, backend: local, auth: None}]\n",
       "2:50: routes[0].auth: expected a map of credentials, or none, got some text; write none to leave the route "
       "open"},
      {"auth null", BACKEND "routes: [{facade: comm100, backend: local, auth: null}]\n",
       "2:50: routes[0].auth: expected a map of credentials, or none, got nothing; write its keys below it, further to "
       "the right, or the word none"},
      {"basic colon", BACKEND "routes: [{facade: comm100, backend: local, auth: {basic: \"ann:pw\"}}]\n",
       "2:58: routes[0].auth.basic: expected a map, got some text; write, for example, {user: NAME, password: {file: "
       "PATH}}"},
      {"cors star list", BACKEND "routes: [{facade: comm100, backend: local, auth: none, cors: [\"*\"]}]\n",
       "2:62: routes[0].cors: expected a map, got a list; one map, not a list: write, for example, {origins: "
       "[\"https://shop.example.com\"]}"},
      {"cors *", BACKEND "routes: [{facade: comm100, backend: local, auth: none, cors: \"*\"}]\n",
       "2:62: routes[0].cors: expected a map, got \"*\"; write {origins: [\"*\"]}"},
      {"backend map inline", "routes: [{facade: comm100, backend: {kind: sqlite}, auth: none}]\n",
       "1:37: routes[0].backend: expected text, got a map; a value, not a map"},
      {"backend text", "backends: sqlite\n",
       "1:11: backends: expected a map of names to settings, got \"sqlite\"; write, for example, {NAME: {kind: sqlite, "
       "path: ./parley-data/parley.db}}"},
      {"backend text2", "backends: {local: sqlite}\n",
       "1:19: backends.local: expected a map, got \"sqlite\"; write, for example, {kind: sqlite, path: "
       "./parley-data/parley.db}"},
      {"backend path only", "backends: {local: ./x.db}\n",
       "1:19: backends.local: expected a map, got \"./x.db\"; write, for example, {kind: sqlite, path: "
       "./parley-data/parley.db}"},
      {"backend empty name", "backends: {\"\": {kind: sqlite, path: x}}\n",
       "1:16: backends.: expected a name in front of the colon, got a map"},
      {"routes text", BACKEND "routes: comm100\n",
       "2:9: routes: expected a list, got \"comm100\"; begin each entry with `- `"},
      {"route list in list", BACKEND "routes: [[{facade: comm100, backend: local}]]\n",
       "2:10: routes[0]: expected a map, got a list; one map, not a list: leave out the `-` or the brackets"},
      {"facade list", BACKEND "routes: [{facade: [comm100, enghouse], backend: local, auth: none}]\n",
       "2:19: routes[0].facade: expected text, got a list; one value, not a list"},
      {"prefix backslash", ROUTE "    auth: none\n    prefix: \\crm\n",
       "6:13: routes[0].prefix: expected a path such as /crm, got \"\\crm\"; it begins with /"},
      {"prefix blank", ROUTE "    auth: none\n    prefix: /my crm\n",
       "6:13: routes[0].prefix: expected a path such as /crm, got \"/my crm\"; without escapes, blanks and ?"},
      {"prefix param", ROUTE "    auth: none\n    prefix: /crm/{id}\n",
       "6:13: routes[0].prefix: expected a path such as /crm, got \"/crm/{id}\"; without escapes, blanks and ?"},
      {"admin list", "admin: [\"127.0.0.1:9090\"]\n",
       "1:8: admin: expected a map, got a list; one map, not a list: write, for example, {listen: \"127.0.0.1:9090\"}"},
      {"admin port", "admin: 9090\n",
       "1:8: admin: expected a map, got \"9090\"; write, for example, {listen: \"127.0.0.1:9090\"}"},
      {"admin listen list", "admin: {listen: [\"127.0.0.1:9090\"]}\n",
       "1:17: admin.listen: expected HOST:PORT, such as 127.0.0.1:9090, got a list; without TLS; one value: leave out "
       "the `-` or the brackets"},
      {"url port only", "backends: {u: {kind: comm100, url: \"chat.example.com:443\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"chat.example.com:443\"; it begins "
       "with https:// or http://; write https://chat.example.com:443"},
      {"url path no scheme", "backends: {u: {kind: comm100, url: \"//chat.example.com\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"//chat.example.com\"; it begins "
       "with https:// or http://; write https://chat.example.com"},
      {"url query", "backends: {u: {kind: comm100, url: \"https://chat.example.com?a=b\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https://chat.example.com?…\"; "
       "without ? and #"},
      {"url frag", "backends: {u: {kind: comm100, url: \"https://chat.example.com/#/x\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https://chat.example.com/#/x\"; "
       "without ? and #"},
      {"url md", "backends: {u: {kind: comm100, url: \"<https://chat.example.com>\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"<https://chat.example.com>\"; it "
       "begins with https:// or http://"},
      {"url port 99999", "backends: {u: {kind: comm100, url: \"https://chat.example.com:99999\", auth: none}}\n",
       "1:36: backends.u.url: expected a URL such as https://chat.example.com, got \"https://chat.example.com:99999\"; "
       "the port is a number from 1 to 65535"},
      {"ca inline",
       "backends: {u: {kind: comm100, url: \"https://h\", auth: none, ca: \"-----BEGIN CERTIFICATE-----\"}}\n",
       "1:65: backends.u.ca: expected the name of a file, got some text; not what the file holds"},
      {"timeouts ms", "backends: {u: {kind: comm100, url: \"https://h\", auth: none, timeouts: {connect: 2000}}}\n",
       "1:81: backends.u.timeouts.connect: expected a duration with its unit, such as 500ms, 2s, 5m or 1h, got "
       "\"2000\"; write 2000s or 2000ms"},
      {"quota list", "backends: {u: {kind: comm100, url: \"https://h\", auth: none, quota: [300, 5m]}}\n",
       "1:68: backends.u.quota: expected a map, got a list; one map, not a list: write, for example, {calls: 300, per: "
       "5m}"},
      {"domain list", BACKEND "routes: [{facade: enghouse, backend: local, auth: none, domains: [{a.example: t}]}]\n",
       "2:66: routes[0].domains: expected a map of names to texts, got a list; write each under its name, `NAME: …`, "
       "instead of behind a `-`"},
      {"domains nested",
       BACKEND "routes: [{facade: enghouse, backend: local, auth: none, domains: {a.example: [t]}}]\n",
       "2:78: routes[0].domains.a.example: expected text, got a list; one value: leave out the `-` or the brackets"},
      {"comment glued", "server:\n  workers: 2#two\n",
       "2:12: server.workers: expected a whole number from 0 to 1024, got \"2#two\""},
  };
  check(cases);
}

TEST_CASE("config: a map in the place of a list" * doctest::skip(!test::built_with({"comm100", "rocketchat"}))) {
  const String route = BACKEND "routes:\n  - facade: rocketchat\n    backend: local\n";
  const String entries = "; begin each entry with `- `";
  const struct {
    const char* name;
    String yaml;
    String faults;
  } cases[] = {
      {"tokens", ROUTE "    auth:\n      bearer:\n        first: abc\n",
       "7:9: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map" + entries},
      {"tokens in braces", ROUTE "    auth: {bearer: {first: abc, second: def}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map" + entries},
      {"a variable of the environment", ROUTE "    auth: {bearer: {env: TOKEN}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map; an environment "
       "variable is written \"${NAME}\""},
      {"networks", "server:\n  trusted:\n    a: 10.0.0.0/8\n",
       "3:5: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got a map" +
           entries},
      {"addresses", "server: {listen: {a: \"127.0.0.1:80\"}}\n",
       "1:18: server.listen: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map" +
           entries},
      {"one address", "server: {listen: {host: 127.0.0.1, port: 80}}\n",
       "1:18: server.listen: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map; write host and port as one text, \"HOST:PORT\""},
      {"origins", ROUTE "    auth: none\n    cors:\n      origins:\n        a: https://shop.example.com\n",
       "8:9: routes[0].cors.origins: expected text, got a map" + entries},
      {"users", route + "    auth: {users: {a: b}}\n",
       "5:19: routes[0].auth.users: expected a list, got a map" + entries},
      {"users by name",
       route + "    auth:\n      users:\n        ann: {id: a, token: x}\n        bob: {id: b, token: y}\n",
       "7:9: routes[0].auth.users: expected a list, got a map" + entries},
      {"one user, misspelt", route + "    auth: {users: {id: a, tokn: x}}\n",
       "5:19: routes[0].auth.users.token: missing: a value is required\n5:27: routes[0].auth.users.tokn: unknown key; "
       "did you mean \"token\"?"},
      {"one user without keys", route + "    auth: {users: {}}\n",
       "5:19: routes[0].auth.users.id: missing: a value is required\n"
       "5:19: routes[0].auth.users.token: missing: a value is required"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(test::faults(one.yaml) == one.faults);
  }
}
