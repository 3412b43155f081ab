// The fast readers of JSON take plain documents, with the nodes that RapidJSON makes of them, and nothing that RapidJSON refuses.
#include "schemas/shape/scan_json.hpp"

#include <doctest/doctest.h>

#include "tests/support/both_readers.hpp"

using namespace std::string_literals;
using parley::List;
using parley::String;
using parley::shape::Arena;
using parley::shape::Node;
using parley::test::read_trees;

namespace {

enum class Takes : std::uint8_t { yes, no };

struct Case {
  String name;
  String json;
  Takes takes;
};

/// Checks the law, and that the fast reader takes the document or not, as expected.
void check(const String& json, Takes takes) {
  CAPTURE(json);
  const parley::test::Readings read = read_trees(json);
  CHECK(read.difference == "");
  CHECK(read.taken == (takes == Takes::yes));
}

void check_all(const List<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.name);
    check(c.json, c.takes);
  }
}

/// Only the law: what the fast reader takes, RapidJSON takes.
void check_law(const String& json) {
  CAPTURE(json);
  CHECK(read_trees(json).difference == "");
}

String nested(std::size_t depth, char open, char close) { return String(depth, open) + String(depth, close); }

/// Objects within objects, the innermost empty.
String nested_objects(std::size_t depth) {
  String json;
  for (std::size_t i = 1; i < depth; ++i) json += "{\"a\":";
  return json + "{" + String(depth, '}');
}

/// An object with `count` different keys, then `last` as one more.
String many_keys(std::size_t count, const String& last) {
  String json = "{";
  for (std::size_t i = 0; i < count; ++i) json += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  return json + "\"" + last + "\":0}";
}

const Node& scanned(std::string_view json, Arena& texts, List<Node>& nodes) {
  REQUIRE(parley::shape::scan_json(json, texts, nodes));
  return nodes.front();
}

}  // namespace

TEST_CASE("scan: values and blanks") {
  check_all({
      {"nothing", "", Takes::no},
      {"a blank", " ", Takes::no},
      {"an empty object", "{}", Takes::yes},
      {"an empty list", "[]", Takes::yes},
      {"empty with blanks inside", "{ \n}", Takes::yes},
      {"every blank around everything",
       " \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n} \t\r\n", Takes::yes},
      {"many blanks", "[" + String(100, ' ') + "1" + String(17, ' ') + "\n" + String(8, ' ') + "]" + String(9, ' '),
       Takes::yes},
      {"a form feed", "[\f1]", Takes::no},
      {"a vertical tab", "[\v1]", Takes::no},
      {"a no-break space", "[\xc2\xa0"s + "1]", Takes::no},
      {"NUL behind the value", "{}\0"s, Takes::no},
      {"NUL before the value", "\0{}"s, Takes::no},
      {"NUL in place of a comma",
       "[1\0"
       "2]"s,
       Takes::no},
      {"NUL in place of a colon",
       "{\"a\"\0"
       "1}"s,
       Takes::no},
      {"NUL between blanks", "[ \0 ]"s, Takes::no},
      {"a root that is a string", "\"a\"", Takes::yes},
      {"a root that is a number", " -1 ", Takes::yes},
      {"a root that is a word", "null", Takes::yes},
      {"true, false, null", "[true,false,null]", Takes::yes},
      {"a word cut off", "[tru", Takes::no},
      {"a word cut off by a bracket", "[nul]", Takes::no},
      {"a word too long", "[truee]", Takes::no},
      {"a word in capitals", "[True]", Takes::no},
      {"two words", "[true false]", Takes::no},
      {"two values", "1 2", Takes::no},
      {"a comma at the end", "[1,]", Takes::no},
      {"a comma at the end of an object", "{\"a\":1,}", Takes::no},
      {"a comma first", "[,1]", Takes::no},
      {"a comma alone", "{,}", Takes::no},
      {"two commas", "[1,,2]", Takes::no},
      {"no comma", "{\"a\":1\"b\":2}", Takes::no},
      {"no colon", "{\"a\"1}", Takes::no},
      {"two colons", "{\"a\"::1}", Takes::no},
      {"no value", "{\"a\":}", Takes::no},
      {"a key alone", "{\"a\"}", Takes::no},
      {"a key that is a number", "{1:1}", Takes::no},
      {"a colon in a list", "[\"a\":1]", Takes::no},
      {"the wrong bracket", "[1}", Takes::no},
      {"the wrong brace", "{\"a\":1]", Takes::no},
      {"one bracket too many", "[1]]", Takes::no},
      {"one bracket too few", "[[1]", Takes::no},
      {"a bracket alone", "]", Takes::no},
      {"a comment", "[1/**/]", Takes::no},
      {"single quotes", "['a']", Takes::no},
      {"a byte order mark", "\xef\xbb\xbf{}", Takes::no},
      {"two byte order marks", "\xef\xbb\xbf\xef\xbb\xbf{}", Takes::no},
      {"UTF-16", "{\0}\0"s, Takes::no},
      {"UTF-16 of a number", "1\0"s, Takes::no},
      {"a key of no bytes", R"({"":1,"a":{"":2}})", Takes::yes},
      {"lists of lists of objects", R"([[{"a":[{"b":[]},{"c":{}}]},[]],{"d":[1,[2,[3]]]},4])", Takes::yes},
  });
}

TEST_CASE("scan: numbers") {
  for (const char* number : {"0",
                             "-0",
                             "1",
                             "-1",
                             "10",
                             "1234567890",
                             "0.0",
                             "-0.0",
                             "0.5",
                             "1.50",
                             "1e5",
                             "1E5",
                             "1e+5",
                             "1e-5",
                             "0e0",
                             "0E-0",
                             "1.5E+05",
                             "-12.75e-300",
                             "123456789012345678901234567890",
                             "1e308",
                             "1e309",
                             "1E400",
                             "-1e999999999999999999999",
                             "1e-999999999999999999999",
                             "0e999999",
                             "0.1e-99999",
                             "18446744073709551615",
                             "18446744073709551616",
                             "-9223372036854775808",
                             "-9223372036854775809",
                             "1.7976931348623157e308",
                             "1.7976931348623159e308"}) {
    for (const String& json :
         {String(number), "["s + number + "]", "{\"a\":"s + number + "}", "[1,"s + number + " ]"}) {
      check(json, Takes::yes);
    }
  }
  check(String(400, '9'), Takes::yes);
  check("-" + String(400, '9') + ".5e5", Takes::yes);
  check("0." + String(400, '0') + "1", Takes::yes);
  check("0." + String(400, '9') + "e400", Takes::yes);
  for (const char* number : {"-",
                             "+1",
                             "01",
                             "-01",
                             "00",
                             "1.",
                             ".5",
                             "-.5",
                             "1e",
                             "1e+",
                             "1e-",
                             "1E",
                             "1.e5",
                             "1.5.5",
                             "1e5.5",
                             "1e5e5",
                             "--1",
                             "1-",
                             "1+",
                             "0x10",
                             "1_000",
                             "1,5",
                             "NaN",
                             "nan",
                             "Infinity",
                             "-Infinity",
                             "inf",
                             "1f",
                             "1 2",
                             "0b1",
                             "\xd9\xa1",
                             "-\0"
                             "1"}) {
    check(number, Takes::no);
    check("{\"a\":"s + number + "}", Takes::no);
  }
}

TEST_CASE("scan: escapes") {
  check_all({
      {"each escape", R"(["\"","\\","\/","\b","\f","\n","\r","\t"])", Takes::yes},
      {"all in one", R"(["\"\\\/\b\f\n\r\t"])", Takes::yes},
      {"as a key", R"({"\"\\\/\b\f\n\r\t":1})", Takes::yes},
      {"between text", R"(["a\nb\tc\\"])", Takes::yes},
      {"of one, two and three bytes", R"(["\u0041\u00e9\u20AC\u0001\u007f\u0080\u07ff\u0800\uFFFF"])", Takes::yes},
      {"a pair of surrogates", R"(["\ud83d\ude00\uD800\uDC00\udbff\udfff"])", Takes::yes},
      {"a pair of surrogates between text", R"(["a\ud83d\ude00b"])", Takes::yes},
      {"next to the surrogates", R"(["\ud7ff\ue000"])", Takes::yes},
      {"a high surrogate alone", R"(["\ud83d"])", Takes::no},
      {"a high surrogate before text", R"(["\ud83dabcdef"])", Takes::no},
      {"a high surrogate before another", R"(["\ud83d\ud83d\ude00"])", Takes::no},
      {"a high surrogate before another escape", R"(["\ud83d\n"])", Takes::no},
      {"a high surrogate before a character", R"(["\ud83d\u0041"])", Takes::no},
      {"a high surrogate and half of a low one", R"(["\ud83d\ude"])", Takes::no},
      {"a high surrogate and a backslash", R"(["\ud83d\\ude00"])", Takes::no},
      {"a low surrogate alone", R"(["\ude00"])", Takes::no},
      {"surrogates the other way round", R"(["\ude00\ud83d"])", Takes::no},
      {"two low surrogates", R"(["\udc00\udc00"])", Takes::no},
      {"two high surrogates", R"(["\ud800\ud800"])", Takes::no},
      {"a low surrogate as a key", R"({"\udc00":1})", Takes::no},
      {"no hex digits", R"(["\u"])", Takes::no},
      {"three hex digits", R"(["\u004"])", Takes::no},
      {"hex digits that are none", R"(["\u00g0"])", Takes::no},
      {"a signed number", R"(["\u+041"])", Takes::no},
      {"a blank", R"(["\u 041"])", Takes::no},
      {"a capital U", R"(["\U0041"])", Takes::no},
      {"an unknown letter", R"(["\x41"])", Takes::no},
      {"a capital letter", R"(["\N"])", Takes::no},
      {"a single quote", R"(["\'"])", Takes::no},
      {"a digit", R"(["\0"])", Takes::no},
      {"an escaped NUL byte", "[\"\\\0\"]"s, Takes::no},
      {"an escaped line end", "[\"\\\n\"]", Takes::no},
      {"an escaped letter beyond ASCII", "[\"\\\xc3\xa9\"]", Takes::no},
      {"a backslash at the end", "[\"\\", Takes::no},
      {"an escaped quote at the end", "[\"\\\"", Takes::no},
      {"an escaped backslash at the end", R"(["\\"])", Takes::yes},
      {"many backslashes", "[\"" + String(64, '\\') + "\"]", Takes::yes},
      {"many backslashes and one more", "[\"" + String(65, '\\') + "\"]", Takes::no},
  });
  // JSON may spell NUL. Only the thorough reader reads that.
  check(R"(["a\u0000b"])", Takes::no);

  Arena texts;
  List<Node> nodes;
  const Node& root = scanned(R"({"\u0061\/":"\ud83d\ude00\u00e9\u20ac\n"})", texts, nodes);
  CHECK((root.begin())->key == "a/");
  CHECK((root.begin())->text == "\U0001F600\u00e9\u20ac\n");
  CHECK((root.begin())->raw == R"("\ud83d\ude00\u00e9\u20ac\n")");
}

TEST_CASE("scan: each byte and each escaped byte, at each place of a string") {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t at = 0; at < 34; ++at) {
      String text(34, 'x');
      text[at] = static_cast<char>(byte);
      if (byte < 0x80) {
        const bool plain = byte >= 0x20 && byte != '"' && byte != '\\';
        check("[\"" + text + "\"]", plain ? Takes::yes : Takes::no);
      } else {
        check("[\"" + text + "\"]", Takes::no);  // the byte alone is not UTF-8
      }
      text.insert(at, "\\");
      const bool escape = String("\"\\/bfnrt").find(static_cast<char>(byte)) != String::npos;
      check("[\"" + text + "\"]", escape ? Takes::yes : Takes::no);
    }
  }
}

TEST_CASE("scan: strings of each length, alone and at each distance from the end") {
  for (std::size_t length = 0; length <= 70; ++length) {
    for (const char* end : {"", "\\n", "\\\"", "\\u0041", "\xc3\xa9", "\xf0\x9f\x98\x80"}) {
      const String text = "\"" + String(length, 'x') + end + "\"";
      check(text, Takes::yes);
      check("[" + text + "," + text + "]", Takes::yes);
      check("{" + text + ":" + text + "}", Takes::yes);
      check(text + String(length % 17, ' '), Takes::yes);
      check("\"" + String(length, 'x') + end, Takes::no);
      check("\"" + String(length, 'x') + "\x1f" + end + "\"", Takes::no);
    }
  }
}

TEST_CASE("scan: UTF-8 at each place of a string") {
  const List<String> good = {"\xc2\x80",     "\xdf\xbf",         "\xe0\xa0\x80",     "\xe2\x80\xa8",
                             "\xe2\x80\xa9", "\xed\x9f\xbf",     "\xee\x80\x80",     "\xef\xbf\xbf",
                             "\xef\xbb\xbf", "\xf0\x90\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"};
  const List<String> bad = {"\x80",
                            "\xbf",
                            "\xc0\xaf",
                            "\xc1\xbf",
                            "\xc2",
                            "\xc2\x41",
                            "\xe0\x9f\xbf",
                            "\xe2\x80",
                            "\xe2",
                            "\xed\xa0\x80",
                            "\xed\xbf\xbf",
                            "\xf0\x8f\xbf\xbf",
                            "\xf0\x9f\x98",
                            "\xf0\x9f",
                            "\xf4\x90\x80\x80",
                            "\xf5\x80\x80\x80",
                            "\xf8\x88\x80\x80\x80",
                            "\xfe",
                            "\xff"};
  for (std::size_t at = 0; at <= 33; ++at) {
    const String before(at, 'x');
    for (const std::size_t after : {std::size_t{0}, std::size_t{1}, std::size_t{20}}) {
      const auto text = [&](const String& bytes) { return "\"" + before + bytes + String(after, 'y') + "\""; };
      for (const String& bytes : good) {
        check("[" + text(bytes) + "]", Takes::yes);
        check("{" + text(bytes) + ":1}", Takes::yes);
        check("[" + text(bytes + "\\n" + bytes) + "]", Takes::yes);
      }
      for (const String& bytes : bad) {
        check("[" + text(bytes) + "]", Takes::no);
        check("{" + text(bytes) + ":1}", Takes::no);
        check("[" + text(bytes + "\\n") + "]", Takes::no);
      }
    }
  }
  // Two characters that an escape, or the quote, tears apart.
  check("[\"\xc3\\u00a9\"]", Takes::no);
  check("[\"\xe2\x80\",\"\xa8\"]", Takes::no);
  check("[\"\\u00e2\\u0080\\u00a8\"]", Takes::yes);
}

TEST_CASE("scan: depth") {
  for (const std::size_t depth : {1, 2, 63, 64, 65, 66, 100000}) {
    const Takes takes = depth <= parley::shape::max_depth ? Takes::yes : Takes::no;
    check(nested(depth, '[', ']'), takes);
    check(nested_objects(depth), takes);
    check("{\"a\":1,\"b\":" + nested(depth - 1, '[', ']') + "}", depth == 1 ? Takes::no : takes);
  }
  check("[" + nested(63, '[', ']') + "," + nested(63, '[', ']') + "]", Takes::yes);
  check("[" + nested(63, '[', ']') + "," + nested(64, '[', ']') + "]", Takes::no);
  check(String(100000, '['), Takes::no);
}

TEST_CASE("scan: keys that occur twice") {
  check_all({
      {"plain", R"({"a":1,"a":2})", Takes::no},
      {"with others between", R"({"a":1,"b":2,"c":3,"a":4})", Takes::no},
      {"by an escape", R"({"a":1,"\u0061":2})", Takes::no},
      {"by two escapes", R"({"\/":1,"\u002f":2})", Takes::no},
      {"of no bytes", R"({"":1,"":2})", Takes::no},
      {"in an object below", R"({"x":{"a":1,"a":2}})", Takes::no},
      {"in an object in a list", R"([1,[{"a":1,"a":2}]])", Takes::no},
      {"after an object", R"({"a":{"b":1},"a":2})", Takes::no},
      {"after a list of objects", R"({"a":[{"a":1},{"a":2}],"a":2})", Takes::no},
      {"around an object that has it, too", R"({"a":{"a":{"a":1}},"b":{"a":1}})", Takes::yes},
      {"in two objects", R"([{"a":1},{"a":1}])", Takes::yes},
      {"in another case", R"({"a":1,"A":2})", Takes::yes},
      {"with a blank", R"({"a":1,"a ":2})", Takes::yes},
      {"with the same begin and end", R"({"12345678x12345678":1,"12345678y12345678":2})", Takes::yes},
      {"with the same begin and end, and twice",
       R"({"12345678x12345678":1,"12345678y12345678":2,"12345678x12345678":3})", Takes::no},
      {"short ones with zeros", R"({"\u0001":1,"\u0001\u0001":2})", Takes::yes},
  });
  for (const std::size_t count : {14, 15, 16, 17, 62, 63, 64, 65, 66, 255, 256, 257, 1000}) {
    check(many_keys(count, "other"), Takes::yes);
    check(many_keys(count, "key0"), Takes::no);
    check(many_keys(count, "key" + std::to_string(count - 1)), Takes::no);
    check(many_keys(count, "\\u006bey7"), Takes::no);
    check("[{\"x\":" + many_keys(count, "key3") + "}]", Takes::no);
  }
}

TEST_CASE("scan: documents that are cut off or have a wrong byte") {
  const String json =
      "{\"id\": \"0123456789abcdef0123\", \"n\\u00e4me\":\"\\ud83d\\ude00 \xe2\x80\xa8 "
      "\xf0\x9f\x98\x80\",\r\n\t\"list\":[1,-2.50e+3, "
      "true,false,null,{},[],{\"a\":[{\"b\":\"c\\\\\"}]}],\"" +
      String(40, 'k') + "\":{\"x\":0}}";
  check(json, Takes::yes);
  for (std::size_t size = 0; size < json.size(); ++size) check(json.substr(0, size), Takes::no);
  for (std::size_t from = 1; from < json.size(); ++from) check_law(json.substr(from));
  const String bytes = "\0\x01\x1f \"\\/{}[],:-+.0eEtfnu\x7f\x80\xc3\xe2\xed\xf0\xff\n"s;
  for (std::size_t at = 0; at < json.size(); ++at) {
    String other = json;
    other.erase(at, 1);
    check_law(other);
    for (const char byte : bytes) {
      other = json;
      other[at] = byte;
      check_law(other);
      other = json;
      other.insert(at, 1, byte);
      check_law(other);
    }
  }
}

TEST_CASE("scan: nodes that are used again") {
  Arena texts;
  List<Node> nodes;
  CHECK_FALSE(parley::shape::scan_json("[1,[2,{\"a\":", texts, nodes));
  const Node& root = scanned(R"({"a":[1,{"b":"c"}],"d":null})", texts, nodes);
  REQUIRE(nodes.size() == 6);
  CHECK(root.size == 2);
  CHECK(root.span == 6);
  const Node* list = root.find("a");
  REQUIRE(list != nullptr);
  CHECK(list->size == 2);
  CHECK(list->span == 4);
  CHECK(list->raw == R"([1,{"b":"c"}])");
  CHECK(nodes[2].key == "");  // an element has none
  CHECK(nodes[3].key == "");
  CHECK(nodes[4].key == "b");
  CHECK(root.find("d") == &nodes[5]);
}
