// The SQL statements of changes.
#include "adapters/sqlite/writing.hpp"

#include "adapters/sqlite/tables.hpp"
#include "adapters/store/contacts.hpp"
#include "adapters/store/presence.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::sqlite {

Writing::Writing(Connection& connection)
    : connection_(connection),
      add_visitor_(connection, "insert into visitors (id, token, body, seen_at) values (?1, ?2, ?3, ?4)"),
      replace_visitor_(connection, "update visitors set body = ?2 where number = ?1"),
      see_visitor_(connection, "update visitors set body = ?2, seen_at = ?3 where number = ?1"),
      set_token_(connection, "update visitors set token = ?2 where number = ?1"),
      move_pages_(connection, "update page_visits set token = ?2 where token = ?1"),
      // `or ignore`: a record may have the same value twice.
      add_phone_(connection, "insert or ignore into phones (phone, visitor) values (?1, ?2)"),
      drop_phone_(connection, "delete from phones where phone = ?1 and visitor = ?2"),
      add_email_(connection, "insert or ignore into emails (email, visitor) values (?1, ?2)"),
      drop_email_(connection, "delete from emails where email = ?1 and visitor = ?2"),
      add_agent_(connection, "insert into agents (id, body) values (?1, ?2)"),
      replace_agent_(connection, "update agents set body = ?2 where number = ?1"),
      add_chat_(
          connection,
          "insert into chats (id, visitor, standing, body, begin_at, agent, department, service, sequence, end_at) "
          "values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
      replace_chat_(
          connection,
          "update chats set visitor = ?2, standing = ?3, body = ?4, begin_at = ?5, agent = ?6, department = ?7, "
          "service = ?8, end_at = ?9 where number = ?1"),
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
      add_identity_(connection, "insert or ignore into identities (kind, value, contact, id) values (?1, ?2, ?3, ?4)"),
      drop_identity_(connection, "delete from identities where kind = ?1 and value = ?2 and contact = ?3 and id = ?4"),
      add_contact_visitor_(connection, "insert or ignore into contact_visitors (visitor, contact) values (?1, ?2)"),
      drop_contact_visitor_(connection, "delete from contact_visitors where visitor = ?1 and contact = ?2"),
      map_id_(connection, "insert or ignore into id_map (guid, text) values (?1, ?2)"),
      // Records of several kinds may have the same id.
      unmap_id_(
          connection,
          "delete from id_map where guid = ?1 and not exists (select 1 from visitors where id = ?2) and not exists "
          "(select 1 from agents where id = ?2) and not exists (select 1 from chats where id = ?2) and not exists "
          "(select 1 from contacts where id = ?2) and not exists (select 1 from departments where id = ?2) and not "
          "exists (select 1 from offline_messages where id = ?2) and not exists (select 1 from identities where id = "
          "?2)"),
      add_page_(connection,
                "insert into page_visits (token, chat, change, title, url, at) values (?1, ?2, ?3, ?4, ?5, ?6)"),
      set_counter_(connection,
                   "insert into counters (name, value) values (?1, ?2) on conflict (name) do update set value = ?2"),
      add_department_(connection, "insert into departments (id, body) values (?1, ?2)"),
      replace_department_(connection, "update departments set body = ?2 where number = ?1"),
      drop_department_(connection, "delete from departments where number = ?1"),
      add_offline_message_(connection,
                           "insert into offline_messages (number, id, at, department, email, visitor, body) "
                           "values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      replace_offline_message_(
          connection,
          "update offline_messages set at = ?2, department = ?3, email = ?4, visitor = ?5, body = ?6 "
          "where number = ?1"),
      drop_offline_message_(connection, "delete from offline_messages where number = ?1"),
      drop_visitor_(connection, "delete from visitors where number = ?1"),
      drop_contact_(connection, "delete from contacts where number = ?1"),
      purge_chat_(connection, "update chats set purged = 1 where number = ?1"),
      fill_chat_(connection, "update chats set purged = 0 where id = ?1 and purged = 1"),
      drop_pages_(connection, "delete from page_visits where token = ?1"),
      drop_old_pages_(connection,
                      "delete from page_visits where number in "
                      "(select number from page_visits order by number limit ?2) and at < ?1"),
      add_file_(connection,
                "insert into files (id, chat, body) values (?1, (select number from chats where id = ?2), ?3)"),
      replace_file_(connection, "update files set body = ?2 where number = ?1"),
      drop_file_(connection, "delete from files where number = ?1"),
      drop_parts_(connection, "delete from file_parts where file = ?1"),
      drop_files_of_(connection, "delete from files where chat = ?1"),
      drop_parts_of_(connection, "delete from file_parts where file in (select id from files where chat = ?1)"),
      put_part_(connection, "insert or replace into file_parts (file, part, bytes) values (?1, ?2, ?3)"),
      begin_upload_(connection,
                    "insert or replace into uploads (file, at) select ?1, ?2 "
                    "where not exists (select 1 from files where id = ?1)"),
      end_upload_(connection, "delete from uploads where file = ?1"),
      drop_upload_(connection,
                   "delete from file_parts where file = ?1 and not exists (select 1 from files where id = ?1)") {}

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

void Writing::unmap_id(std::string_view id) {
  if (ids::kind_of(id) != ids::Kind::free_text) return;
  const ids::Guid guid = ids::to_guid(id);
  unmap_id_.run(bytes_of(guid), id);
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
  for (const Text& visitor : store::visitors_of(contact)) {
    (add ? add_contact_visitor_ : drop_contact_visitor_).run(visitor, number);
  }
  for (const Identity& one : contact.identities) {
    const IdentityKind kind = one.deleted ? IdentityKind::unknown : one.kind;
    const String value = kind == IdentityKind::unknown ? String() : indexed_value(kind, one.value);
    (add ? add_identity_ : drop_identity_)
        .run(shape::words_of<IdentityKind>[static_cast<std::size_t>(kind)], value, number, one.id.text);
    add ? map_id(one.id.text) : unmap_id(one.id.text);
  }
}

void Writing::index(std::int64_t number, const Contact& before, const Contact& after) {
  if (before.identities == after.identities && store::visitors_of(before) == store::visitors_of(after)) return;
  index(number, before, false);
  index(number, after, true);
}

void Writing::put(const store::Put<Visitor>& put) {
  const List<Text> none;
  const Visitor& after = *put.after;
  const Visitor* before = put.before == nullptr ? nullptr : &put.before->value;
  std::int64_t number = 0;
  const bool left = after.status == VisitorStatus::out_of_site;
  const std::int64_t seen_at = put.seen.known() && !left ? put.seen.since_epoch : 0;
  if (before == nullptr) {
    add_visitor_.run(after.id.text, after.token, body_of(after), seen_at);
    number = connection_.last_row();
    map_id(after.id.text);
  } else {
    number = put.before->number;
    // A column that is set costs its index, also with the value that it had.
    if (seen_at != 0 || left) {
      see_visitor_.run(number, body_of(after), seen_at);
    } else {
      replace_visitor_.run(number, body_of(after));
    }
    if (before->token != after.token) {
      set_token_.run(number, after.token);
      move_pages_.run(store::token_of_pages(*before), store::token_of_pages(after));
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

namespace {

/// The time from which an ended chat grows old; 0 while it goes on, or if no time of it is known.
std::int64_t end_of(const Chat& chat) noexcept {
  if (store::standing_of(chat) != store::Standing::ended) return 0;
  const Time end = chat.end_at.known() ? chat.end_at : chat.begin_at;
  return end.known() ? end.since_epoch : 0;
}

}  // namespace

void Writing::put(const store::Put<Chat>& put) {
  const Chat& after = *put.after;
  const auto standing = static_cast<std::int64_t>(store::standing_of(after));
  const std::int64_t begin_at = after.begin_at.known() ? after.begin_at.since_epoch : 0;
  if (put.before == nullptr) {
    add_chat_.run(after.id.text, after.visitor.text, standing, body_of(after), begin_at, after.agent.text,
                  after.department.text, after.service, after.sequence, end_of(after));
    index_values(connection_.last_row(), {}, after.call_data);
    return map_id(after.id.text);
  }
  // Most changes of a chat are messages, and change no column that is indexed.
  const Chat& before = put.before->value;
  const std::int64_t number = put.before->number;
  if (before.visitor == after.visitor && store::standing_of(before) == store::standing_of(after) &&
      before.begin_at == after.begin_at && before.agent == after.agent && before.department == after.department &&
      before.service == after.service && end_of(before) == end_of(after)) {
    replace_chat_body_.run(number, body_of(after));
  } else {
    replace_chat_.run(number, after.visitor.text, standing, body_of(after), begin_at, after.agent.text,
                      after.department.text, after.service, end_of(after));
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
  // Messages that are loaded again, after those of the chat were removed, grow old as well.
  if (after.number == 1) fill_chat_.run(after.chat.text);
}

void Writing::remove(const store::Remove<Chat>& remove) {
  const store::Stored<Chat>& chat = *remove.record;
  drop_messages_.run(chat.number);
  drop_files(chat.number);
  index_values(chat.number, chat.value.call_data, {});
  drop_chat_.run(chat.number);
  unmap_id(chat.value.id.text);
}

void Writing::remove(const store::Remove<Visitor>& remove) {
  const store::Stored<Visitor>& visitor = *remove.record;
  index(visitor.number, visitor.value.phones, {}, false);
  index(visitor.number, visitor.value.emails, {}, true);
  drop_visitor_.run(visitor.number);
  unmap_id(visitor.value.id.text);
}

void Writing::remove(const store::Remove<Contact>& remove) {
  index(remove.record->number, remove.record->value, false);
  drop_contact_.run(remove.record->number);
  unmap_id(remove.record->value.id.text);
}

void Writing::remove(const store::Remove<Department>& remove) {
  drop_department_.run(remove.record->number);
  unmap_id(remove.record->value.id.text);
}

void Writing::remove(const store::Remove<OfflineMessage>& remove) {
  drop_offline_message_.run(remove.record->number);
  unmap_id(remove.record->value.id.text);
}

void Writing::remove(const store::RemoveMessages& remove) {
  drop_messages_.run(remove.chat->number);
  drop_files(remove.chat->number);
  purge_chat_.run(remove.chat->number);
}

void Writing::put(const store::Put<File>& put) {
  const File& after = *put.after;
  if (put.before != nullptr) return replace_file_.run(put.before->number, body_of(after));
  add_file_.run(after.id.text, after.chat.text, body_of(after));
  end_upload_.run(after.id.text);
}

void Writing::remove(const store::Remove<File>& remove) {
  drop_parts_.run(remove.record->value.id.text);
  drop_file_.run(remove.record->number);
}

void Writing::put(const store::PutFilePart& put) {
  begin_upload_.run(put.file, put.at.since_epoch);
  put_part_.run(put.file, put.number, Bytes{put.bytes});
}

void Writing::remove(const store::RemoveUpload& remove) {
  drop_upload_.run(remove.file);
  end_upload_.run(remove.file);
}

void Writing::drop_files(std::int64_t chat) {
  drop_parts_of_.run(chat);
  drop_files_of_.run(chat);
}

void Writing::remove(const store::RemovePages& remove) { drop_pages_.run(remove.token); }

void Writing::remove(const store::RemoveOldPages& remove) {
  drop_old_pages_.run(remove.before.since_epoch, static_cast<std::int64_t>(remove.limit));
}

void Writing::put(const store::Put<Department>& put) {
  const Department& after = *put.after;
  if (put.before != nullptr) return replace_department_.run(put.before->number, body_of(after));
  add_department_.run(after.id.text, body_of(after));
  map_id(after.id.text);
}

void Writing::put(const store::Put<OfflineMessage>& put) {
  const OfflineMessage& after = *put.after;
  const std::int64_t at = after.at.known() ? after.at.since_epoch : 0;
  const String email = ascii::lower(after.email);
  if (put.before != nullptr) {
    return replace_offline_message_.run(put.before->number, at, after.department.text, email, after.visitor.text,
                                        body_of(after));
  }
  add_offline_message_.run(after.number, after.id.text, at, after.department.text, email, after.visitor.text,
                           body_of(after));
  map_id(after.id.text);
}

void Writing::put(const store::Put<Contact>& put) {
  const Contact& after = *put.after;
  if (put.before != nullptr) {
    replace_contact_.run(put.before->number, body_of(after));
    index(put.before->number, put.before->value, after);
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
