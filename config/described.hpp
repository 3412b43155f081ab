// The tables of the configuration with what a table does not know of itself: defaults, and the values that have a form of
// their own. Both generators read it.
#pragma once

#include <optional>
#include <span>

#include "schemas/shape/view.hpp"

namespace parley::config {

/// One table, for a reader.
struct Described {
  const shape::View* view;
  const void* fresh;       ///< an object of it as it is before a file is read: the defaults
  std::string_view where;  ///< `backends.NAME`
  std::string_view about;
};
/// All tables, from the top.
[[nodiscard]] std::span<const Described> described();

/// A value with a form of its own.
struct Special {
  const shape::Type* type;
  std::string_view words;   ///< for a person
  std::string_view schema;  ///< keywords of JSON Schema, without braces
};
/// nullptr: an ordinary value.
[[nodiscard]] const Special* special(const shape::Type& type);
/// Whether a single value may stand for the list.
[[nodiscard]] bool takes_one(const shape::Type& list);

/// The default as JSON; nothing where the key has none, is required, or is an object.
[[nodiscard]] std::optional<String> default_of(const Described& table, const shape::Row& row);

}  // namespace parley::config
