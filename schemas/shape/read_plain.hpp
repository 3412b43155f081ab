// Reads a document straight into a record, if it has no fault and nothing unusual.
#pragma once

#include "schemas/shape/scan_json.hpp"

namespace parley::shape {

/// Reads the next value, an object, into `object`, which must be new, without a tree: what a lenient `read_object` does with it. Tries the
/// keys in the order of the table, so that most need no search. Returns false if the value has a fault or something unusual; then `object`
/// has no meaning. The records borrow their texts from `reading.texts()`, which must be set.
[[nodiscard]] bool read_plain_object(const View& view, JsonTokens& tokens, void* object, Reading& reading);

/// Reads `json` into `object`: what `Document::parse_json` and a lenient `read_object` do together. Otherwise as `read_plain_object`.
/// `trees` is memory that it may use.
[[nodiscard]] bool read_plain(const View& view, std::string_view json, Arena& texts, List<Node>& trees, void* object,
                              Reading& reading);

/// A question about a member of a document.
using MayBe = bool (*)(const Node& member);
/// The same for the object under `key` in a document that is an object. `may_be` must hold for each other member.
[[nodiscard]] bool read_plain_member(const View& view, std::string_view json, std::string_view key, MayBe may_be,
                                     Arena& texts, List<Node>& trees, void* object, Reading& reading);

/// Reads `json` into `record`, which must be new: what `Document::parse_json` and a lenient `read_object` do together, without a tree. The
/// record borrows its texts from a copy of `json`, which its `wire` keeps. Returns false if the document has a fault or something unusual;
/// then `record` is new again, and nothing was added to `losses`: use those two. Changes the nodes of `document`.
template <class T>
  requires requires(T& record) { record.wire.texts; }
[[nodiscard]] bool read_plain(const View& view, std::string_view json, Document& document, Losses* losses, T& record) {
  const auto texts = std::make_shared<Arena>();
  Reading reading(losses, texts);
  if (read_plain(view, texts->copy(json), *texts, document.nodes(), &record, reading)) return true;
  record = T();
  return false;
}

/// The same for the object under `key` in a document that is an object. `may_be` must hold for each other member.
template <class T>
  requires requires(T& record) { record.wire.texts; }
[[nodiscard]] bool read_plain_member(const View& view, std::string_view json, std::string_view key, MayBe may_be,
                                     Document& document, Losses* losses, T& record) {
  const auto texts = std::make_shared<Arena>();
  Reading reading(losses, texts);
  if (read_plain_member(view, texts->copy(json), key, may_be, *texts, document.nodes(), &record, reading)) return true;
  record = T();
  return false;
}

}  // namespace parley::shape
