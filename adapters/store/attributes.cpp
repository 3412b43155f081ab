// Finding an attribute by name is linear, so setting stops as soon as there are too many.
#include "adapters/store/attributes.hpp"

#include <algorithm>

#include "adapters/store/decision.hpp"

namespace parley::store {
namespace {

constexpr std::size_t most_attributes = 1000;
constexpr std::size_t most_attribute_bytes = 1024 * 1024;

/// The attribute of that name and kind; adds it if there is none.
Attribute& attribute_of(Attributes& attributes, std::string_view name, AttributeKind kind) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [name, kind](const Attribute& one) { return one.kind == kind && one.name == name; });
  if (found != attributes.end()) return *found;
  Attribute& made = attributes.emplace_back();
  made.name = name;
  made.kind = kind;
  return made;
}

}  // namespace

void set_fields(Attributes& attributes, const List<CustomField>& fields) {
  for (const CustomField& field : fields) {
    Attribute& attribute = attribute_of(attributes, field.name, AttributeKind::field);
    if (attributes.size() > most_attributes) return;
    if (!field.overwrite && !attribute.value.empty()) continue;
    attribute.value = field.value;
    attribute.literal = false;
  }
}

void set_variables(Attributes& attributes, const Attributes& variables) {
  for (const Attribute& variable : variables) {
    Attribute& attribute = attribute_of(attributes, variable.name, AttributeKind::variable);
    if (attributes.size() > most_attributes) return;
    attribute.value = variable.value;
    attribute.url = variable.url;
    attribute.literal = variable.literal;
  }
}

Result<void> check_attributes(const Attributes& attributes) {
  std::size_t bytes = 0;
  for (const Attribute& one : attributes) bytes += one.name.size() + one.value.size() + one.url.size();
  if (attributes.size() <= most_attributes && bytes <= most_attribute_bytes) return {};
  return refusal(Code::invalid_field, "a visitor has at most 1000 attributes, of 1 MiB together", "attributes");
}

}  // namespace parley::store
