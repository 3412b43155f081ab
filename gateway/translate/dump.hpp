// The lines of `parley dump`, one record of a store each: `{"kind":"visitor","record":{…}}`.
#pragma once

#include "gateway/translate/record_reader.hpp"

namespace parley::gateway::translate {

/// What `--from` calls a dump.
inline constexpr std::string_view dump_name = "canonical:dump";
/// The kind of the last line, which says how many records of each kind came before it. A dump without it is not whole.
inline constexpr std::string_view dump_end = "end";

/// The kinds of the other lines, in the order of a dump.
[[nodiscard]] List<std::string_view> dump_kinds();

/// Appends a line with its end. `json` is an object. A line end in it (only white space can be one) becomes a blank.
void append_dump_line(std::string_view kind, std::string_view json, String& out);

/// The reference of a line as Markdown, without a heading and the tables of the records.
[[nodiscard]] String dump_reference();
/// The JSON Schema of a line, indented.
[[nodiscard]] String dump_schema();

/// Reads lines of a dump: all, or some of them.
class DumpReader final : public RecordReader {
 public:
  /// Errors also: invalid_field if the document is no such line, if the kind is unknown, or if the record cannot be stored.
  [[nodiscard]] Result<void> read(const Piece& piece, contract::Records& records, Report* losses) override;
  [[nodiscard]] std::string_view json() const noexcept override { return document_.root().raw; }
  [[nodiscard]] bool whole() const noexcept override { return ended_; }

 private:
  shape::Document document_;
  bool ended_ = false;
};

}  // namespace parley::gateway::translate
