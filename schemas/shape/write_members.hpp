// Writes a part of a record's document, for callers that look at some members only.
#pragma once

#include <cstdint>

#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Writes what `write_object` writes, but of the rows only those in `rows` (bit i: row i). A record that remembers another order or
/// spelling (`Wire::slots`) is written whole.
void write_members(const View& view, const void* object, std::uint64_t rows, Writer& writer);

/// The same without the braces, for callers that add members.
void write_rows(const View& view, const void* object, std::uint64_t rows, Writer& writer);

}  // namespace parley::shape
