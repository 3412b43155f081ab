// How an adapter declares what its shape says of a record kind that is not its own: checked for coverage by the compiler, as
// the tables are.
//
//   constexpr auto fields = adapters::project<Visitor, "enghouse.contact as visitor">(
//       adapters::carried<&Visitor::id>(shape::Fidelity::converted, "userID"), …, shape::dropped<&Visitor::token>("why"));
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"
#include "schemas/shape/shape.hpp"

namespace parley::contract {

namespace detail {
/// Members that the projection carries, and where they stand in the shape.
template <auto... Members>
struct CarriedDef {
  shape::Fidelity fidelity;
  std::string_view where;
  template <auto M>
  static consteval bool covers() {
    return (shape::detail::same<Members, M>() || ...);
  }
};

template <class Def>
inline constexpr std::size_t member_count = 0;
template <auto... Members>
inline constexpr std::size_t member_count<CarriedDef<Members...>> = sizeof...(Members);
template <auto... Members>
inline constexpr std::size_t member_count<shape::DropDef<Members...>> = sizeof...(Members);

template <class... Defs>
struct Decisions {
  template <auto M>
  static consteval bool covers() {
    return (Defs::template covers<M>() || ...);
  }
};

/// One declaration's members, as the matrix shows them.
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

/// `fidelity`: exact and converted members come back equal from `to(from(record))`; derived ones are computed again.
template <auto... Members>
consteval auto carried(shape::Fidelity fidelity, std::string_view where) {
  return detail::CarriedDef<Members...>{fidelity, where};
}

/// The fields of a projection to or from T: each canonical member exactly once, carried or shape::dropped, or this does
/// not compile. `Name` is what the compiler's message calls the projection.
template <class T, shape::Text Name, class... Defs>
consteval auto project(Defs... defs) {
  using Canonical = std::remove_const_t<decltype(shape::fields_of<T>)>;
  static_assert(shape::detail::Coverage<Canonical, Name, detail::Decisions<Defs...>>::ok);
  constexpr std::size_t count = (detail::member_count<Defs> + ... + 0);
  static_assert(count == std::tuple_size_v<decltype(shape::fields_of<T>.defs)>,
                "a member of this projection is decided twice");
  std::array<Projection::Field, count> fields{};
  std::size_t at = 0;
  const auto add = [&fields, &at](const auto& some) {
    for (const Projection::Field& field : some) fields[at++] = field;
  };
  (add(detail::fields_of(defs)), ...);
  return fields;
}

/// Adds what a record of the other kind loses on its way through the shape: each dropped member that is not empty, and each
/// carried one that `back`, the same record come back, holds differently. Records of different kinds lose nothing here.
void find_losses(const Projection& projection, const Record& record, const Record& back, shape::Losses& losses);

}  // namespace parley::contract
