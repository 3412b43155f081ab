// Documents of many vendors use the same key for the id. A document with an id and several members, all unknown, belongs to
// another vendor: it would become an empty record and replace a good one.
#include "gateway/translate/likeness.hpp"

#include "gateway/translate/place.hpp"

namespace parley::gateway::translate {

std::string_view find_id_key(const shape::View& view) noexcept {
  for (const shape::Row& row : view.rows) {
    if (any_member(row.members, [](std::string_view member) { return member == "id"; })) return row.key;
  }
  return "id";
}

Result<void> check_likeness(const NamedShape& shape, const shape::Node& document) {
  return check_likeness(*shape.shape->view, shape.name(), document);
}

Result<void> check_likeness(const shape::View& view, std::string_view name, const shape::Node& document) {
  if (document.is_array()) {
    for (const shape::Node& element : document) {
      if (auto checked = check_likeness(view, name, element); !checked) return checked;
    }
    return {};
  }
  constexpr std::size_t several = 3;
  const std::string_view id = find_id_key(view);
  std::size_t foreign = 0;
  std::size_t known = 0;
  bool has_id = false;
  for (const shape::Node& child : document) {
    if (child.key == id) {
      has_id = true;
    } else if (view.find(child.key) >= 0 || (view.canonical && child.key == "extensions")) {
      ++known;
    } else {
      ++foreign;
    }
  }
  if (known > 0 || (has_id && foreign < several)) return {};
  return Error{.code = Code::invalid_field,
               .message = "no member of " + String(name) + (has_id ? " but the id" : "") +
                          " is in this document; `parley schema " + String(name) + "` shows what it looks like"};
}

}  // namespace parley::gateway::translate
