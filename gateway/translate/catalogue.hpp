// Every wire shape by its full name, STYLE:SHAPE: those of the adapters, and the canonical model as the style `canonical`.
#pragma once

#include <span>
#include <string_view>

#include "adapters/contract/adapter.hpp"

namespace parley::gateway::translate {

/// A shape that `translate`, `schema` and `load` know.
struct NamedShape {
  std::string_view style;  ///< an adapter's name, or `canonical`
  const contract::WireShape* shape = nullptr;
  const contract::Adapter* adapter = nullptr;  ///< nullptr for the canonical model

  [[nodiscard]] String name() const;  ///< `zendesk:visitor`
  [[nodiscard]] bool canonical() const noexcept { return adapter == nullptr; }
};

/// All shapes: the canonical model first, then the adapters in the order of the registry. Made once.
[[nodiscard]] std::span<const NamedShape> catalogue();

/// Finds a shape by its name. Errors: invalid_field; the message has the nearest known name, or all names.
[[nodiscard]] Result<const NamedShape*> find_shape(std::string_view name);

/// The body of a request. Only `schema` knows it.
struct NamedBody {
  std::string_view style;  ///< an adapter's name
  const contract::BodyShape* body = nullptr;

  [[nodiscard]] String name() const;  ///< `zendesk:request.visitor`
};

/// All bodies, in the order of the registry. Made once.
[[nodiscard]] std::span<const NamedBody> bodies();

/// The error invalid_field: `unknown shape "x"`, with the nearest known name, or all names.
[[nodiscard]] Error unknown_shape(std::string_view name, std::span<const String> known);

/// The names, as `one, two, three`.
[[nodiscard]] String join_names(std::span<const NamedShape* const> shapes);

}  // namespace parley::gateway::translate
