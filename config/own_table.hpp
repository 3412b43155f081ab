// Tables of the keys that only some adapters read. An adapter declares a settings struct and its table in its own folder. The loader
// reads the keys by the table, and the adapter gets the struct with `settings_of`:
//
//   struct RouteSettings { bool strict = false; friend bool operator==(…) = default; };
//   inline constexpr auto route_settings = config::section<RouteSettings, "route">(row<&RouteSettings::strict>(…));
//   template <> inline constexpr auto config::own_table<RouteSettings> = config::make_own<route_settings>(At::route);
#pragma once

#include "config/adapter_keys.hpp"
#include "config/section.hpp"

namespace parley::config {

using shape::Need;
using shape::row;

namespace detail {

/// The bounds of a row, if its codec has bounds.
template <class Def>
struct BoundsOf {
  static constexpr Bounds value{};
};
template <auto Member, class Codec>
  requires requires { Codec::most; }
struct BoundsOf<shape::RowDef<Member, Codec>> {
  static constexpr Bounds value{Codec::least, Codec::most};
};
template <class Table>
struct BoundsOfTable;
template <class T, shape::Literal Name, bool Canonical, class... Defs>
struct BoundsOfTable<shape::Table<T, Name, Canonical, Defs...>> {
  static constexpr std::array<Bounds, sizeof...(Defs)> value{BoundsOf<Defs>::value...};
};

template <class T>
const void* defaults_of() {
  static const T object{};
  return &object;
}

/// Finds the secrets of a value by its codec.
template <class Codec>
struct Secrets {
  static void find(const auto&, const String&, List<NamedSecret>&) {}
};
template <>
struct Secrets<SecretCodec> {
  static void find(const Secret& secret, const String& key, List<NamedSecret>& found) {
    if (!secret.value.empty()) found.push_back({key, secret.value});
  }
};
template <class Element>
struct Secrets<OneOrMany<Element>> {
  static void find(const auto& list, const String& key, List<NamedSecret>& found) {
    for (std::size_t i = 0; i < list.size(); ++i)
      Secrets<Element>::find(list[i], key + '[' + std::to_string(i) + ']', found);
  }
};
template <const auto& TableRef, class Rest>
struct Secrets<Section<TableRef, Rest>> {
  static void find(const auto& object, const String& key, List<NamedSecret>& found) {
    const auto look = [&]<auto Member, class Codec>(const shape::RowDef<Member, Codec>& def) {
      Secrets<Codec>::find(object.*Member, (key.empty() ? key : key + '.') + String(def.key), found);
    };
    TableRef.defs.each(look);
  }
};

}  // namespace detail

/// A table without its types.
template <const auto& TableRef>
consteval Keys keys_of() {
  using Table = std::remove_cvref_t<decltype(TableRef)>;
  return {&shape::view<TableRef>, detail::BoundsOfTable<Table>::value, &detail::defaults_of<typename Table::object>};
}

/// Texts of an adapter's table, for advice and reference.
struct OwnTexts {
  /// One of its keys with a value, if that is a good example of the table: `bearer: {file: PATH}`.
  std::string_view example{};
  std::span<const Synonym> synonyms{};
  std::span<const TableBelow> below{};
};

/// The table of an adapter's own keys at that place. The struct needs an `==` that compares everything that the file can set.
template <const auto& TableRef>
consteval OwnTable make_own(At at, OwnTexts texts = {}) {
  using T = typename std::remove_cvref_t<decltype(TableRef)>::object;
  return {.at = at,
          .keys = keys_of<TableRef>(),
          .make = []() -> std::shared_ptr<void> { return std::make_shared<T>(); },
          .same = [](const void* a, const void* b) { return *static_cast<const T*>(a) == *static_cast<const T*>(b); },
          .find_secrets =
              [](const void* value, const String& key, List<NamedSecret>& found) {
                detail::Secrets<Section<TableRef>>::find(*static_cast<const T*>(value), key, found);
              },
          .example = texts.example,
          .synonyms = texts.synonyms,
          .below = texts.below};
}

}  // namespace parley::config
