// What a load has stored, and what of its documents a store does not give back: counted by field, for the table at the end.
#pragma once

#include <map>

#include "adapters/contract/backend.hpp"
#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

class LoadTally {
 public:
  explicit LoadTally(const NamedShape& shape) : shape_(shape) {}

  /// Counts records that are about to be stored, and what their shape could not read of them: it is kept with them as it is.
  void stored(const contract::Records& records);
  /// Counts what a document has and a store does not give back.
  void lost(const Report& report);

  /// `0 visitors, 1 agent, 0 chats`
  [[nodiscard]] String text() const;
  /// The table: a line for each kind of record, then one for each field of which something is lost or not understood.
  [[nodiscard]] String table() const;
  [[nodiscard]] std::size_t records() const noexcept { return visitors_ + agents_ + chats_; }

 private:
  void kept(const shape::Extensions& extensions);
  void note(const String& field, String what);

  static constexpr std::size_t most_fields =
      200;  ///< documents may have names without end: others are counted together

  struct Field {
    std::size_t times = 0;
    String what;
  };
  const NamedShape& shape_;
  std::size_t visitors_ = 0;
  std::size_t agents_ = 0;
  std::size_t chats_ = 0;
  std::map<String, Field> fields_;
};

/// The pointer with `*` for what differs from document to document: numbers of elements, and keys that are ids.
[[nodiscard]] String field_of(std::string_view pointer);

}  // namespace parley::gateway::translate
