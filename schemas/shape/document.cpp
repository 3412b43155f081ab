// The steps around the parser: skip a byte order mark, refuse UTF-16, and replace invalid Unicode if the caller asks for it.
#include <algorithm>

#include "schemas/shape/json_error_words.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/scan_json.hpp"
#include "schemas/shape/yaml_source.hpp"

namespace parley::shape {

Result<void> Document::parse_json(std::string_view json, NotText rule) {
  if (std::exchange(lent_, false)) {
    texts_ = std::make_shared<Arena>();
  } else {
    texts_->clear();
  }
  return parse_json(texts_->copy(json), *texts_, rule);
}

Result<void> Document::parse_json(std::string_view json, Arena& texts, NotText rule) {
  if (scan_json(json, texts, nodes_)) [[likely]] {
    repairs_.clear();
    source_ = json;
    return {};
  }
  return parse_thoroughly(json, texts, rule);
}

Result<void> Document::parse_thoroughly(std::string_view json, Arena& texts, NotText rule) {
  repairs_.clear();
  constexpr std::string_view begin = " (line 1, column 1)";
  if (is_wide(json)) return json_fault(Code::malformed_body, "this is UTF-16 or UTF-32, and JSON is UTF-8", begin);
  source_ = skip_byte_order_mark(json);
  if (source_.size() != json.size() && skip_byte_order_mark(source_).size() != source_.size()) {
    return json_fault(Code::malformed_body, "the text begins with two byte order marks", begin);
  }
  std::size_t collision = String::npos;
  Result<void> parsed = parse(texts, false, collision);
  if (parsed || rule == NotText::refuse) return parsed;
  return parse_repaired(texts, std::move(parsed));
}

Result<void> Document::parse_repaired(Arena& texts, Result<void> refused) {
  constexpr int most_collisions = 16;
  String repaired = repair_json(source_, repairs_);
  if (repairs_.empty()) return refused;
  std::size_t collision = String::npos;
  const Arena::Mark before = texts.mark();  // of all attempts, only the texts of the last are kept
  source_ = texts.copy(repaired);
  Result<void> parsed = parse(texts, false, collision);
  for (int times = 0; collision != String::npos && times < most_collisions; ++times) {
    repaired.insert(collision, replacement);
    auto later = std::find_if(repairs_.begin(), repairs_.end(), [&](const Repair& one) { return one.at >= collision; });
    for (auto one = later; one != repairs_.end(); ++one) one->at += replacement.size();
    repairs_.insert(later, {collision, replacement.size()});
    texts.rewind(before);
    source_ = texts.copy(repaired);
    parsed = parse(texts, false, collision);
  }
  return parsed;
}

}  // namespace parley::shape
