// The fidelity matrix: how faithfully each vendor shape carries each canonical field, read from the tables.
#pragma once

#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::translate {

/// How a shape carries a field: its wire keys, where else it is carried, or why it is dropped.
struct Cell {
  shape::Fidelity fidelity = shape::Fidelity::dropped;
  List<std::string_view> keys;  ///< wire keys, if rows of the shape carry the field
  std::string_view note;        ///< where it is carried or why it is dropped, if no row has it
};

/// The matrix of one canonical record: a row for each field, a column for each wire object that describes such records.
struct Matrix {
  std::string_view record;  ///< `visitor`
  List<String> columns;     ///< `zendesk:visitor`, or `zendesk.user` for an object inside a shape
  struct Line {
    std::string_view field;
    List<Cell> cells;
  };
  List<Line> lines;
};

/// The cell of a field in a shape's table.
[[nodiscard]] Cell cell_of(const shape::View& view, std::string_view field);

/// A matrix for each canonical record that an adapter describes.
[[nodiscard]] List<Matrix> fidelity_matrices();

/// Markdown that is also aligned as text: a heading, a table and its notes for each record.
[[nodiscard]] String fidelity_text(const List<Matrix>& matrices);
/// `[{"record":"visitor","fields":[{"field":"id","shapes":{"zendesk:visitor":{"fidelity":"exact","keys":["id"]},…}},…]},…]`
[[nodiscard]] String fidelity_json(const List<Matrix>& matrices);

}  // namespace parley::gateway::translate
