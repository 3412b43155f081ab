// The registration of a visitor: the one call whose body has rules enough for a file of its own.
#pragma once

#include "adapters/contract/facade.hpp"

namespace parley::rocketchat {

/// Decodes POST livechat/visitor. Errors: those of read_body; invalid_field, unknown_field by_handler.
Result<Operation> register_visitor(const contract::Facade& facade, const http::Request& request);

/// The names of the custom fields of such a body, in order, as far as it can be read.
[[nodiscard]] List<String> custom_field_names(std::string_view body);

}  // namespace parley::rocketchat
