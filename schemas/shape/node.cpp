// Names of kinds, places in a text, JSON Pointers.
#include "schemas/shape/node.hpp"

#include <algorithm>

namespace parley::shape {

std::string_view name_of(NodeKind kind) noexcept {
  switch (kind) {
    case NodeKind::null:
      return "null";
    case NodeKind::boolean:
      return "a boolean";
    case NodeKind::number:
      return "a number";
    case NodeKind::string:
      return "a string";
    case NodeKind::plain:
      return "plain text";
    case NodeKind::array:
      return "a list";
    case NodeKind::object:
      return "an object";
  }
  return "nothing";
}

String place_of(std::string_view text, std::size_t offset, const Repairs& repairs) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t end = before.rfind('\n');
  const std::size_t start = end == std::string_view::npos ? 0 : end + 1;
  std::size_t column = before.size() - start + 1;
  for (const Repair& repair : repairs) {
    if (repair.at >= start && repair.at < before.size()) column -= repair.growth;
  }
  return " (line " + std::to_string(line) + ", column " + std::to_string(column) + ')';
}

String Document::place_of(const Node& node) const {
  return shape::place_of(source_, static_cast<std::size_t>(node.raw.data() - source_.data()), repairs_);
}

void append_pointer(std::string_view key, String& pointer) {
  pointer += '/';
  for (const char byte : key) {
    if (byte == '~') {
      pointer += "~0";
    } else if (byte == '/') {
      pointer += "~1";
    } else {
      pointer += byte;
    }
  }
}

}  // namespace parley::shape
