// Text that is not a proper secret is found in the configuration, in a variable and in a file of its own.
#include "config/secret.hpp"

#include <algorithm>

#include "tests/config/bad_files.hpp"
#include "tests/config/good_files.hpp"
#include "tests/support/scratch.hpp"

using namespace parley;
using namespace parley::config;

namespace {

struct BadText {
  const char* name;
  String text;
  const char* why;
};

const BadText bad[] = {
    {"a byte order mark", "\xEF\xBB\xBFkey", "it begins with a byte order mark: save the file without one"},
    {"a blank in front", " key", "it begins or ends with a blank"},
    {"a blank behind", "key ", "it begins or ends with a blank"},
    {"only blanks", "   ", "it begins or ends with a blank"},
    {"a tab in front", "\tkey", "it holds a line break or a control character"},
    {"a tab behind", "key\t", "it holds a line break or a control character"},
    {"a tab within", "k\tey", "it holds a line break or a control character"},
    {"a no-break space behind", "key\xC2\xA0", "it begins or ends with a blank"},
    {"an ideographic space in front", "\xE3\x80\x80key", "it begins or ends with a blank"},
    {"typographic quotes", "\xE2\x80\x9Ckey\xE2\x80\x9D", "it begins or ends with a typographic quote"},
    {"a typographic quote behind", "key\xE2\x80\x99", "it begins or ends with a typographic quote"},
    {"German quotes", "\xE2\x80\x9Ekey\xE2\x80\x9C", "it begins or ends with a typographic quote"},
    {"guillemets", "\xC2\xABkey\xC2\xBB", "it begins or ends with a typographic quote"},
    {"quotes", "\"key\"", "it stands in quotes of its own: leave them out"},
    {"single quotes", "'key'", "it stands in quotes of its own: leave them out"},
    {"a zero width space",
     "k\xE2\x80\x8B"
     "ey",
     "it holds an invisible character"},
    {"a soft hyphen",
     "k\xC2\xAD"
     "ey",
     "it holds an invisible character"},
    {"an escape character", "k\x1B[0m", "it holds a line break or a control character"},
    {"a NUL", String("k\0y", 3), "it holds a line break or a control character"},
    {"DEL", "key\x7F", "it holds a line break or a control character"},
    {"a control character beyond ASCII", "k\xC2\x85", "it holds a line break or a control character"},
    {"a carriage return within", "k\rey", "it holds a line break or a control character"},
    {"two lines", "key\nkey", "it holds a line break or a control character"},
    {"Bearer", "Bearer key", "it begins with the scheme of a header, which the gateway adds: leave it out"},
    {"bearer", "bearer key", "it begins with the scheme of a header, which the gateway adds: leave it out"},
    {"Basic", "Basic dXNlcjpwYXNz", "it begins with the scheme of a header, which the gateway adds: leave it out"},
    {"a whole header", "Authorization: Bearer key", "it begins with the name of a header: leave it out"},
    {"Rocket.Chat's header", "X-Auth-Token: key", "it begins with the name of a header: leave it out"},
    {"a template's placeholder", "{{ token }}", "it is a placeholder that nobody filled in"},
    {"a manual's placeholder", "<your-token>", "it is a placeholder that nobody filled in"},
    {"the placeholder", "[secret]", "it is the placeholder that listings show instead of a secret"},
};

const String good[] = {"key",
                       "k",
                       "two words",
                       "p\xC3\xA4ss",
                       "[secret] and more",
                       "it's",
                       "\"",
                       "say \"when\"",
                       "basic instinct of three words",
                       "bearer",
                       "<>",
                       "<x7k9>",
                       "{{}}",
                       "a {{ b }} c",
                       "a \xE2\x80\x9Cquoted\xE2\x80\x9D word",
                       String(4096, 'x')};

/// A configuration whose `auth.token` is the given YAML value.
String yaml(std::string_view secret, const String& kind = "sqlite") {
  return "backends: {a: {kind: " + kind + ", auth: {token: " + String(secret) + "}}}\n";
}

}  // namespace

TEST_CASE("config: text that was copied along with a secret is found") {
  for (const BadText& one : bad) {
    CAPTURE(one.name);
    CHECK(fault_of_secret(one.text) == one.why);
  }
  for (const String& text : good) {
    CAPTURE(text);
    CHECK(fault_of_secret(text) == "");
  }
  CHECK(fault_of_name("Bearer of a name") == "");
  CHECK(fault_of_name("ann ") == "it begins or ends with a blank");
}

TEST_CASE("config: a bad secret is a fault with its place, from the file, a variable or a file, and is never shown") {
  const test::Scratch scratch;
  for (const BadText& one : bad) {
    CAPTURE(one.name);
    const String file = scratch.write("secret", one.text + '\n');
    const String told = test::faults(yaml("{file: \"" + file + "\"}"));
    CHECK(told.starts_with("1:51: backends.a.auth.token.file: expected a file with "));
    CHECK(std::count(told.begin(), told.end(), '\n') == 0);
    CHECK(told.find("key") == String::npos);
    if (one.text.find('\0') == String::npos) {
      const test::Variable variable("PARLEY_TEST_SECRET", one.text.c_str());
      const String text = test::faults(yaml("\"${PARLEY_TEST_SECRET}\""));
      CHECK(text.starts_with("1:44: backends.a.auth.token: "));
      CHECK(text.find("key") == String::npos);
    }
    String quoted = "\"";  // the text in double quotes for YAML, with its quotes escaped
    bool plain = true;
    for (const char byte : one.text) {
      const auto code = static_cast<unsigned char>(byte);
      plain = plain && code >= 0x20 && code != 0x7F && code != '\\';
      if (byte == '"') quoted += '\\';
      quoted += byte;
    }
    if (!plain || one.text.find("\xC2\x85") != String::npos) continue;  // the YAML reader refuses it
    const String inline_fault = test::faults(yaml(quoted + '"'));
    CHECK(inline_fault == "1:44: backends.a.auth.token: expected the bare secret, got some text; " + String(one.why));
  }
}

TEST_CASE("config: a good secret is used unchanged, without one line end behind it") {
  const auto token_of = [](const Settings& settings) {
    const List<NamedSecret> secrets = secrets_of(settings.backends.at(0).own);
    return secrets.size() == 1 && secrets[0].key == "auth.token" ? String(secrets[0].value) : String("(none)");
  };
  const test::Scratch scratch;
  for (const String& text : good) {
    CAPTURE(text);
    for (const char* end : {"", "\n", "\r\n"}) {
      const String file = scratch.write("secret", text + end);
      const Settings settings = test::good(yaml("{file: \"" + file + "\"}", "enghouse"));
      CHECK(token_of(settings) == text);
    }
    for (const char* end : {"", "\n", "\r\n", "\r"}) {
      const test::Variable variable("PARLEY_TEST_SECRET", (text + end).c_str());
      CHECK(token_of(test::good(yaml("\"${PARLEY_TEST_SECRET}\"", "enghouse"))) == text);
      CHECK(token_of(test::good(yaml("\"${PARLEY_TEST_SECRET:-x}\"", "enghouse"))) == text);
    }
  }
  for (const char* inline_text : {"\"key\\r\\n\"", "\"key\\n\"", "|\n  key\n"}) {
    CAPTURE(inline_text);
    const String block = String("backends:\n a:\n  kind: enghouse\n  auth:\n   token: ") + inline_text + "\n";
    String indented = block;
    if (const std::size_t at = indented.find("|\n  key"); at != String::npos) indented.insert(at + 2, "   ");
    CHECK(token_of(test::good(indented)) == "key");
  }
  const test::Variable ends("PARLEY_TEST_SECRET", "\r\n");  // nothing but a line end is empty
  CHECK(token_of(test::good(yaml("\"${PARLEY_TEST_SECRET:-other}\"", "enghouse"))) == "other");
  CHECK(test::faults(yaml("\"${PARLEY_TEST_SECRET}\"")).find("expected text that is not empty") != String::npos);
}

TEST_CASE("config: the line end of a variable is left out wherever the variable stands") {
  const test::Variable windows("PARLEY_TEST_WINDOWS", "a\r\n");
  CHECK(test::good("log: {access: \"${PARLEY_TEST_WINDOWS}/x.log\"}\n").log.access == "a/x.log");
  CHECK(test::faults("log: {access: \"a\\r\\n\"}\n") != "");
}

TEST_CASE("config: secrets and user names of all kinds are checked") {
  const test::BadFile cases[] = {
      {"admin", "admin: {listen: \"127.0.0.1:1\", token: \"Bearer x\"}\n",
       "1:39: admin.token: expected the bare secret, got some text; it begins with the scheme of a header, which the "
       "gateway adds: leave it out"},
      {"a list",
       "routes:\n  - {facade: comm100, backend: a, auth: {bearer: [\"x\", \" y\"]}}\nbackends: {a: {kind: sqlite}}\n",
       "2:56: routes[0].auth.bearer[1]: expected the bare secret, got some text; it begins or ends with a blank"},
      {"a password",
       "routes:\n  - {facade: comm100, backend: a, auth: {basic: {user: u, password: \"[secret]\"}}}\n"
       "backends: {a: {kind: sqlite}}\n",
       "2:69: routes[0].auth.basic.password: expected the bare secret, got some text; it is the placeholder that "
       "listings "
       "show instead of a secret"},
      {"a user's id", "backends: {a: {kind: sqlite, auth: {user_id: \"x \", token: y}}}\n",
       "1:46: backends.a.auth.user_id: expected the bare name, got some text; it begins or ends with a blank"},
      {"a client's user",
       "routes:\n  - {facade: comm100, backend: a, auth: {users: {id: \"'x'\", token: y}}}\n"
       "backends: {a: {kind: sqlite}}\n",
       "2:54: routes[0].auth.users.id: expected the bare name, got some text; it stands in quotes of its own: leave "
       "them out"},
  };
  test::check(cases);
}
