// Canonical records without their types: read by a wire shape, written by another, carried from kind to kind.
#pragma once

#include <optional>

#include "gateway/translate/catalogue.hpp"
#include "schemas/shape/node.hpp"

namespace parley::gateway::translate {

using contract::Record;
using contract::RecordKind;

/// `a chat`, `a list of visitors`: for a person.
[[nodiscard]] std::string_view describe(RecordKind kind) noexcept;

/// Reads the bare document (no envelope) of a shape. Lenient, as vendor documents are read. Errors: invalid_field where
/// the document is no object, or no list of objects; `bad` then points at what is wrong.
[[nodiscard]] Result<Record> read_record(const contract::WireShape& shape, const shape::Node& node,
                                         const shape::Node** bad = nullptr);

/// Appends the bare document. A record read by this very shape comes out as it came in.
void write_record(const contract::WireShape& shape, const Record& record, Buffer& out);

/// The canonical model's own shape for records of that kind.
[[nodiscard]] const contract::WireShape& canonical_shape_of(RecordKind kind);

/// An empty record of that kind.
[[nodiscard]] Record make_record(RecordKind kind);

/// Adds what the shape does not carry of the record, which must be of the shape's kind.
void find_losses(const contract::WireShape& shape, const Record& record, shape::Losses& losses);

/// How a record of one shape becomes a record of another's kind.
class Path {
 public:
  /// The shortest way, through the projections of either shape; nullopt where there is none.
  [[nodiscard]] static std::optional<Path> find(const contract::WireShape& from, const contract::WireShape& to);

  /// Errors: invalid_field where a list does not hold exactly one record and one is wanted.
  [[nodiscard]] Result<Record> carry(const Record& record) const;
  /// The same kind from end to end: nothing but the table of the target decides what is carried.
  [[nodiscard]] bool direct() const noexcept { return !projects_; }

 private:
  enum class Step : std::uint8_t { wrap, unwrap, project };
  struct Leg {
    Step step;
    RecordKind to;
    Record (*project)(const Record&);
  };
  List<Leg> legs_;
  bool projects_ = false;
};

/// Every shape of the catalogue that a document of `from` can be translated to.
[[nodiscard]] List<const NamedShape*> targets_of(const NamedShape& from);

}  // namespace parley::gateway::translate
