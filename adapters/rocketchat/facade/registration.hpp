// Decodes the registration of a visitor.
#pragma once

#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat {

/// Decodes POST livechat/visitor. Errors: those of read_body; invalid_field and unknown_field with the source by_handler.
/// `dropped` receives the names of the custom fields that the route does not keep, in the body's order; only in the profile 8.
Result<RegisterVisitor> register_visitor(const Facade& facade, const http::Request& request, List<String>& dropped);

}  // namespace parley::rocketchat
