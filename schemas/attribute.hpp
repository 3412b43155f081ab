// Types of members that several canonical records have: a named value, and JSON kept as text.
#pragma once

#include <cstdint>
#include <string_view>

#include "schemas/text.hpp"

namespace parley {

/// A JSON value that only its own vendor understands, kept as its exact text. Empty = absent.
struct Json {
  Text text;
  friend bool operator==(const Json&, const Json&) = default;
};

/// Where a named value of a visitor or chat came from. Some vendors show the two in separate lists.
enum class AttributeKind : std::uint8_t { field, variable };

/// A named value. `literal`: `value` is the exact text of a JSON value that is not a string.
struct Attribute {
  Text name;
  Text value;
  Text url;
  AttributeKind kind = AttributeKind::field;
  bool literal = false;
  friend bool operator==(const Attribute&, const Attribute&) = default;
};
using Attributes = List<Attribute>;  ///< in the order in which they were first set; names are unique per kind

/// The first attribute with that name, of either kind, or nullptr.
[[nodiscard]] inline const Attribute* find(const Attributes& attributes, std::string_view name) noexcept {
  for (const Attribute& attribute : attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

}  // namespace parley
