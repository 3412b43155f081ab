// The SQL statements, and the conversion between a row's JSON and a record.
#include "adapters/sqlite/tables.hpp"

#include <algorithm>

#include "schemas/ascii.hpp"
#include "schemas/shape/read_plain.hpp"

namespace parley::sqlite {

String indexed_value(IdentityKind kind, std::string_view value) {
  return kind == IdentityKind::email ? ascii::lower(value) : String(value);
}

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
                      "and shown_at > ?2 and shown_at < ?3 and hidden = 0 and written >= ?4 and written <= ?5"),
      contacts_of_(connection,
                   "select c.number, c.body from contact_visitors v join contacts c on c.number = v.contact "
                   "where v.visitor = ?1 order by v.contact"),
      chats_of_(connection, "select number, body from chats where visitor = ?1 order by number"),
      count_messages_of_(connection,
                         "select count(*) from messages where hidden = 0 "
                         "and chat in (select number from chats where visitor = ?1)"),
      count_pages_(connection, "select count(*) from page_visits where token = ?1"),
      department_(connection, "select number, body from departments where id = ?1"),
      offline_message_(connection, "select number, body from offline_messages where id = ?1"),
      offline_number_(connection, "select number, body from offline_messages where number = ?1"),
      offline_messages_of_(
          connection, "select number, body from offline_messages where email = ?1 and email <> '' order by number"),
      offline_messages_by_(
          connection, "select number, body from offline_messages where visitor = ?1 and visitor <> '' order by number"),
      silent_visitors_(connection,
                       "select number, body from visitors where seen_at > 0 and seen_at < ?1 and not exists "
                       "(select 1 from chats where visitor = visitors.id and standing < 3) order by seen_at limit ?2"),
      ended_chats_(connection,
                   "select number, body from chats where purged in (0, ?3) and end_at > 0 and end_at < ?1 limit ?2"),
      old_pages_(connection,
                 "select count(*) from (select at from page_visits order by number limit ?2) where at < ?1"),
      old_offline_messages_(connection,
                            "select number, body from offline_messages where at > 0 and at < ?1 order by at limit ?2"),
      departments_(connection, "select number, body from departments order by number"),
      agents_(connection, "select number, body from agents order by number"),
      equal_pages_(connection,
                   "select count(*) from page_visits where token = ?1 and at = ?2 and chat = ?3 and change = ?4 "
                   "and title = ?5 and url = ?6"),
      file_(connection, "select number, body from files where id = ?1"),
      kept_parts_(connection, "select count(*), coalesce(sum(length(bytes)), 0) from file_parts where file = ?1"),
      old_uploads_(connection, "select file from uploads where at < ?1 limit ?2"),
      file_part_(connection, "select bytes from file_parts where file = ?1 and part = ?2"),
      contact_with_(connection,
                    "select c.number, c.body from identities i join contacts c on c.number = i.contact "
                    "where i.id = ?1 order by i.contact limit 1"),
      known_by_(connection,
                "select c.number, c.body from (select distinct contact from identities where kind = ?1 and value = ?2 "
                "order by contact limit ?3) i join contacts c on c.number = i.contact order by i.contact") {}

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
void Tables::read_all(Rows&& rows, std::optional<List<Found>>& place) {
  List<Found>& all = place.emplace();
  while (rows.next() && read_row(rows, all.emplace_back())) {
  }
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
  read_all(open_chats_.rows(), place);
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

void Tables::find(const store::ContactsOfKey& key, std::optional<List<store::Stored<Contact>>>& place) {
  read_all(contacts_of_.rows(key.visitor), place);
}

void Tables::find(const store::IdentityKey& key, std::optional<store::Stored<Contact>>& place) {
  read_by_id(contact_with_, key.id, place);
}

void Tables::find(const store::KnownByKey& key, std::optional<List<store::Stored<Contact>>>& place) {
  const String value = indexed_value(key.kind, key.value);
  read_all(known_by_.rows(shape::words_of<IdentityKind>[static_cast<std::size_t>(key.kind)], value,
                          static_cast<std::int64_t>(store::most_known_by)),
           place);
}

void Tables::find(const store::ChatsOfKey& key, std::optional<List<store::Stored<Chat>>>& place) {
  read_all(chats_of_.rows(key.visitor), place);
}

void Tables::find(const store::TracesKey& key, std::optional<store::Traces>& place) {
  store::Traces& traces = place.emplace();
  {
    Rows messages = count_messages_of_.rows(key.visitor);
    if (messages.next()) traces.messages = messages.number(0);
  }
  Rows pages = count_pages_.rows(key.token);
  if (pages.next()) traces.pages = pages.number(0);
}

void Tables::find(const store::DepartmentKey& key, std::optional<store::Stored<Department>>& place) {
  read_by_id(department_, key.id, place);
}

void Tables::find(const store::OfflineMessageKey& key, std::optional<store::Stored<OfflineMessage>>& place) {
  read_by_id(offline_message_, key.id, place);
}

void Tables::find(const store::OfflineNumberKey& key, std::optional<store::Stored<OfflineMessage>>& place) {
  read(offline_number_.rows(key.number), place);
}

void Tables::find(const store::OfflineMessagesOfKey& key, std::optional<List<store::Stored<OfflineMessage>>>& place) {
  if (key.email.empty()) return read_all(offline_messages_by_.rows(key.visitor), place);
  const String folded = ascii::lower(key.email);
  read_all(offline_messages_of_.rows(folded), place);
}

void Tables::find(const store::SilentVisitorsKey& key, std::optional<List<store::Stored<Visitor>>>& place) {
  read_all(silent_visitors_.rows(key.before.since_epoch, static_cast<std::int64_t>(key.limit)), place);
}

void Tables::find(const store::EndedChatsKey& key, std::optional<List<store::Stored<Chat>>>& place) {
  const std::int64_t purged = key.with_messages ? 0 : 1;
  read_all(ended_chats_.rows(key.before.since_epoch, static_cast<std::int64_t>(key.limit), purged), place);
}

void Tables::find(const store::DepartmentsKey&, std::optional<List<store::Stored<Department>>>& place) {
  read_all(departments_.rows(), place);
}

void Tables::find(const store::AgentsKey&, std::optional<List<store::Stored<Agent>>>& place) {
  read_all(agents_.rows(), place);
}

void Tables::find(const store::OldPagesKey& key, std::optional<std::int64_t>& place) {
  Rows rows = old_pages_.rows(key.before.since_epoch, static_cast<std::int64_t>(key.limit));
  place = rows.next() ? rows.number(0) : 0;
}

void Tables::find(const store::OldOfflineMessagesKey& key, std::optional<List<store::Stored<OfflineMessage>>>& place) {
  read_all(old_offline_messages_.rows(key.before.since_epoch, static_cast<std::int64_t>(key.limit)), place);
}

void Tables::find(const store::EqualPagesKey& key, std::optional<std::int64_t>& place) {
  const PageVisit& page = *key.page;
  Rows rows = equal_pages_.rows(page.token, page.at.since_epoch, page.chat.text, page.change, page.title, page.url);
  place = rows.next() ? rows.number(0) : 0;
}

void Tables::find(const store::FileKey& key, std::optional<store::Stored<File>>& place) {
  read(file_.rows(key.id), place);
}

void Tables::find(const store::KeptPartsKey& key, std::optional<store::KeptParts>& place) {
  store::KeptParts& kept = place.emplace();
  Rows rows = kept_parts_.rows(key.file);
  if (rows.next()) kept = {rows.number(0), rows.number(1)};
}

void Tables::find(const store::OldUploadsKey& key, std::optional<List<String>>& place) {
  List<String>& files = place.emplace();
  Rows rows = old_uploads_.rows(key.before.since_epoch, static_cast<std::int64_t>(key.limit));
  while (rows.next()) files.emplace_back(rows.text(0));
}

bool Tables::append_part(std::string_view file, std::int64_t part, Buffer& out) {
  Rows rows = file_part_.rows(file, part);
  if (!rows.next()) return false;
  out.append(rows.bytes(0));
  return true;
}

void Tables::find(const store::CounterKey& key, std::optional<std::int64_t>& place) {
  Rows rows = counter_.rows(key.name);
  place = rows.next() ? rows.number(0) : 0;
}

bool Tables::empty() {
  return connection_.number(
             "select exists (select 1 from visitors) or exists (select 1 from agents) "
             "or exists (select 1 from chats) or exists (select 1 from contacts) "
             "or exists (select 1 from departments) or exists (select 1 from offline_messages)") == 0;
}

}  // namespace parley::sqlite
