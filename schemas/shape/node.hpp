// A parsed document as a flat list of nodes. Tables read nodes, whether the text was JSON or YAML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/arena.hpp"
#include "schemas/shape/repair.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

enum class NodeKind : std::uint8_t { null, boolean, number, string, plain, array, object };

/// Line and column in the source, from 1; 0 = unknown.
struct Mark {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// One value. Its views are valid as long as the document that made it.
struct Node {
  NodeKind kind = NodeKind::null;
  bool text_repaired = false;  ///< `text` has U+FFFD in place of invalid Unicode
  bool key_repaired = false;   ///< `key` has U+FFFD in place of invalid Unicode
  bool repaired = false;       ///< one of the two is true, here or below
  std::uint32_t span = 1;      ///< number of nodes in this subtree, including this one
  std::uint32_t size = 0;      ///< number of children of an array or object
  std::string_view key;        ///< the unescaped member name, if the parent is an object
  std::string_view text;       ///< string: unescaped; number: its digits; boolean: true/false; plain (YAML): as written
  std::string_view raw;        ///< the JSON text of the value, without blanks around it; empty in YAML
  Mark mark;                   ///< where the value begins (YAML only; for JSON see Document::place_of)

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
  /// The children of an array or object, in order. A scalar has none.
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

/// The kind in words, for a message: `a string`, `a number`, …
[[nodiscard]] std::string_view name_of(NodeKind kind) noexcept;

inline constexpr std::size_t max_depth = 64;

/// How to treat invalid Unicode: bytes that are not UTF-8, and an escape of one surrogate without the other. refuse: it is an error (for
/// bodies of clients). replace: each such byte and escape becomes U+FFFD (for upstreams and files).
enum class NotText : std::uint8_t { refuse, replace };

/// Owns the nodes, and the text that they refer to unless the caller keeps it. One object can parse many documents and reuses its memory.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Parses strict JSON (RFC 8259): valid UTF-8 without NUL, no lone surrogates, no duplicate keys, nothing after the value, at most
  /// `max_depth` levels. Skips one byte order mark at the start. Numbers stay text. With NotText::replace it replaces invalid Unicode,
  /// also in `raw`, and marks the nodes. If a replaced key then equals another key, it gets one more U+FFFD.
  /// Errors: malformed_body, duplicate_key (with `field`), too_deep; the message names line and column in `json`. The text is copied.
  Result<void> parse_json(std::string_view json, NotText rule = NotText::refuse);
  /// The same, and the nodes refer to `json` and `texts`, which must both live as long as the nodes are used. `json` is not copied.
  Result<void> parse_json(std::string_view json, Arena& texts, NotText rule);
  /// The same again, always with RapidJSON: `parse_json` calls it for what `scan_json` does not take, since it has the words for a fault.
  /// It gives the same nodes for what `scan_json` takes, and is slower.
  Result<void> parse_thoroughly(std::string_view json, Arena& texts, NotText rule);

  /// The texts that the nodes of the last parse refer to. They live as long as this pointer, also after the next parse. Only after a parse
  /// that copied `json`.
  [[nodiscard]] std::shared_ptr<const Arena> lend() noexcept {
    lent_ = true;
    return texts_;
  }

  /// Call it only after a successful parse.
  [[nodiscard]] const Node& root() const noexcept { return nodes_.front(); }

  /// The place of a node of this document in the parsed text, as in error messages: ` (line 3, column 5)`.
  [[nodiscard]] String place_of(const Node& node) const;

  /// The node list, for readers of other formats to fill. Its views must point into memory that outlives the document.
  [[nodiscard]] List<Node>& nodes() noexcept { return nodes_; }

 private:
  /// Parses `source_` with RapidJSON. `shrunk`: a second attempt, with smaller numbers, because RapidJSON refused a number as too large. If
  /// the error is duplicate_key and one of the two keys was repaired, `collision` is the offset of its closing quote; otherwise npos.
  Result<void> parse(Arena& texts, bool shrunk, std::size_t& collision);
  /// Parses the text with U+FFFD in place of invalid Unicode. `refused`: why it cannot be parsed as it is.
  Result<void> parse_repaired(Arena& texts, Result<void> refused);

  List<Node> nodes_;
  std::string_view source_;  // without byte order mark, repaired; `raw` points here
  Repairs repairs_;          // of `source_`
  std::shared_ptr<Arena> texts_ = std::make_shared<Arena>();
  bool lent_ = false;  // `texts_` is used elsewhere
};

/// The place of an offset of a repaired text, ` (line 3, column 5)`, as it was in the text before the repairs.
[[nodiscard]] String place_of(std::string_view text, std::size_t offset, const Repairs& repairs);

/// Appends a step of a JSON Pointer (RFC 6901): `/`, then the key with `~` and `/` escaped.
void append_pointer(std::string_view key, String& pointer);

}  // namespace parley::shape
