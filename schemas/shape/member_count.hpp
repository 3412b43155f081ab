// Whether a struct has a certain number of members. This costs the compiler less than counting them, as Boost.PFR does.
#pragma once

#include <concepts>
#include <cstddef>
#include <utility>

namespace parley::shape {
namespace detail {
/// Converts to the type of any member. Never called.
struct AnyMember {
  template <class Member>
  operator Member() const;  // NOLINT: implicit by design
};

template <class T, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), std::declval<AnyMember>())...}; };
}
}  // namespace detail

/// Whether the aggregate T has exactly `count` members: it can be made from `count` values, but not from one more.
template <class T, std::size_t count>
consteval bool has_members() {
  return detail::takes<T>(std::make_index_sequence<count>()) &&
         !detail::takes<T>(std::make_index_sequence<count + 1>());
}

}  // namespace parley::shape
