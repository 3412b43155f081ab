// Finds repaired text in a document; see text_losses.hpp.
#include "gateway/translate/text_losses.hpp"

#include "gateway/translate/place.hpp"

namespace parley::gateway::translate {
namespace {

using shape::Node;

class Walk {
 public:
  /// `list`: the document is a list of such objects.
  Walk(const shape::View& view, bool list, const Node& inner) : view_(view), list_(list), inner_(inner) {}

  /// `around`: the place of values outside the document (the envelope), which no table knows.
  void look_at(const Node& node, const Place& around, String& pointer) {
    if (!node.repaired) return;
    const bool is_document = &node == &inner_;
    const Place root = Place::root(view_, nullptr);
    const Place& place = is_document && !list_ ? root : around;
    if (node.text_repaired || node.key_repaired) {
      entries.push_back({Change::narrowed, pointer, place.name(), String(shape::repaired_reason)});
    }
    std::size_t index = 0;
    for (const Node& child : node) {
      const std::size_t length = pointer.size();
      if (node.is_object()) {
        shape::append_pointer(child.key, pointer);
      } else {
        pointer.append("/").append(std::to_string(index));
      }
      if (is_document && list_) {
        look_at(child, root, pointer);
      } else {
        look_at(child, node.is_object() ? place.member(child, index, node.size) : place.element(index), pointer);
      }
      pointer.resize(length);
      ++index;
    }
  }

  List<Entry> entries;

 private:
  const shape::View& view_;
  const bool list_;
  const Node& inner_;
};

}  // namespace

namespace {

List<Entry> entries_of(Walk walk, const Node& root) {
  Place around;
  around.known = false;
  String pointer;
  walk.look_at(root, around, pointer);
  return std::move(walk.entries);
}

}  // namespace

List<Entry> text_losses(const contract::WireShape& shape, const Source& source) {
  return entries_of(Walk(*shape.view, shape.list, *source.inner), source.document.root());
}

List<Entry> text_losses(const shape::View& view, const Node& root, const Node& inner) {
  return entries_of(Walk(view, false, inner), root);
}

}  // namespace parley::gateway::translate
