// The statements, and the way between a row's JSON and a record.
#include "adapters/sqlite/tables.hpp"

#include <algorithm>

namespace parley::sqlite {
namespace {

Bytes bytes_of(const ids::Guid& guid) { return {{reinterpret_cast<const char*>(guid.data()), guid.size()}}; }

}  // namespace

Standing standing_of(const Chat& chat) noexcept {
  if (chat.state == ChatState::ended) return Standing::ended;
  const bool answered =
      !chat.agent.empty() || std::any_of(chat.participants.begin(), chat.participants.end(),
                                         [](const Participant& one) { return one.is_agent && !one.end_at.known(); });
  return answered ? Standing::chatting : Standing::waiting;
}

String fold_case(std::string_view text) {
  String folded(text);
  for (char& byte : folded) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  }
  return folded;
}

// --- reading --------------------------------------------------------------------------------------------------------

Tables::Tables(Connection& connection)
    : connection_(connection),
      visitor_(connection, "select number, body from visitors where id = ?1"),
      // Two visitors with one token can only come from loading; the later one is meant.
      visitor_by_token_(
          connection,
          "select number, body from visitors where token = ?1 and token <> '' order by number desc limit 1"),
      visitor_without_token_(connection, "select number, body from visitors where id = ?1 and token = ''"),
      visitor_by_phone_(connection,
                        "select v.number, v.body from phones p join visitors v on v.number = p.visitor "
                        "where p.phone = ?1 order by p.visitor limit 1"),
      visitor_by_email_(connection,
                        "select v.number, v.body from emails e join visitors v on v.number = e.visitor "
                        "where e.email = ?1 order by e.visitor limit 1"),
      agent_(connection, "select number, body from agents where id = ?1"),
      chat_(connection, "select number, body from chats where id = ?1"),
      contact_(connection, "select number, body from contacts where id = ?1"),
      open_chat_(connection,
                 "select number, body from chats where visitor = ?1 and standing < 3 order by number desc limit 1"),
      standing_(connection,
                "select standing from chats where visitor = ?1 order by standing < 3 desc, number desc limit 1"),
      contact_of_(connection,
                  "select c.number, c.body from contact_visitors v join contacts c on c.number = v.contact "
                  "where v.visitor = ?1 order by v.contact limit 1"),
      mapped_(connection, "select text from id_map where guid = ?1"),
      visitors_(connection, "select number, body from visitors order by number"),
      agents_(connection, "select number, body from agents order by number"),
      open_chats_(connection, "select number, body from chats where standing < 3 order by number"),
      counter_(connection, "select value from counters where name = ?1") {}

template <class T>
std::optional<Stored<T>> Tables::read(Rows& rows) {
  if (!rows.next()) return std::nullopt;
  const std::string_view body = rows.text(1);
  Stored<T> stored{rows.number(0), body.size(), {}};
  const auto parsed = document_.parse_json(body);
  shape::Reading reading;
  if (!parsed ||
      shape::read_object(shape::canonical_view<T>, document_.root(), &stored.value, reading) == shape::Fit::refused) {
    connection_.damaged("row " + std::to_string(stored.number) + " holds no " +
                        String(shape::canonical_view<T>.record));
    return std::nullopt;
  }
  return stored;
}

template <class T>
std::optional<Stored<T>> Tables::by_id(Statement& statement, std::string_view id) {
  if (auto found = read<T>(statement.rows(id))) return found;
  const auto guid = ids::parse_guid(id);
  if (!guid || !ids::may_be_mapped(*guid)) return std::nullopt;
  Rows mapped = mapped_.rows(bytes_of(*guid));
  return mapped.next() ? read<T>(statement.rows(mapped.text(0))) : std::nullopt;
}

std::optional<Stored<Visitor>> Tables::visitor(std::string_view id) { return by_id<Visitor>(visitor_, id); }
std::optional<Stored<Visitor>> Tables::visitor_by_token(std::string_view token) {
  if (auto found = read<Visitor>(visitor_by_token_.rows(token))) return found;
  return read<Visitor>(visitor_without_token_.rows(token));
}
std::optional<Stored<Visitor>> Tables::visitor_by_phone(std::string_view phone) {
  return read<Visitor>(visitor_by_phone_.rows(phone));
}
std::optional<Stored<Visitor>> Tables::visitor_by_email(std::string_view email) {
  const String folded = fold_case(email);
  return read<Visitor>(visitor_by_email_.rows(folded));
}
std::optional<Stored<Agent>> Tables::agent(std::string_view id) { return by_id<Agent>(agent_, id); }
std::optional<Stored<Chat>> Tables::chat(std::string_view id) { return by_id<Chat>(chat_, id); }
std::optional<Stored<Contact>> Tables::contact(std::string_view id) { return by_id<Contact>(contact_, id); }
std::optional<Stored<Chat>> Tables::open_chat(std::string_view visitor) { return read<Chat>(open_chat_.rows(visitor)); }
std::optional<Stored<Contact>> Tables::contact_of(std::string_view visitor) {
  return read<Contact>(contact_of_.rows(visitor));
}

std::optional<Standing> Tables::standing(std::string_view visitor) {
  Rows rows = standing_.rows(visitor);
  if (!rows.next()) return std::nullopt;
  return static_cast<Standing>(rows.number(0));
}

List<Visitor> Tables::visitors() {
  List<Visitor> all;
  Rows rows = visitors_.rows();
  while (auto one = read<Visitor>(rows)) all.push_back(std::move(one->value));
  return all;
}

List<Agent> Tables::agents() {
  List<Agent> all;
  Rows rows = agents_.rows();
  while (auto one = read<Agent>(rows)) all.push_back(std::move(one->value));
  return all;
}

List<Chat> Tables::open_chats() {
  List<Chat> all;
  Rows rows = open_chats_.rows();
  while (auto one = read<Chat>(rows)) all.push_back(std::move(one->value));
  return all;
}

bool Tables::empty() {
  return connection_.number(
             "select exists (select 1 from visitors) or exists (select 1 from agents) "
             "or exists (select 1 from chats) or exists (select 1 from contacts)") == 0;
}

std::int64_t Tables::counter(std::string_view name) {
  Rows rows = counter_.rows(name);
  return rows.next() ? rows.number(0) : 0;
}

// --- writing --------------------------------------------------------------------------------------------------------

Writing::Writing(Connection& connection)
    : connection_(connection),
      add_visitor_(connection, "insert into visitors (id, token, body) values (?1, ?2, ?3)"),
      replace_visitor_(connection, "update visitors set body = ?2 where number = ?1"),
      replace_visitor_token_(connection, "update visitors set body = ?2, token = ?3 where number = ?1"),
      // Twice the same value in one record is one row.
      add_phone_(connection, "insert or ignore into phones (phone, visitor) values (?1, ?2)"),
      drop_phone_(connection, "delete from phones where phone = ?1 and visitor = ?2"),
      add_email_(connection, "insert or ignore into emails (email, visitor) values (?1, ?2)"),
      drop_email_(connection, "delete from emails where email = ?1 and visitor = ?2"),
      add_agent_(connection, "insert into agents (id, body) values (?1, ?2)"),
      replace_agent_(connection, "update agents set body = ?2 where number = ?1"),
      add_chat_(connection, "insert into chats (id, visitor, standing, body) values (?1, ?2, ?3, ?4)"),
      replace_chat_(connection, "update chats set visitor = ?2, standing = ?3, body = ?4 where number = ?1"),
      add_contact_(connection, "insert into contacts (id, body) values (?1, ?2)"),
      replace_contact_(connection, "update contacts set body = ?2 where number = ?1"),
      add_contact_visitor_(connection, "insert or ignore into contact_visitors (visitor, contact) values (?1, ?2)"),
      drop_contact_visitor_(connection, "delete from contact_visitors where visitor = ?1 and contact = ?2"),
      map_id_(connection, "insert or ignore into id_map (guid, text) values (?1, ?2)"),
      add_page_(connection,
                "insert into page_visits (token, chat, change, title, url, at) values (?1, ?2, ?3, ?4, ?5, ?6)"),
      set_counter_(connection,
                   "insert into counters (name, value) values (?1, ?2) on conflict (name) do update set value = ?2") {}

template <class T>
std::string_view Writing::body_of(const T& record) {
  body_.clear();
  shape::Writer writer(body_);
  shape::write_object(shape::canonical_view<T>, &record, writer);
  writer.finish();
  return body_.view();
}

void Writing::map_id(std::string_view id) {
  if (ids::kind_of(id) != ids::Kind::free_text) return;
  const ids::Guid guid = ids::to_guid(id);
  map_id_.run(bytes_of(guid), id);
}

void Writing::index(std::int64_t number, const List<String>& before, const List<String>& after, bool emails) {
  if (before == after) return;
  Statement& drop = emails ? drop_email_ : drop_phone_;
  Statement& add = emails ? add_email_ : add_phone_;
  const auto each = [number, emails](const List<String>& values, Statement& statement) {
    for (const String& value : values) {
      if (value.empty()) continue;  // not a way to find anybody
      emails ? statement.run(fold_case(value), number) : statement.run(value, number);
    }
  };
  each(before, drop);
  each(after, add);
}

void Writing::index(std::int64_t number, const Contact& contact, bool add) {
  for (const Channel& channel : contact.channels) {
    if (!channel.visitor.empty())
      (add ? add_contact_visitor_ : drop_contact_visitor_).run(channel.visitor.text, number);
  }
}

std::int64_t Writing::add(const Visitor& visitor) {
  add_visitor_.run(visitor.id.text, visitor.token, body_of(visitor));
  const std::int64_t number = connection_.last_row();
  index(number, {}, visitor.phones, false);
  index(number, {}, visitor.emails, true);
  map_id(visitor.id.text);
  return number;
}

std::int64_t Writing::add(const Agent& agent) {
  add_agent_.run(agent.id.text, body_of(agent));
  const std::int64_t number = connection_.last_row();
  map_id(agent.id.text);
  return number;
}

std::int64_t Writing::add(const Chat& chat) {
  add_chat_.run(chat.id.text, chat.visitor.text, static_cast<std::int64_t>(standing_of(chat)), body_of(chat));
  const std::int64_t number = connection_.last_row();
  map_id(chat.id.text);
  return number;
}

std::int64_t Writing::add(const Contact& contact) {
  add_contact_.run(contact.id.text, body_of(contact));
  const std::int64_t number = connection_.last_row();
  index(number, contact, true);
  map_id(contact.id.text);
  return number;
}

void Writing::replace(std::int64_t number, const Visitor& before, const Visitor& after) {
  if (before.token == after.token) {
    replace_visitor_.run(number, body_of(after));
  } else {
    replace_visitor_token_.run(number, body_of(after), after.token);
  }
  index(number, before.phones, after.phones, false);
  index(number, before.emails, after.emails, true);
}

void Writing::replace(std::int64_t number, const Agent& agent) { replace_agent_.run(number, body_of(agent)); }

void Writing::replace(std::int64_t number, const Chat& chat) {
  replace_chat_.run(number, chat.visitor.text, static_cast<std::int64_t>(standing_of(chat)), body_of(chat));
}

void Writing::replace(std::int64_t number, const Contact& before, const Contact& after) {
  replace_contact_.run(number, body_of(after));
  index(number, before, false);
  index(number, after, true);
}

void Writing::add(const PageVisit& page) {
  add_page_.run(page.token, page.chat.text, page.change, page.title, page.url, page.at.since_epoch);
}

void Writing::set_counter(std::string_view name, std::int64_t value) { set_counter_.run(name, value); }

}  // namespace parley::sqlite
