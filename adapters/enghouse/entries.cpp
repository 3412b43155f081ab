// Names of attributes in callData; see entries.hpp.
#include "adapters/enghouse/entries.hpp"

#include <algorithm>

#include "schemas/canonical/visitor_texts.hpp"

namespace parley::enghouse {
namespace {

/// Prefix in callData for an attribute that has the name of a member of the visitor.
constexpr std::string_view attribute_prefix = "attribute.";

bool is_prefixed(std::string_view name) noexcept {
  while (name.starts_with(attribute_prefix)) {
    name.remove_prefix(attribute_prefix.size());
    if (is_reserved(name)) return true;
  }
  return false;
}

}  // namespace

bool is_reserved(std::string_view name) noexcept {
  if (name == nickname_key || name == email_key || name == phone_key) return true;
  return std::any_of(visitor_texts.begin(), visitor_texts.end(),
                     [name](const VisitorText& text) { return text.name == name; });
}

Text to_key(const Text& name) {
  return is_reserved(name) || is_prefixed(name) ? Text(String(attribute_prefix).append(name)) : lend(name);
}

String from_key(std::string_view key) { return String(is_prefixed(key) ? key.substr(attribute_prefix.size()) : key); }

}  // namespace parley::enghouse
