// What `parley load` and the admin listener read documents with: those of one shape, or the lines of a dump.
#pragma once

#include "adapters/contract/backend.hpp"
#include "gateway/translate/document_splitter.hpp"
#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

/// Reads the pieces of a stream. Reuses its memory for each document.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// The `envelope` for the DocumentSplitter.
  [[nodiscard]] virtual std::string_view envelope() const noexcept { return {}; }
  /// Adds the records of a piece. Invalid Unicode becomes U+FFFD. `losses`, if given, gets this text and then what the document has but a
  /// store would not return. Errors: malformed_body, duplicate_key, too_deep, invalid_field, unsupported_operation. Messages end in the
  /// place in the stream: `(line N, column M)`.
  [[nodiscard]] virtual Result<void> read(const Piece& piece, contract::Records& records, Report* losses) = 0;
  /// The JSON of the last document, without a script around it.
  [[nodiscard]] virtual std::string_view json() const noexcept = 0;
  /// Whether the documents so far may be all: false for a dump whose last line has not come.
  [[nodiscard]] virtual bool whole() const noexcept { return true; }
};

/// A reader, and what `--from` named.
struct RecordSource {
  String name;                ///< `zendesk:visitor`, or `canonical:dump`
  const NamedShape* shape{};  ///< nullptr: a dump
  std::unique_ptr<RecordReader> reader;
};

/// Errors: invalid_field; the message has the nearest known name, or all names.
[[nodiscard]] Result<RecordSource> open_source(std::string_view from);

}  // namespace parley::gateway::translate
