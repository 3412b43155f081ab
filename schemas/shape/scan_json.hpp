// The fast readers of JSON, for documents without a fault: as a tree of nodes, or straight into a record.
#pragma once

#include <string_view>

#include "schemas/shape/arena.hpp"
#include "schemas/shape/json_tokens.hpp"
#include "schemas/shape/unique_keys.hpp"
#include "schemas/shape/view.hpp"

namespace parley::shape {

/// Reads values into a tree of nodes, without recursion.
class TreeReader {
 public:
  explicit TreeReader(List<Node>& nodes) noexcept : nodes_(nodes) {}
  /// Replaces the nodes by those of one value, which begins at the next token. Returns false if the value has a fault or something unusual.
  [[nodiscard]] bool read(JsonTokens& tokens);

 private:
  [[nodiscard]] bool in_object() const noexcept { return nodes_[open_[depth_ - 1]].kind == NodeKind::object; }
  bool value(JsonTokens& tokens);
  bool open(JsonTokens& tokens, NodeKind kind);
  bool close(JsonTokens& tokens);
  bool key(JsonTokens& tokens);
  Node& add();

  List<Node>& nodes_;
  std::string_view key_;  // of the next value
  bool opened_ = false;
  std::size_t depth_ = 0;
  std::size_t around_ = 0;
  std::array<std::uint32_t, max_depth> open_;  // indices of the containers that the next value is in
  UniqueKeys keys_;
};

/// Reads `json` into `nodes`, if it is a document that `Document::parse_json` takes as it is. Otherwise returns false; then `nodes` has no
/// meaning. It may also return false for a correct document that has something unusual. Nodes refer to `json`; strings with escapes are
/// unescaped into `texts`.
[[nodiscard]] bool scan_json(std::string_view json, Arena& texts, List<Node>& nodes);

}  // namespace parley::shape
