// What the operations that write do to the records. Runs on the writer thread, inside a transaction it does not own.
#pragma once

#include <vector>

#include "adapters/contract/backend.hpp"
#include "adapters/sqlite/compose.hpp"
#include "adapters/sqlite/tables.hpp"

namespace parley::sqlite {

/// The store as its writer sees it.
class Changes {
 public:
  /// `page_changes`: the only kind of page change that is noted.
  Changes(Connection& connection, String page_changes);

  /// Executes one writing operation and says what came of it. After an error nothing has been written, except where the connection has a
  /// fault. A caller that does not want the outcome goes back to a savepoint and calls `rewind`.
  Result<Outcome> apply(const Operation& operation);

  /// Adds or replaces records as they are; a visitor's status follows his chats.
  void load(const contract::Records& records);

  /// How far things have come, for going back.
  struct Mark {
    std::size_t slots;
    std::int64_t guests;
  };
  [[nodiscard]] Mark mark() const noexcept { return {slots_.size(), guests_}; }
  void rewind(Mark mark) {
    slots_.resize(mark.slots);
    guests_ = mark.guests;
  }

  /// Writes what is kept in memory during a transaction; call before commit.
  void flush();
  /// The slots of everything changed since the last `committed`.
  [[nodiscard]] const std::vector<store::Slot>& slots() const noexcept { return slots_; }
  void committed();
  /// The transaction is lost: forgets everything since the last `committed`.
  void lost();

  /// True while there has never been a record.
  [[nodiscard]] bool empty() { return tables_.empty(); }

 private:
  Result<Outcome> register_visitor(const RegisterVisitor& operation);
  Result<Outcome> set_variables(const SetVisitorVariables& operation);
  Result<Outcome> set_status(const SetAgentStatus& operation);
  Result<Outcome> record_page(const RecordPageVisit& operation);
  Result<Outcome> open_chat(const OpenChat& operation);

  Result<Outcome> decide(const Operation& operation);
  Result<Visitor> new_visitor(const RegisterVisitor& operation, Time now);
  std::optional<Stored<Visitor>> recognise(const RegisterVisitor& operation);
  ContactId note_channel(const Visitor& visitor, const Chat& chat);
  void follow_chats(std::string_view visitor);
  void note_guest(std::string_view username);

  template <class T>
  void put(const T& record, store::Kind kind, const std::optional<Stored<T>>& before);
  void touch(const Visitor& visitor);
  void touch(store::Kind kind, std::string_view key) { slots_.push_back(store::slot_of(kind, key)); }

  Connection& connection_;
  Tables tables_;
  Writing writing_;
  String page_changes_;
  std::vector<store::Slot> slots_;
  std::int64_t guests_;            // the highest N of guest-N that was ever given out or loaded
  std::int64_t committed_guests_;  // the same, as it stands in the file
};

template <class T>
void Changes::put(const T& record, store::Kind kind, const std::optional<Stored<T>>& before) {
  if constexpr (std::is_same_v<T, Visitor>) {
    if (before) touch(before->value);
    touch(record);
    before ? writing_.replace(before->number, before->value, record) : void(writing_.add(record));
  } else {
    touch(kind, record.id.text);
    before ? writing_.replace(before->number, record) : void(writing_.add(record));
  }
}

}  // namespace parley::sqlite
