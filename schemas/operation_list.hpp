// A list of operation types, and what is derived from it: their variant, their kinds, the variant of their answers.
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

/// What an operation type declares about itself in its static member `facts`. It also declares `Answer`, the type of its answer, and may
/// declare `Substitute`: the type of the answer of a backend that has another record with the same content.
struct OperationFacts {
  std::string_view name;  ///< as in listings, metrics and logs: `GetVisitor`
  bool writes = false;    ///< executing it may change something
};
[[nodiscard]] consteval OperationFacts reading(std::string_view name) { return {name, false}; }
[[nodiscard]] consteval OperationFacts writing(std::string_view name) { return {name, true}; }

/// The index of an operation in the list.
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

template <class Op>
concept HasSubstitute = requires {
  typename Op::Substitute;
};

/// A variant with each type once.
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

  using OperationVariant = std::variant<Ops...>;
  /// The variant of all answer types, each once.
  using OutcomeVariant = typename detail::Distinct<std::variant<>, typename Ops::Answer...>::Type;

  static constexpr std::size_t count = sizeof...(Ops);
  static constexpr std::array<OperationFacts, count> facts = {Ops::facts...};
  static constexpr std::array<bool, count> lists = {is_list_answer<typename Ops::Answer>...};

  template <class Op>
  static constexpr OperationKind kind = [] {
    constexpr std::array<bool, count> same = {std::is_same_v<Op, Ops>...};
    static_assert((std::is_same_v<Op, Ops> || ...), "not one of the operations");
    std::size_t at = 0;
    while (!same[at]) ++at;
    return static_cast<OperationKind>(at);
  }();

  /// An array of the results of `make.template operator()<Op>()`, indexed by the kind of the operation.
  template <class Make>
  [[nodiscard]] static constexpr auto table(const Make& make) {
    return std::array{make.template operator()<Ops>()...};
  }
};

}  // namespace parley
