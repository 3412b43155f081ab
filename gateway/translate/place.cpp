// Follows a document along its table; see place.hpp.
#include "gateway/translate/place.hpp"

namespace parley::gateway::translate {

using shape::Form;
using shape::Node;
using shape::NodeKind;

Place Place::root(const shape::View& view, const Node* canon) {
  Place place;
  place.view = &view;
  place.canon = canon;
  return place;
}

void Place::enter(const shape::Type* of, const Node* at) {
  type = of;
  canon = at;
  view = of != nullptr && of->form == Form::object ? of->view : nullptr;
}

Place Place::member(const Node& child, std::size_t index, std::size_t count) const {
  Place next;
  next.rows = rows;
  next.record_ = record_;
  next.known = known;
  if (!known) return next;
  if (view != nullptr) {
    const int found = view->find(child.key);
    if (found < 0) {
      next.known = false;
      return next;
    }
    const shape::Row& row = view->rows[static_cast<std::size_t>(found)];
    next.rows.push_back({view, &row});
    next.record_ = canon;
    const bool single = row.members.find(',') == std::string_view::npos;
    next.enter(row.type, canon != nullptr && single ? canon->find(row.members) : nullptr);
    return next;
  }
  if (type != nullptr && type->form == Form::map) {
    // An object with ids as keys is a list in the canonical model, in the same order.
    const bool follows = canon != nullptr && canon->is_array() && canon->size == count;
    next.enter(type->element, follows ? child_at(canon, index) : nullptr);
    if (type->view != nullptr) next.view = type->view;
  }
  return next;
}

Place Place::element(std::size_t index) const {
  Place next;
  next.rows = rows;
  next.record_ = record_;
  next.known = known;
  if (known && type != nullptr && type->form == Form::list) {
    next.enter(type->element, canon != nullptr && canon->is_array() ? child_at(canon, index) : nullptr);
  }
  return next;
}

String Place::name() const {
  if (rows.empty() || !known) return {};
  return String(rows.back().view->record).append(".").append(rows.back().row->members);
}

bool Place::held() const {
  if (rows.empty() || record_ == nullptr) return true;
  return any_member(rows.back().row->members, [this](std::string_view name) {
    const Node* value = record_->find(name);
    return value != nullptr && !says_nothing(*value);
  });
}

bool says_nothing(const Node& node) noexcept {
  switch (node.kind) {
    case NodeKind::null:
      return true;
    case NodeKind::boolean:
      return node.text == "false";
    case NodeKind::number:
      return node.text == "0";
    case NodeKind::string:
    case NodeKind::plain:
      return node.text.empty();
    case NodeKind::array:
    case NodeKind::object:
      return node.size == 0;
  }
  return false;
}

List<const Node*> children_of(const Node& parent) {
  List<const Node*> children;
  children.reserve(parent.size);
  for (const Node& child : parent) children.push_back(&child);
  return children;
}

const Node* child_at(const Node* parent, std::size_t index) noexcept {
  if (parent == nullptr || index >= parent->size) return nullptr;
  auto child = parent->begin();
  for (; index > 0; --index) ++child;
  return &*child;
}

}  // namespace parley::gateway::translate
