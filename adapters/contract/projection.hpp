// Tables of projections: how one shape holds a record of a kind that is not its own (Enghouse's contact holds a visitor). The table
// converts in both directions, finds the losses, and documents itself. The compiler checks that no field is missing, as it does for the
// shape tables.
//
//   constexpr auto visitor = contract::projection<Visitor, "enghouse.contact as visitor">(
//       contract::carried<&Visitor::id, UserId>(shape::Fidelity::converted, "userID"), …,
//       shape::dropped<&Visitor::token>("why"));
#pragma once

#include <array>

#include "adapters/contract/adapter.hpp"
#include "schemas/shape/shape.hpp"

namespace parley::contract {

/// A member that the projection carries. `Codec` is a struct of static members; `Own` is what the adapter holds of its record:
///   void to(const Own&, T&);     sets the member of the other record. Absent: the shape cannot be read into that record.
///   void from(const T&, Own&);   stores the member in the own record. Absent: the own record cannot be made from the other.
///   bool lost(const T&);         whether `to` after `from` gives another value than a member that is not empty. Absent: never.
template <auto Member, class Codec>
struct CarriedDef {
  shape::Fidelity fidelity;
  std::string_view where;
  static constexpr std::span<const shape::detail::MemberId> members = shape::detail::member_ids<Member>;
};

/// Declares a carried member. Exact and converted ones are equal again after `from` and `to`, unless `Codec::lost` says that they are
/// not; derived ones are computed anew.
template <auto Member, class Codec>
consteval auto carried(shape::Fidelity fidelity, std::string_view where) {
  return CarriedDef<Member, Codec>{fidelity, where};
}

namespace detail {
template <class T, class Codec>
constexpr auto loss_check() -> bool (*)(const void*) {
  if constexpr (requires(const T& record) { Codec::lost(record); }) {
    return [](const void* record) { return Codec::lost(*static_cast<const T*>(record)); };
  } else {
    return nullptr;
  }
}
}  // namespace detail

/// The table of a projection to or from T. See `projection`.
template <class T, shape::Literal Name, class... Defs>
struct ProjectionTable {
  shape::detail::DefList<std::index_sequence_for<Defs...>, Defs...> defs;

  static consteval bool covers(shape::detail::MemberId member) {
    return (shape::detail::contains(Defs::members, member) || ...);
  }

  /// Reads the own record into `other`, in the order of the table.
  template <class Own>
  void to(const Own& own, T& other) const {
    const auto read = [&own, &other ]<auto Member, class Codec>(const CarriedDef<Member, Codec>&) {
      if constexpr (requires { Codec::to(own, other); }) Codec::to(own, other);
    };
    defs.each([&read](const auto& def) {
      if constexpr (requires { read(def); }) read(def);
    });
  }
  /// Writes `other` into the own record, in the order of the table.
  template <class Own>
  void from(const T& other, Own& own) const {
    const auto write = [&own, &other ]<auto Member, class Codec>(const CarriedDef<Member, Codec>&) {
      if constexpr (requires { Codec::from(other, own); }) Codec::from(other, own);
    };
    defs.each([&write](const auto& def) {
      if constexpr (requires { write(def); }) write(def);
    });
  }

  /// Calls `visit.operator()<Codec>()` for each carried member, in the order of the table: for functions that an adapter adds to its codecs.
  template <class Visit>
  void each_codec(const Visit& visit) const {
    const auto call = [&visit]<auto Member, class Codec>(const CarriedDef<Member, Codec>&) {
      visit.template operator()<Codec>();
    };
    defs.each([&call](const auto& def) {
      if constexpr (requires { call(def); }) call(def);
    });
  }

  /// The decision on each canonical field of T, in the order of the canonical table.
  consteval auto fields() const {
    std::array<Projection::Field, shape::fields_of<T>.size> made{};
    const auto place = [&made](shape::detail::MemberId member, Projection::Field field) {
      const auto& names = shape::detail::members_of<T>;
      std::size_t at = 0;
      while (names[at].member != member) ++at;
      field.member = names[at].name;
      made[at] = field;
    };
    const auto carry = [&place]<auto Member, class Codec>(const CarriedDef<Member, Codec>& def) {
      place(shape::detail::member_id<Member>,
            {{}, shape::lossy<Member>, def.fidelity, def.where, detail::loss_check<T, Codec>()});
    };
    const auto drop = [&place]<auto... Members>(const shape::DropDef<Members...>& def) {
      (place(shape::detail::member_id<Members>,
             {{}, shape::lossy<Members>, shape::Fidelity::dropped, def.reason, nullptr}),
       ...);
    };
    defs.each([&](const auto& def) {
      if constexpr (requires { carry(def); }) {
        carry(def);
      } else {
        drop(def);
      }
    });
    return made;
  }
};

/// Declares a projection to or from T. Does not compile unless each canonical member is carried or shape::dropped, once. `Name` is the
/// projection's name in the compiler's message.
template <class T, shape::Literal Name, class... Defs>
consteval auto projection(Defs... defs) {
  using Canonical = std::remove_const_t<decltype(shape::fields_of<T>)>;
  using Made = ProjectionTable<T, Name, Defs...>;
  static_assert(shape::detail::Coverage<Canonical, Name, Made>::ok);
  static_assert((Defs::members.size() + ... + 0) <= shape::fields_of<T>.size,
                "a member of this projection is decided twice");
  return Made{{{defs}...}};
}

/// Adds what `record` loses on its way through the shape and back: its dropped members that are not empty, and the carried ones that
/// come back with another value. `view` is the canonical table of the record and of the projection.
void find_losses(const Projection& projection, const shape::View& view, const void* record, shape::Losses& losses);

}  // namespace parley::contract
