// What a record remembers of the document that it was read from, so that writing it in the same shape gives the same document.
#pragma once

#include <cstdint>
#include <memory>

#include "schemas/text.hpp"

namespace parley::shape {

struct View;

/// A member of one shape's document that no canonical field holds: its key is unknown, or its value did not fit the row.
struct Extension {
  String shape;  ///< `zendesk.visitor`; `zendesk.channel.details` for an object under one key of a shape
  String key;
  String json;  ///< the exact text of the value
  friend bool operator==(const Extension&, const Extension&) = default;
};
using Extensions = List<Extension>;

/// One member of a document whose order or spelling is not ours: a row, or an unknown key.
struct Slot {
  int row = -1;      ///< index of the view's row; -1 = unknown key, whose value is an extension
  String key;        ///< the unknown key; empty for a row
  String raw;        ///< the value as in the document, if we would write it differently
  String canonical;  ///< what we would have written; `raw` is used while this is still so
};

/// Always compares equal: records with the same values are equal, whatever documents they came from.
struct Wire {
  const View* shape = nullptr;
  std::uint64_t seen = 0;                   ///< bit i: the document had row i
  std::shared_ptr<const List<Slot>> slots;  ///< set only if the document's order or spelling is not ours
  friend bool operator==(const Wire&, const Wire&) noexcept { return true; }
};

}  // namespace parley::shape
