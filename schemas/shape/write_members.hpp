// A part of a record's document: where only some of its members are looked at.
#pragma once

#include <cstdint>

#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Writes the object that `write_object` would write, without the members of rows that are not in `rows` (bit i: row i). May write all: where
/// the record is written as it came.
void write_members(const View& view, const void* object, std::uint64_t rows, Writer& writer);

}  // namespace parley::shape
