// Where in a document one stands, in the words of its table: which rows lead here and which canonical fields they carry.
#pragma once

#include "schemas/shape/view.hpp"

namespace parley::gateway::translate {

/// One row on the way down.
struct Landmark {
  const shape::View* view;
  const shape::Row* row;
};

/// A value of a document. Copied on the way down; documents nest at most `max_depth` deep and tables far less.
struct Place {
  const shape::View* view = nullptr;   ///< the table, where the value is an object with one
  const shape::Type* type = nullptr;   ///< else what its row says of it
  List<Landmark> rows;                 ///< the rows that led here, outermost first
  const shape::Node* canon = nullptr;  ///< the same value in the canonical document, where it can be followed
  bool known = true;                   ///< false below a member that no row knows

  /// The place of a document, or of a list's element, by its table.
  static Place root(const shape::View& view, const shape::Node* canon);
  /// The member `child` of an object, the `index`-th of `count`.
  [[nodiscard]] Place member(const shape::Node& child, std::size_t index, std::size_t count) const;
  /// The `index`-th element of an array.
  [[nodiscard]] Place element(std::size_t index) const;
  /// The canonical name of the innermost row, `visitor.token`; empty where no row led here.
  [[nodiscard]] String name() const;
  /// Whether the canonical record holds anything of the innermost row. True where that cannot be told.
  [[nodiscard]] bool held() const;

 private:
  /// Enters a value of that type whose canonical counterpart is `at`.
  void enter(const shape::Type* of, const shape::Node* at);
  const shape::Node* record_ = nullptr;  // the canonical object that the innermost row belongs to
};

/// The comma-separated names, one by one: calls `visit(name)` until it returns true; returns whether one did.
template <class Visit>
bool any_member(std::string_view members, const Visit& visit) {
  while (!members.empty()) {
    const std::size_t comma = members.find(',');
    if (visit(members.substr(0, comma))) return true;
    members = comma == std::string_view::npos ? std::string_view{} : members.substr(comma + 1);
  }
  return false;
}

/// null, "", 0, false, [] and {}: what documents write where there is nothing to say.
[[nodiscard]] bool says_nothing(const shape::Node& node) noexcept;

/// The children, for those who look them up often.
[[nodiscard]] List<const shape::Node*> children_of(const shape::Node& parent);
/// The child of that index, or nullptr. Walks from the first.
[[nodiscard]] const shape::Node* child_at(const shape::Node* parent, std::size_t index) noexcept;

}  // namespace parley::gateway::translate
