// Paths between kinds of records, with the test's own shapes.
#include "gateway/translate/records.hpp"

#include <doctest/doctest.h>

namespace parley::gateway::translate {
namespace {

using contract::Projection;
using contract::WireShape;

Record visitor_of(const Record& own) {
  Visitor visitor;
  visitor.id.text = std::get<Chat>(own).visitor.text;
  return visitor;
}
Record chat_of(const Record& other) {
  Chat chat;
  chat.visitor.text = std::get<Visitor>(other).id.text;
  return chat;
}
Record agents_of(const Record&) { return List<Agent>(2); }

constexpr std::array<Projection, 2> chat_projections = {{
    {.kind = RecordKind::visitor, .fields = {}, .to = &visitor_of, .from = &chat_of},
    {.kind = RecordKind::agents, .fields = {}, .to = &agents_of, .from = nullptr},
}};

WireShape shape_of(RecordKind kind) {
  WireShape shape = canonical_shape_of(kind);
  if (kind == RecordKind::chat) shape.projections = chat_projections;
  return shape;
}

}  // namespace

TEST_CASE("paths from kind to kind") {
  const struct {
    RecordKind from;
    RecordKind to;
    bool possible;
    bool direct;
  } cases[] = {{RecordKind::visitor, RecordKind::visitor, true, true},
               {RecordKind::visitor, RecordKind::visitors, true, true},
               {RecordKind::agents, RecordKind::agent, true, true},
               {RecordKind::chat, RecordKind::visitor, true, false},
               {RecordKind::chat, RecordKind::visitors, true, false},
               {RecordKind::visitors, RecordKind::chat, true, false},
               {RecordKind::chat, RecordKind::agents, true, false},
               {RecordKind::agents, RecordKind::chat, false, false},
               {RecordKind::visitor, RecordKind::agent, false, false},
               {RecordKind::channels, RecordKind::visitor, false, false},
               {RecordKind::visitor, RecordKind::channels, false, false}};
  for (const auto& one : cases) {
    CAPTURE(describe(one.from));
    CAPTURE(describe(one.to));
    const auto path = Path::find(shape_of(one.from), shape_of(one.to));
    CHECK(path.has_value() == one.possible);
    if (path) CHECK(path->direct() == one.direct);
  }
}

TEST_CASE("records are converted along a path") {
  Chat chat;
  chat.visitor.text = "somebody";
  const auto many = Path::find(shape_of(RecordKind::chat), shape_of(RecordKind::visitors))->carry(Record(chat));
  REQUIRE(many.has_value());
  CHECK(std::get<List<Visitor>>(*many).at(0).id.text == "somebody");
  const auto home = Path::find(shape_of(RecordKind::visitors), shape_of(RecordKind::chat))->carry(*many);
  REQUIRE(home.has_value());
  CHECK(std::get<Chat>(*home).visitor.text == "somebody");
}

TEST_CASE("a list is one record only if it holds exactly one") {
  const auto path = Path::find(shape_of(RecordKind::visitors), shape_of(RecordKind::visitor));
  for (const std::size_t size : {0U, 2U}) {
    const auto one = path->carry(Record(List<Visitor>(size)));
    REQUIRE(one.has_error());
    CHECK(one.error().code == Code::invalid_field);
    CHECK(one.error().message.find(std::to_string(size)) != String::npos);
  }
}

TEST_CASE("a document of the wrong form points at the wrong value") {
  const struct {
    const char* json;
    RecordKind kind;
    const char* bad;
  } cases[] = {
      {"[]", RecordKind::visitor, "[]"},
      {"3", RecordKind::agent, "3"},
      {"{}", RecordKind::agents, "{}"},
      {R"([{}, "x", null])", RecordKind::agents, "\"x\""},
  };
  for (const auto& one : cases) {
    CAPTURE(one.json);
    shape::Document document;
    REQUIRE(document.parse_json(one.json).has_value());
    const shape::Node* bad = nullptr;
    const auto record = read_record(canonical_shape_of(one.kind), document.root(), &bad);
    CHECK(record.has_error());
    REQUIRE(bad != nullptr);
    CHECK(bad->raw == one.bad);
  }
}

}  // namespace parley::gateway::translate
