// The references of wire shapes and of bodies, for people: its members, what they mean, and which canonical field they carry.
#pragma once

#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::translate {

/// Markdown: the table of the shape, those below it, and what it drops.
[[nodiscard]] String shape_reference(const NamedShape& shape);
/// Its JSON Schema, laid out for people.
[[nodiscard]] String shape_schema(const NamedShape& shape);

/// The same of a request's body.
[[nodiscard]] String body_reference(const NamedBody& body);
[[nodiscard]] String body_schema(const NamedBody& body);

/// The JSON Schema of the whole canonical model, and its reference.
[[nodiscard]] String model_schema();
[[nodiscard]] String model_reference();

}  // namespace parley::gateway::translate
