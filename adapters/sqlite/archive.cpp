// See archive.hpp. The connection never writes into the store and never checkpoints, like those of workers.
#include "adapters/sqlite/archive.hpp"

#include <filesystem>
#include <set>

#include "adapters/http/base64.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/settings.hpp"
#include "adapters/store/errors.hpp"
#include "adapters/store/gathered.hpp"
#include "adapters/store/presence.hpp"
#include "schemas/ascii.hpp"
#include "schemas/canonical/counter.hpp"
#include "schemas/canonical/file.hpp"
#include "schemas/canonical/page_visit.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::sqlite {
namespace {

/// The canonical JSON of a record that its table holds in columns. Valid until `json` changes.
template <class T>
std::string_view written(const T& record, Buffer& json) {
  json.clear();
  shape::Writer writer(json);
  shape::write_object(shape::canonical_view<T>, &record, writer);
  writer.finish();
  return json.view();
}

}  // namespace

Result<std::unique_ptr<contract::Archive>> Archive::open(const config::Backend& settings) {
  std::error_code error;
  const std::filesystem::path absolute =
      std::filesystem::absolute(config::settings_of<BackendSettings>(settings).path, error);
  if (error) return refusal("the store's path cannot be used: " + error.message());
  const String path = absolute.string();
  if (!std::filesystem::is_regular_file(absolute, error)) return refusal("there is no store " + path);
  auto connection = Connection::open(path, Connection::Mode::read);
  if (!connection) return refusal("the store " + path + " cannot be read: " + connection.error().detail);
  const Result<std::int64_t> version = version_of(**connection, migrations());
  if (!version) return refusal(path + ": " + version.error().message);
  const auto present = static_cast<std::int64_t>(migrations().size());
  if (*version != present) {
    return refusal(path + ": the store has schema " + std::to_string(*version) + " instead of " +
                   std::to_string(present) + ": start the gateway once with this version of Parley");
  }
  return std::unique_ptr<contract::Archive>(std::make_unique<Archive>(path, *std::move(connection)));
}

Archive::Archive(String path, std::unique_ptr<Connection> connection)
    : path_(std::move(path)), connection_(std::move(connection)), tables_(*connection_) {}

Result<void> Archive::check() {
  auto fault = connection_->take_fault();
  if (!fault) return {};
  return refusal("the store " + path_ + " cannot be read: " + fault->detail);
}

Result<void> Archive::read_bodies(std::string_view kind, Rows&& rows, const contract::TakeRecord& take) {
  while (rows.next()) {
    if (auto taken = take(kind, rows.text(0)); !taken) return taken;
  }
  return check();
}

Result<void> Archive::read_visitor(std::string_view id, std::string_view token, const contract::TakeRecord& take) {
  connection_->run("begin");
  std::optional<store::FoundVisitor> found;
  tables_.find(id.empty() ? store::visitor_by_token(token) : store::visitor_by_id(id), found);
  Result<void> read = check();
  if (read && !found) read = store::refusal(Code::no_such_visitor, "no visitor has this id or token");
  if (read) {
    Statement visitor(*connection_, "select body from visitors where number = ?1");
    read = read_bodies("visitor", visitor.rows(found->number), take);
  }
  if (read) read = read_traces(found->value, take);
  connection_->run("rollback");  // nothing was written
  if (!read) return read;
  return check();
}

Result<void> Archive::read_traces(const Visitor& visitor, const contract::TakeRecord& take) {
  const std::string_view id = visitor.id.text;
  Statement contacts(*connection_,
                     "select c.body from contact_visitors v join contacts c on c.number = v.contact "
                     "where v.visitor = ?1 order by v.contact");
  if (auto read = read_bodies("contact", contacts.rows(id), take); !read) return read;
  Statement chats(*connection_, "select body from chats where visitor = ?1 order by number");
  if (auto read = read_bodies("chat", chats.rows(id), take); !read) return read;
  Statement messages(*connection_,
                     "select m.body from chats c join messages m on m.chat = c.number "
                     "where c.visitor = ?1 order by c.number, m.shown_at");
  if (auto read = read_bodies("message", messages.rows(id), take); !read) return read;
  Statement files(*connection_,
                  "select f.id, f.body from chats c join files f on f.chat = c.number "
                  "where c.visitor = ?1 order by c.number, f.number");
  if (auto read = read_files(files.rows(id), take); !read) return read;
  Statement pages(*connection_,
                  "select token, chat, change, title, url, at, 0 from page_visits where token = ?1 order by number");
  if (auto read = read_pages(pages.rows(store::token_of_pages(visitor)), take); !read) return read;
  return read_offline_messages(visitor, take);
}

Result<void> Archive::read_pages(Rows&& rows, const contract::TakeRecord& take) {
  Buffer json;
  while (rows.next()) {
    PageVisit page;
    page.token = rows.text(0);
    page.chat.text = rows.text(1);
    page.change = rows.text(2);
    page.title = rows.text(3);
    page.url = rows.text(4);
    page.at = Time::at(rows.number(5));
    page.repeat = rows.number(6);
    if (auto taken = take("page_visit", written(page, json)); !taken) return taken;
  }
  return check();
}

Result<void> Archive::read_all(const contract::TakeRecord& take) {
  connection_->run("begin");
  Result<void> read = read_tables(take);
  connection_->run("rollback");  // nothing was written
  if (!read) return read;
  return check();
}

Result<void> Archive::read_tables(const contract::TakeRecord& take) {
  const auto read_table = [this, &take](std::string_view kind, const char* sql) {
    Statement table(*connection_, sql);
    return read_bodies(kind, table.rows(), take);
  };
  if (auto read = read_table("agent", "select body from agents order by number"); !read) return read;
  if (auto read = read_table("department", "select body from departments order by number"); !read) return read;
  if (auto read = read_table("visitor", "select body from visitors order by number"); !read) return read;
  if (auto read = read_chats(take); !read) return read;
  {
    // Visits that are equal in all else are told apart by how many come before them.
    Statement pages(*connection_,
                    "select token, chat, change, title, url, at, (select count(*) from page_visits e where "
                    "e.token = p.token and e.at = p.at and e.number < p.number and e.chat = p.chat and "
                    "e.change = p.change and e.title = p.title and e.url = p.url) from page_visits p order by number");
    if (auto read = read_pages(pages.rows(), take); !read) return read;
  }
  if (auto read = read_table("offline_message", "select body from offline_messages order by number"); !read)
    return read;
  if (auto read = read_table("contact", "select body from contacts order by number"); !read) return read;
  Statement counters(*connection_, "select name, value from counters order by name");
  Rows rows = counters.rows();
  Buffer json;
  while (rows.next()) {
    CounterRecord counter;
    counter.name = rows.text(0);
    counter.value = rows.number(1);
    if (auto taken = take("counter", written(counter, json)); !taken) return taken;
  }
  return check();
}

Result<void> Archive::read_chats(const contract::TakeRecord& take) {
  Statement chats(*connection_, "select number, body from chats order by number");
  Statement messages(*connection_, "select body from messages where chat = ?1 order by shown_at");
  Statement files(*connection_, "select id, body from files where chat = ?1 order by number");
  Rows rows = chats.rows();
  while (rows.next()) {
    if (auto taken = take("chat", rows.text(1)); !taken) return taken;
    if (auto read = read_bodies("message", messages.rows(rows.number(0)), take); !read) return read;
    if (auto read = read_files(files.rows(rows.number(0)), take); !read) return read;
  }
  return check();
}

Result<void> Archive::read_files(Rows&& rows, const contract::TakeRecord& take) {
  Statement parts(*connection_, "select part, bytes from file_parts where file = ?1 order by part");
  Buffer json;
  while (rows.next()) {
    if (auto taken = take("file", rows.text(1)); !taken) return taken;
    FilePart part;
    part.file.text = rows.text(0);
    Rows bytes = parts.rows(part.file.text);
    while (bytes.next()) {
      part.number = bytes.number(0);
      part.bytes = http::base64_encode(bytes.bytes(1));
      if (auto taken = take("file_part", written(part, json)); !taken) return taken;
    }
  }
  return check();
}

Result<void> Archive::read_offline_messages(const Visitor& visitor, const contract::TakeRecord& take) {
  std::set<std::int64_t> numbers;  // a message can be the visitor's by both, in the order of their numbers
  const auto add = [&numbers](Rows&& rows) {
    while (rows.next()) numbers.insert(rows.number(0));
  };
  Statement by_visitor(*connection_, "select number from offline_messages where visitor = ?1 and visitor <> ''");
  add(by_visitor.rows(visitor.id.text));
  Statement by_email(*connection_, "select number from offline_messages where email = ?1 and email <> ''");
  for (const Text& email : visitor.emails) {
    const String folded = ascii::lower(email);
    add(by_email.rows(folded));
  }
  Statement one(*connection_, "select body from offline_messages where number = ?1");
  for (const std::int64_t number : numbers) {
    if (auto read = read_bodies("offline_message", one.rows(number), take); !read) return read;
  }
  return check();
}

Result<void> Archive::copy_to(const String& path) {
  // SQLite takes the copy as a write of this connection, although the store stays as it is.
  connection_->run("pragma query_only = 0");
  {
    Statement copy(*connection_, "vacuum into ?1");
    copy.run(path);
  }
  auto fault = connection_->take_fault();
  connection_->run("pragma query_only = 1");
  if (fault) return refusal("the store " + path_ + " cannot be copied: " + fault->detail);
  return check();
}

}  // namespace parley::sqlite
