// Reads a document straight into a record, if it has no fault and nothing unusual.
#pragma once

#include "schemas/shape/scan_json.hpp"

namespace parley::shape {

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

}  // namespace parley::shape
