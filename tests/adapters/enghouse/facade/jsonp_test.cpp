// Makes scripts of JSON.
#include "adapters/enghouse/facade/jsonp.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace parley;

namespace {

std::string script(std::string_view json) {
  Buffer out;
  REQUIRE(enghouse::to_script(json, "cb", out).has_value());
  std::string text(out.view());
  const std::string begin = "/**/ typeof cb === 'function' && cb(";
  REQUIRE(text.substr(0, begin.size()) == begin);
  REQUIRE(text.substr(text.size() - 2) == ");");
  return text.substr(begin.size(), text.size() - begin.size() - 2);
}

}  // namespace

TEST_CASE("enghouse: a script calls the callback once") {
  Buffer out;
  REQUIRE(enghouse::to_script("{\"a\":1}", "a.b[0]", out).has_value());
  CHECK(out.view() == "/**/ typeof a.b[0] === 'function' && a.b[0]({\"a\":1});");
}

TEST_CASE("enghouse: invalid characters of a callback are deleted; what is then not a name is refused") {
  Buffer out;
  REQUIRE(enghouse::to_script("1", "alert(1);//", out).has_value());
  CHECK(out.view() == "/**/ typeof alert1 === 'function' && alert1(1);");
  for (const char* const name : {"", "..", "[", "1", "a[x]", "<>"}) {
    CAPTURE(name);
    Buffer none;
    const Result<void> made = enghouse::to_script("1", name, none);
    REQUIRE(made.has_error());
    CHECK(made.error().code == Code::invalid_callback);
    CHECK(none.empty());
  }
}

TEST_CASE("enghouse: JSON that a script must not contain is escaped or removed") {
  struct Case {
    const char* name;
    const char* json;
    const char* expected;
  };
  const Case cases[] = {
      {"nothing to change", R"({"a":"b","__v":0})", R"({"a":"b","__v":0})"},
      {"U+2028", "{\"a\":\"x\xe2\x80\xa8y\"}", "{\"a\":\"x\\u2028y\"}"},
      {"U+2029", "[\"\xe2\x80\xa9\"]", "[\"\\u2029\"]"},
      {"in a key", "{\"\xe2\x80\xa8\":1}", "{\"\\u2028\":1}"},
      {"neighbouring characters are kept", "[\"\xe2\x80\xa7\xe2\x80\xaa\xe2\x82\xac\"]",
       "[\"\xe2\x80\xa7\xe2\x80\xaa\xe2\x82\xac\"]"},
      {"markup is kept", R"(["</script><img>/"])", R"(["</script><img>/"])"},
      {"__proto__ alone", R"({"__proto__":{"a":1}})", "{}"},
      {"__proto__ first", R"({"__proto__":{"a":[1,{}]},"b":2})", R"({"b":2})"},
      {"__proto__ last", R"({"a":1,"__proto__":"x,}\"]"})", R"({"a":1})"},
      {"__proto__ between", R"({"a":1,"__proto__":null,"b":2})", R"({"a":1,"b":2})"},
      {"__proto__ twice", R"({"__proto__":1,"__proto__":2,"c":3})", R"({"c":3})"},
      {"__proto__ deep, with blanks", R"({"a":[{ "__proto__" : 1 , "b" : 2 }, {"c":1, "__proto__" : [2] } ]})",
       R"({"a":[{  "b" : 2 }, {"c":1} ]})"},
      {"__proto__ in escapes", R"({"\u005f\u005Fproto__":1,"__\u0070\u0072\u006F\u0074\u006fto__":2})",
       R"({"__\u0070\u0072\u006F\u0074\u006fto__":2})"},
      {"as a value it is kept", R"({"a":"__proto__","b":["__proto__"]})", R"({"a":"__proto__","b":["__proto__"]})"},
      {"similar names are kept", R"({"__proto":1,"__proto___":2,"__prot\u00e8__":3})",
       R"({"__proto":1,"__proto___":2,"__prot\u00e8__":3})"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(script(one.json) == one.expected);
  }
}

TEST_CASE("enghouse: the fast scan finds these texts at any offset") {
  for (std::size_t length = 0; length < 70; ++length) {
    CAPTURE(length);
    const std::string pad(length, 'x');
    CHECK(script("[\"" + pad + "\xe2\x80\xa8\"]") == "[\"" + pad + "\\u2028\"]");
    CHECK(script("{\"" + pad + "\":0,\"__proto__\":1}") == "{\"" + pad + "\":0}");
    CHECK(script("{\"" + pad + "\":0,\"\\u005f_proto__\":1,\"tail\":\"" + pad + "\"}") ==
          "{\"" + pad + "\":0,\"tail\":\"" + pad + "\"}");
  }
}

TEST_CASE("enghouse: what a script must not contain is found at every place") {
  using parley::enghouse::may_be_unsafe;
  for (const std::string_view unsafe : {"\xe2\x80\xa8", "__proto__", "\\u005f"}) {
    CAPTURE(unsafe);
    for (const char filler : {'a', '_'}) {
      for (std::size_t before = 0; before < 130; ++before) {
        for (const std::size_t after : {0, 1, 70}) {
          CAPTURE(before);
          const std::string text = std::string(before, filler) + std::string(unsafe) + std::string(after, filler);
          REQUIRE(may_be_unsafe(text));
        }
      }
    }
  }
  for (std::size_t size = 0; size < 200; ++size) CHECK_FALSE(may_be_unsafe(std::string(size, 'a') + "_NICK_\\n"));
}
