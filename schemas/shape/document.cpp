// The steps around the parser: skip a byte order mark, refuse UTF-16, and replace invalid Unicode if the caller asks for it.
#include <algorithm>

#include "schemas/shape/json_error_words.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::shape {

Result<void> Document::parse_json(std::string_view json, NotText rule) {
  constexpr int most_collisions = 16;
  repairs_.clear();
  constexpr std::string_view begin = " (line 1, column 1)";
  if (is_wide(json)) return json_fault(Code::malformed_body, "this is UTF-16 or UTF-32, and JSON is UTF-8", begin);
  const std::string_view text = skip_byte_order_mark(json);
  if (text.size() != json.size() && skip_byte_order_mark(text).size() != text.size()) {
    return json_fault(Code::malformed_body, "the text begins with two byte order marks", begin);
  }
  source_.assign(text);
  std::size_t collision = String::npos;
  Result<void> parsed = parse(false, collision);
  if (parsed || rule == NotText::refuse) return parsed;
  String repaired = repair_json(source_, repairs_);
  if (repairs_.empty()) return parsed;
  source_ = std::move(repaired);
  parsed = parse(false, collision);
  for (int times = 0; collision != String::npos && times < most_collisions; ++times) {
    source_.insert(collision, replacement);
    auto later = std::find_if(repairs_.begin(), repairs_.end(), [&](const Repair& one) { return one.at >= collision; });
    for (auto one = later; one != repairs_.end(); ++one) one->at += replacement.size();
    repairs_.insert(later, {collision, replacement.size()});
    parsed = parse(false, collision);
  }
  return parsed;
}

}  // namespace parley::shape
