// Which values are set, and when everything is refused.
#include "adapters/store/rules/set_visitor_variables.hpp"

#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

TEST_CASE("variables and fields are set by name, apart from each other") {
  Visitor before = visitor_named("ann", "t");
  before.attributes = {{"plan", "gold", "", AttributeKind::field, false},
                       {"plan", "1", "https://x.example", AttributeKind::variable, true}};
  const FoundVisitor ann = found(before);
  SetVisitorVariables set;
  set.variables = {{"plan", "silver", "", AttributeKind::field, false}};
  set.fields = {{"plan", "kept out", false}, {"size", "4", false}};
  const Decision decision = made(decide(set, &ann, fixed()));
  const Visitor& after = *change_of<Put<Visitor>>(decision)->after;
  CHECK(after.attributes == Attributes{{"plan", "gold", "", AttributeKind::field, false},
                                       {"plan", "silver", "", AttributeKind::variable, false},
                                       {"size", "4", "", AttributeKind::field, false}});
  CHECK(after.updated_at == now);

  const Decision nothing = made(decide(SetVisitorVariables{}, &ann, fixed()));
  CHECK(nothing.changes.empty());
  CHECK(*std::get<Ref<Visitor>>(nothing.outcome) == before);
  CHECK(decide(set, nullptr, fixed()).error().code == Code::no_such_visitor);
  set.fields = {{"large", String(1024 * 1024, 'x'), true}};
  CHECK(decide(set, &ann, fixed()).error().field == "attributes");
}
