// Which operations a backend can execute: a table that names every operation, and the dispatch that uses it.
#pragma once

#include <array>
#include <concepts>
#include <string_view>
#include <utility>
#include <variant>

#include "schemas/operation.hpp"

namespace parley::contract {

/// A row: the backend has a function for each of these operations.
template <class... Ops>
struct Can {};
template <class... Ops>
inline constexpr Can<Ops...> can{};

/// A row: the backend cannot execute these operations. `parley check`, `parley routes` and the client are shown `why`.
template <class... Ops>
struct Cannot {
  std::string_view why;
};
template <class... Ops>
[[nodiscard]] consteval Cannot<Ops...> cannot(std::string_view why) {
  return {why};
}

namespace detail {

template <class Op, class... Ops>
consteval std::size_t rows_of(Can<Ops...>) {
  return (std::size_t{std::is_same_v<Op, Ops>} + ... + 0);
}
template <class Op, class... Ops>
consteval std::size_t rows_of(Cannot<Ops...>) {
  return (std::size_t{std::is_same_v<Op, Ops>} + ... + 0);
}

template <class Op, class... Ops>
constexpr std::string_view why_not(Can<Ops...>) {
  return {};
}
template <class Op, class... Ops>
constexpr std::string_view why_not(Cannot<Ops...> row) {
  return (std::is_same_v<Op, Ops> || ...) ? row.why : std::string_view();
}

}  // namespace detail

/// A backend's table. Does not compile if an operation is missing or named twice.
class Support {
 public:
  template <class... Rows>
  explicit consteval Support(Rows... rows)
      : why_not_(Operations::table([&]<class Op>() {
          static_assert((detail::rows_of<Op>(Rows{}) + ... + 0) == 1,
                        "a backend's table names every operation once: can<Op> or cannot<Op>(why)");
          std::string_view found;
          for (const std::string_view why : {detail::why_not<Op>(rows)...}) found = why.empty() ? found : why;
          return found;
        })) {}

  /// Empty where the operation is possible; otherwise the reason why not.
  [[nodiscard]] constexpr std::string_view why_not(OperationKind kind) const noexcept {
    return why_not_[static_cast<std::size_t>(kind)];
  }

 private:
  std::array<std::string_view, operation_count> why_not_;
};

namespace detail {

// Not a lambda inside `dispatch`: there, a handler whose backend can execute everything would need `refuse`, too.
template <const Support& table, class Handler, class Op>
decltype(auto) call(Handler& handler, const Op& operation) {
  constexpr std::string_view why_not = table.why_not(operation_kind<Op>);
  if constexpr (why_not.empty()) {
    static_assert(std::invocable<Handler&, const Op&>, "a backend has no function for an operation of its table");
    return handler(operation);
  } else {
    return handler.refuse(why_not);
  }
}

}  // namespace detail

/// Calls `handler` with the operation's own type. Calls `handler.refuse(why)` instead if `table` lists the operation as
/// impossible. Does not compile if the handler lacks a function for an operation that `table` lists as possible.
template <const Support& table, class Handler>
decltype(auto) dispatch(const Operation& operation, Handler&& handler) {
  const auto one = [&handler](const auto& which) -> decltype(auto) { return detail::call<table>(handler, which); };
  return std::visit(one, operation);
}

}  // namespace parley::contract
