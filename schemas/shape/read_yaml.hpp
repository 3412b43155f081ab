// Strict YAML for configuration files: the part of YAML that reads the same to everybody, as a document of nodes with
// places. What yaml-cpp lets through (duplicate keys, quotes never closed, a second document …) is a fault here.
#pragma once

#include <deque>
#include <span>
#include <string_view>

#include "schemas/shape/node.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

struct YamlFault {
  Mark mark;
  String path;  ///< `routes[2].name`; empty where the place has no name
  String what;  ///< never shows a value, only keys
};

inline constexpr std::size_t max_yaml_bytes = 1024 * 1024;

/// A YAML text, parsed. Plain scalars are NodeKind::plain, text as written (`010` stays `010`); quoted and block scalars
/// are strings; `~`, `null` and nothing at all are null. Marks count lines and characters from 1. The first character of
/// a value is its place; that of an object in block style is its first key's.
///
/// Faults that end the reading: over `max_yaml_bytes`; bytes that are no UTF-8, NUL and other control bytes; what YAML's
/// grammar refuses; a quote that is never closed; a second document or text behind the first; more than `max_depth`
/// levels. Faults that leave the rest readable, without the value in question: duplicate keys, merge keys, keys that are
/// no text or have no colon, aliases; and with it: anchors, tags, directives, empty entries, control characters written as
/// escapes.
class Yaml {
 public:
  explicit Yaml(std::string_view text);
  Yaml(const Yaml&) = delete;
  Yaml& operator=(const Yaml&) = delete;

  /// In the order in which they were found; at most 100.
  [[nodiscard]] const List<YamlFault>& faults() const noexcept { return faults_; }
  /// Whether there is a document: no fault ended the reading. An empty file is a document whose root is null.
  [[nodiscard]] bool readable() const noexcept { return readable_; }

  // The rest only where `readable()`.
  [[nodiscard]] const Node& root() const noexcept { return document_.root(); }
  /// Every node, parents before their children, in the order of the text.
  [[nodiscard]] std::span<const Node> nodes() noexcept { return document_.nodes(); }
  /// The value that begins at `mark`, or nullptr: the outermost of them where an object begins with its first key.
  [[nodiscard]] const Node* at(Mark mark) noexcept;
  /// Where the key of a member stands; for other nodes the place of the value.
  [[nodiscard]] Mark key_mark(const Node& node) noexcept;
  /// Gives a scalar another text, and makes it plain: what was put in has no quotes.
  void set_text(const Node& node, String text);

 private:
  friend class YamlBuilder;
  Document document_;
  List<Mark> key_marks_;      // one for each node
  std::deque<String> texts_;  // the views of the nodes point here
  List<YamlFault> faults_;
  bool readable_ = false;
};

}  // namespace parley::shape
