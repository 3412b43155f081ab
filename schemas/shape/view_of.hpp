// Makes the type-erased view of a table at compile time: rows, quoted keys, member names, the key index.
#pragma once

#include "schemas/shape/shape.hpp"

namespace parley::shape {
namespace detail {

/// A member and the key of its row.
struct NamedMember {
  MemberId member;
  std::string_view name;
};
/// The members of T and their canonical names.
template <class T>
inline constexpr auto members_of = [] {
  std::array<NamedMember, fields_of<T>.size> members;
  std::size_t at = 0;
  fields_of<T>.defs.each([&members, &at](const auto& def) {
    if constexpr (HasKey<std::remove_cvref_t<decltype(def)>>) members[at++] = {def.members.front(), def.key};
  });
  return members;
}();

/// The canonical name of a member: the key of its row in the canonical table.
template <auto Member>
constexpr std::string_view member_name() {
  for (const NamedMember& one : members_of<object_t<Member>>) {
    if (one.member == member_id<Member>) return one.name;
  }
  throw "the canonical table has no row of this member";
}

/// A text of `N` characters that is made at compile time.
template <std::size_t N>
struct Made {
  char bytes[N + 1]{};
  [[nodiscard]] constexpr std::string_view view() const { return {bytes, N}; }
};

template <auto... Members>
constexpr std::size_t names_length() {
  return ((member_name<Members>().size() + 1) + ... + 0) - 1;
}
template <auto... Members>
constexpr auto join_names() {
  Made<names_length<Members...>()> made;
  std::size_t at = 0;
  const auto add = [&made, &at](std::string_view name) {
    if (at != 0) made.bytes[at++] = ',';
    for (const char byte : name) made.bytes[at++] = byte;
  };
  (add(member_name<Members>()), ...);
  return made;
}
template <auto... Members>
inline constexpr auto names = join_names<Members...>();

template <auto First, auto... Members>
constexpr auto prefix_names() {
  constexpr std::string_view record = std::remove_const_t<decltype(fields_of<object_t<First>>)>::name;
  Made<record.size() + 1 + names_length<First, Members...>()> made;
  char* at = std::copy(record.begin(), record.end(), made.bytes);
  *at++ = '.';
  const std::string_view joined = names<First, Members...>.view();
  std::copy(joined.begin(), joined.end(), at);
  return made;
}
template <auto... Members>
inline constexpr auto prefixed = prefix_names<Members...>();

template <const auto& TableRef>
constexpr std::size_t quoted_length() {
  std::size_t length = 0;
  const auto add = [&length](const auto& def) {
    if constexpr (requires { def.key; }) length += def.key.size() + 3;
  };
  TableRef.defs.each(add);
  return length;
}
template <const auto& TableRef>
constexpr auto quote_keys() {
  Made<quoted_length<TableRef>()> made;
  std::size_t at = 0;
  const auto add = [&made, &at](const auto& def) {
    if constexpr (requires { def.key; }) {
      made.bytes[at++] = '"';
      for (const char byte : def.key) made.bytes[at++] = byte;
      made.bytes[at++] = '"';
      made.bytes[at++] = ':';
    }
  };
  TableRef.defs.each(add);
  return made;
}
template <const auto& TableRef>
inline constexpr auto quoted_keys = quote_keys<TableRef>();

template <class Def>
inline constexpr std::size_t row_count = 1;
template <auto... Members>
inline constexpr std::size_t row_count<DropDef<Members...>> = 0;
template <auto... Members>
inline constexpr std::size_t row_count<ElsewhereDef<Members...>> = 0;
template <auto Function>
inline constexpr std::size_t row_count<FinishDef<Function>> = 0;
template <>
inline constexpr std::size_t row_count<ClosedDef> = 0;
template <class Def>
inline constexpr std::size_t elsewhere_count = 0;
template <auto... Members>
inline constexpr std::size_t elsewhere_count<ElsewhereDef<Members...>> = sizeof...(Members);
template <class Def>
inline constexpr std::size_t drop_count = 0;
template <auto... Members>
inline constexpr std::size_t drop_count<DropDef<Members...>> = sizeof...(Members);

template <auto Member, class C>
constexpr Row make_row(const RowDef<Member, C>& def, bool canonical) {
  using M = member_t<Member>;
  Row row{.key = def.key,
          .quoted = {},
          .members = {},
          .lossy = {},
          .need = def.need,
          .fidelity = C::fidelity,
          .note = def.note,
          .type = &C::type};
  row.members = canonical ? def.key : std::string_view{};
  row.read = &RowThunks<Member, C>::read;
  row.write = &RowThunks<Member, C>::write;
  row.empty = &RowThunks<Member, C>::empty;
  if constexpr (ReadsUsual<C, M>) row.read_usual = &RowThunks<Member, C>::read_usual;
  if constexpr (borrows_text<C>) row.borrow = &RowThunks<Member, C>::borrow;
  if constexpr (Losing<C, M>) row.losses = &RowThunks<Member, C>::losses;
  return row;
}

// Member names are looked up in the canonical table. That is not possible while the canonical table itself is being made.
template <bool Canonical, auto Member, class C>
constexpr Row row_of(const RowDef<Member, C>& def) {
  Row row = make_row(def, Canonical);
  if constexpr (!Canonical) {
    row.members = member_name<Member>();
    row.lossy = prefixed<Member>.view();
  }
  return row;
}
template <bool Canonical, class C, auto First, auto... Members>
constexpr Row row_of(const GroupDef<C, First, Members...>& def) {
  using T = object_t<First>;
  Row row{.key = def.key,
          .quoted = {},
          .members = names<First, Members...>.view(),
          .lossy = prefixed<First, Members...>.view(),
          .need = def.need,
          .fidelity = C::fidelity,
          .note = def.note,
          .type = &C::type};
  row.read = &GroupThunks<T, C>::read;
  row.write = &GroupThunks<T, C>::write;
  row.empty = &GroupThunks<T, C>::empty;
  if constexpr (Losing<C, T>) row.losses = &GroupThunks<T, C>::losses;
  return row;
}

template <auto Member>
constexpr Drop drop_of(std::string_view reason) {
  using M = member_t<Member>;
  return Drop{member_name<Member>(), prefixed<Member>.view(), reason, &RowThunks<Member, DefaultCodec<M>>::empty};
}

template <const auto& TableRef>
struct Parts;
template <class T, Literal Name, bool Canonical, class... Defs, const Table<T, Name, Canonical, Defs...>& TableRef>
struct Parts<TableRef> {
  static constexpr std::size_t rows = (row_count<Defs> + ... + 0);
  static constexpr std::size_t drops = (drop_count<Defs> + ... + 0);
  static constexpr std::size_t elsewheres = (elsewhere_count<Defs> + ... + 0);
  static_assert(rows <= 64, "a record remembers which rows it saw in 64 bits");

  static constexpr auto make_rows() {
    std::array<Row, rows> made{};
    std::size_t at = 0;
    std::size_t text = 0;
    const auto add = [&made, &at, &text](const auto& def) {
      if constexpr (requires { def.key; }) {
        made[at] = row_of<Canonical>(def);
        made[at].quoted = quoted_keys<TableRef>.view().substr(text, def.key.size() + 3);
        text += def.key.size() + 3;
        ++at;
      }
    };
    TableRef.defs.each(add);
    return made;
  }
  static constexpr auto make_drops() {
    std::array<Drop, drops> made{};
    std::size_t at = 0;
    const auto add = [&made, &at ]<auto... Members>(const DropDef<Members...>& def) {
      ((made[at++] = drop_of<Members>(def.reason)), ...);
    };
    const auto visit = [&add](const auto& def) {
      if constexpr (requires { def.reason; }) add(def);
    };
    TableRef.defs.each(visit);
    return made;
  }
  static constexpr auto make_elsewheres() {
    std::array<Elsewhere, elsewheres> made{};
    std::size_t at = 0;
    const auto add = [&made, &at ]<auto... Members>(const ElsewhereDef<Members...>& def) {
      ((made[at++] = Elsewhere{member_name<Members>(), def.where}), ...);
    };
    const auto visit = [&add](const auto& def) {
      if constexpr (requires { def.where; }) add(def);
    };
    TableRef.defs.each(visit);
    return made;
  }
  static constexpr std::array<Row, rows> row_array = make_rows();
  static constexpr std::array<Drop, drops> drop_array = make_drops();
  static constexpr std::array<Elsewhere, elsewheres> elsewhere_array = make_elsewheres();

  static Wire& wire(void* object) { return static_cast<T*>(object)->wire; }
  static Extensions& extensions(void* object) { return static_cast<T*>(object)->extensions; }

  template <auto Function>
  static void finish(void* object) {
    Function(*static_cast<T*>(object));
  }

  static constexpr View make() {
    View made{.name = Name.view(),
              .record = {},
              .rows = row_array,
              .drops = drop_array,
              .elsewhere = elsewhere_array,
              .index = index_of(row_array)};
    made.canonical = Canonical;
    if constexpr (Canonical) {
      made.record = Name.view();
    } else {
      made.record = std::remove_const_t<decltype(fields_of<T>)>::name;
    }
    const auto set_finish = [&made]<auto Function>(const FinishDef<Function>&) { made.finish = &finish<Function>; };
    const auto visit = [&set_finish](const auto& def) {
      if constexpr (requires { def.finishes; }) set_finish(def);
    };
    TableRef.defs.each(visit);
    made.closed = (std::is_same_v<Defs, ClosedDef> || ...);
    if constexpr (Remembers<T>) {
      made.wire = &wire;
      made.extensions = &extensions;
    }
    return made;
  }
};
}  // namespace detail

/// What losses name the members: `visitor.token`.
template <auto... Members>
inline constexpr std::string_view lossy = detail::prefixed<Members...>.view();

/// The type-erased view of a table. The table must be `inline constexpr`. A `static` table would have one view in each translation unit,
/// and a record remembers its shape by the address of the view.
template <const auto& TableRef>
inline constexpr View view = detail::Parts<TableRef>::make();

/// The canonical view of a struct.
template <class T>
inline constexpr const View& canonical_view = view<fields_of<T>>;

/// The canonical name of a member as JSON writes it: `"company":`.
template <auto Member>
inline constexpr std::string_view quoted_name = [] {
  const std::string_view name = detail::member_name<Member>();
  for (const Row& row : canonical_view<detail::object_t<Member>>.rows) {
    if (row.key == name) return row.quoted;
  }
  throw "the canonical table has no row of this member";
}();

}  // namespace parley::shape
