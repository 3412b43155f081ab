// Reads and writes vendors' documents as `parley translate` does, for tests of every shape of every adapter.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "tests/support/json.hpp"

namespace parley::test {

/// The canonical table of a record kind. For a list: that of its elements.
[[nodiscard]] const shape::View& canonical_view(contract::RecordKind kind);
/// An empty record of that kind.
[[nodiscard]] contract::Record empty_record(contract::RecordKind kind);

/// Reads a document with or without its envelope. Throws std::runtime_error if it is not JSON or has the wrong root.
[[nodiscard]] contract::Record read_wire(const contract::WireShape& shape, std::string_view json);
/// Writes the vendor's document. `enveloped`: within the envelope of the vendor's answer, if the shape has one.
[[nodiscard]] String write_wire(const contract::WireShape& shape, const contract::Record& record,
                                bool enveloped = false);
/// The losses of a record in a shape.
[[nodiscard]] shape::Losses losses(const contract::WireShape& shape, const contract::Record& record);

/// Reads and writes canonical documents.
[[nodiscard]] contract::Record read_canonical(contract::RecordKind kind, std::string_view json);
[[nodiscard]] String write_canonical(const contract::Record& record);

}  // namespace parley::test
