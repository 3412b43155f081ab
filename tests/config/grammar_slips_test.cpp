// Mistakes that break YAML's grammar, or come from another language: a fault explains them and has the exact place.
#include "schemas/shape/yaml_slips.hpp"

#include "tests/config/bad_files.hpp"

using namespace parley;
using namespace parley::config;
using test::BadFile;
using test::check;

#define BACKEND "backends: {local: {kind: sqlite}}\n"
#define ROUTE BACKEND "routes:\n  - facade: comm100\n    backend: local\n"

TEST_CASE("config: mistakes in the grammar") {
  const BadFile cases[] = {
      {"dash missing blank", BACKEND "routes:\n  -name: x\n    facade: comm100\n",
       "3:3: a blank is missing behind the `-`"},
      {"dash missing blank2", BACKEND "routes:\n  -name: x\n",
       "3:3: routes: expected a list, got a map; a blank is missing behind the `-`"},
      {"dash missing blank facade", BACKEND "routes:\n  -facade: comm100\n   backend: local\n",
       "3:3: a blank is missing behind the `-`"},
      {"colon blank", BACKEND "routes:\n  - facade:comm100\n    backend: local\n",
       "3:11: a blank is missing behind the `:`"},
      {"colon blank only", BACKEND "routes:\n  - facade:comm100\n",
       "3:5: routes[0]: expected a map, got \"facade:comm100\"; a blank is missing behind `facade:`"},
      {"colon blank mid", BACKEND "routes:\n  - name: x\n    facade:comm100\n    backend: local\n",
       "4:11: a blank is missing behind the `:`"},
      {"colon blank top", "server:\n  workers:2\n",
       "2:3: server: expected a map, got \"workers:2\"; a blank is missing behind `workers:`"},
      {"colon blank flow", BACKEND "routes:\n  - {facade:comm100, backend:local}\n",
       "3:6: routes[0]: a blank is missing behind the `:`\n3:22: routes[0]: a blank is missing behind the `:`"},
      {"indent", "server:\n  workers: 1\n   limits: {}\n",
       "3:4: wrong indentation: this line begins in column 4, the line above in column 3"},
      {"indent2", "server:\n  limits:\n    idle: 1s\n   body: 1MiB\n",
       "4:4: wrong indentation: this line begins in column 4, the line above in column 5"},
      {"tabs", "server:\n\tworkers: 1\n", "2:1: a tab in the indentation; use blanks"},
      {"equals", "server:\n  workers = 2\n",
       "2:3: server: expected a map, got \"workers = 2\"; write `workers: ` with a colon and a blank instead of `=`"},
      {"equals top", "workers=2\n",
       "1:1: expected a map, got \"workers=2\"; write, for example, {server: …, backends: …, routes: …}"},
      {"json missing comma", "{\"server\": {\"workers\": 1} \"log\": {}}\n",
       "1:27: expected `,` or `}`; the bracket opens at 1:1"},
      {"json single", "{\"server\": {\"workers\": \"1\"}}\n",
       "1:24: server.workers: expected a whole number from 0 to 1024, got \"1\"; write 1, without quotes"},
      {"json comment //", "// demo\nserver: {workers: 1}\n", "1:1: a comment begins with #"},
      {"star unquoted", ROUTE "    auth: none\n    cors: {origins: *}\n",
       "6:22: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"star unquoted block", ROUTE "    auth: none\n    cors:\n      origins: *\n",
       "7:17: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"at unquoted", ROUTE "    auth: {bearer: @secret}\n", "5:20: text may not begin with this character; quote it"},
      {"backtick unquoted", ROUTE "    auth:\n      bearer: `secret`\n",
       "6:15: text may not begin with this character; quote it"},
      {"hash in secret", ROUTE "    auth:\n      bearer: #secret\n",
       "6:14: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got nothing; what follows a # "
       "is a comment: quote text that holds one"},
      {"amp", ROUTE "    auth:\n      bearer: &secret\n",
       "6:14: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got nothing; write a value, or "
       "leave the key out\n6:15: routes[0].auth.bearer: anchors and aliases are not allowed; write the value out, or "
       "quote the text"},
      {"excl", ROUTE "    auth:\n      bearer: !secret\n",
       "6:15: routes[0].auth.bearer: tags are not allowed; quote text that begins with !"},
      {"colon in secret", ROUTE "    auth:\n      bearer: abc: def\n", "6:15: text that holds `: ` needs quotes"},
      {"bracket in secret", ROUTE "    auth:\n      bearer: [abc\n",
       "6:16: routes[0].auth.bearer[0]: a key without a value: expected `: ` behind it\n7:1: expected `,` or `]`; the "
       "bracket opens at 6:15"},
      {"brace secret", ROUTE "    auth:\n      bearer: {abc}\n",
       "6:15: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map; quote text that "
       "begins with {\n6:16: routes[0].auth.bearer: a key without a value: expected `: ` behind it"},
      {"pipe secret", ROUTE "    auth:\n      bearer: |\n        abc\n        def\n",
       "6:15: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got some text; one line"},
      {"unclosed quote", "server:\n  listen: \"127.0.0.1:80\nlog: {level: info}\n",
       "2:11: server.listen: the quote that opens here is never closed"},
      {"unclosed single", "server:\n  listen: '127.0.0.1:80\nlog: {level: info}\n",
       "2:11: server.listen: the quote that opens here is never closed"},
      {"text after quote", "server:\n  listen: \"127.0.0.1:80\"x\n", "2:25: text behind the closing quote"},
      {"smart quotes", "server:\n  listen: “127.0.0.1:80”\n",
       "2:11: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"“127.0.0.1:80”\"; quotes are \" or ', not “ or ‘"},
      {"backslash path", "backends: {local: {kind: sqlite, path: \"C:\\data\\parley.db\"}}\n",
       "1:45: an unknown escape; write \\\\ for a backslash, or use single quotes"},
      {"cr only", "server:\r  workers: 1\r", "1:8: a carriage return without a line feed"},
      {"anchor", "server: &a {workers: 1}\n",
       "1:9: server: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"merge", "server:\n  <<: {workers: 1}\n", "2:3: server: merge keys are not allowed; write the values out"},
      {"dup", "server:\n  workers: 1\n  workers: 2\n", "3:3: server.workers: the key appears twice; first at 2:3"},
      {"two docs", "server: {}\n---\nlog: {}\n", "2:1: a second document; a configuration is one"},
      {"toml", "[server]\nworkers = 2\n",
       "1:1: this looks like INI or TOML: in YAML a section is written `name:`, and its keys below it, further to the "
       "right"},
      {"ini", "[server]\nlisten=127.0.0.1:80\n",
       "1:1: this looks like INI or TOML: in YAML a section is written `name:`, and its keys below it, further to the "
       "right"},
      {"xml", "<config/>\n",
       "1:1: expected a map, got \"<config/>\"; write, for example, {server: …, backends: …, routes: …}"},
      {"dash list in line", "server:\n  listen: - \"127.0.0.1:80\"\n",
       "2:11: a list begins on the line below its key, or is written in brackets: [a, b]"},
      {"missing closing", "server: {listen: [\"127.0.0.1:80\"}\n", "1:33: a closing bracket that closes nothing"},
      {"colon in value", ROUTE "    name: a: b\n", "5:11: text that holds `: ` needs quotes"},
      {"origin", ROUTE "    auth: none\n    cors: {origins: shop.example.com}\n",
       "6:11: routes[0].cors.origins: expected an origin as browsers write it, `https://shop.example.com`, lower case "
       "and without a path; got \"shop.example.com\""},
  };
  check(cases);
}

TEST_CASE("config: more mistakes in the grammar") {
  const BadFile cases[] = {
      {"tab in middle", "server:\n  workers: 2\n\tlog: {}\n", "3:1: a tab in the indentation; use blanks"},
      {"bullet list", BACKEND "routes:\n  * facade: comm100\n",
       "3:4: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"full-width colon", "server：\n  workers: 1\n", "1:7: this only looks like a colon: write `: `"},
      {"semicolons", "server: {workers: 1; log: x}\n", "1:25: expected `,` or `}`; the bracket opens at 1:9"},
      {"missing bracket end", "server: {listen: [\"127.0.0.1:80\"\n",
       "2:1: expected `,` or `]`; the bracket opens at 1:18"},
      {"two closing", "server: {workers: 1}}\n", "1:21: a closing bracket that closes nothing"},
      {"quote inside", "log: {access: \"a\"b\"}\n", "1:18: expected `,` or `}`; the bracket opens at 1:6"},
      {"single in single", "log: {access: 'it's'}\n", "1:19: expected `,` or `}`; the bracket opens at 1:6"},
      {"multi line plain", "server:\n  listen: \"127.0.0.1:80\"\n    \"127.0.0.1:81\"\n",
       "3:5: begin each entry of a list with `- `"},
      {"list no dash", "server:\n  listen:\n    \"127.0.0.1:80\"\n    \"127.0.0.1:81\"\n",
       "4:5: begin each entry of a list with `- `"},
      {"list mixed", "server:\n  listen:\n    - \"127.0.0.1:80\"\n    \"127.0.0.1:81\"\n",
       "4:5: begin each entry of a list with `- `"},
      {"dash deeper", BACKEND "routes:\n  - facade: comm100\n  - backend: local\n",
       "3:5: routes[0].backend: missing: a value is required\n4:5: routes[1].facade: missing: a value is required"},
      {"key after list", BACKEND "routes:\n  - facade: comm100\n  backend: local\n",
       "4:3: wrong indentation: the keys of this entry begin in column 5"},
      {"heredoc", "<<EOF\nserver: {}\nEOF\n",
       "2:7: a `:` that belongs to no key: wrong indentation, a `:` missing above, or text that needs quotes"},
      {"markdown", "```yaml\nserver: {}\n```\n", "1:1: text may not begin with this character; quote it"},
      {"git conflict", "<<<<<<< HEAD\nserver: {}\n=======\nlog: {}\n>>>>>>> x\n",
       "1:1: a conflict of a merge that nobody resolved"},
      {"helm", "log:\n  level: info\n{{- if .Values.x }}\nserver: {}\n{{- end }}\n",
       "3:1: a line of a template that was not filled in"},
      {"erb", "<% if x %>\nserver: {}\n<% end %>\n", "1:1: a line of a template that was not filled in"},
      {"shell", "export A=1\nserver: {}\n", "1:1: this line has no `: `, and is no entry of a list"},
      {"nginx", "server {\n  listen 80;\n}\n",
       "1:1: expected a map, got \"server { listen 80; }\"; write, for example, {server: …, backends: …, routes: …}"},
      {"bang ENV", "server: {workers: !ENV WORKERS}\n",
       "1:19: server.workers: tags are not allowed; quote text that begins with !"},
      {"include", "server: !include server.yaml\n", "1:9: server: tags are not allowed; quote text that begins with !"},
  };
  check(cases);
}
