// Generates JSON Schema (draft 2020-12) from field tables.
#pragma once

#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Appends the schema of a table's documents as compact JSON; `list`: of a list of such documents. Tables that it refers to become `$defs`
/// by their names. The schema allows unknown members, because vendors add members, unless the table is `closed()`.
void write_json_schema(const View& view, bool list, std::string_view title, Buffer& out);

/// Appends the schema of documents that match any of the tables. The tables, and those they refer to, become `$defs`.
void write_json_schema(std::span<const View* const> views, std::string_view title, Buffer& out);

/// The tables that a table refers to, directly or through others: each once, in the order of the rows, without the table itself.
[[nodiscard]] List<const View*> tables_below(const View& view);

/// A type in words, for the reference: `text`, `list of date and time`, `zendesk.user`, …
[[nodiscard]] String describe(const Type& type);

}  // namespace parley::shape
