// Compares a document with what came back; see comparison.hpp.
#include "gateway/translate/comparison.hpp"

namespace parley::gateway::translate {
namespace {

using shape::Node;
using shape::NodeKind;

bool is_scalar(const Node& node) noexcept { return !node.is_array() && !node.is_object(); }
bool same_scalar(const Node& a, const Node& b) noexcept { return is_scalar(a) && a.kind == b.kind && a.text == b.text; }

/// Whether two list elements are probably the same, perhaps changed: equal scalars, or objects with an equal value.
bool akin(const Node& a, const Node& b) noexcept {
  if (is_scalar(a) || is_scalar(b)) return same_scalar(a, b);
  for (const Node& child : a) {
    if (!is_scalar(child) || child.kind == NodeKind::boolean || says_nothing(child)) continue;
    const Node* other = b.find(child.key);
    if (other != nullptr && same_scalar(child, *other)) return true;
  }
  return a.size == 0 && b.size == 0;
}

/// A value for a message, cut to 40 bytes.
String show(const Node& node) {
  constexpr std::size_t most = 40;
  if (node.raw.size() <= most) return String(node.raw);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(node.raw[end]) & 0xc0U) == 0x80U) --end;
  return String(node.raw.substr(0, end)).append("…");
}

std::optional<std::size_t> index_of(const Node& object, std::string_view key) {
  std::size_t index = 0;
  for (const Node& child : object) {
    if (child.key == key) return index;
    ++index;
  }
  return std::nullopt;
}

Comparison::Side member_of(const Comparison::Side& object, std::size_t index) {
  const Node* child = child_at(object.node, index);
  return {child, object.place.member(*child, index, object.node->size)};
}

}  // namespace

void Comparison::compare(const Side& source, const Side& back, String& pointer) {
  const Node& node = *source.node;
  if (source.place.known && says_nothing(node)) return;  // a value that came back for it is `invented`
  if (back.node == nullptr || (source.place.known && says_nothing(*back.node))) {
    note(Change::lost, pointer, source.place, nullptr);
  } else if (node.is_object() && back.node->is_object()) {
    compare_members(source, back, pointer);
  } else if (node.is_array() && back.node->is_array()) {
    compare_elements(source, back, pointer);
  } else if (!same_scalar(node, *back.node)) {
    // A vendor's placeholder for nothing (a zero guid, a date of 1970) counts as nothing.
    const bool gone = source.place.known && !back.place.held();
    note(gone ? Change::lost : Change::narrowed, pointer, source.place, gone ? nullptr : back.node);
  }
}

void Comparison::compare_members(const Side& source, const Side& back, String& pointer) {
  std::size_t index = 0;
  for (const Node& child : *source.node) {
    const std::size_t length = pointer.size();
    shape::append_pointer(child.key, pointer);
    const std::optional<std::size_t> other = index_of(*back.node, child.key);
    compare({&child, source.place.member(child, index, source.node->size)},
            other ? member_of(back, *other) : Side{nullptr, {}}, pointer);
    pointer.resize(length);
    ++index;
  }
}

void Comparison::compare_elements(const Side& source, const Side& back, String& pointer) {
  const List<const Node*> returned = children_of(*back.node);
  std::size_t at = 0;
  std::size_t index = 0;
  for (const Node& child : *source.node) {
    const std::size_t left = source.node->size - index;
    while (returned.size() - at > left && !akin(child, *returned[at])) ++at;
    const Node* other = at < returned.size() ? returned[at] : nullptr;
    if (other != nullptr && returned.size() - at < left && !akin(child, *other)) other = nullptr;
    const std::size_t length = pointer.size();
    pointer.append("/").append(std::to_string(index));
    const Place place = source.place.element(index++);
    if (other == nullptr) {
      note(Change::lost, pointer, place, nullptr);
    } else {
      compare({&child, place}, {other, back.place.element(at++)}, pointer);
    }
    pointer.resize(length);
  }
}

void Comparison::note(Change change, const String& pointer, const Place& place, const Node* back) {
  String reason = explainer_.why(place);
  if (back != nullptr) reason.append(reason.empty() ? "" : "; ").append("comes back as ").append(show(*back));
  if (reason.empty()) reason = explainer_.otherwise();
  report_.entries.push_back({change, pointer, place.name(), std::move(reason)});
}

}  // namespace parley::gateway::translate
