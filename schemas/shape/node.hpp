// A parsed document as a flat list of nodes: what every table reads, whether the text was JSON or YAML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/repair.hpp"
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
  bool text_repaired = false;  ///< U+FFFD stands in `text` for what was no Unicode
  bool key_repaired = false;   ///< the same of `key`
  bool repaired = false;       ///< either of both, here or below
  std::uint32_t span = 1;      ///< nodes of this subtree, this one included
  std::uint32_t size = 0;      ///< children of an array or object
  std::string_view key;        ///< unescaped member name, where the parent is an object
  std::string_view text;       ///< string: unescaped; number: its digits; boolean: true/false; plain (YAML): as written
  std::string_view raw;        ///< the exact JSON text, without blanks around it; empty in YAML
  Mark mark;                   ///< where the value stands (YAML; in JSON only the offset of `raw` is known)

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

/// What becomes of text that is no Unicode: bytes that are no UTF-8, and escapes of one surrogate without the other.
/// refuse: a fault, as of a client. replace: U+FFFD for each such byte and escape, as of an upstream or a file.
enum class NotText : std::uint8_t { refuse, replace };

/// Owns the nodes and the text under them. Reused from document to document without allocating again.
class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  /// Parses strict JSON (RFC 8259): valid UTF-8 without NUL, no lone surrogates, no duplicate keys, nothing behind the value, at
  /// most `max_depth` levels. One byte order mark in front is skipped. Numbers stay text. With NotText::replace the text
  /// that is no Unicode is replaced, also in `raw`, and the nodes say where; a key that is like another then gets one more U+FFFD. Errors: malformed_body, duplicate_key
  /// (field), too_deep; the message names line and column of `json`. `json` is copied: it need not outlive the call.
  Result<void> parse_json(std::string_view json, NotText rule = NotText::refuse);

  /// Valid only after a successful parse.
  [[nodiscard]] const Node& root() const noexcept { return nodes_.front(); }

  /// ` (line 3, column 5)`: where a node of this document stands in the text that was parsed, as faults say it.
  [[nodiscard]] String place_of(const Node& node) const;

  /// For readers of other formats: the node list to fill. Views must point into memory that outlives the document.
  [[nodiscard]] List<Node>& nodes() noexcept { return nodes_; }

 private:
  /// Parses `source_`. `shrunk`: a second try, because the numbers of the text were too large for RapidJSON. After
  /// duplicate_key `collision` is where a repaired key ends that is only now like another; npos: there is none.
  Result<void> parse(bool shrunk, std::size_t& collision);

  List<Node> nodes_;
  String source_;    // without byte order mark, and repaired: raw views point here
  String scratch_;   // parsed in place: text views point here
  Repairs repairs_;  // of `source_`
};

/// ` (line 3, column 5)` of an offset in a text that was repaired, as the text stood before.
[[nodiscard]] String place_of(std::string_view text, std::size_t offset, const Repairs& repairs);

/// The JSON Pointer (RFC 6901) step for a key: `/` then the key with ~ and / escaped.
void append_pointer(std::string_view key, String& pointer);

}  // namespace parley::shape
