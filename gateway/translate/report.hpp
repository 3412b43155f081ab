// What a translation lost, narrowed or invented: measured on the documents, explained from the tables.
#pragma once

#include "gateway/translate/records.hpp"

namespace parley::gateway::translate {

/// lost: the value does not come back. narrowed: another one does. invented: the target says what the source did not.
enum class Change : std::uint8_t { lost, narrowed, invented };
[[nodiscard]] std::string_view name_of(Change change) noexcept;

struct Entry {
  Change change = Change::lost;
  String pointer;  ///< JSON Pointer into the source document; of an invented field, into the target document, and
                   ///< to all of it where no single value says it
  String member;   ///< canonical name such as `visitor.token`; empty for members that no table knows
  String reason;
};

struct Report {
  List<Entry>
      entries;  ///< text of the source that was no Unicode; then in the order of the source document, then of the target's

  /// Whether anything was lost or narrowed: what is only invented is not.
  [[nodiscard]] bool loses() const noexcept;
  /// One aligned line each: change, pointer, reason. Then a line with what the words mean. Empty where there is no entry.
  [[nodiscard]] String text() const;
  /// One line for those who did not ask for the report: how many fields are lost and changed, and the first of them by name. Empty
  /// where `loses` is false.
  [[nodiscard]] String summary() const;
  /// `[{"change":"lost","pointer":"/token","member":"visitor.token","reason":"…"},…]`
  [[nodiscard]] String json() const;
};

/// A translation that was made, as far as the report needs it. Pointers begin with the prefixes.
struct Trip {
  const NamedShape& from;
  const NamedShape& to;
  const shape::Node& source;        ///< the bare document as it was read
  const Record& record;             ///< … and what it was read into
  const Record& carried;            ///< the same as the target's kind
  std::string_view target;          ///< the bare document that was written
  std::string_view source_pointer;  ///< `/contact` where the documents stand in an envelope
  std::string_view target_pointer;
};

/// Reads the target back, carries it home, and compares. Errors: internal, where our own document cannot be read back.
[[nodiscard]] Result<Report> measure(const Trip& trip);

}  // namespace parley::gateway::translate
