// A stream split into documents: what is a document, its place, and that it does not matter how the bytes arrive.
#include "gateway/translate/document_splitter.hpp"

#include <doctest/doctest.h>

#include <string>

namespace parley::gateway::translate {
namespace {

/// `LINE:COLUMN text` of each piece, or `LINE:COLUMN !fault text`, with `|` between; fed `step` bytes at a time.
String split(std::string_view text, std::string_view envelope = {}, std::size_t step = 1 << 20) {
  String pieces;
  DocumentSplitter splitter(envelope, [&pieces](const Piece& piece) -> Result<void> {
    if (!pieces.empty()) pieces += '|';
    pieces += std::to_string(piece.line) + ':' + std::to_string(piece.column) + ' ';
    if (!piece.fault.empty()) pieces.append("!").append(piece.fault).append(piece.text.empty() ? "" : " ");
    pieces.append(piece.text);
    return {};
  });
  for (std::size_t at = 0; at < text.size(); at += step) REQUIRE(splitter.feed(text.substr(at, step)).has_value());
  REQUIRE(splitter.finish().has_value());
  return pieces;
}

struct Case {
  const char* name;
  std::string text;
  const char* pieces;
  const char* envelope = "";
};

const Case cases[] = {
    {"one document", R"({"a":1})", R"(1:1 {"a":1})"},
    {"one, laid out", "{\n  \"a\": [\n    1\n  ]\n}\n", "1:1 {\n  \"a\": [\n    1\n  ]\n}"},
    {"one a line", "{\"a\":1}\n{\"a\":2}\r\n\n  {\"a\":3}", R"(1:1 {"a":1}|2:1 {"a":2}|4:3 {"a":3})"},
    {"laid out, one after the other", "{\n\"a\":1\n}\n{\n\"a\":2}\n", "1:1 {\n\"a\":1\n}|4:1 {\n\"a\":2}"},
    {"two on a line", R"({"a":1} {"a":2}{"a":3})", R"(1:1 {"a":1}|1:9 {"a":2}|1:16 {"a":3})"},
    {"a list", R"([{"a":1}, {"a":2}])", R"(1:2 {"a":1}|1:11 {"a":2})"},
    {"a list, laid out", "[\n  {\"a\":\n1},\n  2\n]\n", "2:3 {\"a\":\n1}|4:3 2"},
    {"lists on lines", "[1]\n[2,3]\n", "1:2 1|2:2 2|2:4 3"},
    {"a list of lists", "[[1],[2,3]]", "1:2 [1]|1:6 [2,3]"},
    {"an empty list", "[ ]", ""},
    {"byte order mark", "\xef\xbb\xbf{\"a\":1}", R"(1:1 {"a":1})"},
    {"brackets and quotes in strings", R"({"a":"}]\"{"})", R"(1:1 {"a":"}]\"{"})"},
    {"nothing", "", "1:1 !there is no document here"},
    {"blanks", " \n\t\n", "1:1 !there is no document here"},
    {"a byte order mark alone", "\xef\xbb\xbf", "1:1 !there is no document here"},
    {"two byte order marks", "\xef\xbb\xbf\xef\xbb\xbf{}", "1:1 !two byte order marks"},
    {"half a byte order mark", "\xef\xbb", "1:1 \xef\xbb"},
    {"two bytes", "{}", "1:1 {}"},
    {"one byte", "1", "1:1 1"},
    {"gzip", std::string("\x1f\x8b\x08\x00\n{}\n", 8),
     "1:1 !this is compressed with gzip: unpack it first (gzip -cd FILE | parley …)"},
    {"zstd", "\x28\xb5\x2f\xfd\n\n", "1:1 !this is compressed with zstd: unpack it first (zstd -cd FILE | parley …)"},
    {"ZIP", "PK\x03\x04", "1:1 !this is a ZIP archive: unpack it first"},
    {"UTF-16", std::string("\xff\xfe{\0}\0", 6),
     "1:1 !this is UTF-16: make it UTF-8 first (iconv -f UTF-16 -t UTF-8 FILE | parley …)"},
    {"words", "hello world\nthere", "1:1 hello world|2:1 there"},
    {"a script", "show({\"a\":\n1});\n", "1:1 show({\"a\":\n1});"},
    {"a script behind its comment", "/**/\nshow({});\n", "1:1 /**/\nshow({});"},
    {"scripts on lines", "/**/ a && a({});\n/**/ a && a({});\n", "1:1 /**/ a && a({});|2:1 /**/ a && a({});"},
    // What is broken:
    {"a line cut off", "{\"a\":1}\n{\"a\":\"x\n{\"a\":3}\n", "1:1 {\"a\":1}|2:1 {\"a\":\"x|3:1 {\"a\":3}"},
    {"a line without its bracket", "{\"a\":1}\n{\"a\":2\n{\"a\":3}\n", "1:1 {\"a\":1}|2:1 {\"a\":2|3:1 {\"a\":3}"},
    {"a line cut off behind a comma", "{\"a\":1}\n{\"a\":2,\n{\"a\":3}\n", "1:1 {\"a\":1}|2:1 {\"a\":2,|3:1 {\"a\":3}"},
    {"an indented line cut off", "{\"a\":1}\n {\"a\":2\n {\"a\":3}\n", "1:1 {\"a\":1}|2:2 {\"a\":2|3:2 {\"a\":3}"},
    {"the first line cut off", "{\"a\":1\n{\"a\":2}\n{\"a\":3\n{\"a\":4}",
     "1:1 {\"a\":1|2:1 {\"a\":2}|3:1 {\"a\":3|4:1 {\"a\":4}"},
    {"the first line cut off in a string", "{\"a\":\"\n{\"a\":2}\n", "1:1 {\"a\":\"|2:1 {\"a\":2}"},
    {"laid out and cut off", "{\n\"a\":1\n{\n\"a\":2\n}\n", "1:1 {\n\"a\":1|3:1 {\n\"a\":2\n}"},
    {"cut off at the end", "{\"a\":1}\n{\"a\":", "1:1 {\"a\":1}|2:1 {\"a\":"},
    {"a list cut off", "[{\"a\":1},", "1:2 {\"a\":1}|1:1 !this list is not closed: its end is missing"},
    {"a list without a comma", "[1\n 2]", "1:2 1|2:2 !a comma or the closing ] of the list is expected here|2:2 2"},
    {"a comma first", "[,1]", "1:2 !an element of the list is expected here|1:3 1"},
    {"a list of objects without a comma", "[{}\n {}]",
     "1:2 {}|2:2 !a comma or the closing ] of the list is expected here|2:2 {}"},
    {"a comma too many", "[{},]", "1:2 {}|1:5 !an element of the list is expected here"},
    {"two commas", "[{},,{}]", "1:2 {}|1:5 !an element of the list is expected here|1:6 {}"},
    // The vendor's answer around a list:
    {"an answer", R"({"ok":true,"list":[{"a":1},{"a":2}],"n":{"x":"]}"}})", R"(1:20 {"a":1}|1:28 {"a":2})", "list"},
    {"answers on lines", "{\"list\":[1]}\n{\"list\":[2]}\n", "1:10 1|2:10 2", "list"},
    {"elements alone", "{\"a\":1}\n{\"a\":2}\n", R"(1:1 {"a":1}|2:1 {"a":2})", "list"},
    {"a list alone", R"([{"a":1}])", R"(1:2 {"a":1})", "list"},
    {"no list under the name", R"({"list":null})", R"(1:1 {"list":null})", "list"},
    {"the name deeper down", R"({"a":{"list":[1]}})", R"(1:1 {"a":{"list":[1]}})", "list"},
    {"the name as a value", R"({"a":"list","b":[1]})", R"(1:1 {"a":"list","b":[1]})", "list"},
    {"a longer name", R"({"lists":[1]})", R"(1:1 {"lists":[1]})", "list"},
    {"a comma too many in an answer", R"({"list":[1,],"n":2})", "1:10 1|1:12 !an element of the list is expected here",
     "list"},
    {"an answer cut off", R"({"list":[1],"n":)",
     "1:10 1|1:9 !the answer around this list is not closed: its end is missing", "list"},
};

}  // namespace

TEST_CASE("a stream is split into documents, each with its place") {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(split(one.text, one.envelope) == one.pieces);
  }
}

TEST_CASE("a stream is split the same way however its bytes arrive") {
  for (const Case& one : cases) {
    CAPTURE(one.name);
    for (std::size_t step = 1; step < 9; ++step) {
      CAPTURE(step);
      CHECK(split(one.text, one.envelope, step) == one.pieces);
    }
  }
}

TEST_CASE("a document beyond the limit is a fault; the next one is read") {
  const std::string large = "{\"a\":\"" + std::string(DocumentSplitter::most_document, 'x') + "\"}";
  std::size_t pieces = 0;
  DocumentSplitter splitter({}, [&](const Piece& piece) -> Result<void> {
    if (++pieces == 1) {
      CHECK(piece.fault.starts_with("a document may have 4 MiB; a list may be of any size"));
      CHECK(piece.text.size() == DocumentSplitter::most_document);
    } else {
      CHECK(piece.fault.empty());
      CHECK(piece.text == "{}");
      CHECK(piece.line == 2);
    }
    return {};
  });
  REQUIRE(splitter.feed(large + "\n{}\n").has_value());
  REQUIRE(splitter.finish().has_value());
  CHECK(pieces == 2);
}

TEST_CASE("an error of the reader stops the stream") {
  std::size_t pieces = 0;
  DocumentSplitter splitter({}, [&](const Piece&) -> Result<void> {
    ++pieces;
    return Error{.code = Code::invalid_field, .message = "no"};
  });
  CHECK(splitter.feed("{}\n{}\n").error().message == "no");
  CHECK(pieces == 1);
}

}  // namespace parley::gateway::translate
