// Reads strict YAML, for configuration files, into a document of nodes with their places. Only the part of YAML that nobody misreads
// is allowed. Much that yaml-cpp accepts is a fault here: duplicate keys, unclosed quotes, a second document, …
#pragma once

#include <deque>
#include <span>
#include <string_view>

#include "schemas/shape/node.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

struct YamlFault {
  Mark mark;
  String path;  ///< `routes[2].name`; may be empty
  String what;  ///< shows no value of the file, except an address that lacks quotes
};

inline constexpr std::size_t max_yaml_bytes = 1024 * 1024;

/// A parsed YAML text. Plain scalars are NodeKind::plain and keep their text (`010` stays `010`). Quoted and block scalars are strings.
/// `~`, `null` and a missing value are null. Marks count lines and characters from 1. A value's mark is that of its first character; an
/// object in block style has the mark of its first key.
///
/// These faults end the reading: more than `max_yaml_bytes`; UTF-16 or UTF-32; bytes that are not UTF-8; control bytes; a syntax error; an
/// unclosed quote; a second document, or text after the first; more than `max_depth` levels.
/// These faults drop only the value in question: duplicate keys, merge keys, keys that are not text or have no colon. The value of an
/// alias reads as null.
/// These faults keep the value: anchors, tags, directives, empty entries, control characters written as escapes.
class Yaml {
 public:
  explicit Yaml(std::string_view text);
  Yaml(const Yaml&) = delete;
  Yaml& operator=(const Yaml&) = delete;

  /// In the order in which they were found. At most 100, and the one that ended the reading.
  [[nodiscard]] const List<YamlFault>& faults() const noexcept { return faults_; }
  /// Whether no fault ended the reading, so that there is a document. The root of an empty file is null.
  [[nodiscard]] bool readable() const noexcept { return readable_; }

  // Call the following only if `readable()`.
  [[nodiscard]] const Node& root() const noexcept { return document_.root(); }
  /// Every node, parents before their children, in the order of the text.
  [[nodiscard]] std::span<const Node> nodes() noexcept { return document_.nodes(); }
  /// The value that begins at `mark`, or nullptr. If several begin there, the outermost.
  [[nodiscard]] const Node* at(Mark mark) noexcept;
  /// The place of a member's key. For a node that is not a member, the place of its value.
  [[nodiscard]] Mark key_mark(const Node& node) noexcept;
  /// Replaces the text of a scalar and makes it NodeKind::plain.
  void set_text(const Node& node, String text);

 private:
  friend class YamlBuilder;
  Document document_;
  List<Mark> key_marks_;      // one for each node
  std::deque<String> texts_;  // the nodes' views point here
  List<YamlFault> faults_;
  bool readable_ = false;
};

}  // namespace parley::shape
