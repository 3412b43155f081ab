// Whether a document looks like one of its shape at all: whoever names the wrong shape has to be told, not given an empty record.
#pragma once

#include "gateway/translate/records.hpp"

namespace parley::gateway::translate {

/// What documents of the shape call the id.
[[nodiscard]] std::string_view find_id_key(const shape::View& view) noexcept;

/// Of a list, each element is looked at. Errors: invalid_field; the message names the shape, and no place.
[[nodiscard]] Result<void> check_likeness(const NamedShape& shape, const shape::Node& document);

}  // namespace parley::gateway::translate
