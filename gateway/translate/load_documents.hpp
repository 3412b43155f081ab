// Turns vendor documents into records for a store, for `parley load` and the admin listener.
#pragma once

#include <memory>

#include "adapters/contract/backend.hpp"
#include "gateway/translate/document_splitter.hpp"
#include "gateway/translate/translate.hpp"

namespace parley::gateway::translate {

/// Adds a record; for a chat also its visitor and agents, if the shape has them with an id. Errors: unsupported_operation for a
/// list of channels, which does not name its visitor.
[[nodiscard]] Result<void> add_record(const NamedShape& shape, Record record, contract::Records& records);

/// Reads the pieces of a stream. Reuses its memory for each document.
class DocumentReader {
 public:
  /// `shape` must be in the catalogue. A list shape accepts single elements as well as lists.
  explicit DocumentReader(const NamedShape& shape);
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  /// The `envelope` for the DocumentSplitter.
  [[nodiscard]] std::string_view envelope() const noexcept;

  /// Adds the records of a piece. Invalid Unicode becomes U+FFFD. `losses`, if given, gets this text and then what the document
  /// has but a store would not return. Errors: those of `read_source`; invalid_field if no member of the document is of the
  /// shape, if only the id is among several unknown members, or if a record has no id, without which it cannot be stored.
  /// Messages end in the place in the stream: `(line N, column M)`.
  [[nodiscard]] Result<void> read(const Piece& piece, contract::Records& records, Report* losses = nullptr);

  /// The JSON of the last document, without a script around it.
  [[nodiscard]] std::string_view json() const noexcept { return source_->document.root().raw; }

 private:
  [[nodiscard]] Result<Report> measure_losses(const NamedShape& as) const;

  const NamedShape& shape_;
  contract::WireShape element_shape_;  // of a list shape: the shape of one element; else the shape itself
  NamedShape element_;
  std::unique_ptr<Source> source_;
  String listed_;  // the list of one message that came alone
};

[[nodiscard]] std::size_t count(const contract::Records& records) noexcept;

}  // namespace parley::gateway::translate
