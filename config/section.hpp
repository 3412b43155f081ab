// Declares the tables of settings structs: a row for each key, and a list of the members that no key fills. A struct with a member in
// neither of them does not compile.
#pragma once

#include <tuple>

#include "config/values.hpp"

namespace parley::config {

/// A member that keeps a place in the file, for faults that are found later: the place of the value of `Key`, or of the object if it has
/// no such key or `Key` is empty.
template <auto Member, shape::Literal Key = "">
struct Place {
  static void note(const Node& node, auto& object) {
    const Node* value = node.find(Key.view());
    object.*Member = (value != nullptr ? *value : node).mark;
  }
};

/// A member that this table does not read: the key of a map entry, or a member that other code sets.
template <auto Member>
struct Aside {
  static void note(const Node&, auto&) {}
};

/// The members of a struct that have no row.
template <class... Members>
struct Others {
  static constexpr std::size_t count = sizeof...(Members);
  static void note(const Node& node, auto& object) { (Members::note(node, object), ...); }
};

/// The table of a settings struct.
template <class T, shape::Literal Name, class Rest = Others<>, class... Defs>
consteval auto section(Defs... defs) {
  static_assert(shape::has_members<T, sizeof...(Defs) + Rest::count>(),
                "a member of this struct has neither a row nor a place among its Others");
  return shape::Table<T, Name, true, Defs...>{{{defs}...}};
}

/// An object that a table describes.
template <const auto& TableRef, class Rest = Others<>>
struct Section {
  using T = typename std::remove_cvref_t<decltype(TableRef)>::object;
  static constexpr Type type{.form = Form::object, .view = &shape::view<TableRef>};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, T& value, Reading& reading) {
    Rest::note(node, value);
    return shape::read_object(shape::view<TableRef>, node, &value, reading);
  }
  static void write(const T& value, Writer& writer) { shape::write_object(shape::view<TableRef>, &value, writer); }
  static bool empty(const T&) { return false; }
};

/// An object with keys of adapters. The table has only the keys that all adapters share. Other keys are skipped here and read by the
/// adapters' own tables (own_reader.hpp).
template <const auto& TableRef, class Rest = Others<>>
struct CommonSection : Section<TableRef, Rest> {
  static Fit read(const Node& node, auto& value, Reading& reading) {
    Rest::note(node, value);
    const shape::View& table = shape::view<TableRef>;
    if (!node.is_object()) return reading.refuse(node, "an object");
    for (const Node& child : node) {
      const int row = table.find(child.key);
      if (row < 0) continue;
      const Reading::Step step(reading, child.key);
      table.rows[static_cast<std::size_t>(row)].read(child, &value, reading);
    }
    for (const shape::Row& row : table.rows) {
      if (row.need == shape::Need::required && node.find(row.key) == nullptr) reading.missing(node, row.key);
    }
    return Fit::exact;
  }
};

/// A list of objects that the file writes as a map. The key of each entry becomes its member `Name`.
template <auto Name, class Element>
struct MapOf {
  using T = typename Element::T;
  static constexpr Type type{.form = Form::map, .words = {}, .view = Element::type.view, .element = &Element::type};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, List<T>& value, Reading& reading) {
    if (!node.is_object()) return reading.refuse(node, "a map of names to settings");
    for (const Node& child : node) {
      const Reading::Step step(reading, child.key);
      if (child.key.empty()) reading.refuse(child, "a name in front of the colon");
      T& one = value.emplace_back();
      one.*Name = child.key;
      Element::read(child, one, reading);
    }
    return Fit::exact;
  }
  static void write(const List<T>& value, Writer& writer) {
    writer.begin_object();
    for (const T& one : value) {
      writer.key(one.*Name);
      Element::write(one, writer);
    }
    writer.end_object();
  }
  static bool empty(const List<T>& value) { return value.empty(); }
};

}  // namespace parley::config
