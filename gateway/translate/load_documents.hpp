// Vendor documents as records for a store: what `parley load` and the admin listener do with each document.
#pragma once

#include <memory>

#include "adapters/contract/backend.hpp"
#include "gateway/translate/document_splitter.hpp"
#include "gateway/translate/translate.hpp"

namespace parley::gateway::translate {

/// Adds the record; of a chat also its visitor and agents, as far as the shape can tell them. Errors:
/// unsupported_operation for a list of channels, which does not say whose it is.
[[nodiscard]] Result<void> add_record(const NamedShape& shape, Record record, contract::Records& records);

/// Reads the pieces of a stream. Keeps its memory from document to document.
class DocumentReader {
 public:
  /// `shape` is of the catalogue. A list's elements are read one by one, and so is a list where a document is one.
  explicit DocumentReader(const NamedShape& shape);
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  /// The member of an answer that the splitter has to look for; see DocumentSplitter.
  [[nodiscard]] std::string_view envelope() const noexcept;

  /// Adds what the piece holds. Text that is no Unicode becomes U+FFFD. `losses`: becomes that text, then what the document has and a
  /// store would not give back. Errors: as for
  /// `read_source`; invalid_field where nothing of the document is of the shape, or nothing but the id among several foreign
  /// members, or where a record has no id, without which it cannot be stored. Messages end in the place in the stream: `(line N, column M)`.
  [[nodiscard]] Result<void> read(const Piece& piece, contract::Records& records, Report* losses = nullptr);

  /// The JSON of the document that was read last: that of a script without the script.
  [[nodiscard]] std::string_view json() const noexcept { return source_->document.root().raw; }

 private:
  [[nodiscard]] Result<Report> measure_losses(const NamedShape& as) const;

  const NamedShape& shape_;
  contract::WireShape element_shape_;  // of a list: one of its elements, alone; else the shape itself
  NamedShape element_;
  std::unique_ptr<Source> source_;
};

[[nodiscard]] std::size_t count(const contract::Records& records) noexcept;

}  // namespace parley::gateway::translate
