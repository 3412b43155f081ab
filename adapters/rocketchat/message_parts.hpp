// What the codecs of a message have in common; for message.cpp and message_author.cpp.
#pragma once

#include "adapters/rocketchat/codecs.hpp"
#include "adapters/rocketchat/nested.hpp"

namespace parley::rocketchat {

/// Whether the record was read from a document of this vendor in which the key is missing, or has a value that does not fit. False in
/// a profile that does not have the key.
template <class T>
[[nodiscard]] bool came_without(const T& record, std::string_view key) noexcept {
  if (!is_ours(record.wire) || record.wire.shape->find(key) < 0) return false;
  return !has_row(record.wire, key) || find_extension(record.extensions, record.wire.shape->name, key) != nullptr;
}

/// The text under a key; empty where there is none.
[[nodiscard]] inline std::string_view text_at(const shape::Node& object, std::string_view key) noexcept {
  const shape::Node* found = object.find(key);
  return found != nullptr && found->is_text() ? found->text : std::string_view();
}

/// Writes a member unless it is empty.
inline void write_text(std::string_view key, std::string_view text, shape::Writer& writer) {
  if (text.empty()) return;
  writer.key(key);
  writer.string(text);
}

}  // namespace parley::rocketchat
