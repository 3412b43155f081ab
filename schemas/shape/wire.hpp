// What a record remembers of the document that it was read from, so that writing it in the same shape gives the same document.
#pragma once

#include <cstdint>
#include <memory>

#include "schemas/shape/arena.hpp"
#include "schemas/text.hpp"

namespace parley::shape {

struct View;

/// A member of one shape's document that no canonical field holds: its key is unknown, or its value did not fit the row.
struct Extension {
  Text shape;  ///< `zendesk.visitor`; `zendesk.channel.details` for an object under one key of a shape
  Text key;
  Text json;  ///< the exact text of the value
  friend bool operator==(const Extension&, const Extension&) = default;
};
using Extensions = List<Extension>;

/// One member of a document whose order or spelling is not ours: a row, or an unknown key.
struct Slot {
  int row = -1;    ///< index of the view's row; -1 = unknown key, whose value is an extension
  Text key;        ///< the unknown key; empty for a row
  Text raw;        ///< the value as in the document, if we would write it differently
  Text canonical;  ///< what we would have written; `raw` is used while this is still so
};

/// Always compares equal: records with the same values are equal, whatever documents they came from.
struct Wire {
  const View* shape = nullptr;
  std::uint64_t seen = 0;                   ///< bit i: the document had row i
  std::shared_ptr<const List<Slot>> slots;  ///< set only if the document's order or spelling is not ours
  std::shared_ptr<const Arena> texts;       ///< the texts that the record borrows; nullptr: it owns them all

  Wire() = default;
  Wire(Wire&&) noexcept = default;
  Wire& operator=(Wire&&) noexcept = default;
  ~Wire() = default;
  // The copy of a record owns its texts.
  Wire(const Wire& other) : shape(other.shape), seen(other.seen), slots(other.slots) {}
  Wire& operator=(const Wire& other) {
    if (this == &other) return *this;  // the texts of a record that is assigned to itself stay borrowed
    return *this = Wire(other);
  }

  friend bool operator==(const Wire&, const Wire&) noexcept { return true; }
};

}  // namespace parley::shape
