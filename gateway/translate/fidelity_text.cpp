// The fidelity matrix as Markdown and as JSON; see fidelity.hpp.
#include <algorithm>

#include "gateway/translate/fidelity.hpp"
#include "gateway/translate/markdown.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::translate {
namespace {

/// Numbered notes under the table. Many cells have the same reason, so each is written once.
class Notes {
 public:
  String number(std::string_view note) {
    auto found = std::find(notes_.begin(), notes_.end(), note);
    if (found == notes_.end()) found = notes_.insert(notes_.end(), note);
    return std::to_string(found - notes_.begin() + 1);
  }
  [[nodiscard]] String text() const {
    String text;
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      text.append(std::to_string(i + 1)).append(". ").append(notes_[i]).append("\n");
    }
    return text;
  }

 private:
  List<std::string_view> notes_;
};

String show(const Cell& cell, Notes& notes) {
  String text(shape::name_of(cell.fidelity));
  for (std::size_t i = 0; i < cell.keys.size(); ++i)
    text.append(i == 0 ? " `" : ", `").append(cell.keys[i]).append("`");
  if (!cell.note.empty()) text.append(" (").append(notes.number(cell.note)).append(")");
  return text;
}

void write_cell(const Cell& cell, shape::Writer& writer) {
  writer.begin_object();
  writer.key("fidelity");
  writer.string(shape::name_of(cell.fidelity));
  if (!cell.keys.empty()) {
    writer.key("keys");
    writer.begin_array();
    for (const std::string_view key : cell.keys) writer.string(key);
    writer.end_array();
  } else {
    writer.key(cell.fidelity == shape::Fidelity::dropped ? "why" : "where");
    writer.string(cell.note);
  }
  writer.end_object();
}

}  // namespace

String fidelity_text(const List<Matrix>& matrices) {
  String text;
  for (const Matrix& matrix : matrices) {
    List<String> heading{"field"};
    heading.insert(heading.end(), matrix.columns.begin(), matrix.columns.end());
    MarkdownTable table(std::move(heading));
    Notes notes;
    for (const Matrix::Line& line : matrix.lines) {
      List<String> cells{String(line.field)};
      for (const Cell& cell : line.cells) cells.push_back(show(cell, notes));
      table.add(std::move(cells));
    }
    text.append(text.empty() ? "" : "\n").append("### ").append(matrix.record).append("\n\n").append(table.text());
    if (const String below = notes.text(); !below.empty()) text.append("\n").append(below);
  }
  return text;
}

String fidelity_json(const List<Matrix>& matrices) {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_array();
  for (const Matrix& matrix : matrices) {
    writer.begin_object();
    writer.key("record");
    writer.string(matrix.record);
    writer.key("fields");
    writer.begin_array();
    for (const Matrix::Line& line : matrix.lines) {
      writer.begin_object();
      writer.key("field");
      writer.string(line.field);
      writer.key("shapes");
      writer.begin_object();
      for (std::size_t i = 0; i < line.cells.size(); ++i) {
        writer.key(matrix.columns[i]);
        write_cell(line.cells[i], writer);
      }
      writer.end_object();
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();
  }
  writer.end_array();
  writer.finish();
  return String(out.view());
}

}  // namespace parley::gateway::translate
