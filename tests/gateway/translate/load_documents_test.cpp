// Documents become records: single ones, elements of lists, answers, scripts; and refusals with their place.
#include "gateway/translate/load_documents.hpp"

#include <doctest/doctest.h>

#include "tests/support/contains.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::translate {
namespace {

using test::contains;

/// The ids of the visitors, agents and chats, each followed by a blank; then `error: …` if there was a fault.
String read(std::string_view name, std::string_view text) {
  const NamedShape& shape = **find_shape(name);
  DocumentReader reader(shape);
  contract::Records records;
  DocumentSplitter splitter(reader.envelope(), [&](const Piece& piece) { return reader.read(piece, records); });
  auto done = splitter.feed(text);
  if (done) done = splitter.finish();
  String ids;
  for (const Visitor& visitor : records.visitors) ids += visitor.id.text + " ";
  for (const Agent& agent : records.agents) ids += agent.id.text + " ";
  for (const Chat& chat : records.chats) ids += chat.id.text + " ";
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
      {"one", "canonical:visitor", R"({"id":"a"})", "a "},
      {"one, laid out", "canonical:visitor", "{\n\"id\"\n: \"a\"\n}\n", "a "},
      {"a list", "canonical:agents", R"([{"id":"a"},{"id":"b"}])", "a b "},
      {"a list of single documents", "canonical:agent", R"([{"id":"a"},{"id":"b"}])", "a b "},
      {"lines", "canonical:visitor", "{\"id\":\"a\"}\r\n\n{\"id\":\"b\"}\n{\"id\":\"c\"}", "a b c "},
      {"lists on lines", "canonical:agents", "[{\"id\":\"a\"}]\n[{\"id\":\"b\"},{\"id\":\"c\"}]\n", "a b c "},
      {"elements of a list on lines", "canonical:agents", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", "a b "},
      {"a list of lists", "canonical:agents", R"([[{"id":"a"}],[{"id":"b"}]])", "a b "},
      {"an empty list", "canonical:agents", "[]", ""},
      {"an id alone", "canonical:agent", R"({"id":"a"})", "a "},
      {"an id, and what nobody knows", "canonical:agent", R"({"id":"a","b":1,"c":2})", "a "},
      {"one known member among many", "canonical:agent", R"({"b":1,"c":2,"d":3,"id":"a","name":"Ann"})", "a "},
      {"what a vendor added", "canonical:agent", R"({"id":"a","extensions":{"x.y":{"b":1}}})", "a "},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(read(one.shape, one.text) == one.ids);
  }
}

TEST_CASE("invalid Unicode is loaded as U+FFFD and reported; a byte order mark is skipped") {
  const std::string mark = "\xEF\xBB\xBF";
  const struct {
    const char* name;
    std::string text;
    const char* told;
  } cases[] = {
      {"one", "{\"id\":\"a\",\"name\":\"\xE9\"}", "1 /name;"},
      {"one behind a mark", mark + R"({"id":"a"})", ""},
      {"lines",
       R"({"id":"a","name":"\ud83d"})"
       "\n{\"id\":\"b\"}\n"
       R"({"id":"c","name":"\udc00"})",
       "1 /name;3 /name;"},
      {"lines behind a mark", mark + "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", ""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    std::string told;
    contract::Records records;
    DocumentReader reader(**find_shape("canonical:visitor"));
    DocumentSplitter splitter(reader.envelope(), [&](const Piece& piece) {
      Report losses;
      auto read = reader.read(piece, records, &losses);
      for (const Entry& loss : losses.entries) told += std::to_string(piece.line) + ' ' + loss.pointer + ';';
      return read;
    });
    REQUIRE(splitter.feed(one.text).has_value());
    REQUIRE(splitter.finish().has_value());
    CHECK(told == one.told);
  }
}

TEST_CASE("every refusal has its place in the stream") {
  const struct {
    const char* name;
    const char* shape;
    const char* text;
    const char* says;
  } cases[] = {
      {"a bad line", "canonical:visitor", "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":}\n",
       "a b error: a value is expected here: a string in double quotes, a number, true, false, null, {…} or […] "
       "(line 3, column 7)"},
      {"in a list", "canonical:visitors", "[{\"id\":\"a\"},\n {\"id\" 1}]", "a error: a colon is expected here"},
      {"in a list: the place", "canonical:visitors", "[{\"id\":\"a\"},\n {\"id\" 1}]", "(line 2, column 8)"},
      {"no object", "canonical:visitor", "{\"id\":\"a\"}\n5\n", "expected an object, got a number (line 2, column 1)"},
      {"a member twice", "canonical:visitor", "{\"id\":\"a\",\"id\":\"b\"}",
       "occurs twice in an object (line 1, column 20)"},
      {"nothing of the shape", "canonical:agent", "{\"id\":\"a\"}\n{\"odd\":1}\n",
       "a error: no member of canonical:agent is in this document; `parley schema canonical:agent` shows what it looks "
       "like "
       "(line 2, column 1)"},
      {"another vendor's document with an id", "canonical:agent", R"({"id":"a","b":1,"c":2,"d":3})",
       "no member of canonical:agent but the id is in this document"},
      {"an empty object", "canonical:agent", "{}", "no member of canonical:agent is in this document"},
      {"an empty object in a list", "canonical:agents", "[{\"id\":\"a\"},{}]", "(line 1, column 13)"},
      {"no id", "canonical:agent", R"({"name":"Ann"})", "the id (\"id\") is missing or not valid"},
      {"an empty id", "canonical:agent", R"({"id":""})", "the id (\"id\") is missing or not valid"},
      {"an id of null", "canonical:agent", R"({"id":null,"name":"Ann"})", "the id (\"id\") is missing or not valid"},
      {"a list that is not closed", "canonical:agents", "\n[{\"id\":\"a\"}",
       "a error: this list is not closed: its end is missing (line 2, column 1)"},
      {"nothing", "canonical:visitor", "", "error: there is no document here (line 1, column 1)"},
      {"channels of nobody", "canonical:channels", "[[]]", "does not say whose channels they are"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const String got = read(one.shape, one.text);
    CAPTURE(got);
    CHECK(contains(got, one.says));
  }
}

TEST_CASE("a list in a vendor's answer is read one element at a time" *
          doctest::skip(!test::built_with({"rocketchat"}))) {
  CHECK(read("rocketchat:visitors", R"({"visitors":[{"_id":"a"},{"_id":"b"}],"count":2,"success":true})") == "a b ");
  CHECK(read("rocketchat:visitor", R"({"visitor":{"_id":"a"},"success":true})") == "a ");
  CHECK(contains(read("rocketchat:visitors", R"({"visitors":null})"), "the answer carries no visitors"));
  CHECK(
      contains(read("rocketchat:visitors", R"({"success":false,"error":"nope"})"), "no member of rocketchat:visitors"));
  CHECK(contains(read("rocketchat:channels", R"({"channels":[{"name":"widget"}],"success":true})"),
                 "rocketchat:channels does not say whose channels they are"));
  CHECK(contains(read("rocketchat:visitor", R"({"name":"a"})"), "the id (\"_id\") is missing or not valid"));
}

TEST_CASE("messages are loaded from a list, an answer, or one by one") {
  const auto ids = [](const char* text) {
    contract::Records records;
    DocumentReader reader(**find_shape("canonical:messages"));
    const auto done = reader.read({.text = text}, records);
    if (!done) return done.error().message;
    String all;
    for (const Message& message : records.messages) all.append(message.id.text.view()).append(" ");
    return all;
  };
  CHECK(ids(R"([{"id":"a","chat":"c"},{"id":"b","chat":"c"}])") == "a b ");
  CHECK(ids(R"({"id":"a","chat":"c"})") == "a ");
  CHECK(contains(ids(R"({"id":"a"})"), "does not say which chat a message belongs to"));
  CHECK(contains(ids(R"({"chat":"c","text":"x"})"), "the id (\"id\") is missing"));
}

TEST_CASE("a chat is loaded with its visitor and agents" * doctest::skip(!test::built_with({"enghouse"}))) {
  contract::Records records;
  DocumentReader reader(**find_shape("enghouse:contact"));
  REQUIRE(reader.read({.text = test::golden("enghouse_contact.json")}, records).has_value());
  CHECK(records.chats.size() == 1);
  REQUIRE(records.visitors.size() == 1);
  CHECK(records.visitors[0].id.text == "c8e1eb84-60d3-4d69-b10b-96364845023e");
  REQUIRE(records.agents.size() == 1);
  CHECK(records.agents[0].name == "Gabriele Verde");
  CHECK(count(records) == 3);
}

TEST_CASE("saved scripts are loaded as their JSON; a chat without a visitor has none" *
          doctest::skip(!test::built_with({"enghouse"}))) {
  CHECK(read("enghouse:contact",
             "/**/ typeof a === 'function' && a({\"result\":true,\"contact\":{\"id\":\"CHAT_1\"}});\n"
             "show({\"contact\":{\"id\":\"CHAT_2\"}});\n") == "CHAT_1 CHAT_2 ");
  CHECK(read("enghouse:contact", "show(\n{\"contact\":\n{\"id\":\"CHAT_1\"}});\n") == "CHAT_1 ");
  CHECK(contains(read("enghouse:contact", "show({\"contact\":\n {\"id\":}});\n"), "(line 2, column 8)"));
  CHECK(contains(read("enghouse:contact", "show({\"id\":\"CHAT_1\"}); more"), "this begins like a script and is none"));
}

TEST_CASE("what a store does not return of a document is reported" * doctest::skip(!test::built_with({"comm100"}))) {
  contract::Records records;
  DocumentReader reader(**find_shape("comm100:visitors"));
  Report losses;
  const std::string document =
      R"({"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","customFields":[{"id":1,"name":"a","value":"b","odd":1}]})";
  REQUIRE(reader.read({.text = document}, records, &losses).has_value());
  REQUIRE(losses.entries.size() == 2);
  CHECK(losses.entries[1].pointer == "/customFields/0/odd");
  CHECK(losses.entries[1].change == Change::lost);
  REQUIRE(reader.read({.text = R"({"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","name":"Ann"})"}, records, &losses)
              .has_value());
  CHECK(losses.entries.empty());
}

}  // namespace parley::gateway::translate
