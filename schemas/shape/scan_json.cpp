#include "schemas/shape/scan_json.hpp"

namespace parley::shape {

bool TreeReader::read(JsonTokens& tokens) {
  nodes_.clear();
  key_ = {};
  depth_ = 0;
  around_ = tokens.depth;
  for (;;) {
    if (!value(tokens)) return false;
    if (std::exchange(opened_, false)) continue;  // its first member or element is next
    while (depth_ != 0) {                         // after a value
      const char byte = tokens.next();
      if (byte == ',') {
        tokens.take();
        if (in_object() && !key(tokens)) return false;
        break;
      }
      if (byte != (in_object() ? '}' : ']') || !close(tokens)) return false;
    }
    if (depth_ == 0) return true;
  }
}

bool TreeReader::value(JsonTokens& tokens) {
  switch (tokens.next()) {
    case '{':
      return open(tokens, NodeKind::object);
    case '[':
      return open(tokens, NodeKind::array);
    case '\0':
      return false;
    default:
      return tokens.scalar(add());
  }
}

Node& TreeReader::add() {
  if (depth_ != 0) ++nodes_[open_[depth_ - 1]].size;
  Node& node = nodes_.emplace_back();
  node.key = key_;
  return node;
}

bool TreeReader::open(JsonTokens& tokens, NodeKind kind) {
  if (around_ + depth_ == max_depth) return false;
  Node& node = add();
  node.kind = kind;
  node.raw = {tokens.at(), 0};
  open_[depth_++] = static_cast<std::uint32_t>(nodes_.size() - 1);
  key_ = {};
  tokens.take();
  const char byte = tokens.next();
  if (byte == (kind == NodeKind::object ? '}' : ']')) return close(tokens);
  opened_ = true;
  return kind == NodeKind::array || key(tokens);
}

bool TreeReader::close(JsonTokens& tokens) {
  tokens.take();
  Node& node = nodes_[open_[--depth_]];
  node.span = static_cast<std::uint32_t>(&nodes_.back() - &node) + 1;
  node.raw = {node.raw.data(), static_cast<std::size_t>(tokens.at() - node.raw.data())};
  if (depth_ == 0 || !in_object()) key_ = {};
  return node.kind == NodeKind::array || node.size < 2 || !keys_.twice(node);
}

bool TreeReader::key(JsonTokens& tokens) {
  if (tokens.next() != '"' || !tokens.string(key_) || tokens.next() != ':') return false;
  tokens.take();
  return true;
}

bool scan_json(std::string_view json, Arena& texts, List<Node>& nodes) {
  JsonTokens tokens(json, texts, nodes);
  return TreeReader(nodes).read(tokens) && tokens.is_end();
}

}  // namespace parley::shape
