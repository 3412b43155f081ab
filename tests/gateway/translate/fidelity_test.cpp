// The fidelity matrix and the tables agree.
#include "gateway/translate/fidelity.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::translate {
namespace {

const Cell* find(const List<Matrix>& matrices, std::string_view record, std::string_view field,
                 std::string_view column) {
  for (const Matrix& matrix : matrices) {
    if (matrix.record != record) continue;
    const auto at = std::find(matrix.columns.begin(), matrix.columns.end(), column);
    for (const Matrix::Line& line : matrix.lines) {
      if (line.field == field && at != matrix.columns.end())
        return &line.cells[static_cast<std::size_t>(at - matrix.columns.begin())];
    }
  }
  return nullptr;
}

}  // namespace

TEST_CASE("every field of every record has a cell in every column") {
  for (const Matrix& matrix : fidelity_matrices()) {
    CAPTURE(matrix.record);
    for (const Matrix::Line& line : matrix.lines) {
      CAPTURE(line.field);
      REQUIRE(line.cells.size() == matrix.columns.size());
      for (std::size_t i = 0; i < line.cells.size(); ++i) {
        CAPTURE(matrix.columns[i]);
        const Cell& cell = line.cells[i];
        CHECK((!cell.keys.empty() || !cell.note.empty()));
      }
    }
  }
}

TEST_CASE("cells of the vendors" * doctest::skip(!test::built_with({"comm100", "rocketchat", "enghouse"}))) {
  const List<Matrix> matrices = fidelity_matrices();
  const Cell* token = find(matrices, "visitor", "token", "comm100:visitor");
  REQUIRE(token != nullptr);
  CHECK(token->fidelity == shape::Fidelity::dropped);
  CHECK(token->note == "Comm100 knows its visitors by id only.");
  const Cell* name = find(matrices, "visitor", "name", "rocketchat:visitor");
  REQUIRE(name != nullptr);
  CHECK(name->fidelity == shape::Fidelity::exact);
  CHECK(name->keys == List<std::string_view>{"name"});
  CHECK(find(matrices, "visitor", "name", "enghouse:contact") != nullptr);   // a projection
  CHECK(find(matrices, "participant", "name", "enghouse.user") != nullptr);  // an object inside a shape
  CHECK(find(matrices, "visitor", "name", "comm100:visitors") == nullptr);   // the same table as comm100:visitor
}

TEST_CASE("as text: a table and its numbered notes; as JSON: the same") {
  const List<Matrix> matrices{
      {"thing",
       {"a:thing", "b:thing"},
       {{"id", {{shape::Fidelity::exact, {"_id"}, {}}, {shape::Fidelity::dropped, {}, "No ids."}}},
        {"name", {{shape::Fidelity::converted, {}, "elsewhere"}, {shape::Fidelity::dropped, {}, "No ids."}}}}}};
  CHECK(fidelity_text(matrices) ==
        "### thing\n\n"
        "| field | a:thing       | b:thing     |\n"
        "|-------|---------------|-------------|\n"
        "| id    | exact `_id`   | dropped (1) |\n"
        "| name  | converted (2) | dropped (1) |\n\n"
        "1. No ids.\n2. elsewhere\n");
  CHECK(
      test::difference(
          R"([{"record":"thing","fields":[)"
          R"({"field":"id","shapes":{"a:thing":{"fidelity":"exact","keys":["_id"]},"b:thing":{"fidelity":"dropped","why":"No ids."}}},)"
          R"({"field":"name","shapes":{"a:thing":{"fidelity":"converted","where":"elsewhere"},"b:thing":{"fidelity":"dropped","why":"No ids."}}}]}])",
          fidelity_json(matrices)) == "");
}

}  // namespace parley::gateway::translate
