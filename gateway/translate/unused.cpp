// Finds unused parts of a document; see unused.hpp.
#include "gateway/translate/unused.hpp"

namespace parley::gateway::translate {

using shape::Node;

namespace {

void append_step(const Node& parent, const Node& child, std::size_t index, String& pointer) {
  if (parent.is_object()) {
    shape::append_pointer(child.key, pointer);
  } else {
    pointer.append("/").append(std::to_string(index));
  }
}

}  // namespace

void UnusedFinder::look_below(const Node& parent, const Place& place, String& pointer) const {
  std::size_t index = 0;
  for (const Node& child : parent) {
    const Place below = parent.is_object() ? place.member(child, index, parent.size) : place.element(index);
    const std::size_t length = pointer.size();
    append_step(parent, child, index, pointer);
    if (!below.known || !says_nothing(child)) {
      if (const std::optional<String> made = without(parent, index); made && *made == target_) {
        note_(pointer, below);
      } else {
        look_below(child, below, pointer);
      }
    }
    pointer.resize(length);
    ++index;
  }
}

void UnusedFinder::point_at_trace(const Node& parent, String& pointer) const {
  std::size_t index = 0;
  for (const Node& child : parent) {
    const std::optional<String> made = without(parent, index);
    if (made && *made != target_) {
      append_step(parent, child, index, pointer);
      return point_at_trace(child, pointer);
    }
    ++index;
  }
}

std::optional<String> UnusedFinder::without(const Node& parent, std::size_t index) const {
  const auto end_of = [this](const Node& node) {
    return static_cast<std::size_t>(node.raw.data() + node.raw.size() - root_.raw.data());
  };
  const std::string_view all = root_.raw;
  const Node& child = *child_at(&parent, index);
  // Removes the child with its key and one comma: the comma before it, or for the first child the one after it.
  std::size_t begin = static_cast<std::size_t>(parent.raw.data() - all.data()) + 1;
  std::size_t end = end_of(child);
  if (index > 0) {
    begin = end_of(*child_at(&parent, index - 1));
  } else if (parent.size > 1) {
    end = all.find(',', end) + 1;
  }
  return translate_(String(all.substr(0, begin)).append(all.substr(end)));
}

}  // namespace parley::gateway::translate
