// A list of operation types, and what follows from it: their variant, their kinds, the variant of their answers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "schemas/answer.hpp"

namespace parley {

/// What an operation says of itself, as its static member `facts`. Beside it stands `Answer`, the type of its answer.
struct OperationFacts {
  std::string_view name;  ///< in listings, metrics and logs: `GetVisitor`
  bool writes = false;    ///< executing it may change something
};
[[nodiscard]] consteval OperationFacts reading(std::string_view name) { return {name, false}; }
[[nodiscard]] consteval OperationFacts writing(std::string_view name) { return {name, true}; }

/// The place of an operation in the list.
enum class OperationKind : std::uint8_t {};

namespace detail {

template <class Op>
concept HasFacts = requires {
  requires std::is_same_v<decltype(Op::facts), const OperationFacts>;
};
template <class Op>
concept HasAnswer = requires {
  typename Op::Answer;
};

/// The variant with each type once.
template <class Variant, class... Types>
struct Distinct;
template <class... Kept>
struct Distinct<std::variant<Kept...>> {
  using Type = std::variant<Kept...>;
};
template <class... Kept, class Next, class... Rest>
struct Distinct<std::variant<Kept...>, Next, Rest...>
    : std::conditional_t<(std::is_same_v<Next, Kept> || ...), Distinct<std::variant<Kept...>, Rest...>,
                         Distinct<std::variant<Kept..., Next>, Rest...>> {};

}  // namespace detail

template <class... Ops>
struct OperationList {
  static_assert((detail::HasFacts<Ops> && ...), "an operation has no `facts`: its name, and whether it writes");
  static_assert((detail::HasAnswer<Ops> && ...), "an operation has no `Answer`: the type that it is answered with");

  using Operation = std::variant<Ops...>;
  /// Each type of an answer, once.
  using Outcome = typename detail::Distinct<std::variant<>, typename Ops::Answer...>::Type;

  static constexpr std::size_t count = sizeof...(Ops);
  static constexpr std::array<OperationFacts, count> facts = {Ops::facts...};
  static constexpr std::array<bool, count> lists = {is_page<typename Ops::Answer>...};

  template <class Op>
  static constexpr OperationKind kind = [] {
    constexpr std::array<bool, count> same = {std::is_same_v<Op, Ops>...};
    static_assert((std::is_same_v<Op, Ops> || ...), "not one of the operations");
    std::size_t at = 0;
    while (!same[at]) ++at;
    return static_cast<OperationKind>(at);
  }();

  /// What `make.template operator()<Op>()` gives for every operation, at the place of its kind.
  template <class Make>
  [[nodiscard]] static constexpr auto table(const Make& make) {
    return std::array{make.template operator()<Ops>()...};
  }
};

}  // namespace parley
