// The registration of a visitor: the one call whose body has rules enough for a file of its own.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// Decodes POST livechat/visitor. Errors: those of read_body; invalid_field, unknown_field by_handler.
/// `dropped`: the custom fields that the route does not keep, by name, in the body's order.
Result<RegisterVisitor> register_visitor(const Facade& facade, const http::Request& request, List<String>& dropped);

}  // namespace parley::rocketchat
