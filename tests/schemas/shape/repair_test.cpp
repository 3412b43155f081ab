// Invalid Unicode is refused, or replaced if the caller asks for it. The nodes say where it was replaced.
#include "schemas/shape/repair.hpp"

#include <doctest/doctest.h>
#include <malloc.h>

#include "schemas/shape/node.hpp"
#include "schemas/shape/view.hpp"
#include "tests/support/json.hpp"

namespace parley::shape {
namespace {

constexpr const char* fffd = "\xEF\xBF\xBD";

/// Adds the pointers of repaired nodes: `/a` for a repaired text, `/a!` for a repaired key.
void find_repaired(const Node& node, const String& pointer, String& found) {
  if (node.key_repaired) found += pointer + "! ";
  if (node.text_repaired) found += pointer + ' ';
  std::size_t index = 0;
  for (const Node& child : node) {
    String below = pointer;
    if (node.is_object()) {
      append_pointer(child.key, below);
    } else {
      below += '/' + std::to_string(index);
    }
    CHECK((!child.repaired || node.repaired));
    find_repaired(child, below, found);
    ++index;
  }
}

String repaired_places(const Node& root) {
  String found;
  find_repaired(root, "", found);
  return found;
}

}  // namespace

TEST_CASE("repair: invalid Unicode is replaced in text and raw JSON, and the nodes say where") {
  const String r = fffd;
  const struct {
    std::string name;
    String json;
    String raw;  ///< of the whole document
    String where;
  } cases[] = {
      {"nothing", R"({"a":"é 😀 \ud83d\ude00 \ufffd"})", R"({"a":"é 😀 \ud83d\ude00 \ufffd"})", ""},
      {"U+FFFD of the sender's", "{\"a\":\"" + r + "\"}", "{\"a\":\"" + r + "\"}", ""},
      {"a high surrogate alone", R"({"a":"Ann \ud83d"})", R"({"a":"Ann \ufffd"})", "/a "},
      {"a low surrogate alone", R"({"a":"\uDE00x"})", R"({"a":"\ufffdx"})", "/a "},
      {"the wrong way round", R"(["\ude00\ud83d"])", R"(["\ufffd\ufffd"])", "/0 "},
      {"one too many in front", R"(["\ud83d\ud83d\ude00"])", R"(["\ufffd\ud83d\ude00"])", "/0 "},
      {"a high one before another escape", R"(["\ud83d\u0041\ud83d\n"])", R"(["\ufffd\u0041\ufffd\n"])", "/0 "},
      {"a high one before an escaped backslash", R"(["\ud83d\\ude00"])", R"(["\ufffd\\ude00"])", "/0 "},
      {"an escaped backslash before a u", R"(["\\ud83d"])", R"(["\\ud83d"])", ""},
      {"three backslashes", R"(["\\\ud83d"])", R"(["\\\ufffd"])", "/0 "},
      {"Latin-1", "{\"a\":\"caf\xE9\"}", "{\"a\":\"caf" + r + "\"}", "/a "},
      {"overlong", "[\"\xC0\xAF\"]", "[\"" + r + r + "\"]", "/0 "},
      {"surrogate in UTF-8", "[\"\xED\xA0\x80\"]", "[\"" + r + r + r + "\"]", "/0 "},
      {"above U+10FFFF", "[\"\xF4\x90\x80\x80\"]", "[\"" + r + r + r + r + "\"]", "/0 "},
      {"cut in a character", "[\"\xE2\x82\",\"\xE2\x82\xAC\"]", "[\"" + r + r + "\",\"\xE2\x82\xAC\"]", "/0 "},
      {"bytes and escapes", "[\"\xE9\",\"\\udc00\",\"\xE9\",1]", "[\"" + r + "\",\"\\ufffd\",\"" + r + "\",1]",
       "/0 /1 /2 "},
      {"a key", "{\"caf\xE9\":{\"b\":\"x\"},\"c\":\"y\"}", "{\"caf" + r + "\":{\"b\":\"x\"},\"c\":\"y\"}",
       "/caf" + r + "! "},
      {"a key by escape", R"({"\udc00":"x"})", R"({"\ufffd":"x"})", "/" + r + "! "},
      {"deep down", R"({"a":[{"b":1},{"b":"\ud800"}],"c":"d"})", R"({"a":[{"b":1},{"b":"\ufffd"}],"c":"d"})",
       "/a/1/b "},
      {"behind a byte order mark", "\xEF\xBB\xBF[\"\xE9\"]", "[\"" + r + "\"]", "/0 "},
      {"beside a number that RapidJSON cannot have", "[1e400,\"\xE9\"]", "[1e400,\"" + r + "\"]", "/1 "},
      {"keys that are now alike", "{\"\xE9\":1,\"\xE8\":2,\"\xE7\":3,\"b\":\"\xE9\"}",
       "{\"" + r + "\":1,\"" + r + r + "\":2,\"" + r + r + r + "\":3,\"b\":\"" + r + "\"}",
       "/" + r + "! /" + r + r + "! /" + r + r + r + "! /b "},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Document document;
    CHECK(document.parse_json(one.json).has_value() == one.where.empty());
    const Result<void> read = document.parse_json(one.json, NotText::replace);
    REQUIRE(read.has_value());
    CHECK(repaired_places(document.root()) == one.where);
    CHECK(document.root().repaired == !one.where.empty());
    if (one.raw.find("1e400") == String::npos) CHECK(test::difference(one.raw, document.root().raw) == "");
    CHECK(find_bad_utf8(document.root().raw) == String::npos);
    // The strict reader accepts the repaired text.
    Document again;
    CHECK(again.parse_json(String(document.root().raw)).has_value());
  }
}

TEST_CASE("repair: a reused document keeps no repairs of the text before") {
  Document document;
  REQUIRE(document.parse_json("[\"\xE9\"]", NotText::replace).has_value());
  CHECK(document.root().repaired);
  REQUIRE(document.parse_json("[\"abc\"]", NotText::replace).has_value());
  CHECK_FALSE(document.root().repaired);
}

TEST_CASE("repair: errors and nodes have their places in the original text") {
  const struct {
    std::string name;
    String json;
    const char* place;
  } cases[] = {
      {"behind bytes", "[\"\xE9\xE9\",]", "(line 1, column 7)"},
      {"behind an escape", R"(["\ud800",])", "(line 1, column 11)"},
      {"on another line", "[\"\xE9\",\n\"\xE9\",]", "(line 2, column 5)"},
      {"behind a byte order mark", "\xEF\xBB\xBF[\"\xE9\",]", "(line 1, column 6)"},
      {"a key twice", "{\"a\":1,\"b\":\"\xE9\",\"a\":2}", "(line 1, column 22)"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Document document;
    const Result<void> read = document.parse_json(one.json, NotText::replace);
    REQUIRE(read.has_error());
    CHECK(read.error().message.ends_with(one.place));
  }
  Document document;
  REQUIRE(document.parse_json("\xEF\xBB\xBF {\"\xE9\":\n  \"\xE9\", \"b\":\"c\"}", NotText::replace).has_value());
  CHECK(document.place_of(document.root()) == " (line 1, column 2)");
  CHECK(document.place_of(*document.root().begin()) == " (line 2, column 3)");
  CHECK(document.place_of(*document.root().find("b")) == " (line 2, column 12)");
}

TEST_CASE("repair: too many keys that become equal are an error") {
  String json = "{";
  for (int i = 0; i < 64; ++i) json += String(i == 0 ? "" : ",") + "\"" + static_cast<char>(0x80 + i) + "\":1";
  Document document;
  const Result<void> read = document.parse_json(json + "}", NotText::replace);
  REQUIRE(read.has_error());
  CHECK(read.error().code == Code::duplicate_key);
}

TEST_CASE("repair: keys that become equal do not multiply the memory of a document") {
  const std::size_t size = 4 << 20U;
  String json = "{";
  for (int i = 0; i < 6; ++i) json += String("\"") + static_cast<char>(0x80 + i) + "\":1,";  // 15 attempts
  json += "\"x\":\"" + String(size, 'x') + "\"}";
  const auto in_use = [] {
    const struct mallinfo2 memory = mallinfo2();  // zero with sanitizers
    return memory.uordblks + memory.hblkhd;
  };
  const std::size_t before = in_use();
  Document document;
  REQUIRE(document.parse_json(json, NotText::replace).has_value());
  CHECK(document.root().find("x")->text.size() == size);
  CHECK(in_use() - before < 8 * size);
}

TEST_CASE("repair: one byte order mark is skipped") {
  const String mark = "\xEF\xBB\xBF";
  Document document;
  REQUIRE(document.parse_json(mark + "{\"a\":\"" + mark + "b\"}").has_value());
  CHECK(document.root().find("a")->text == mark + "b");
  CHECK(document.root().raw.front() == '{');
  CHECK(document.parse_json(mark + " \r\n1").has_value());
  CHECK(skip_byte_order_mark(mark) == "");
  CHECK(skip_byte_order_mark("\xEF\xBB") == "\xEF\xBB");
  CHECK(skip_byte_order_mark(mark + mark + "x") == mark + "x");
}

}  // namespace parley::shape
