// Unwraps JSONP scripts (an optional comment, an optional guard, a call), and refuses other scripts.
#include "adapters/enghouse/connector/unwrap.hpp"

#include <doctest/doctest.h>

#include <string>

using parley::enghouse::unwrap;

TEST_CASE("enghouse: scripts are unwrapped without being run") {
  struct Case {
    const char* name;
    std::string body;
    const char* inside;  ///< nullptr: not a valid script
  };
  const Case cases[] = {
      {"plain", R"({"a":1})", R"({"a":1})"},
      {"plain in blanks", " \r\n\t{\"a\":1}\n", R"({"a":1})"},
      {"byte order mark", "\xef\xbb\xbf{\"a\":1}", R"({"a":1})"},
      {"plain with what looks like a call inside", R"x({"a":"cb({})"})x", R"x({"a":"cb({})"})x"},
      {"a plain word", "true", "true"},
      {"nothing", "", ""},
      {"HTML is returned, and the JSON reader refuses it", "<html>(x)</html>", "<html>(x)</html>"},
      {"Express", R"(/**/ typeof cb === 'function' && cb({"a":1});)", R"({"a":1})"},
      {"Express, dotted", R"(/**/ typeof a.b[0] === 'function' && a.b[0]({"a":1});)", R"({"a":1})"},
      {"bare call", R"(cb({"a":1}))", R"({"a":1})"},
      {"bare call with a semicolon and blanks", " cb ( {\"a\":1} ) ; \n", R"({"a":1})"},
      {"an argument in further parentheses", R"x(cb(({"a":")"})))x", R"x({"a":")"})x"},
      {"… twice, with blanks", "cb( ( ({}) )\n );", "{}"},
      {"… that do not close", "cb((1)", "(1"},
      {"short guard", R"(cb&&cb({"a":1});)", R"({"a":1})"},
      {"short guard with blanks", R"(window.cb && window.cb({"a":1}))", R"({"a":1})"},
      {"two byte order marks", "\xef\xbb\xbf\xef\xbb\xbf{}", nullptr},
      {"comment and mark", "\xef\xbb\xbf/**/cb({});", "{}"},
      {"double quotes, two equals", R"(typeof cb=="function"&&cb({}))", "{}"},
      {"dollar and digits", "$jq1_2({})", "{}"},
      {"a name that begins with typeof", "typeofcb({})", "{}"},
      {"parentheses in a string", R"x(cb({"a":");cb("}))x", R"x({"a":");cb("})x"},
      {"an argument that is not JSON is returned, and the JSON reader refuses it", "cb(alert(1));", "alert(1)"},
      {"two calls give a text that is not JSON", "cb({});cb({});", "{});cb({}"},
      {"a guard of another name", R"(typeof other === 'function' && cb({}))", nullptr},
      {"a short guard of another name", "other&&cb({})", nullptr},
      {"half a guard", "typeof cb && cb({})", nullptr},
      {"another type", "typeof cb === 'object' && cb({})", nullptr},
      {"no end", R"(cb({"a":1})", nullptr},
      {"text after the call", R"(cb({"a":1}); alert(1) //)", nullptr},
      {"two semicolons after the call", "cb({});;", nullptr},
      {"a statement first", "var x=1;cb({})", nullptr},
      {"another comment", "/* x */cb({})", "/* x */cb({})"},
      {"comment without a call", "/**/{}", nullptr},
      {"an index that is not a number", "a[b]({})", nullptr},
      {"a name that ends with a dot", "a.({})", nullptr},
      {"new", "new cb({})", nullptr},
      {"the comment alone", "/**/", nullptr},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const auto inside = unwrap(one.body);
    REQUIRE(inside.has_value() == (one.inside != nullptr));
    if (inside) CHECK(std::string(*inside) == std::string(one.inside == nullptr ? "" : one.inside));
  }
}

TEST_CASE("enghouse: no prefix of a script breaks the scanner") {
  const std::string script = R"(/**/ typeof a.b[0] === 'function' && a.b[0]({"a":1});)";
  for (std::size_t size = 0; size < script.size(); ++size) {
    const auto inside = unwrap(std::string_view(script).substr(0, size));
    if (inside) CHECK(inside->size() <= size);
  }
}
