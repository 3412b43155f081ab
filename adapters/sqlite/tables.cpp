// The SQL statements, and the conversion between a row's JSON and a record.
#include "adapters/sqlite/tables.hpp"

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
      counter_(connection, "select value from counters where name = ?1") {}

Result<void> Tables::gather(store::Gathered& gathered) {
  gathered.ask([this](const auto& key, auto& place) { find(key, place); });
  return connection_.check();
}

template <class Found>
bool Tables::read(Rows& rows, std::optional<Found>& place) {
  if (!rows.next()) return false;
  const std::string_view body = rows.text(1);
  Found& stored = place.emplace();
  stored.number = rows.number(0);
  stored.bytes = body.size();
  constexpr const shape::View& view = shape::canonical_view<decltype(stored.value)>;
  if (shape::read_plain(view, body, document_, nullptr, stored.value)) return true;
  const auto parsed = document_.parse_json(body);
  shape::Reading reading(nullptr, document_.lend());
  if (parsed && shape::read_object(view, document_.root(), &stored.value, reading) != shape::Fit::refused) return true;
  connection_.damaged("row " + std::to_string(stored.number) + " holds no " + String(view.record));
  place.reset();
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

void Tables::find(const store::OpenChatKey& key, std::optional<store::Stored<Chat>>& place) {
  read(open_chat_.rows(key.visitor), place);
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

void Writing::put(const store::Put<Chat>& put) {
  const Chat& after = *put.after;
  const auto standing = static_cast<std::int64_t>(store::standing_of(after));
  if (put.before != nullptr) {
    return replace_chat_.run(put.before->number, after.visitor.text, standing, body_of(after));
  }
  add_chat_.run(after.id.text, after.visitor.text, standing, body_of(after));
  map_id(after.id.text);
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
