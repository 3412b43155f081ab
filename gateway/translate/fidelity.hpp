// The fidelity matrix: how faithfully each vendor shape carries each canonical field, read from the tables.
#pragma once

#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::translate {

/// `how`: the wire keys of a carried field; where else it is carried; why it is dropped.
struct Cell {
  shape::Fidelity fidelity = shape::Fidelity::dropped;
  List<std::string_view> keys;  ///< on the wire, where a row of the shape carries the field
  std::string_view note;        ///< where or why, where no row does
};

/// One canonical record: a row for each field, a column for each wire object that speaks of such records.
struct Matrix {
  std::string_view record;  ///< `visitor`
  List<String> columns;     ///< `zendesk:visitor`; `zendesk.user` for an object inside a shape
  struct Line {
    std::string_view field;
    List<Cell> cells;
  };
  List<Line> lines;
};

/// The cell of one field in a table.
[[nodiscard]] Cell cell_of(const shape::View& view, std::string_view field);

/// One matrix for each record of the canonical model that some adapter speaks of.
[[nodiscard]] List<Matrix> fidelity_matrices();

/// Markdown that is also aligned as text: a heading, a table and its notes for each record.
[[nodiscard]] String fidelity_text(const List<Matrix>& matrices);
/// `[{"record":"visitor","fields":[{"field":"id","shapes":{"zendesk:visitor":{"fidelity":"exact","keys":["id"]},…}},…]},…]`
[[nodiscard]] String fidelity_json(const List<Matrix>& matrices);

}  // namespace parley::gateway::translate
