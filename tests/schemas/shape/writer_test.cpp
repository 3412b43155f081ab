// Compares the JSON writer with rapidjson::Writer, which shares no code with it.
#include "schemas/shape/writer.hpp"

#include <doctest/doctest.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <random>

using parley::Buffer;
using parley::Time;
using parley::shape::Writer;

namespace {
std::string ours(std::string_view text) {
  Buffer out;
  Writer writer(out);
  writer.string(text);
  writer.finish();
  return std::string(out.view());
}
/// What rapidjson writes, with its \u001F changed to the \u001f of JSON.stringify. That is the only difference.
std::string theirs(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  std::string json = buffer.GetString();
  for (std::size_t at = json.find("\\u00"); at != std::string::npos; at = json.find("\\u00", at + 6)) {
    for (std::size_t i = at + 4; i < at + 6; ++i) json[i] = static_cast<char>(std::tolower(json[i]));
  }
  return json;
}
}  // namespace

TEST_CASE("writer: strings") {
  CHECK(ours("") == "\"\"");
  CHECK(ours(std::string_view()) == "\"\"");  // no bytes and no address: as an empty member of a record
  CHECK(ours("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(ours("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(ours(std::string_view("\x00\x1f\x7f", 3)) == "\"\\u0000\\u001f\x7f\"");
  CHECK(ours("\xe2\x80\xa8 \xf0\x9f\x98\x80") == "\"\xe2\x80\xa8 \xf0\x9f\x98\x80\"");
}

TEST_CASE("writer: strings of many lengths and mixtures, as rapidjson writes them") {
  std::mt19937_64 random(20261121);
  constexpr std::string_view pieces[] = {"a", "\"",       "\\",           "\n",   "\x01",    "\x1f",
                                         " ", "\xc3\xa9", "\xe2\x80\xa8", "\x7f", "zzzzzzzz"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (std::uint64_t n = random() % 24; n > 0; --n) text += pieces[random() % std::size(pieces)];
    REQUIRE(ours(text) == theirs(text));
  }
}

TEST_CASE("writer: structure") {
  Buffer out;
  Writer writer(out);
  writer.begin_object();
  writer.key("a\"");
  writer.begin_array();
  writer.end_array();
  writer.quoted_key("\"b\":");
  writer.begin_array();
  writer.integer(INT64_MIN);
  writer.integer(0);
  writer.boolean(true);
  writer.boolean(false);
  writer.null();
  writer.raw("1.0");
  writer.iso(Time::at(1622025016036));
  writer.iso(Time{});
  writer.begin_object();
  writer.end_object();
  writer.end_array();
  writer.end_object();
  writer.finish();
  CHECK(out.view() ==
        R"({"a\"":[],"b":[-9223372036854775808,0,true,false,null,1.0,"2021-05-26T10:30:16.036Z",null,{}]})");
}
