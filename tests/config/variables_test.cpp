// Variables in values, and secrets in files.
#include "tests/config/good_files.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;
using namespace parley::config;
using test::good;
using test::told;
using test::Variable;

TEST_CASE("config: variables") {
  const Variable set("PARLEY_TEST_SET", "value");
  const Variable empty("PARLEY_TEST_EMPTY", "");
  const Variable unset("PARLEY_TEST_UNSET", nullptr);
  const Variable dollar("PARLEY_TEST_DOLLAR", "$x ${PARLEY_TEST_SET} # {a: b}");
  struct Case {
    const char* text;
    const char* path;
  };
  const Case cases[] = {
      {"${PARLEY_TEST_SET}", "value"},
      {"'${PARLEY_TEST_SET}'", "value"},
      {"\"a-${PARLEY_TEST_SET}/${PARLEY_TEST_SET}.db\"", "a-value/value.db"},
      {"\"${PARLEY_TEST_UNSET:-other}\"", "other"},
      {"\"${PARLEY_TEST_EMPTY:-other}\"", "other"},
      {"\"${PARLEY_TEST_SET:-other}\"", "value"},
      {"\"x${PARLEY_TEST_UNSET:-}\"", "x"},
      {"\"x${PARLEY_TEST_EMPTY}\"", "x"},
      {"\"${PARLEY_TEST_UNSET:-a:-b}\"", "a:-b"},
      {"a$$b", "a$b"},
      {"\"$${PARLEY_TEST_SET}\"", "${PARLEY_TEST_SET}"},
      {"$$$$", "$$"},
      {"\"${PARLEY_TEST_DOLLAR}\"", "$x ${PARLEY_TEST_SET} # {a: b}"},  // variables within a value are not replaced
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const Settings settings = good("backends:\n  b:\n    kind: sqlite\n    path: " + String(one.text) + '\n');
    List<contract::BackendFile> files;
    contract::find_adapter("sqlite")->files(settings.backends[0], files);
    REQUIRE_FALSE(files.empty());
    CHECK(files[0].path == one.path);
  }
  const Variable workers("PARLEY_TEST_WORKERS", "3");
  CHECK(good("server: {workers: \"${PARLEY_TEST_WORKERS}\"}\n").server.workers == 3);
  CHECK(good("server:\n  workers: ${PARLEY_TEST_WORKERS}\n").server.workers == 3);
}

TEST_CASE("config: bad variables") {
  const Variable unset("PARLEY_TEST_UNSET", nullptr);
  const Variable binary("PARLEY_TEST_BINARY", "s3cr3t\xff");
  const Variable lines("PARLEY_TEST_CONTROL", "s3cr3t\x1b");
  const Variable token("PARLEY_TEST_TOKEN", "s3cr3t");
  const Variable wrong("PARLEY_TEST_WRONG", "s3cr3t");
  struct Case {
    const char* text;
    String what;
  };
  const String form = "expected ${NAME} or ${NAME:-default}";
  const char* sign = "a `$` that begins no variable: expected ${NAME}, ${NAME:-default}, or $$ for the sign itself";
  const Case cases[] = {
      {"\"${PARLEY_TEST_UNSET}\"",
       "the variable PARLEY_TEST_UNSET is not set; ${PARLEY_TEST_UNSET:-default} would give it a default"},
      {"\"${PARLEY_TEST_BINARY}\"", "the variable PARLEY_TEST_BINARY holds something that is not text"},
      {"\"${PARLEY_TEST_CONTROL}\"", "the variable PARLEY_TEST_CONTROL holds something that is not text"},
      {"\"${PARLEY_TEST_TOKN}\"",
       "the variable PARLEY_TEST_TOKN is not set; did you mean PARLEY_TEST_TOKEN? ${PARLEY_TEST_TOKN:-default} would "
       "give "
       "it a default"},
      {"\"${PARLEY_TEST_TOKEN:?}\"", form + ": a default stands behind `:-`"},
      {"\"${PARLEY_TEST_TOKEN:x}\"", form + ": a default stands behind `:-`"},
      {"\"${}\"", form},
      {"\"${1A}\"", form},
      {"\"${A-b}\"", form + ": a default stands behind `:-`"},
      {"\"${A B}\"", form},
      {"\"${PARLEY_TEST_UNSET\"", sign},
      {"$HOME", sign},
      {"a$", sign},
      {"$$$", sign},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const Loaded loaded = test::load("backends:\n  b:\n    kind: sqlite\n    path: " + String(one.text) + '\n');
    CHECK(told(loaded) == "f:4:11: backends.b.path: " + one.what + '\n');
  }
  // A fault does not show the value of a variable, even if the key is not a secret.
  CHECK(told(test::load("server: {workers: \"${PARLEY_TEST_WRONG}\"}\n")) ==
        "f:1:19: server.workers: expected a whole number from 0 to 1024, got another value from the variable "
        "PARLEY_TEST_WRONG\n");
  CHECK(told(test::load("server: {workers: \"$$${PARLEY_TEST_WRONG}${PARLEY_TEST_TOKEN}\"}\n"))
            .find("got another value from the variable PARLEY_TEST_WRONG\n") != String::npos);
  CHECK(told(test::load("server: {workers: \"${PARLEY_TEST_UNSET:-}\"}\n")) ==
        "f:1:19: server.workers: expected a whole number from 0 to 1024, got empty text from the variable "
        "PARLEY_TEST_UNSET\n");
}

TEST_CASE("config: secrets in files" * doctest::skip(!test::built_with({"comm100"}))) {
  const test::Scratch folder;
  const auto write = [&folder](const char* name, const char* text) { return folder.write(name, text); };
  const auto load = [](const String& path) {
    return test::load(
        "backends: {b: {kind: sqlite}}\nroutes:\n  - facade: comm100\n    backend: b\n    auth: {bearer: {file: \"" +
        path + "\"}}\n");
  };
  const auto secret_of = [](const Loaded& loaded) {
    const List<NamedSecret> secrets = secrets_of(loaded.settings.routes.at(0).own);
    return secrets.size() == 1 && secrets[0].key == "auth.bearer[0]" ? String(secrets[0].value) : String("(none)");
  };
  for (const char* text : {"s3cr3t", "s3cr3t\n", "s3cr3t\r\n"}) {
    const Loaded loaded = load(write("good", text));
    REQUIRE(told(loaded) == "");
    CHECK(secret_of(loaded) == "s3cr3t");
  }
  CHECK(secret_of(load(write("kept", "s3 cr3t"))) == "s3 cr3t");
  CHECK(secret_of(load(write("verbatim", "$s3cr3t"))) == "$s3cr3t");
  const String too_long(64 * 1024 + 1, 'x');
  for (const char* text : {"", "\n", "s3cr3t\ns3cr3t\n", "s3cr3t\x01", "s3cr3t\xff", too_long.c_str()}) {
    CHECK(told(load(write("bad", text))) ==
          "f:5:27: routes[0].auth.bearer.file: expected a file with one line of text, the secret, got \"" +
              (folder / "bad") + "\"\n");
  }
  CHECK(told(load(folder.path().string())) ==
        "f:5:27: routes[0].auth.bearer.file: expected a file that can be read, got \"" + folder.path().string() +
            "\"; Is a directory\n");
}
