// Turns vendor documents into records for a store, for `parley load` and the admin listener.
#pragma once

#include <memory>

#include "gateway/translate/record_reader.hpp"
#include "gateway/translate/translate.hpp"

namespace parley::gateway::translate {

/// Adds a record; for a chat also its visitor and agents, if the shape has them with an id. Errors: unsupported_operation for a
/// list of channels, which does not name its visitor.
[[nodiscard]] Result<void> add_record(const NamedShape& shape, Record record, contract::Records& records);

/// Reads documents of one shape.
class DocumentReader final : public RecordReader {
 public:
  /// `shape` must be in the catalogue. A list shape accepts single elements as well as lists.
  explicit DocumentReader(const NamedShape& shape);
  DocumentReader(const DocumentReader&) = delete;
  DocumentReader& operator=(const DocumentReader&) = delete;

  [[nodiscard]] std::string_view envelope() const noexcept override;
  /// Errors: those of `read_source`; invalid_field if no member of the document is of the shape, if only the id is among several unknown
  /// members, or if a record has no id, without which it cannot be stored.
  [[nodiscard]] Result<void> read(const Piece& piece, contract::Records& records, Report* losses = nullptr) override;
  [[nodiscard]] std::string_view json() const noexcept override { return source_->document.root().raw; }

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
