// Reads, writes and converts canonical records of any kind.
#pragma once

#include <optional>

#include "gateway/translate/catalogue.hpp"
#include "schemas/shape/node.hpp"

namespace parley::gateway::translate {

using contract::Record;
using contract::RecordKind;

/// The kind in words: `a chat`, `a list of visitors`.
[[nodiscard]] std::string_view describe(RecordKind kind) noexcept;

/// Reads a document without its envelope, leniently. Errors: invalid_field if it is not an object, or not a list of objects;
/// `bad` then points at the wrong value.
[[nodiscard]] Result<Record> read_record(const contract::WireShape& shape, const shape::Node& node,
                                         const shape::Node** bad = nullptr);

/// Appends the document without an envelope. A record that this shape has read is written as it was.
void write_record(const contract::WireShape& shape, const Record& record, Buffer& out);

/// The shape of the canonical model for that kind.
[[nodiscard]] const contract::WireShape& canonical_shape_of(RecordKind kind);

/// An empty record of that kind.
[[nodiscard]] Record make_record(RecordKind kind);

/// Adds what the shape cannot carry of the record. The record must be of the shape's kind.
void find_losses(const contract::WireShape& shape, const Record& record, shape::Losses& losses);

/// The steps that convert a record to the kind of another shape.
class Path {
 public:
  /// The shortest path through the projections of both shapes; nullopt if there is none.
  [[nodiscard]] static std::optional<Path> find(const contract::WireShape& from, const contract::WireShape& to);

  /// Converts a record. Errors: invalid_field if one record is needed and a list does not hold exactly one.
  [[nodiscard]] Result<Record> carry(const Record& record) const;
  /// True if the path has no projection, so that only the table of the target decides what is carried.
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

/// All shapes that a document of `from` can be translated to.
[[nodiscard]] List<const NamedShape*> targets_of(const NamedShape& from);

}  // namespace parley::gateway::translate
