// Some members of a document are the same as in the whole document.
#include "schemas/shape/write_members.hpp"

#include <doctest/doctest.h>

#include "schemas/canonical/visitor.hpp"
#include "tests/support/filler.hpp"

namespace parley::test {

TEST_CASE("write_members: each row alone gives the member of the whole document, and nothing else") {
  const shape::View& view = shape::canonical_view<Visitor>;
  shape::Document document;
  REQUIRE(document.parse_json(print(filled(view))).has_value());
  Visitor visitor;
  shape::Reading reading;
  shape::read_object(view, document.root(), &visitor, reading);
  const auto written = [&](std::uint64_t rows) {
    Buffer text;
    shape::Writer writer(text);
    shape::write_members(view, &visitor, rows, writer);
    writer.finish();
    return parse(text.view());
  };
  const Value whole = written(~std::uint64_t{0});
  CHECK(whole.children.size() == view.rows.size());
  CHECK(written(0).children.empty());
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    CAPTURE(view.rows[i].key);
    const Value one = written(std::uint64_t{1} << i);
    REQUIRE(one.children.size() == 1);
    REQUIRE(whole.find(view.rows[i].key) != nullptr);
    CHECK(difference(*whole.find(view.rows[i].key), one.children.front()) == "");
  }
}

}  // namespace parley::test
