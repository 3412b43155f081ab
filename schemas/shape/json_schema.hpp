// JSON Schema (draft 2020-12) out of field tables.
#pragma once

#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Appends the schema of the documents that a table describes, as compact JSON; `list` = of a list of them. Tables below it
/// become `$defs` by their names. Unknown members are allowed, as vendors add them.
void write_json_schema(const View& view, bool list, std::string_view title, Buffer& out);

/// The schema of documents that follow any one of the tables: each and what is below it among the `$defs`.
void write_json_schema(std::span<const View* const> views, std::string_view title, Buffer& out);

/// The tables below a table, each once, in the order in which rows mention them; itself not.
[[nodiscard]] List<const View*> tables_below(const View& view);

/// `text`, `list of date-time`, `object by key of zendesk.user`, …: a row's type for a person.
[[nodiscard]] String describe(const Type& type);

}  // namespace parley::shape
