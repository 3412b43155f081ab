// Files of documents become records: single ones, lists, JSON Lines.
#include "gateway/translate/load_documents.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway {
namespace {

/// Ids of the visitors or agents read, a blank between, `|` where a batch ended.
String read(std::string_view shape, std::string_view text, std::size_t batch = 100) {
  adapters::Records records;
  String ids;
  const auto full = [&]() -> Result<void> {
    for (const Visitor& visitor : records.visitors) ids += visitor.id.text + ' ';
    for (const Agent& agent : records.agents) ids += agent.id.text + ' ';
    ids += '|';
    records = {};
    return {};
  };
  const auto done = read_documents(**find_shape(shape), text, batch, records, full);
  return done ? ids : ids + "error: " + done.error().message;
}

}  // namespace

TEST_CASE("single documents, lists, and one a line") {
  const struct {
    const char* name;
    const char* shape;
    const char* text;
    const char* ids;
  } cases[] = {
      {"one", "canonical:visitor", R"({"id":"a"})", "a |"},
      {"one, laid out", "canonical:visitor", "{\n\"id\"\n: \"a\"\n}\n", "a |"},
      {"a list", "canonical:agents", R"([{"id":"a"},{"id":"b"}])", "a b |"},
      {"lines", "canonical:visitor", "{\"id\":\"a\"}\r\n\n{\"id\":\"b\"}\n{\"id\":\"c\"}", "a b |c |"},
      {"lists on lines", "canonical:agents", "[{\"id\":\"a\"}]\n[{\"id\":\"b\"},{\"id\":\"c\"}]\n", "a b c |"},
      {"an empty list", "canonical:agents", "[]", ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(read(one.shape, one.text, 2) == one.ids);
  }
}

TEST_CASE("a bad line is named; what came before it in full batches is stored") {
  const String got = read("canonical:visitor", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":}\n", 2);
  CHECK(got.starts_with("a b |error: "));
  CHECK(got.find("(line 3, column 7)") != String::npos);
}

TEST_CASE("nothing, and channels of nobody, are refused") {
  CHECK(read("canonical:visitor", "").find("error: ") == 0);
  CHECK(read("canonical:channels", "[]").find("does not say whose") != String::npos);
}

TEST_CASE("a chat brings its visitor and its agents" * doctest::skip(!test::built_with({"enghouse"}))) {
  adapters::Records records;
  const auto nothing = []() -> Result<void> { return {}; };
  REQUIRE(read_documents(**find_shape("enghouse:contact"), test::golden("enghouse_contact.json"), 100, records, nothing)
              .has_value());
  CHECK(records.chats.size() == 1);
  REQUIRE(records.visitors.size() == 1);
  CHECK(records.visitors[0].id.text == "c8e1eb84-60d3-4d69-b10b-96364845023e");
  REQUIRE(records.agents.size() == 1);
  CHECK(records.agents[0].name == "Gabriele Verde");
  CHECK(count(records) == 3);
}

}  // namespace parley::gateway
