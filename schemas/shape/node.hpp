// A parsed document as a flat list of nodes: what every table reads, whether the text was JSON or YAML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

enum class NodeKind : std::uint8_t { null, boolean, number, string, plain, array, object };

/// Line and column in the source, from 1; 0 = unknown.
struct Mark {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// One value. The views live as long as the document that made it.
struct Node {
  NodeKind kind = NodeKind::null;
  std::uint32_t span = 1;  ///< nodes of this subtree, this one included
  std::uint32_t size = 0;  ///< children of an array or object
  std::string_view key;    ///< unescaped member name, where the parent is an object
  std::string_view text;   ///< string: unescaped; number: its digits; boolean: true/false; plain (YAML): as written
  std::string_view raw;    ///< the exact JSON text, without blanks around it; empty in YAML
  Mark mark;               ///< where the value stands (YAML; in JSON only the offset of `raw` is known)

  class Iterator {
   public:
    explicit Iterator(const Node* at) noexcept : at_(at) {}
    const Node& operator*() const noexcept { return *at_; }
    const Node* operator->() const noexcept { return at_; }
    Iterator& operator++() noexcept {
      at_ += at_->span;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Node* at_;
  };
  /// The children of an array or object, in order; nothing for a scalar.
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(this + 1); }
  [[nodiscard]] Iterator end() const noexcept { return Iterator(this + span); }
  /// The member of that name, or nullptr.
  [[nodiscard]] const Node* find(std::string_view name) const noexcept {
    if (kind != NodeKind::object) return nullptr;
    for (const Node& child : *this) {
      if (child.key == name) return &child;
    }
    return nullptr;
  }
  [[nodiscard]] bool is_object() const noexcept { return kind == NodeKind::object; }
  [[nodiscard]] bool is_array() const noexcept { return kind == NodeKind::array; }
  [[nodiscard]] bool is_text() const noexcept { return kind == NodeKind::string || kind == NodeKind::plain; }
};

/// `string`, `number`, … as a message to a person names the kind.
[[nodiscard]] std::string_view name_of(NodeKind kind) noexcept;

inline constexpr std::size_t max_depth = 64;

/// Owns the nodes and the text under them. Reused from document to document without allocating again.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Parses strict JSON (RFC 8259): valid UTF-8 without BOM and NUL, no lone surrogates, no duplicate keys, nothing behind the value, at
  /// most `max_depth` levels. Numbers stay text. Errors: malformed_body, duplicate_key (field), too_deep; the message
  /// names line and column. `json` is copied: it need not outlive the call.
  Result<void> parse_json(std::string_view json);

  /// Valid only after a successful parse.
  [[nodiscard]] const Node& root() const noexcept { return nodes_.front(); }

  /// For readers of other formats: the node list to fill. Views must point into memory that outlives the document.
  [[nodiscard]] List<Node>& nodes() noexcept { return nodes_; }

 private:
  /// `shrunk`: a second try, because the numbers of the text were too large for RapidJSON.
  Result<void> parse(std::string_view json, bool shrunk);

  List<Node> nodes_;
  String source_;   // as received: raw views point here
  String scratch_;  // parsed in place: text views point here
};

/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. Returns the offset of the first bad byte,
/// or npos.
[[nodiscard]] std::size_t find_bad_utf8(std::string_view text) noexcept;

/// The JSON Pointer (RFC 6901) step for a key: `/` then the key with ~ and / escaped.
void append_pointer(std::string_view key, String& pointer);

}  // namespace parley::shape
