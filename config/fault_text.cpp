// Writes the text of faults.
#include "config/fault_text.hpp"

#include <algorithm>
#include <filesystem>

#include "config/advice.hpp"

namespace parley::config {
namespace {

bool is_secret(std::string_view path) {
  if (path.ends_with(".auth.session")) return false;  // a duration
  return path.find(".auth") != String::npos || path == "admin.token";
}

/// Whether the text of `{file: …}` is probably a path. Otherwise it may be the secret itself, written there by mistake.
bool looks_like_path(std::string_view text) {
  if (text.starts_with('/') || text.starts_with("./") || text.starts_with("../") || text.starts_with("~/")) return true;
  std::error_code unknown;
  return text.find('/') != String::npos &&
         std::filesystem::is_directory(std::filesystem::path(text).parent_path(), unknown);
}

/// The offset after the `?` of a query such as `?token=…`, which must not be shown; the size of the text if there is none.
std::size_t query_of(std::string_view text) {
  const std::size_t at = text.find('?');
  return text.find('=', at) != std::string_view::npos ? at + 1 : text.size();
}

/// Whether a fault may show the text of a value, up to its query.
bool may_show(const shape::Fault& fault, const Node& node, const Substituted& substituted) {
  const bool has_credentials =
      node.text.find("://") != std::string_view::npos && node.text.find('@') != std::string_view::npos;
  if (has_credentials || node.text.find("-----BEGIN") != std::string_view::npos) return false;
  if (fault.path.ends_with(".file")) return looks_like_path(node.text);
  return !is_secret(fault.path) && !substituted.contains(&node);
}

/// Whether advice may repeat the text of a value.
bool may_repeat(const shape::Fault& fault, const Node& node, const Substituted& substituted) {
  return may_show(fault, node, substituted) && query_of(node.text) == node.text.size();
}

/// Replaces the JSON words `object` and `string` by the YAML words `map` and `text`.
String in_yaml_words(String text) {
  for (const auto& [theirs, ours] : {std::pair("an object", "a map"), std::pair("a string", "text")}) {
    const std::string_view word = theirs;
    for (std::size_t at = text.find(word); at != String::npos; at = text.find(word, at + 1)) {
      text.replace(at, word.size(), ours);
    }
  }
  return text;
}

String show(const shape::Fault& fault, const Node* node, const Substituted& substituted) {
  if (fault.got == shape::name_of(shape::NodeKind::null)) return "nothing";
  if (node == nullptr || !node->is_text()) return in_yaml_words(fault.got);
  const auto variable = substituted.find(node);
  const String from = variable != substituted.end() ? " from the variable " + String(variable->second) : String();
  if (node->text.empty()) return "empty text" + from;
  if (!may_show(fault, *node, substituted)) {
    return !from.empty() && !is_secret(fault.path) ? "another value" + from : "some text";
  }
  const std::size_t most = std::min<std::size_t>(60, query_of(node->text));
  return '"' + String(node->text.substr(0, most)) + (node->text.size() > most ? "…\"" : "\"");
}

/// Whether the value is a comment, probably by mistake: `key: #secret`.
bool is_commented_out(const Node& node, const shape::YamlSource& source) {
  return node.kind == shape::NodeKind::null && source.at(source.skip_blanks(source.offset(node.mark))) == '#';
}

}  // namespace

Fault to_fault(const shape::Fault& fault, shape::Yaml& yaml, const shape::YamlSource& source,
               const Substituted& substituted, const Grammar& grammar) {
  if (fault.missing) return {fault.mark, fault.path, "missing: a value is required"};
  const Node* node = yaml.at(fault.mark);
  const Node* map = fault.unknown && node != nullptr ? parent_of(yaml.root(), *node) : nullptr;
  if (map != nullptr && is_map_for_list(grammar, yaml.root(), *map)) {
    return {map->mark, fault.path.substr(0, fault.path.size() - node->key.size() - 1),
            "expected a list, got a map; begin each entry with `- `"};
  }
  const Spot spot = node != nullptr ? spot_of(grammar, yaml.root(), *node) : Spot{};
  if (fault.unknown) {
    String what = "unknown key; ";
    what += spot.table != nullptr ? advise_key(grammar, fault.got, *spot.table) : "known: " + fault.expected;
    return {node != nullptr ? yaml.key_mark(*node) : fault.mark, fault.path, std::move(what)};
  }
  String what = "expected " + in_yaml_words(fault.expected) + ", got " + show(fault, node, substituted);
  if (!fault.hint.empty()) what.append("; ").append(fault.hint);
  if (node == nullptr) return {fault.mark, fault.path, std::move(what)};
  const bool scalar = spot.type == nullptr || (spot.type->form != Form::object && spot.type->form != Form::map);
  if (scalar && is_commented_out(*node, source)) {
    what += "; what follows a # is a comment: quote text that holds one";
  } else if (const String advice = advise(grammar, spot, *node, may_repeat(fault, *node, substituted));
             !advice.empty() && !(node->is_text() && is_secret(fault.path) && !fault.hint.empty())) {
    what.append("; ").append(advice);
  }
  return {fault.mark, fault.path, std::move(what)};
}

}  // namespace parley::config
