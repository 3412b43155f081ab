// The tables of the configuration with what a table does not know of itself: defaults, and the values that have a form of
// their own. Both generators read it.
#pragma once

#include <optional>
#include <span>

#include "schemas/shape/view.hpp"

namespace parley::config {

/// How much a row's value may be, for whole numbers and sizes; `most` 0 = as much as the type carries.
struct Bounds {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

/// One table, for a reader.
struct Described {
  const shape::View* view;
  const void* fresh;       ///< an object of it as it is before a file is read: the defaults
  std::string_view where;  ///< `backends.NAME`
  std::string_view form;   ///< how one is written, on a line
  std::string_view about;
  std::span<const Bounds> bounds;  ///< one for each row
};
/// All tables, from the top.
[[nodiscard]] std::span<const Described> described();

/// A value with a form of its own.
struct Special {
  const shape::Type* type;
  std::string_view words;       ///< for a person
  std::string_view definition;  ///< its name among the schema's definitions
};
/// nullptr: an ordinary value.
[[nodiscard]] const Special* special(const shape::Type& type);
/// Whether a single value may stand for the list.
[[nodiscard]] bool takes_one(const shape::Type& list);

/// The default as JSON; nothing where the key has none, is required, is an object, or is a secret.
[[nodiscard]] std::optional<String> default_of(const Described& table, const shape::Row& row);

}  // namespace parley::config
