// How to write field tables: one table for each kind of document, checked by the compiler, shared by facade and connector.
//
//   template <> inline constexpr auto shape::fields_of<Visitor> = shape::fields<Visitor, "visitor">(
//       shape::row<&Visitor::id>("id", shape::Need::required, "Stable id."), …);           // canonical names, once
//   inline constexpr auto visitor = shape::shape<Visitor, "zendesk.visitor">(
//       shape::row<&Visitor::id, Guid>("id", always, "…"), …, shape::dropped<&Visitor::token>("why"));
#pragma once

#include <algorithm>
#include <concepts>
#include <type_traits>
#include <utility>

#include "schemas/shape/member_count.hpp"
#include "schemas/shape/view.hpp"

namespace parley::shape {

/// A string literal as a template argument.
template <std::size_t N>
struct Literal {
  char bytes[N]{};
  consteval Literal(const char (&text)[N]) { std::copy_n(text, N, bytes); }  // NOLINT: implicit by design
  [[nodiscard]] constexpr std::string_view view() const { return {bytes, N - 1}; }
};

/// The canonical table of a struct. Specialise it next to the struct.
template <class T>
inline constexpr auto fields_of = nullptr;
/// The words of an enumeration, in the order of its values from 0. In the canonical model word 0 is `""`: not known.
template <class E>
inline constexpr auto words_of = nullptr;
template <class... T>
consteval auto words(const T&... text) {
  return std::array<std::string_view, sizeof...(T)>{std::string_view(text)...};
}
/// The codec of a member type for rows that name no codec (codecs.hpp).
template <class M>
struct DefaultCodec;

/// A codec converts one member type to one JSON value and back. It is a struct of static members:
///   Fit read(const Node&, M&, Reading&);  void write(const M&, Writer&);  bool empty(const M&);
///   static constexpr Type type;  static constexpr Fidelity fidelity;
/// If it can lose something, it also has: void losses(const M&, std::string_view member, Losses&), where `member` is what losses name it
/// (`visitor.emails`), a constant.
template <class C, class M>
concept CodecFor = requires(const Node& node, M& member, const M& value, Writer& writer, Reading& reading) {
  { C::read(node, member, reading) } -> std::same_as<Fit>;
  { C::write(value, writer) } -> std::same_as<void>;
  { C::empty(value) } -> std::same_as<bool>;
  { C::type } -> std::convertible_to<const Type&>;
  { C::fidelity } -> std::convertible_to<Fidelity>;
};
template <class C, class M>
concept Losing = requires(const M& value, Losses& losses) {
  C::losses(value, std::string_view{}, losses);
};

/// If a value of several parts can be read without a tree of nodes, it may have: bool read_usual(JsonTokens&, M&, Reading&), as in Row.
template <class C, class M>
concept ReadsUsual = requires(M& member, JsonTokens& tokens, Reading& reading) {
  { C::read_usual(tokens, member, reading) } -> std::same_as<bool>;
};

/// Whether a codec reads a string without a fault by borrowing it, and does nothing else. For members that are a Text or an Id.
template <class C>
inline constexpr bool borrows_text = false;

namespace detail {
template <class P>
struct MemberOf;
template <class T, class M>
struct MemberOf<M T::*> {
  using object = T;
  using type = M;
};
template <auto Member>
using object_t = typename MemberOf<decltype(Member)>::object;
template <auto Member>
using member_t = typename MemberOf<decltype(Member)>::type;

/// The compiler's spelling of the member, with its struct.
template <auto Member>
consteval std::string_view spell_member() {
  return __PRETTY_FUNCTION__;
}
/// Identifies a member of a struct at compile time. Unlike pointers to members, ids of all members have one type, so that the compiler
/// searches a list of them in a loop instead of making a function for each pair. (With sanitizers, GCC does not compare addresses here.)
using MemberId = std::string_view;
template <auto Member>
inline constexpr MemberId member_id = spell_member<Member>();
template <auto... Members>
inline constexpr std::array<MemberId, sizeof...(Members)> member_ids{member_id<Members>...};
inline constexpr std::array<MemberId, 0> no_members{};

consteval bool contains(std::span<const MemberId> members, MemberId member) {
  return std::find(members.begin(), members.end(), member) != members.end();
}

// The functions that a row points to: one set for each pair of codec and member.
template <auto Member, class C>
struct RowThunks {
  using T = object_t<Member>;
  static Fit read(const Node& node, void* object, Reading& reading) {
    return C::read(node, static_cast<T*>(object)->*Member, reading);
  }
  static void borrow(void* object, std::string_view text) {
    auto& member = static_cast<T*>(object)->*Member;
    if constexpr (requires { member.text; }) {
      member.text.borrow_from(text);
    } else {
      member.borrow_from(text);
    }
  }
  static bool read_usual(JsonTokens& tokens, void* object, Reading& reading) {
    return C::read_usual(tokens, static_cast<T*>(object)->*Member, reading);
  }
  static bool write(const void* object, std::string_view quoted, bool force, Writer& writer) {
    const auto& value = static_cast<const T*>(object)->*Member;
    if (!force && C::empty(value)) return false;
    writer.quoted_key(quoted);
    C::write(value, writer);
    return true;
  }
  static bool empty(const void* object) { return C::empty(static_cast<const T*>(object)->*Member); }
  static void losses(const void* object, std::string_view lossy, Losses& losses) {
    C::losses(static_cast<const T*>(object)->*Member, lossy, losses);
  }
};
template <class T, class C>
struct GroupThunks {
  static Fit read(const Node& node, void* object, Reading& reading) {
    return C::read(node, *static_cast<T*>(object), reading);
  }
  static bool write(const void* object, std::string_view quoted, bool force, Writer& writer) {
    const T& value = *static_cast<const T*>(object);
    if (!force && C::empty(value)) return false;
    writer.quoted_key(quoted);
    C::write(value, writer);
    return true;
  }
  static bool empty(const void* object) { return C::empty(*static_cast<const T*>(object)); }
  static void losses(const void* object, std::string_view lossy, Losses& losses) {
    C::losses(*static_cast<const T*>(object), lossy, losses);
  }
};
}  // namespace detail

/// One member under one key.
template <auto Member, class C>
struct RowDef {
  std::string_view key;
  Need need;
  std::string_view note;
  static constexpr std::span<const detail::MemberId> members = detail::member_ids<Member>;
};
/// One key that carries several members, or a member whose codec needs the whole record. The codec gets the record.
template <class C, auto... Members>
struct GroupDef {
  std::string_view key;
  Need need;
  std::string_view note;
  static constexpr std::span<const detail::MemberId> members = detail::member_ids<Members...>;
};
/// Members that the vendor's document cannot carry, and the reason.
template <auto... Members>
struct DropDef {
  std::string_view reason;
  static constexpr std::span<const detail::MemberId> members = detail::member_ids<Members...>;
};

/// Members that another table of the same document carries. They have no row here and are not lost.
template <auto... Members>
struct ElsewhereDef {
  std::string_view where;
  static constexpr std::span<const detail::MemberId> members = detail::member_ids<Members...>;
};

/// A function that gets the whole record after all rows were read: for a key that sets more than one member.
template <auto Function>
struct FinishDef {
  static constexpr bool finishes = true;
  static constexpr std::span<const detail::MemberId> members = detail::no_members;
};

/// Declares that a document has no other members than the rows.
struct ClosedDef {
  static constexpr std::span<const detail::MemberId> members = detail::no_members;
};

template <auto Member, class C = DefaultCodec<detail::member_t<Member>>>
  requires CodecFor<C, detail::member_t<Member>>
consteval auto row(std::string_view key, Need need, std::string_view note) {
  return RowDef<Member, C>{key, need, note};
}
template <class C, auto... Members>
  requires(sizeof...(Members) > 0 && (CodecFor<C, detail::object_t<Members>> && ...))
consteval auto group(std::string_view key, Need need, std::string_view note) {
  return GroupDef<C, Members...>{key, need, note};
}
template <auto... Members>
consteval auto dropped(std::string_view reason) {
  return DropDef<Members...>{reason};
}

/// `Function` is `void(T&)`. `read_object` calls it before it records what differs from our spelling (`Wire::slots`).
template <auto Function>
consteval auto finish() {
  return FinishDef<Function>{};
}
/// Only the JSON Schema uses this. Whether `read_object` refuses unknown members depends on `Reading::strict` alone.
consteval auto closed() { return ClosedDef{}; }
template <auto... Members>
consteval auto elsewhere(std::string_view where) {
  return ElsewhereDef<Members...>{where};
}

namespace detail {
template <std::size_t, class Def>
struct DefAt {
  Def def;
};
/// The rows and other declarations of a table. It does what a tuple does here, for much less of the compiler's time.
template <class Indices, class... Defs>
struct DefList;
template <std::size_t... I, class... Defs>
struct DefList<std::index_sequence<I...>, Defs...> : DefAt<I, Defs>... {
  /// Calls `visit(def)` for each, in order.
  template <class Visit>
  constexpr void each(Visit&& visit) const {
    (visit(static_cast<const DefAt<I, Defs>&>(*this).def), ...);
  }
};
}  // namespace detail

/// A table with its types. The engines read it as `view<table>`, which has none.
template <class T, Literal Name, bool Canonical, class... Defs>
struct Table {
  using object = T;
  static constexpr std::string_view name = Name.view();
  static constexpr bool canonical = Canonical;
  static constexpr std::size_t size = sizeof...(Defs);
  detail::DefList<std::index_sequence_for<Defs...>, Defs...> defs;
  static consteval bool covers(detail::MemberId member) { return (detail::contains(Defs::members, member) || ...); }
};

// The shape's name is a template argument, so that the compiler's message names each shape that lacks the field.
template <auto Member, Literal Shape, bool Decided>
struct CanonicalField {
  static_assert(Decided, "this canonical field is neither mapped by a row<> nor dropped<> with a reason in this shape");
  static constexpr bool ok = true;
};

namespace detail {
template <class Def>
struct MemberOfDef;
template <auto Member, class C>
struct MemberOfDef<RowDef<Member, C>> {
  static constexpr auto value = Member;
};
template <class CanonicalTable, Literal Shape, class Vendor>
struct Coverage;
template <class T, Literal Canon, class... Defs, Literal Shape, class Vendor>
struct Coverage<Table<T, Canon, true, Defs...>, Shape, Vendor> {
  static constexpr bool ok =
      (CanonicalField<MemberOfDef<Defs>::value, Shape, Vendor::covers(Defs::members.front())>::ok && ...);
};
template <class Def>
concept HasKey = requires(const Def& def) {
  def.key;
};
template <class T>
concept Remembers = requires(T& object) {
  { object.wire } -> std::same_as<Wire&>;
  { object.extensions } -> std::same_as<Extensions&>;
};
}  // namespace detail

/// The canonical table of T, or the table of a request body. The number of rows must be that of the members, without `extensions`
/// and `wire`, which the engine handles. `Name` is the name of the record: "visitor".
template <class T, Literal Name, class... Defs>
consteval auto fields(Defs... defs) {
  static_assert(has_members<T, (std::size_t{detail::HasKey<Defs>} + ... + 0) + (detail::Remembers<T> ? 2 : 0)>(),
                "a member of this struct has no row in its own table");
  return Table<T, Name, true, Defs...>{{{defs}...}};
}

/// A vendor's table for T. It does not compile unless each canonical member has a row, is dropped with a reason, or is `elsewhere`.
template <class T, Literal Name, class... Defs>
consteval auto shape(Defs... defs) {
  using Made = Table<T, Name, false, Defs...>;
  static_assert(detail::Coverage<std::remove_const_t<decltype(fields_of<T>)>, Name, Made>::ok);
  return Made{{{defs}...}};
}

}  // namespace parley::shape

#include "schemas/shape/view_of.hpp"
