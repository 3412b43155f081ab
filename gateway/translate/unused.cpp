// Finds what leaves no trace in a translation; see unused.hpp.
#include "gateway/translate/unused.hpp"

namespace parley::gateway {

using shape::Node;

void UnusedFinder::look_below(const Node& parent, const Place& place, String& pointer) const {
  std::size_t index = 0;
  for (const Node& child : parent) {
    const Place below = parent.is_object() ? place.member(child, index, parent.size) : place.element(index);
    const std::size_t length = pointer.size();
    if (parent.is_object()) {
      shape::append_pointer(child.key, pointer);
    } else {
      pointer.append("/").append(std::to_string(index));
    }
    if (!below.known || !says_nothing(child)) {
      if (!leaves_a_trace(parent, index)) {
        note_(pointer, below);
      } else {
        look_below(child, below, pointer);
      }
    }
    pointer.resize(length);
    ++index;
  }
}

bool UnusedFinder::leaves_a_trace(const Node& parent, std::size_t index) const {
  const auto end_of = [this](const Node& node) {
    return static_cast<std::size_t>(node.raw.data() + node.raw.size() - root_.raw.data());
  };
  const std::string_view all = root_.raw;
  const Node& child = *child_at(&parent, index);
  // The child with its key and one comma: the one before it, or of the first child the one behind.
  std::size_t begin = static_cast<std::size_t>(parent.raw.data() - all.data()) + 1;
  std::size_t end = end_of(child);
  if (index > 0) {
    begin = end_of(*child_at(&parent, index - 1));
  } else if (parent.size > 1) {
    end = all.find(',', end) + 1;
  }
  const std::optional<String> without = translate_(String(all.substr(0, begin)).append(all.substr(end)));
  return !without || *without != target_;
}

}  // namespace parley::gateway
