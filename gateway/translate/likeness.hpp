// Checks that a document looks like its shape. Otherwise a wrong shape would silently give an empty record.
#pragma once

#include "gateway/translate/records.hpp"

namespace parley::gateway::translate {

/// The wire key of the id.
[[nodiscard]] std::string_view find_id_key(const shape::View& view) noexcept;

/// Checks a document; of a list, each element. Errors: invalid_field; the message has the shape but no place.
[[nodiscard]] Result<void> check_likeness(const NamedShape& shape, const shape::Node& document);
/// The same by a table; `name` is that of the shape in the message.
[[nodiscard]] Result<void> check_likeness(const shape::View& view, std::string_view name, const shape::Node& document);

}  // namespace parley::gateway::translate
