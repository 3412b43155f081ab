// A place in a document, described by its table: the rows that lead to it and the canonical fields that they carry.
#pragma once

#include "schemas/shape/view.hpp"

namespace parley::gateway::translate {

/// One row on the way to a place.
struct Landmark {
  const shape::View* view;
  const shape::Row* row;
};

/// The place of a value. Copied at each level; tables are only a few levels deep.
struct Place {
  const shape::View* view = nullptr;   ///< the table, if the value is an object with one
  const shape::Type* type = nullptr;   ///< the type in its row
  List<Landmark> rows;                 ///< the rows that led here, outermost first
  const shape::Node* canon = nullptr;  ///< the same value in the canonical document, if it can be found
  bool known = true;                   ///< false at and below a member without a row

  /// The place of a document, or of a list's element, with that table.
  static Place root(const shape::View& view, const shape::Node* canon);
  /// The place of the member `child` of an object, the `index`-th of `count`.
  [[nodiscard]] Place member(const shape::Node& child, std::size_t index, std::size_t count) const;
  /// The place of the `index`-th element of an array.
  [[nodiscard]] Place element(std::size_t index) const;
  /// The canonical name of the innermost row, `visitor.token`; empty if there is none.
  [[nodiscard]] String name() const;
  /// Whether the canonical record has a value for the innermost row. True if this is not known.
  [[nodiscard]] bool held() const;

 private:
  /// Makes this the place of a value of that type; `at`: the same value in the canonical document.
  void enter(const shape::Type* of, const shape::Node* at);
  const shape::Node* record_ = nullptr;  // the canonical object that the innermost row belongs to
};

/// Calls `visit(name)` for each comma-separated name until it returns true. Returns whether it did.
template <class Visit>
bool any_member(std::string_view members, const Visit& visit) {
  while (!members.empty()) {
    const std::size_t comma = members.find(',');
    if (visit(members.substr(0, comma))) return true;
    members = comma == std::string_view::npos ? std::string_view{} : members.substr(comma + 1);
  }
  return false;
}

/// Whether the value means nothing: null, "", 0, false, [] or {}.
[[nodiscard]] bool says_nothing(const shape::Node& node) noexcept;

/// The children as a list, for fast access by index.
[[nodiscard]] List<const shape::Node*> children_of(const shape::Node& parent);
/// The child with that index, or nullptr. Takes linear time.
[[nodiscard]] const shape::Node* child_at(const shape::Node* parent, std::size_t index) noexcept;

}  // namespace parley::gateway::translate
