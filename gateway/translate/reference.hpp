// Markdown references and JSON Schemas of wire shapes, bodies and the canonical model.
#pragma once

#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::translate {

/// The reference of a shape as Markdown: its table, the tables below it, and what it drops.
[[nodiscard]] String shape_reference(const NamedShape& shape);
/// The JSON Schema of a shape, indented.
[[nodiscard]] String shape_schema(const NamedShape& shape);

/// The same for the body of a request.
[[nodiscard]] String body_reference(const NamedBody& body);
[[nodiscard]] String body_schema(const NamedBody& body);

/// The same for the whole canonical model.
[[nodiscard]] String model_schema();
[[nodiscard]] String model_reference();

}  // namespace parley::gateway::translate
