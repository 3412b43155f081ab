// The JSON reader: it refuses some text that RapidJSON accepts, and keeps the exact text of every value.
#include <doctest/doctest.h>

#include "schemas/shape/node.hpp"

using parley::Code;
using parley::String;
using parley::shape::Document;
using parley::shape::Node;
using parley::shape::NodeKind;

TEST_CASE("refused, with the place") {
  struct Case {
    const char* name;
    std::string text;
    Code code;
    const char* says;
  };
  const Case cases[] = {
      {"empty", "", Code::malformed_body, "line 1, column 1"},
      {"blank", "  \n ", Code::malformed_body, "(line 2"},
      {"cut off", R"({"a":1)", Code::malformed_body, "line 1, column 7"},
      {"trailing text", R"({"a":1} x)", Code::malformed_body, "line 1, column 9"},
      {"two values", "{} {}", Code::malformed_body, "line 1, column 4"},
      {"trailing comma", R"([1,])", Code::malformed_body, "column 4"},
      {"unquoted name (the seed's curl line)", R"({"visitor": {"name": Livechat Visitor}})", Code::malformed_body,
       "column 22"},
      {"single quotes", "{'a':1}", Code::malformed_body, "column 2"},
      {"comment", "{/* */}", Code::malformed_body, "column 2"},
      {"NaN", "[NaN]", Code::malformed_body, "column 2"},
      {"leading zero", "[01]", Code::malformed_body, "column 3"},
      {"plus", "[+1]", Code::malformed_body, "column 2"},
      {"control byte in a string", "[\"a\nb\"]", Code::malformed_body, ""},
      {"bad escape", R"(["\x"])", Code::malformed_body, ""},
      {"two byte order marks", "\xef\xbb\xbf\xef\xbb\xbf{}", Code::malformed_body, "two byte order marks"},
      {"a byte order mark behind a blank", " \xef\xbb\xbf{}", Code::malformed_body, "column 2"},
      {"a byte order mark and nothing", "\xef\xbb\xbf", Code::malformed_body, "line 1, column 1"},
      {"a fault behind a byte order mark", "\xef\xbb\xbf{\"a\":}", Code::malformed_body, "line 1, column 6"},
      {"NUL behind the value", std::string("{}\0{", 4), Code::malformed_body, "NUL"},
      {"NUL in a string", std::string("[\"a\0b\"]", 7), Code::malformed_body, "NUL"},
      {"UTF-16 with its mark", std::string("\xff\xfe{\0}\0", 6), Code::malformed_body, "UTF-16 or UTF-32, and JSON is"},
      {"UTF-16, the other way round", std::string("\xfe\xff\0{\0}", 6), Code::malformed_body, "line 1, column 1"},
      {"UTF-16 without a mark", std::string("{\0}\0", 4), Code::malformed_body, "UTF-16 or UTF-32, and JSON is"},
      {"UTF-32", std::string("\xff\xfe\0\0{\0\0\0", 8), Code::malformed_body, "UTF-16 or UTF-32, and JSON is"},
      {"overlong UTF-8", "[\"\xc0\xaf\"]", Code::malformed_body, "UTF-8"},
      {"surrogate in UTF-8", "[\"\xed\xa0\x80\"]", Code::malformed_body, "UTF-8"},
      {"Latin-1", "[\"\xe9t\xe9\"]", Code::malformed_body, "UTF-8"},
      {"above U+10FFFF", "[\"\xf4\x90\x80\x80\"]", Code::malformed_body, "UTF-8"},
      {"cut UTF-8", "[\"\xe2\x82\"]", Code::malformed_body, "UTF-8"},
      {"lone low surrogate", R"(["\udc00"])", Code::malformed_body, "surrogate"},
      {"lone high surrogate", R"(["\ud800"])", Code::malformed_body, ""},
      {"lone low surrogate in a key", R"({"\udc00":1})", Code::malformed_body, "surrogate"},
      {"duplicate key", R"({"a":1,"b":2,"a":3})", Code::duplicate_key, "\"a\" occurs twice"},
      {"duplicate key, escaped", R"({"a":1,"\u0061":3})", Code::duplicate_key, "\"a\" occurs twice"},
      {"duplicate key below", R"([{"x":{"k":1,"k":1}}])", Code::duplicate_key, "\"k\""},
      {"65 levels", std::string(65, '[') + std::string(65, ']'), Code::too_deep, "column 65"},
      {"200 KB of brackets", std::string(200'000, '['), Code::too_deep, "64 levels"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    Document document;
    const auto parsed = document.parse_json(c.text);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().code == c.code);
    CHECK(parsed.error().message.find(c.says) != String::npos);
  }
}

TEST_CASE("json: UTF-16 is refused also where invalid Unicode is replaced") {
  for (const std::string& text :
       {std::string("\xff\xfe{\0}\0", 6), std::string("\xfe\xff\0{\0}", 6), std::string("[\0]\0", 4)}) {
    Document document;
    const auto parsed = document.parse_json(text, parley::shape::NotText::replace);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().message == "this is UTF-16 or UTF-32, and JSON is UTF-8 (line 1, column 1)");
  }
}

TEST_CASE("a NUL byte is refused, the escape for one is text") {
  Document document;
  REQUIRE(document.parse_json(R"({"a\u0000":"\u0000b"})").has_value());
  const Node& member = *document.root().begin();
  CHECK(member.key == std::string_view("a\0", 2));
  CHECK(member.text == std::string_view("\0b", 2));
}

TEST_CASE("json: 64 levels are allowed") {
  Document document;
  CHECK(document.parse_json(std::string(64, '[') + std::string(64, ']')).has_value());
}

TEST_CASE("json: values keep their exact text") {
  const std::string text =
      " {\"n\" : 12345678901234567890123456789.10 , \"e\":1.0e-7,\"z\":-0,\"s\":\"a\\u0041\\n\\u00e9\\ud83d\\ude00\", "
      "\"o\" : { \"x\" : [ 1 , 2 ] } ,"
      "\"t\":true,\"f\":false,\"nil\":null,\"empty\":{},\"none\":[]} ";
  Document document;
  REQUIRE(document.parse_json(text).has_value());
  const Node& root = document.root();
  CHECK(root.kind == NodeKind::object);
  CHECK(root.size == 10);
  CHECK(root.raw == text.substr(1, text.size() - 2));
  CHECK(root.find("n")->text == "12345678901234567890123456789.10");
  CHECK(root.find("e")->raw == "1.0e-7");
  CHECK(root.find("z")->raw == "-0");
  CHECK(root.find("s")->text == "aA\n\xc3\xa9\xf0\x9f\x98\x80");
  CHECK(root.find("s")->raw == "\"a\\u0041\\n\\u00e9\\ud83d\\ude00\"");
  CHECK(root.find("o")->raw == "{ \"x\" : [ 1 , 2 ] }");
  CHECK(root.find("o")->find("x")->raw == "[ 1 , 2 ]");
  CHECK(root.find("o")->find("x")->size == 2);
  CHECK(root.find("t")->text == "true");
  CHECK(root.find("nil")->kind == NodeKind::null);
  CHECK(root.find("empty")->size == 0);
  CHECK(root.find("none")->raw == "[]");
  CHECK(root.find("absent") == nullptr);
}

TEST_CASE("json: numbers stay text and are not computed") {
  // The last one crashes RapidJSON's full-precision parser.
  for (const char* number :
       {"0", "-1", "18446744073709551616", "1e308", "0.1", "1E+2", "4.9e-324", "1e-400", "1e400", "-0.1E+999999999999",
        "[1e400,2]", R"({"1e400":"\"1e400","b":1e400})", "128.74836467836484838364836483643636483648e-336"}) {
    CAPTURE(number);
    Document document;
    REQUIRE(document.parse_json(number).has_value());
    if (*number != '[' && *number != '{') {
      CHECK(document.root().kind == NodeKind::number);
      CHECK(document.root().text == number);
    }
    CHECK(document.root().raw == number);
  }
  const std::string long_number = "9" + std::string(400, '7') + ".5";
  Document document;
  REQUIRE(document.parse_json("[" + long_number + ",12]").has_value());
  CHECK(document.root().begin()->text == long_number);
  CHECK(document.root().begin().operator++()->text == "12");
  for (const char* bad : {"[1e400,01]", "[1e400,1.2.3]", "[1e400,1e]", "[1e400,1.]", "[1e400.5]", "1e400 x",
                          "[1e400,1.e5]", "[1e400,--1]"}) {
    CAPTURE(bad);
    CHECK(document.parse_json(bad).has_error());
  }
}

TEST_CASE("json: a document object can be reused") {
  Document document;
  REQUIRE(document.parse_json(R"({"a":[1,2,3]})").has_value());
  CHECK(document.parse_json("{").has_error());
  REQUIRE(document.parse_json(R"("x")").has_value());
  CHECK(document.root().text == "x");
}

TEST_CASE("json: a quote, an escape and a control byte in a string are found at every offset") {
  for (std::size_t length = 0; length < 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      String plain(length, 'a');
      plain[at] = '\xc3';  // the first byte of a letter in UTF-8: ends nothing
      plain.insert(at + 1, 1, '\xa9');
      const auto node_of = [](const String& inside) {
        Document document;
        const parley::Result<void> read = document.parse_json("[\"" + inside + "\"]");
        return read ? String((*document.root().begin()).text) : "refused: " + read.error().message;
      };
      CAPTURE(length);
      CAPTURE(at);
      CHECK(node_of(plain) == plain);
      String escaped = plain;
      escaped.replace(at, 2, "\\n");
      String meant = plain;
      meant.replace(at, 2, "\n");
      CHECK(node_of(escaped) == meant);
      CHECK(node_of(meant).starts_with("refused"));  // the control byte itself
      String quoted = plain;
      quoted.replace(at, 2, "\"");
      CHECK(node_of(quoted).starts_with("refused"));
    }
  }
}

TEST_CASE("json: a duplicate key is found in objects of any size") {
  for (const std::size_t size : {2U, 3U, 63U, 64U, 65U, 300U}) {
    String good;
    for (std::size_t i = 0; i < size; ++i) good += "\"key number " + std::to_string(i * 7919) + "\":0,";
    good.pop_back();
    Document document;
    CAPTURE(size);
    CHECK(document.parse_json("{" + good + "}").has_value());
    const parley::Result<void> twice = document.parse_json("{" + good + ",\"key number 7919\":1}");
    REQUIRE(twice.has_error());
    CHECK(twice.error().code == Code::duplicate_key);
    CHECK(twice.error().field == "key number 7919");
  }
  Document document;
  CHECK(document.parse_json(R"({"":0,"a":0,"aa":0,"aaaaaaaaa":0,"aaaaaaaaaa":0})").has_value());
  CHECK(document.parse_json(R"({"":0,"a":0,"":0})").has_error());
}

TEST_CASE("json: an error says what is expected, and where") {
  const struct {
    const char* name;
    const char* text;
    const char* says;
  } cases[] = {
      {"empty", "", "there is no JSON here: the text is empty (line 1, column 1)"},
      {"two values", "{} {}", "the document ended before this: nothing may follow it (line 1, column 4)"},
      {"a word", "{\"a\":nope}",
       "a value is expected here: a string in double quotes, a number, true, false, null, {…} or […] (line 1, column "
       "7)"},
      {"single quotes", "{'a':1}", "a member name in double quotes is expected here (line 1, column 2)"},
      {"a comma too many", "{\"a\":1,}", "a member name in double quotes is expected here (line 1, column 8)"},
      {"no colon", "{\"a\" 1}", "a colon is expected here, between the member's name and its value (line 1, column 6)"},
      {"no comma", "{\"a\":1 \"b\":2}", "a comma or the closing } of the object is expected here (line 1, column 8)"},
      {"no comma in a list", "[1\n2]", "a comma or the closing ] of the list is expected here (line 2, column 1)"},
      {"no hexadecimal digits", "[\"\\u12x4\"]", "\\u needs four hexadecimal digits behind it (line 1, column 3)"},
      {"an escape of no meaning", "[\"\\x41\"]",
       "a backslash in a string is followed by one of \" \\ / b f n r t u, and by nothing else (line 1, column 3)"},
      {"a string without end", "[\"abc", "a string is not closed: its second \" is missing (line 1, column 6)"},
      {"a tab in a string", "[\"a\tb\"]",
       "a line end, a tab or another control character in a string: write it as \\n, \\t or \\u00XX (line 1, column "
       "4)"},
      {"a point without digits", "[1.]", "a number needs a digit behind its decimal point (line 1, column 4)"},
      {"an exponent without digits", "[1e]", "a number needs a digit behind its e (line 1, column 4)"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Document document;
    const auto parsed = document.parse_json(one.text);
    REQUIRE(parsed.has_error());
    CHECK(parsed.error().message == one.says);
  }
}
