// Builds the fidelity matrix from the tables; see fidelity.hpp. fidelity_text.cpp renders it.
#include "gateway/translate/fidelity.hpp"

#include <algorithm>

#include "gateway/translate/place.hpp"
#include "gateway/translate/records.hpp"
#include "schemas/shape/json_schema.hpp"

namespace parley::gateway::translate {
namespace {

using contract::Projection;
using shape::View;

/// The canonical tables, each once: each table of the catalogue, followed by those below it.
List<const View*> canonical_tables() {
  List<const View*> tables;
  const auto add = [&tables](const View* view) {
    if (std::find(tables.begin(), tables.end(), view) == tables.end()) tables.push_back(view);
  };
  for (const NamedShape& one : catalogue()) {
    if (!one.canonical()) continue;
    add(one.shape->view);
    for (const View* below : shape::tables_below(*one.shape->view)) add(below);
  }
  return tables;
}

/// Where a column's cells come from: a table, or a projection.
struct Origin {
  String title;
  const View* view = nullptr;
  const Projection* projection = nullptr;
};

List<Origin> sources_of(std::string_view record) {
  List<Origin> sources;
  const auto add = [&sources](Origin source) {
    for (const Origin& known : sources) {
      if (known.title == source.title || (source.view != nullptr && known.view == source.view)) return;
    }
    sources.push_back(std::move(source));
  };
  for (const NamedShape& one : catalogue()) {
    if (one.canonical()) continue;
    if (one.shape->view->record == record) add({one.name(), one.shape->view, nullptr});
    for (const View* below : shape::tables_below(*one.shape->view)) {
      if (below->record == record) add({String(below->name), below, nullptr});
    }
    for (const Projection& projection : one.shape->projections) {
      if (canonical_shape_of(projection.kind).view->record == record) add({one.name(), nullptr, &projection});
    }
  }
  return sources;
}

Cell projected_cell(const Projection& projection, std::string_view field) {
  for (const Projection::Field& known : projection.fields) {
    if (known.member == field) return {known.fidelity, {}, known.where_or_why};
  }
  return {};
}

}  // namespace

Cell cell_of(const View& view, std::string_view field) {
  Cell cell;
  for (const shape::Row& row : view.rows) {
    if (!any_member(row.members, [field](std::string_view name) { return name == field; })) continue;
    cell.fidelity = std::min(cell.fidelity, row.fidelity);  // the most faithful of several rows
    cell.keys.push_back(row.key);
  }
  if (!cell.keys.empty()) return cell;
  for (const shape::Elsewhere& elsewhere : view.elsewhere) {
    if (elsewhere.member == field) return {shape::Fidelity::converted, {}, elsewhere.where};
  }
  for (const shape::Drop& drop : view.drops) {
    if (drop.member == field) return {shape::Fidelity::dropped, {}, drop.reason};
  }
  return cell;
}

List<Matrix> fidelity_matrices() {
  List<Matrix> matrices;
  for (const View* table : canonical_tables()) {
    const List<Origin> sources = sources_of(table->record);
    if (sources.empty()) continue;
    Matrix matrix{table->record, {}, {}};
    for (const Origin& source : sources) matrix.columns.push_back(source.title);
    for (const shape::Row& row : table->rows) {
      Matrix::Line line{row.key, {}};
      for (const Origin& source : sources) {
        line.cells.push_back(source.view != nullptr ? cell_of(*source.view, row.key)
                                                    : projected_cell(*source.projection, row.key));
      }
      matrix.lines.push_back(std::move(line));
    }
    matrices.push_back(std::move(matrix));
  }
  return matrices;
}

}  // namespace parley::gateway::translate
