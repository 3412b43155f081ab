// The SQL statements, and the conversion between a row's JSON and a record.
#include "adapters/sqlite/tables.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"
#include "schemas/shape/read_plain.hpp"

namespace parley::sqlite {
namespace {

Bytes bytes_of(const ids::Guid& guid) { return {{reinterpret_cast<const char*>(guid.data()), guid.size()}}; }

}  // namespace

// --- reading --------------------------------------------------------------------------------------------------------

Tables::Tables(Connection& connection)
    : connection_(connection),
      visitor_(connection, "select number, body from visitors where id = ?1"),
      // Several visitors with one token can only come from loading; the newest counts.
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
      counter_(connection, "select value from counters where name = ?1"),
      sequence_(connection, "select number, body from chats where sequence = ?1"),
      open_chats_(connection, "select number, body from chats where standing < 3 order by number"),
      message_(connection, "select number, body from messages where id = ?1"),
      last_message_(connection,
                    "select number, shown_at from messages where chat = (select number from chats where id = ?1) "
                    "order by shown_at desc limit 1"),
      messages_(connection,
                "select number, body from messages where chat = (select number from chats where id = ?1) "
                "and shown_at > ?2 and shown_at < ?3 and hidden = 0 and written >= ?4 and written <= ?5 order by "
                "shown_at limit ?6 offset ?7"),
      messages_down_(connection,
                     "select number, body from messages where chat = (select number from chats where id = ?1) "
                     "and shown_at > ?2 and shown_at < ?3 and hidden = 0 and written >= ?4 and written <= ?5 order by "
                     "shown_at desc "
                     "limit ?6 offset ?7"),
      count_messages_(connection,
                      "select count(*) from messages where chat = (select number from chats where id = ?1) "
                      "and shown_at > ?2 and shown_at < ?3 and hidden = 0 and written >= ?4 and written <= ?5") {}

Result<void> Tables::gather(store::Gathered& gathered) {
  gathered.ask([this](const auto& key, auto& place) { find(key, place); });
  return connection_.check();
}

template <class Found>
bool Tables::read(Rows& rows, std::optional<Found>& place) {
  if (!rows.next()) return false;
  if (read_row(rows, place.emplace())) return true;
  place.reset();
  return false;
}

template <class Found>
bool Tables::read_row(const Rows& rows, Found& stored) {
  const std::string_view body = rows.text(1);
  stored.number = rows.number(0);
  stored.bytes = body.size();
  constexpr const shape::View& view = shape::canonical_view<decltype(stored.value)>;
  if (shape::read_plain(view, body, document_, nullptr, stored.value)) return true;
  const auto parsed = document_.parse_json(body);
  shape::Reading reading(nullptr, document_.lend());
  if (parsed && shape::read_object(view, document_.root(), &stored.value, reading) != shape::Fit::refused) return true;
  connection_.damaged("row " + std::to_string(stored.number) + " holds no " + String(view.record));
  return false;
}

template <class Found>
bool Tables::read_by_id(Statement& statement, std::string_view id, std::optional<Found>& place) {
  if (read(statement.rows(id), place)) return true;
  const auto guid = ids::parse_guid(id);
  if (!guid || !ids::may_be_mapped(*guid)) return false;
  Rows mapped = mapped_.rows(bytes_of(*guid));
  return mapped.next() && read(statement.rows(mapped.text(0)), place);
}

String Tables::stored_id(std::string_view id) {
  const auto guid = ids::parse_guid(id);
  if (!guid || !ids::may_be_mapped(*guid)) return String(id);
  Rows mapped = mapped_.rows(bytes_of(*guid));
  return String(mapped.next() ? mapped.text(0) : id);
}

bool Tables::read_visitor(const store::VisitorHandle& handle, std::optional<store::FoundVisitor>& place) {
  using Kind = store::VisitorHandle::Kind;
  switch (handle.kind) {
    case Kind::id:
      return read_by_id(visitor_, handle.text, place);
    case Kind::id_without_token:
      return read(visitor_without_token_.rows(handle.text), place);
    case Kind::token:
      return read(visitor_by_token_.rows(handle.text), place);
    case Kind::phone:
      return read(visitor_by_phone_.rows(handle.text), place);
    case Kind::email:
      break;
  }
  const String folded = ascii::lower(handle.text);
  return read(visitor_by_email_.rows(folded), place);
}

void Tables::find(const store::VisitorKey& key, std::optional<store::FoundVisitor>& place) {
  for (const store::VisitorHandle& handle : key.handles()) {
    if (!read_visitor(handle, place)) continue;
    place->handle = handle.kind;
    return;
  }
}

void Tables::find(const store::AgentKey& key, std::optional<store::Stored<Agent>>& place) {
  read_by_id(agent_, key.id, place);
}

void Tables::find(const store::ChatKey& key, std::optional<store::Stored<Chat>>& place) {
  read_by_id(chat_, key.id, place);
}

void Tables::find(const store::SequenceKey& key, std::optional<store::Stored<Chat>>& place) {
  read(sequence_.rows(key.sequence), place);
}

void Tables::find(const store::OpenChatKey& key, std::optional<store::Stored<Chat>>& place) {
  read(open_chat_.rows(key.visitor), place);
}

void Tables::find(const store::OpenChatsKey&, std::optional<List<store::Stored<Chat>>>& place) {
  List<store::Stored<Chat>>& chats = place.emplace();
  Rows rows = open_chats_.rows();
  while (rows.next() && read_row(rows, chats.emplace_back())) {
  }
}

void Tables::find(const store::MessageKey& key, std::optional<store::Stored<Message>>& place) {
  read(message_.rows(key.id), place);
}

void Tables::find(const store::LastMessageKey& key, std::optional<store::LastMessage>& place) {
  Rows rows = last_message_.rows(key.chat);
  if (rows.next()) place = store::LastMessage{rows.number(0), Time::at(rows.number(1))};
}

void Tables::find(const store::MessagesKey& key, std::optional<store::FoundMessages>& place) {
  const MessageQuery& query = *key.query;
  const std::int64_t after = query.after.known() ? query.after.since_epoch : INT64_MIN;
  const std::int64_t before = query.before.known() ? query.before.since_epoch : INT64_MAX;
  const std::int64_t least = query.written_only ? 1 : 0;
  const std::int64_t highest = query.notes ? 2 : 1;
  // A search looks at each message, so the page is cut here.
  const bool search = !query.text.empty();
  const std::size_t most = query.limit == 0 ? most_messages + 1 : std::min(query.limit, most_messages + 1);
  const std::int64_t limit = search ? -1 : static_cast<std::int64_t>(most);
  const std::int64_t offset = search ? 0 : static_cast<std::int64_t>(query.offset);
  Statement& statement = query.newest_first ? messages_down_ : messages_;
  store::FoundMessages& found = place.emplace();
  read_messages(statement.rows(key.chat, after, before, least, highest, limit, offset), query, found);
  if (search) return;
  found.page.total = query.offset + found.page.records.size();
  if (!query.count || (query.limit == 0 && query.offset == 0)) return;
  Rows count = count_messages_.rows(key.chat, after, before, least, highest);
  if (count.next()) found.page.total = static_cast<std::size_t>(count.number(0));
}

void Tables::read_messages(Rows&& rows, const MessageQuery& query, store::FoundMessages& found) {
  const bool search = !query.text.empty();
  std::size_t matching = 0;
  while (rows.next()) {
    store::Stored<Message> message;
    if (!read_row(rows, message)) return;
    if (search) {
      if (!fits(query, message.value)) continue;
      const std::size_t place = matching++;
      const bool shown = place >= query.offset && (query.limit == 0 || place - query.offset < query.limit);
      if (!shown) continue;
    }
    found.bytes += message.bytes;
    found.page.records.emplace_back(std::move(message.value));
    if (found.too_many()) return;
  }
  if (search) found.page.total = matching;
}

void Tables::find(const store::StandingKey& key, std::optional<store::Standing>& place) {
  Rows rows = standing_.rows(key.visitor);
  if (rows.next()) place = static_cast<store::Standing>(rows.number(0));
}

void Tables::find(const store::ContactKey& key, std::optional<store::Stored<Contact>>& place) {
  read_by_id(contact_, key.id, place);
}

void Tables::find(const store::ContactOfKey& key, std::optional<store::Stored<Contact>>& place) {
  read(contact_of_.rows(key.visitor), place);
}

void Tables::find(const store::CounterKey& key, std::optional<std::int64_t>& place) {
  Rows rows = counter_.rows(key.name);
  place = rows.next() ? rows.number(0) : 0;
}

bool Tables::empty() {
  return connection_.number(
             "select exists (select 1 from visitors) or exists (select 1 from agents) "
             "or exists (select 1 from chats) or exists (select 1 from contacts)") == 0;
}

// --- writing --------------------------------------------------------------------------------------------------------

Writing::Writing(Connection& connection)
    : connection_(connection),
      add_visitor_(connection, "insert into visitors (id, token, body) values (?1, ?2, ?3)"),
      replace_visitor_(connection, "update visitors set body = ?2 where number = ?1"),
      replace_visitor_token_(connection, "update visitors set body = ?2, token = ?3 where number = ?1"),
      // `or ignore`: a record may have the same value twice.
      add_phone_(connection, "insert or ignore into phones (phone, visitor) values (?1, ?2)"),
      drop_phone_(connection, "delete from phones where phone = ?1 and visitor = ?2"),
      add_email_(connection, "insert or ignore into emails (email, visitor) values (?1, ?2)"),
      drop_email_(connection, "delete from emails where email = ?1 and visitor = ?2"),
      add_agent_(connection, "insert into agents (id, body) values (?1, ?2)"),
      replace_agent_(connection, "update agents set body = ?2 where number = ?1"),
      add_chat_(connection,
                "insert into chats (id, visitor, standing, body, begin_at, agent, department, service, sequence) "
                "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
      replace_chat_(
          connection,
          "update chats set visitor = ?2, standing = ?3, body = ?4, begin_at = ?5, agent = ?6, department = ?7, "
          "service = ?8 where number = ?1"),
      replace_chat_body_(connection, "update chats set body = ?2 where number = ?1"),
      add_contact_(connection, "insert into contacts (id, body) values (?1, ?2)"),
      replace_contact_(connection, "update contacts set body = ?2 where number = ?1"),
      add_value_(connection, "insert or ignore into chat_values (name, value, chat) values (?1, ?2, ?3)"),
      drop_value_(connection, "delete from chat_values where name = ?1 and value = ?2 and chat = ?3"),
      add_message_(connection,
                   "insert into messages (chat, shown_at, number, id, hidden, written, body) "
                   "values ((select number from chats where id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)"),
      replace_message_(connection, "update messages set hidden = ?2, written = ?3, body = ?4 where id = ?1"),
      drop_messages_(connection, "delete from messages where chat = ?1"),
      drop_chat_(connection, "delete from chats where number = ?1"),
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

void Writing::index(std::int64_t number, const List<Text>& before, const List<Text>& after, bool emails) {
  if (before == after) return;
  Statement& drop = emails ? drop_email_ : drop_phone_;
  Statement& add = emails ? add_email_ : add_phone_;
  const auto each = [number, emails](const List<Text>& values, Statement& statement) {
    for (const Text& value : values) {
      if (value.empty()) continue;  // nobody can be found by an empty value
      emails ? statement.run(ascii::lower(value), number) : statement.run(value, number);
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

void Writing::put(const store::Put<Visitor>& put) {
  const List<Text> none;
  const Visitor& after = *put.after;
  const Visitor* before = put.before == nullptr ? nullptr : &put.before->value;
  std::int64_t number = 0;
  if (before == nullptr) {
    add_visitor_.run(after.id.text, after.token, body_of(after));
    number = connection_.last_row();
    map_id(after.id.text);
  } else {
    number = put.before->number;
    if (before->token == after.token) {
      replace_visitor_.run(number, body_of(after));
    } else {
      replace_visitor_token_.run(number, body_of(after), after.token);
    }
  }
  index(number, before == nullptr ? none : before->phones, after.phones, false);
  index(number, before == nullptr ? none : before->emails, after.emails, true);
}

void Writing::put(const store::Put<Agent>& put) {
  const Agent& after = *put.after;
  if (put.before != nullptr) return replace_agent_.run(put.before->number, body_of(after));
  add_agent_.run(after.id.text, body_of(after));
  map_id(after.id.text);
}

void Writing::index_values(std::int64_t number, const Attributes& before, const Attributes& after) {
  if (before == after) return;
  for (const Attribute& value : before) drop_value_.run(value.name, value.value, number);
  for (const Attribute& value : after) {
    if (!value.literal) add_value_.run(value.name, value.value, number);
  }
}

void Writing::put(const store::Put<Chat>& put) {
  const Chat& after = *put.after;
  const auto standing = static_cast<std::int64_t>(store::standing_of(after));
  const std::int64_t begin_at = after.begin_at.known() ? after.begin_at.since_epoch : 0;
  if (put.before == nullptr) {
    add_chat_.run(after.id.text, after.visitor.text, standing, body_of(after), begin_at, after.agent.text,
                  after.department.text, after.service, after.sequence);
    index_values(connection_.last_row(), {}, after.call_data);
    return map_id(after.id.text);
  }
  // Most changes of a chat are messages, and change no column that is indexed.
  const Chat& before = put.before->value;
  const std::int64_t number = put.before->number;
  if (before.visitor == after.visitor && store::standing_of(before) == store::standing_of(after) &&
      before.begin_at == after.begin_at && before.agent == after.agent && before.department == after.department &&
      before.service == after.service) {
    replace_chat_body_.run(number, body_of(after));
  } else {
    replace_chat_.run(number, after.visitor.text, standing, body_of(after), begin_at, after.agent.text,
                      after.department.text, after.service);
  }
  index_values(number, before.call_data, after.call_data);
}

void Writing::put(const store::Put<Message>& put) {
  const Message& after = *put.after;
  const std::int64_t hidden = after.deleted ? 1 : 0;
  const std::int64_t written = after.kind == MessageKind::note ? 2 : is_written(after.kind) ? 1 : 0;
  if (put.before != nullptr) return replace_message_.run(after.id.text, hidden, written, body_of(after));
  add_message_.run(after.chat.text, after.shown_at.since_epoch, after.number, after.id.text, hidden, written,
                   body_of(after));
}

void Writing::remove(const store::Remove& remove) {
  drop_messages_.run(remove.chat->number);
  index_values(remove.chat->number, remove.chat->value.call_data, {});
  drop_chat_.run(remove.chat->number);
}

void Writing::put(const store::Put<Contact>& put) {
  const Contact& after = *put.after;
  if (put.before != nullptr) {
    replace_contact_.run(put.before->number, body_of(after));
    index(put.before->number, put.before->value, false);
    index(put.before->number, after, true);
    return;
  }
  add_contact_.run(after.id.text, body_of(after));
  index(connection_.last_row(), after, true);
  map_id(after.id.text);
}

void Writing::add(const PageVisit& page) {
  add_page_.run(page.token, page.chat.text, page.change, page.title, page.url, page.at.since_epoch);
}

void Writing::set_counter(std::string_view name, std::int64_t value) { set_counter_.run(name, value); }

}  // namespace parley::sqlite
