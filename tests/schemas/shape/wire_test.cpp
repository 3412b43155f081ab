// Who keeps the texts of a record alive: the record that borrows them, and nobody else.
#include "schemas/shape/wire.hpp"

#include <doctest/doctest.h>

#include "schemas/canonical/visitor.hpp"
#include "schemas/shape/view.hpp"

using parley::List;
using parley::String;
using parley::Visitor;
using parley::shape::Document;

namespace {

const parley::shape::View& view = parley::shape::canonical_view<Visitor>;

/// Members in another order and spelling, unknown ones, and texts of every size that matters.
String document() {
  return R"({"name":")" + String(40, 'n') + R"(","id":"0123456789abcdef0","emails":[")" + String(30, 'e') +
         R"(","a@b"],"odd":{"k":[1.0]},"username":"short","attributes":[{"name":"colour \u0031","value":"blue"}],)" +
         R"("phones":null,"visit_at":"2021-05-26T10:30:16Z"})";
}

/// A record that borrows the texts of a document which is gone.
Visitor read() {
  Document parsed;
  REQUIRE(parsed.parse_json(document()).has_value());
  Visitor visitor;
  parley::shape::Reading reading(nullptr, parsed.lend());
  REQUIRE(read_object(view, parsed.root(), &visitor, reading) != parley::shape::Fit::refused);
  return visitor;
}

String written(const Visitor& visitor) {
  parley::Buffer out;
  parley::shape::Writer writer(out);
  write_object(view, &visitor, writer);
  writer.finish();
  return String(out.view());
}

}  // namespace

TEST_CASE("wire: a record outlives the document that lent its texts") {
  const Visitor visitor = read();
  CHECK(visitor.wire.texts != nullptr);
  CHECK(visitor.name.borrows());
  CHECK(visitor.emails.front().borrows());
  CHECK(visitor.name == String(40, 'n'));
  CHECK(written(visitor).find(R"("2021-05-26T10:30:16Z")") != String::npos);
}

TEST_CASE("wire: a copy owns its texts") {
  auto visitor = std::make_unique<Visitor>(read());
  const String before = written(*visitor);
  const std::weak_ptr<const parley::shape::Arena> texts = visitor->wire.texts;
  const Visitor copy = *visitor;
  Visitor assigned = read();
  assigned = *visitor;
  const List<Visitor> list(2, *visitor);
  visitor.reset();
  CHECK(texts.expired());
  for (const Visitor* one : {&copy, static_cast<const Visitor*>(&assigned), &list[0], &list[1]}) {
    CHECK(one->wire.texts == nullptr);
    CHECK_FALSE(one->name.borrows());
    CHECK_FALSE(one->emails.front().borrows());
    CHECK_FALSE(one->extensions.front().json.borrows());
    CHECK(written(*one) == before);
  }
}

TEST_CASE("wire: a move keeps the texts") {
  auto visitor = std::make_unique<Visitor>(read());
  const String before = written(*visitor);
  Visitor moved = std::move(*visitor);
  visitor.reset();
  CHECK(moved.name.borrows());
  CHECK(written(moved) == before);
  Visitor assigned = read();
  assigned = std::move(moved);
  CHECK(written(assigned) == before);
  List<Visitor> list;
  for (int i = 0; i < 9; ++i) list.push_back(read());  // moves the records that are there
  for (const Visitor& one : list) CHECK(written(one) == before);
}

TEST_CASE("wire: a record that is assigned to itself keeps the texts that it borrows") {
  Visitor visitor = read();
  const String before = written(visitor);
  const Visitor& same = visitor;
  visitor = same;
  CHECK(visitor.name.borrows());
  REQUIRE(visitor.wire.texts != nullptr);
  CHECK(written(visitor) == before);
}

TEST_CASE("wire: records of one document share its texts") {
  Document parsed;
  REQUIRE(parsed.parse_json("[" + document() + "," + document() + "]").has_value());
  List<Visitor> visitors;
  {
    parley::shape::Reading reading(nullptr, parsed.lend());
    for (const parley::shape::Node& node : parsed.root()) read_object(view, node, &visitors.emplace_back(), reading);
  }
  REQUIRE(visitors.size() == 2);
  CHECK(visitors[0].wire.texts == visitors[1].wire.texts);
  const String before = written(visitors[1]);
  visitors.erase(visitors.begin());
  REQUIRE(parsed.parse_json(R"({"another":"document"})").has_value());
  CHECK(written(visitors[0]) == before);
}

TEST_CASE("document: what it lent outlives the next parse, and the document") {
  auto document = std::make_unique<Document>();
  const String long_text(5000, 'x');
  REQUIRE(document->parse_json("[\"" + long_text + "\",\"\\u0061\"]").has_value());
  std::shared_ptr<const parley::shape::Arena> texts = document->lend();
  const std::string_view plain = (document->root().begin())->text;
  const std::string_view unescaped = (++document->root().begin())->text;
  const std::weak_ptr<const parley::shape::Arena> watched = texts;
  REQUIRE(document->parse_json("[\"" + String(5000, 'y') + "\",\"\\u0062\"]").has_value());
  CHECK(document->lend() != texts);
  CHECK_FALSE(document->parse_json("[").has_value());
  document.reset();
  CHECK(plain == long_text);
  CHECK(unescaped == "a");
  texts.reset();
  CHECK(watched.expired());
}

TEST_CASE("document: a parse that lends nothing uses its memory again") {
  Document document;
  REQUIRE(document.parse_json("[\"first\"]").has_value());
  const char* const place = document.root().raw.data();
  REQUIRE(document.parse_json("[\"other\"]").has_value());
  CHECK(document.root().raw.data() == place);
  CHECK(document.root().begin()->text == "other");
}
