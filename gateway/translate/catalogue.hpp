// Every wire shape by its full name, STYLE:SHAPE: those of the adapters, and the canonical model as a style of its own.
#pragma once

#include <span>
#include <string_view>

#include "adapters/contract/adapter.hpp"

namespace parley::gateway::translate {

/// One document that `translate`, `schema` and `load` know.
struct NamedShape {
  std::string_view style;  ///< an adapter's name, or `canonical`
  const contract::WireShape* shape = nullptr;
  const contract::Adapter* adapter = nullptr;  ///< nullptr for the canonical model

  [[nodiscard]] String name() const;  ///< `zendesk:visitor`
  [[nodiscard]] bool canonical() const noexcept { return adapter == nullptr; }
};

/// The canonical model first, then the adapters in the order of the registry. Made once.
[[nodiscard]] std::span<const NamedShape> catalogue();

/// The shape of that name. Errors: invalid_field, whose message names the nearest known one, or all of them.
[[nodiscard]] Result<const NamedShape*> find_shape(std::string_view name);

/// The body of a request, which only `schema` knows.
struct NamedBody {
  std::string_view style;  ///< an adapter's name
  const contract::BodyShape* body = nullptr;

  [[nodiscard]] String name() const;  ///< `zendesk:request.visitor`
};

/// In the order of the registry. Made once.
[[nodiscard]] std::span<const NamedBody> bodies();

/// `unknown shape "x"`, with the nearest of the known names, or all of them. invalid_field.
[[nodiscard]] Error unknown_shape(std::string_view name, std::span<const String> known);

/// `one, two, three`.
[[nodiscard]] String join_names(std::span<const NamedShape* const> shapes);

}  // namespace parley::gateway::translate
