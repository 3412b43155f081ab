// Reads and writes wire documents as `translate` does, for tests over every shape of every adapter.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "tests/support/json.hpp"

namespace parley::test {

/// The canonical table of a record kind; of a list, that of its elements.
[[nodiscard]] const shape::View& canonical_view(contract::RecordKind kind);
/// An empty record of that kind.
[[nodiscard]] contract::Record empty_record(contract::RecordKind kind);

/// A document with or without its envelope. Throws std::runtime_error where it is no JSON or has the wrong root.
[[nodiscard]] contract::Record read_wire(const contract::WireShape& shape, std::string_view json);
/// The vendor's document; `enveloped` puts the answer around it where the shape has one.
[[nodiscard]] String write_wire(const contract::WireShape& shape, const contract::Record& record,
                                bool enveloped = false);
/// What the shape says it cannot carry.
[[nodiscard]] shape::Losses losses(const contract::WireShape& shape, const contract::Record& record);

/// The same for canonical documents.
[[nodiscard]] contract::Record read_canonical(contract::RecordKind kind, std::string_view json);
[[nodiscard]] String write_canonical(const contract::Record& record);

}  // namespace parley::test
