// Bad routes and credentials: each fault has the exact place and text, and shows no secret.
#include "tests/config/bad_files.hpp"
#include "tests/support/served.hpp"

using namespace parley;
using namespace parley::config;
using test::BadFile;
using test::check;
using test::faults;

// The first line of cases that are about a route.
#define BACKEND "backends: {local: {kind: sqlite}}\n"

TEST_CASE("config: faults of routes" * doctest::skip(!test::built_with({"comm100"}))) {
  const BadFile cases[] = {
      {"no facade", BACKEND "routes:\n  - backend: local\n", "3:5: routes[0].facade: missing: a value is required"},
      {"no backend", BACKEND "routes:\n  - facade: comm100\n", "3:5: routes[0].backend: missing: a value is required"},
      {"nothing at all", BACKEND "routes: [{}]\n",
       "2:10: routes[0].facade: missing: a value is required\n2:10: routes[0].backend: missing: a value is required"},
      {"a name instead of a route", BACKEND "routes: [comm100]\n",
       "2:10: routes[0]: expected a map, got \"comm100\"; write, for example, {facade: comm100, backend: NAME}"},
      {"an empty entry", BACKEND "routes:\n  -\n", "3:3: routes[0]: expected a map, got nothing"},
      {"unknown key", BACKEND "routes:\n  - {facade: comm100, bakend: local}\n",
       "3:5: routes[0].backend: missing: a value is required\n3:23: routes[0].bakend: unknown key; did you mean "
       "\"backend\"?"},
      {"duplicate key", BACKEND "routes:\n  - facade: comm100\n    facade: enghouse\n    backend: local\n",
       "4:5: routes[0].facade: the key appears twice; first at 3:5"},
      {"unknown backend", BACKEND "routes:\n  - facade: comm100\n    backend: lokal\n",
       "4:14: routes[0].backend: unknown backend \"lokal\"; known: local; did you mean \"local\"?"},
      {"unknown backend, nothing near",
       "backends: {a: {kind: sqlite}, b: {kind: sqlite}}\nroutes: [{facade: comm100, backend: pg2}]\n",
       "2:37: routes[0].backend: unknown backend \"pg2\"; known: a, b"},
      {"no backends at all", "routes: [{facade: comm100, backend: local}]\n",
       "1:37: routes[0].backend: unknown backend \"local\"; known: none"},
      {"same name",
       BACKEND
       "routes:\n  - {name: a, facade: comm100, backend: local}\n  - {name: a, facade: enghouse, backend: local}\n",
       "4:12: routes[1].name: the name \"a\" is taken by routes[0] at 3:5"},
      {"same name by default",
       BACKEND "routes:\n  - {facade: comm100, backend: local}\n  - {facade: comm100, backend: local, prefix: /x}\n",
       "4:5: routes[1].name: the name \"comm100\" is taken by routes[0] at 3:5; a route without a name has its "
       "facade's: give this one a name"},
      {"same requests",
       BACKEND
       "routes:\n  - {name: a, facade: comm100, backend: local}\n  - {name: b, facade: comm100, backend: local}\n",
       "4:5: routes[1]: answers the same requests as routes[0] at 3:5: same facade, host, prefix and listener "
       "127.0.0.1:8080"},
      {"same requests by another case of the host",
       BACKEND "routes:\n  - {name: a, facade: comm100, backend: local, host: A.example}\n  - {name: b, facade: "
               "comm100, backend: local, host: a.example}\n",
       "4:5: routes[1]: answers the same requests as routes[0] at 3:5: same facade, host, prefix and listener "
       "127.0.0.1:8080"},
      {"same requests on a listener of its own",
       BACKEND "server: {listen: \"127.0.0.1:1\"}\nroutes:\n  - {name: a, facade: comm100, backend: local}\n  - {name: "
               "b, facade: comm100, backend: local, listen: \"127.0.0.1:1\"}\n",
       "5:5: routes[1]: answers the same requests as routes[0] at 4:5: same facade, host, prefix and listener "
       "127.0.0.1:1"},
      {"every origin with the browser's credentials",
       BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: \"*\", credentials: true}}]\n",
       "2:50: routes[0].cors.credentials: every page there is could act with the browser's credentials: name the "
       "origins instead of *"},
      {"every origin and another",
       BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: [\"*\", \"https://a.example\"]}}]\n",
       "2:50: routes[0].cors.origins: * is every origin: leave out the others"},
      {"an origin with a path",
       BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: \"https://a.example/\"}}]\n",
       "2:50: routes[0].cors.origins: expected an origin as browsers write it, `https://shop.example.com`, lower case "
       "and without a path; got \"https://a.example/\""},
      {"an origin in capitals",
       BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: \"https://A.example\"}}]\n",
       "2:50: routes[0].cors.origins: expected an origin as browsers write it, `https://shop.example.com`, lower case "
       "and without a path; got \"https://A.example\""},
      {"no origin", BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: a.example}}]\n",
       "2:50: routes[0].cors.origins: expected an origin as browsers write it, `https://shop.example.com`, lower case "
       "and without a path; got \"a.example\""},
      {"an origin with the scheme's own port",
       BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: [\"https://a.example:443\", "
               "\"http://a.example:80\", \"http://a.example:443\", \"http://[::1]:8080\"]}}]\n",
       "2:50: routes[0].cors.origins: no browser sends \"https://a.example:443\": it leaves the scheme's own port out; "
       "write \"https://a.example\"\n"
       "2:50: routes[0].cors.origins: no browser sends \"http://a.example:80\": it leaves the scheme's own port out; "
       "write \"http://a.example\""},
      {"a list of no origins", BACKEND "routes: [{facade: comm100, backend: local, cors: {origins: []}}]\n",
       "2:60: routes[0].cors.origins: expected at least one, got a list; without cors the vendor's own answer is "
       "given"},
      {"a line feed in a name", BACKEND "routes: [{name: \"a\\nb\", facade: comm100, backend: local}]\n",
       "2:17: routes[0].name: expected one line of text, got \"a\\x0ab\"; without line feeds and tabs"},
      {"prefix without a slash", BACKEND "routes: [{facade: comm100, backend: local, prefix: crm}]\n",
       "2:52: routes[0].prefix: expected a path such as /crm, got \"crm\"; it begins with /"},
      {"prefix with a slash behind", BACKEND "routes: [{facade: comm100, backend: local, prefix: /crm/}]\n",
       "2:52: routes[0].prefix: expected a path such as /crm, got \"/crm/\"; it does not end with /"},
      {"prefix of only a slash", BACKEND "routes: [{facade: comm100, backend: local, prefix: /}]\n",
       "2:52: routes[0].prefix: expected a path such as /crm, got \"/\"; leave it out for no prefix"},
      {"prefix that climbs", BACKEND "routes: [{facade: comm100, backend: local, prefix: /a/../b}]\n",
       "2:52: routes[0].prefix: expected a path such as /crm, got \"/a/../b\"; without . and .. segments"},
      {"prefix with an empty segment", BACKEND "routes: [{facade: comm100, backend: local, prefix: //a}]\n",
       "2:52: routes[0].prefix: expected a path such as /crm, got \"//a\"; without empty segments"},
      {"prefix with a query", BACKEND "routes: [{facade: comm100, backend: local, prefix: \"/a?b\"}]\n",
       "2:52: routes[0].prefix: expected a path such as /crm, got \"/a?b\"; without escapes, blanks and ?"},
      {"host with a port", BACKEND "routes: [{facade: comm100, backend: local, host: \"a.example:80\"}]\n",
       "2:50: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"a.example:80\"; write a.example"},
      {"host with a wildcard", BACKEND "routes: [{facade: comm100, backend: local, host: \"*.example\"}]\n",
       "2:50: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"*.example\"; each host has a route of its own; without host a route answers for all"},
      {"loss", BACKEND "routes: [{facade: comm100, backend: local, loss: lossles}]\n",
       "2:50: routes[0].loss: expected one of \"warn\", \"lossless\", \"allow\", got \"lossles\"; write lossless"},
      {"profile is a list", BACKEND "routes: [{facade: comm100, backend: local, profile: [8]}]\n",
       "2:53: routes[0].profile: expected text, got a list; one value: leave out the `-` or the brackets"},
      {"emit is a map", BACKEND "routes: [{facade: comm100, backend: local, emit: {to: enghouse}}]\n",
       "2:50: routes[0].emit: expected text, got a map; a value, not a map"},
      {"listen", BACKEND "routes: [{facade: comm100, backend: local, listen: [here]}]\n",
       "2:53: routes[0].listen[0]: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"here\"; host names are not looked up here: write the address"},
      {"listen twice",
       BACKEND "routes: [{facade: comm100, backend: local, listen: [\"127.0.0.1:1\", \"127.0.0.1:1\"]}]\n",
       "2:68: routes[0].listen[1]: 127.0.0.1:1 is listed twice; first at 2:53"},
      {"custom fields", BACKEND "routes: [{facade: rocketchat, backend: local, custom_fields: [a, \"\"]}]\n",
       "2:66: routes[0].custom_fields[1]: expected text, got empty text"},
      {"strict status", BACKEND "routes: [{facade: enghouse, backend: local, strict_status: on}]\n",
       "2:60: routes[0].strict_status: expected true or false, got \"on\"; write true"},
      {"domains as a list", BACKEND "routes: [{facade: enghouse, backend: local, domains: [a]}]\n",
       "2:54: routes[0].domains: expected a map of names to texts, got a list; write each under its name, `NAME: …`, "
       "instead of behind a `-`"},
      {"domain without a tenant", BACKEND "routes: [{facade: enghouse, backend: local, domains: {a.example: }}]\n",
       "2:65: routes[0].domains.a.example: expected text, got nothing"},
  };
  check(cases);
}

TEST_CASE("config: faults about credentials never show a secret" * doctest::skip(!test::built_with({"comm100"}))) {
#define ROUTE BACKEND "routes:\n  - facade: comm100\n    backend: local\n"
  const BadFile cases[] = {
      {"a word that is not none", ROUTE "    auth: s3cr3t\n",
       "5:11: routes[0].auth: expected a map of credentials, or none, got some text; write, for example, {bearer: "
       "{file: PATH}}"},
      {"nothing", ROUTE "    auth:\n",
       "5:10: routes[0].auth: expected a map of credentials, or none, got nothing; write its keys below it, further to "
       "the right, or the word none"},
      {"empty map", ROUTE "    auth: {}\n",
       "5:11: routes[0].auth: expected credentials, got a map; write none to leave the route open"},
      {"a list", ROUTE "    auth: [s3cr3t]\n",
       "5:11: routes[0].auth: expected a map of credentials, or none, got a list; one map, not a list: write, for "
       "example, {bearer: {file: PATH}}"},
      {"empty list", ROUTE "    auth: {bearer: []}\n",
       "5:20: routes[0].auth.bearer: expected at least one, got a list"},
      {"empty token", ROUTE "    auth: {bearer: [\"\"]}\n",
       "5:21: routes[0].auth.bearer[0]: expected text that is not empty, or {file: PATH}, got empty text"},
      {"a token of two lines", ROUTE "    auth:\n      bearer:\n        - |\n          s3cr3t\n          s3cr3t\n",
       "7:11: routes[0].auth.bearer[0]: expected text that is not empty, or {file: PATH}, got some text; one line"},
      {"a token of one line end", ROUTE "    auth: {bearer: \"\\r\\n\"}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got some text"},
      {"true as a token", ROUTE "    auth: {bearer: true}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got some text; true and false "
       "are written in quotes where the words are meant"},
      {"false as a token in a list", ROUTE "    auth: {bearer: [x, false]}\n",
       "5:24: routes[0].auth.bearer[1]: expected text that is not empty, or {file: PATH}, got some text; true and "
       "false are written in quotes where the words are meant"},
      {"a user with a line feed", ROUTE "    auth: {basic: {user: \"u\\n\", password: \"s3cr3t\\nx\"}}\n",
       "5:26: routes[0].auth.basic.user: expected one line of text, got some text; without line feeds and tabs\n"
       "5:43: routes[0].auth.basic.password: expected text that is not empty, or {file: PATH}, got some text; one "
       "line"},
      {"unknown key", ROUTE "    auth: {baerer: s3cr3t}\n",
       "5:12: routes[0].auth.baerer: unknown key; did you mean \"bearer\"?"},
      {"token in a list in a list", ROUTE "    auth: {bearer: [[s3cr3t]]}\n",
       "5:21: routes[0].auth.bearer[0]: expected text that is not empty, or {file: PATH}, got a list; one value: leave "
       "out the `-` or the brackets"},
      {"token as a key", ROUTE "    auth: {bearer: {s3cr3t: x}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map; begin each "
       "entry with `- `"},
      {"file and more", ROUTE "    auth: {bearer: {file: a, s3cr3t: x}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map"},
      {"file that is not there", ROUTE "    auth: {bearer: {file: /nonexistent/s}}\n",
       "5:27: routes[0].auth.bearer.file: expected a file that can be read, got \"/nonexistent/s\"; No such file or "
       "directory"},
      {"a secret where its file belongs", ROUTE "    auth: {bearer: {file: s3cr3t}}\n",
       "5:27: routes[0].auth.bearer.file: expected a file that can be read, got some text; No such file or directory"},
      {"a colon and a blank in a secret", ROUTE "    auth:\n      bearer: s3cr3t: x\n",
       "6:15: text that holds `: ` needs quotes"},
      {"a colon in a secret above a fault", ROUTE "    auth:\n      bearer:\n        - s3cr3t:x\n         y: z\n",
       "7:17: a blank is missing behind the `:`"},
      {"a secret behind =", ROUTE "    auth:\n      bearer = s3cr3t\n",
       "6:7: routes[0].auth: expected a map of credentials, or none, got some text; write `bearer: ` with a colon and "
       "a "
       "blank instead of `=`"},
      {"a secret behind #", ROUTE "    auth:\n      bearer: #s3cr3t\n",
       "6:14: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got nothing; what follows a # "
       "is a "
       "comment: quote text that holds one"},
      {"a secret in braces", ROUTE "    auth: {bearer: {s3cr3t:x}}\n",
       "5:20: routes[0].auth.bearer: expected text that is not empty, or {file: PATH}, got a map; quote text that "
       "begins "
       "with {\n"
       "5:21: routes[0].auth.bearer: a blank is missing behind the `:`"},
      {"basic without a password", ROUTE "    auth: {basic: [{user: u}]}\n",
       "5:20: routes[0].auth.basic[0].password: missing: a value is required"},
      {"basic as one text", ROUTE "    auth: {basic: \"u:s3cr3t\"}\n",
       "5:19: routes[0].auth.basic: expected a map, got some text; write, for example, {user: NAME, password: {file: "
       "PATH}}"},
      {"basic with an email", ROUTE "    auth: {basic: {email: a, password: s3cr3t}}\n",
       "5:19: routes[0].auth.basic.user: missing: a value is required\n5:20: routes[0].auth.basic.email: unknown key; "
       "did you mean \"user\"?"},
      {"user without a token", ROUTE "    auth: {users: [{id: s3cr3t}]}\n",
       "5:20: routes[0].auth.users[0].token: missing: a value is required"},
      {"users as texts", ROUTE "    auth: {users: [s3cr3t]}\n",
       "5:20: routes[0].auth.users[0]: expected a map, got some text; write, for example, {id: ID, token: {file: "
       "PATH}}"},
      {"site as a list", ROUTE "    auth: {bearer: s3cr3t, site_id: [1]}\n",
       "5:37: routes[0].auth.site_id: expected text, got a list; one value: leave out the `-` or the brackets"},
      {"alias by accident", ROUTE "    auth: {bearer: *s3cr3t}\n",
       "5:20: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"tag by accident", ROUTE "    auth: {bearer: !s3cr3t }\n",
       "5:20: routes[0].auth.bearer: tags are not allowed; quote text that begins with !"},
      {"escape by accident", ROUTE "    auth: {bearer: \"\\s3cr3t\"}\n",
       "5:23: an unknown escape; write \\\\ for a backslash, or use single quotes"},
      {"quote never closed", ROUTE "    auth: {bearer: \"s3cr3t}\n",
       "5:20: routes[0].auth.bearer: the quote that opens here is never closed"},
      {"dollar by accident", ROUTE "    auth: {bearer: s3cr3t$x}\n",
       "5:20: routes[0].auth.bearer: a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the "
       "sign itself"},
      {"braces by accident", ROUTE "    auth: {bearer: \"${s3 cr3t}\"}\n",
       "5:20: routes[0].auth.bearer: expected ${NAME} or ${NAME:-default}"},
      {"at the wrong depth", ROUTE "    bearer: s3cr3t\n",
       "5:5: routes[0].bearer: unknown key; it belongs in routes[].auth"},
  };
  for (const BadFile& one : cases) {
    CAPTURE(one.name);
    const String text = faults(one.yaml);
    CHECK(text == String(one.faults));
    CHECK(text.find("s3cr3t") == String::npos);
  }
}
