// What a record remembers of the document it was read from, so that writing it back in the same shape gives the same document.
#pragma once

#include <cstdint>
#include <memory>

#include "schemas/text.hpp"

namespace parley::shape {

struct View;

/// A member that one shape's documents carry and no canonical field holds: unknown, or of a type nobody expected.
struct Extension {
  String shape;  ///< e.g. `zendesk.visitor`; `zendesk.channel.details` for the object under one key of a shape
  String key;
  String json;  ///< exact text
  friend bool operator==(const Extension&, const Extension&) = default;
};
using Extensions = List<Extension>;

/// One member of an odd document, in its order: a known row, perhaps in another spelling, or an unknown key.
struct Slot {
  int row = -1;      ///< index into the view's rows; -1 = unknown key, its text is among the extensions
  String key;        ///< of an unknown key
  String raw;        ///< the spelling of the document, where it differs from ours
  String canonical;  ///< what we would have written when it was read: `raw` holds as long as that is so
};

/// Never takes part in comparisons: two records are equal whatever document they came from.
struct Wire {
  const View* shape = nullptr;
  std::uint64_t seen = 0;                   ///< a bit for each row that the document had
  std::shared_ptr<const List<Slot>> slots;  ///< only for documents that depart from our order and spelling
  friend bool operator==(const Wire&, const Wire&) noexcept { return true; }
};

}  // namespace parley::shape
