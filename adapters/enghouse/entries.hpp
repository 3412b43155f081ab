// The entries of callData that tell of a visitor: under which names they stand, and how they become a list or JSON.
#pragma once

#include "adapters/enghouse/codecs.hpp"

namespace parley::enghouse {

/// Whether this name in callData stands for a member of the visitor.
[[nodiscard]] bool is_reserved(std::string_view name) noexcept;
/// The name of an attribute in callData: with a prefix, if the name is reserved. Borrows `name` where it needs none.
[[nodiscard]] Text to_key(const Text& name);
/// The name of the attribute that stands under `key` in callData.
[[nodiscard]] String from_key(std::string_view key);

/// A constant name in callData.
struct EntryName {
  std::string_view name;
  std::string_view quoted;  ///< `"name":`
};

/// Where the visitor's entries of callData go: a list that borrows all texts.
class EntryList {
 public:
  explicit EntryList(Attributes& entries) noexcept : entries_(entries) {}
  void text(const EntryName& name, std::string_view value) {
    Attribute& entry = entries_.emplace_back();
    entry.name.borrow_from(name.name);
    entry.value.borrow_from(value);
    entry.kind = AttributeKind::variable;
  }
  void attributes(const Attributes& all) {
    for (const Attribute& attribute : all) {
      Attribute& entry = entries_.emplace_back();
      entry.name = to_key(attribute.name);
      entry.value = lend(attribute.value);
      entry.url = lend(attribute.url);
      entry.kind = attribute.kind;
      entry.literal = attribute.literal;
    }
  }

 private:
  Attributes& entries_;
};

/// The same as JSON: what CallData writes of such a list.
class EntryWriter {
 public:
  explicit EntryWriter(shape::Writer& writer) noexcept : writer_(writer) {}
  void text(const EntryName& name, std::string_view value) {
    writer_.quoted_key(name.quoted);
    writer_.string(value);
  }
  void attributes(const Attributes& all) {
    Repeats repeats;
    for (const Attribute& attribute : all) {
      if (repeats.is_one(all, attribute)) continue;
      writer_.key(to_key(attribute.name));
      shape::write_value(attribute, writer_);
    }
  }

 private:
  shape::Writer& writer_;
};

}  // namespace parley::enghouse
