// The records of the store by their keys: every SQL statement on tables stands here and in tables.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/sqlite/database.hpp"
#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/channel.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/shape/node.hpp"

namespace parley::sqlite {

/// How a chat stands, as its row has it. open = before `ended`.
enum class Standing : std::uint8_t { waiting = 1, chatting = 2, ended = 3 };

/// A record with its row number. `bytes` = length of its JSON.
template <class T>
struct Stored {
  std::int64_t number = 0;
  std::size_t bytes = 0;
  T value;
};

/// Reading, on any connection. Nothing found and a fault of the connection look alike: ask the connection before believing it.
class Tables {
 public:
  explicit Tables(Connection& connection);

  /// By canonical id. A guid that is nobody's id is tried as the guid of a free-text id (id map).
  std::optional<Stored<Visitor>> visitor(std::string_view id);
  /// By token; else by id, for a visitor without a token of its own.
  std::optional<Stored<Visitor>> visitor_by_token(std::string_view token);
  /// The oldest with that phone or e-mail (case ignored).
  std::optional<Stored<Visitor>> visitor_by_phone(std::string_view phone);
  std::optional<Stored<Visitor>> visitor_by_email(std::string_view email);
  std::optional<Stored<Agent>> agent(std::string_view id);
  std::optional<Stored<Chat>> chat(std::string_view id);
  std::optional<Stored<Contact>> contact(std::string_view id);
  /// The latest chat of a visitor that goes on.
  std::optional<Stored<Chat>> open_chat(std::string_view visitor);
  /// How the visitor's chats stand together: an open one counts more than ended ones. nullopt: never chatted.
  std::optional<Standing> standing(std::string_view visitor);
  /// The oldest contact that a visitor belongs to.
  std::optional<Stored<Contact>> contact_of(std::string_view visitor);

  /// All, in the order in which they came.
  List<Visitor> visitors();
  List<Agent> agents();
  /// Those that go on.
  List<Chat> open_chats();

  /// Whether there is no record at all.
  bool empty();
  /// A counter's value, 0 where it was never set.
  std::int64_t counter(std::string_view name);

 private:
  template <class T>
  std::optional<Stored<T>> read(Rows& rows);
  template <class T>
  std::optional<Stored<T>> read(Rows&& rows) {
    return read<T>(rows);
  }
  template <class T>
  std::optional<Stored<T>> by_id(Statement& statement, std::string_view id);

  Connection& connection_;
  shape::Document document_;
  Statement visitor_, visitor_by_token_, visitor_without_token_, visitor_by_phone_, visitor_by_email_;
  Statement agent_, chat_, contact_, open_chat_, standing_, contact_of_, mapped_;
  Statement visitors_, agents_, open_chats_, counter_;
};

/// Writing, on the writing connection. The record's own id stays what it is.
class Writing {
 public:
  explicit Writing(Connection& connection);

  /// Adds a record; returns its row number. Its id must be new.
  std::int64_t add(const Visitor& visitor);
  std::int64_t add(const Agent& agent);
  std::int64_t add(const Chat& chat);
  std::int64_t add(const Contact& contact);
  /// Replaces a record. `before` is the record as it stands in the row: indexes that do not change are left alone.
  void replace(std::int64_t number, const Visitor& before, const Visitor& after);
  void replace(std::int64_t number, const Agent& agent);
  void replace(std::int64_t number, const Chat& chat);
  void replace(std::int64_t number, const Contact& before, const Contact& after);

  void add(const PageVisit& page);
  void set_counter(std::string_view name, std::int64_t value);

 private:
  template <class T>
  std::string_view body_of(const T& record);
  void map_id(std::string_view id);
  void index(std::int64_t number, const List<String>& before, const List<String>& after, bool emails);
  void index(std::int64_t number, const Contact& contact, bool add);

  Connection& connection_;
  Buffer body_;
  Statement add_visitor_, replace_visitor_, replace_visitor_token_, add_phone_, drop_phone_, add_email_, drop_email_;
  Statement add_agent_, replace_agent_, add_chat_, replace_chat_, add_contact_, replace_contact_;
  Statement add_contact_visitor_, drop_contact_visitor_, map_id_, add_page_, set_counter_;
};

/// How a chat stands by its own fields: decides the visitor's status.
[[nodiscard]] Standing standing_of(const Chat& chat) noexcept;

/// ASCII letters in lower case: how e-mail addresses are compared.
[[nodiscard]] String fold_case(std::string_view text);

}  // namespace parley::sqlite
