// How an adapter declares what its shape carries of a record kind that is not its own. The compiler checks that no
// field is missing, as it does for the shape tables.
//
//   constexpr auto fields = contract::project<Visitor, "enghouse.contact as visitor">(
//       contract::carried<&Visitor::id>(shape::Fidelity::converted, "userID"), …, shape::dropped<&Visitor::token>("why"));
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"
#include "schemas/shape/shape.hpp"

namespace parley::contract {

namespace detail {
/// Members that the projection carries, and where the shape has them.
template <auto... Members>
struct CarriedDef {
  shape::Fidelity fidelity;
  std::string_view where;
  static constexpr std::span<const shape::detail::MemberId> members = shape::detail::member_ids<Members...>;
};

template <class Def>
inline constexpr std::size_t member_count = 0;
template <auto... Members>
inline constexpr std::size_t member_count<CarriedDef<Members...>> = sizeof...(Members);
template <auto... Members>
inline constexpr std::size_t member_count<shape::DropDef<Members...>> = sizeof...(Members);

template <class... Defs>
struct Decisions {
  static consteval bool covers(shape::detail::MemberId member) {
    return (shape::detail::contains(Defs::members, member) || ...);
  }
};

/// The members of one declaration, as the fidelity matrix shows them.
template <auto... Members>
constexpr auto fields_of(const CarriedDef<Members...>& def) {
  return std::array<Projection::Field, sizeof...(Members)>{
      Projection::Field{shape::detail::member_name<Members>(), def.fidelity, def.where}...};
}
template <auto... Members>
constexpr auto fields_of(const shape::DropDef<Members...>& def) {
  return std::array<Projection::Field, sizeof...(Members)>{
      Projection::Field{shape::detail::member_name<Members>(), shape::Fidelity::dropped, def.reason}...};
}
}  // namespace detail

/// Declares carried members. Exact and converted ones are equal again after `to(from(record))`; derived ones are
/// computed anew.
template <auto... Members>
consteval auto carried(shape::Fidelity fidelity, std::string_view where) {
  return detail::CarriedDef<Members...>{fidelity, where};
}

/// The fields of a projection to or from T. Does not compile unless each canonical member is decided exactly once:
/// carried or shape::dropped. `Name` is the projection's name in the compiler's message.
template <class T, shape::Text Name, class... Defs>
consteval auto project(Defs... defs) {
  using Canonical = std::remove_const_t<decltype(shape::fields_of<T>)>;
  static_assert(shape::detail::Coverage<Canonical, Name, detail::Decisions<Defs...>>::ok);
  constexpr std::size_t count = (detail::member_count<Defs> + ... + 0);
  static_assert(count == shape::fields_of<T>.size, "a member of this projection is decided twice");
  std::array<Projection::Field, count> fields{};
  std::size_t at = 0;
  const auto add = [&fields, &at](const auto& some) {
    for (const Projection::Field& field : some) fields[at++] = field;
  };
  (add(detail::fields_of(defs)), ...);
  return fields;
}

/// Adds what a record of the other kind loses on its way through the shape. `back` is the record after the round trip.
/// A loss is a dropped member that is not empty, or a carried member that differs in `back`. Adds nothing if the
/// records are of different kinds.
void find_losses(const Projection& projection, const Record& record, const Record& back, shape::Losses& losses);

}  // namespace parley::contract
