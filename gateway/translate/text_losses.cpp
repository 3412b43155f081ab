// Finds repaired text in a document; see text_losses.hpp.
#include "gateway/translate/text_losses.hpp"

#include "gateway/translate/place.hpp"

namespace parley::gateway::translate {
namespace {

using shape::Node;

class Walk {
 public:
  Walk(const contract::WireShape& shape, const Node& inner) : shape_(shape), inner_(inner) {}

  /// `around`: the place of values outside the document (the envelope), which no table knows.
  void look_at(const Node& node, const Place& around, String& pointer) {
    if (!node.repaired) return;
    const bool is_document = &node == &inner_;
    const Place root = Place::root(*shape_.view, nullptr);
    const Place& place = is_document && !shape_.list ? root : around;
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
      if (is_document && shape_.list) {
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
  const contract::WireShape& shape_;
  const Node& inner_;
};

}  // namespace

List<Entry> text_losses(const contract::WireShape& shape, const Source& source) {
  Walk walk(shape, *source.inner);
  Place around;
  around.known = false;
  String pointer;
  walk.look_at(source.document.root(), around, pointer);
  return std::move(walk.entries);
}

}  // namespace parley::gateway::translate
