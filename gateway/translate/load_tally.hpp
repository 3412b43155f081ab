// Counts what a load stores and loses, by field, for the table at its end.
#pragma once

#include <map>

#include "adapters/contract/backend.hpp"
#include "gateway/translate/report.hpp"

namespace parley::gateway::translate {

class LoadTally {
 public:
  /// Of documents of one shape.
  explicit LoadTally(const NamedShape& shape) : shape_(&shape) {}
  /// Of a dump.
  LoadTally() = default;

  /// Counts records that are stored, and their members that the shape does not understand, which are kept unchanged.
  void stored(const contract::Records& records);
  /// Counts what a document has but a store does not return.
  void lost(const Report& report);

  /// `0 visitors, 1 agent, 0 chats`, and other records if there are any
  [[nodiscard]] String text() const;
  /// The table: a line for each kind of record, then a line for each field that was lost or not understood.
  [[nodiscard]] String table() const;
  [[nodiscard]] std::size_t records() const noexcept {
    return visitors_ + agents_ + chats_ + messages_ + departments_ + offline_messages_ + contacts_ + page_visits_ +
           counters_ + files_ + file_parts_;
  }

 private:
  /// `view`: the canonical table of the record.
  void kept(const shape::Extensions& extensions, const shape::View& view);
  void note(const String& field, String what);

  static constexpr std::size_t most_fields = 200;  ///< further fields are counted together

  struct Field {
    std::size_t times = 0;
    String what;
  };
  const NamedShape* shape_ = nullptr;
  std::size_t visitors_ = 0;
  std::size_t agents_ = 0;
  std::size_t chats_ = 0;
  std::size_t messages_ = 0;
  std::size_t departments_ = 0;
  std::size_t offline_messages_ = 0;
  std::size_t contacts_ = 0;
  std::size_t page_visits_ = 0;
  std::size_t files_ = 0;
  std::size_t file_parts_ = 0;
  std::size_t counters_ = 0;
  std::map<String, Field> fields_;
};

/// The pointer with `*` for each index and each key that looks like an id.
[[nodiscard]] String field_of(std::string_view pointer);

}  // namespace parley::gateway::translate
