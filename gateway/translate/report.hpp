// The report of a translation: what was lost, narrowed or invented. Measured on the documents, explained from the tables.
#pragma once

#include "gateway/translate/records.hpp"

namespace parley::gateway::translate {

/// lost: the value does not come back. narrowed: a different value comes back. invented: the target has a value that the source
/// does not have.
enum class Change : std::uint8_t { lost, narrowed, invented };
[[nodiscard]] std::string_view name_of(Change change) noexcept;

struct Entry {
  Change change = Change::lost;
  /// JSON Pointer into the source document. For `invented`: into the target document, and to its root if no single value has it.
  String pointer;
  String member;  ///< canonical name, `visitor.token`; empty for unknown members
  String reason;
};

struct Report {
  /// Invalid Unicode of the source first, then the order of the source document, then that of the target.
  List<Entry> entries;

  /// Whether anything was lost or narrowed.
  [[nodiscard]] bool loses() const noexcept;
  /// One aligned line for each entry: change, pointer, reason; then a line that explains the words. Empty without entries.
  [[nodiscard]] String text() const;
  /// One line: the number of lost and of changed fields, and the names of the first ones. Empty if `loses` is false.
  [[nodiscard]] String summary() const;
  /// `[{"change":"lost","pointer":"/token","member":"visitor.token","reason":"…"},…]`
  [[nodiscard]] String json() const;
};

/// A finished translation, for the report. Pointers in the report begin with `source_pointer` or `target_pointer`.
struct Trip {
  const NamedShape& from;
  const NamedShape& to;
  const shape::Node& source;        ///< the document without its envelope
  const Record& record;             ///< … and its record
  const Record& carried;            ///< the record as the target's kind
  std::string_view target;          ///< the written document, without an envelope
  std::string_view source_pointer;  ///< `/contact` for a document in that envelope
  std::string_view target_pointer;
};

/// Reads the target back, converts it to the source's kind, and compares it with the source. Errors: internal if the target
/// cannot be read back.
[[nodiscard]] Result<Report> measure(const Trip& trip);

}  // namespace parley::gateway::translate
