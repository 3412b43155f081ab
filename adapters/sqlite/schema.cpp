// Tables, migrations, and the opening of the file. There are few indexes, because each one costs an additional page for
// every visitor written.
#include "adapters/sqlite/schema.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "adapters/store/errors.hpp"

namespace parley::sqlite {
namespace {

// `PRLY`: distinguishes our files from those of other programs.
constexpr std::int64_t our_application = 0x50524C59;

// Bodies are canonical JSON; the other columns are only those that are searched. A record's `number` is SQLite's own row number:
// new rows go to the end of the table, and index entries stay small. standing: 1 waiting, 2 an agent is in the chat, 3 ended.
constexpr const char* version_1 = R"(
  create table visitors (number integer primary key, id text not null unique, token text not null, body text not null) strict;
  create index visitors_token on visitors (token) where token <> '';
  create table phones (phone text not null, visitor integer not null, primary key (phone, visitor)) strict, without rowid;
  create table emails (email text not null, visitor integer not null, primary key (email, visitor)) strict, without rowid;
  create table agents (number integer primary key, id text not null unique, body text not null) strict;
  create table chats (number integer primary key, id text not null unique, visitor text not null, standing integer not null,
                      body text not null) strict;
  create index chats_visitor on chats (visitor, standing);
  create table contacts (number integer primary key, id text not null unique, body text not null) strict;
  create table contact_visitors (visitor text not null, contact integer not null,
                                 primary key (visitor, contact)) strict, without rowid;
  create table id_map (guid blob primary key, text text not null) strict, without rowid;
  create table counters (name text primary key, value integer not null) strict, without rowid;
  create table page_visits (number integer primary key, token text not null, chat text not null, change text not null,
                            title text not null, url text not null, at integer not null) strict;
  pragma application_id = 0x50524C59;
)";
// Conversations. The columns of chats beside `body` are those that lists are filtered by; times are milliseconds since 1970, 0 = not known.
// A message is found by its chat and `shown_at`, which is unique in a chat and ascends with `number`. written: 0 a notice, 1 written by
// somebody, 2 a note for agents.
constexpr const char* version_2 = R"(
  alter table chats add column sequence integer not null default 0;
  alter table chats add column begin_at integer not null default 0;
  alter table chats add column agent text not null default '';
  alter table chats add column department text not null default '';
  alter table chats add column service text not null default '';
  update chats set sequence = number, body = json_set(body, '$.sequence', number),
    begin_at = coalesce(cast(round((julianday(json_extract(body, '$.begin_at')) - 2440587.5) * 86400000) as integer), 0),
    agent = coalesce(json_extract(body, '$.agent'), ''),
    department = coalesce(json_extract(body, '$.department'), ''),
    service = coalesce(json_extract(body, '$.service'), '');
  insert into counters (name, value) select 'chats', max(number) from chats having max(number) is not null;
  create unique index chats_sequence on chats (sequence);
  create index chats_open on chats (number) where standing < 3;
  create index chats_begin on chats (begin_at);
  create index chats_agent on chats (agent, begin_at) where agent <> '';
  create index chats_department on chats (department, begin_at) where department <> '';
  create index chats_service on chats (service, begin_at) where service <> '';
  create table chat_values (name text not null, value text not null, chat integer not null,
                            primary key (name, value, chat)) strict, without rowid;
  insert or ignore into chat_values
    select json_extract(one.value, '$.name'), json_extract(one.value, '$.value'), chats.number
    from chats, json_each(chats.body, '$.call_data') one
    where json_type(one.value, '$.value') = 'text';
  create table messages (chat integer not null, shown_at integer not null, number integer not null, id text not null unique,
                         hidden integer not null, written integer not null, body text not null,
                         primary key (chat, shown_at)) strict, without rowid;
)";
// Departments, offline messages, who is on the site, and what grows old. seen_at: the latest sign of life of a visitor on the site, 0 = not on
// the site. end_at: when a chat ended. purged: its messages were removed.
constexpr const char* version_3 = R"(
  alter table visitors add column seen_at integer not null default 0;
  update visitors set seen_at = cast(unixepoch() as integer) * 1000 where id in (select visitor from chats where standing < 3);
  create index visitors_seen on visitors (seen_at) where seen_at > 0;
  alter table chats add column end_at integer not null default 0;
  alter table chats add column purged integer not null default 0;
  update chats set end_at =
    coalesce(cast(round((julianday(json_extract(body, '$.end_at')) - 2440587.5) * 86400000) as integer), begin_at)
    where standing = 3;
  create index chats_end on chats (purged, end_at) where end_at > 0;
  create index page_visits_token on page_visits (token);
  create table departments (number integer primary key, id text not null unique, body text not null) strict;
  create table offline_messages (number integer primary key, id text not null unique, at integer not null,
                                 department text not null, email text not null, visitor text not null, body text not null) strict;
  create index offline_messages_at on offline_messages (at);
  create index offline_messages_department on offline_messages (department, at);
  create index offline_messages_email on offline_messages (email) where email <> '';
  create index offline_messages_visitor on offline_messages (visitor) where visitor <> '';
)";
// Page visits are told apart when they are dumped and loaded: by their visitor and time, so that a visitor with very many does not make each
// of them slow.
constexpr const char* version_4 = R"(
  drop index page_visits_token;
  create index page_visits_token on page_visits (token, at);
)";
// Files of conversations. Their bytes lie in parts, so that none is whole in memory. An upload is a file that is not complete: it has parts
// and no row in `files`; `at` is the time of the latest one. The chat of a file is the number of its row.
constexpr const char* version_5 = R"(
  create table files (number integer primary key, id text not null unique, chat integer not null, body text not null) strict;
  create index files_chat on files (chat);
  create table file_parts (file text not null, part integer not null, bytes blob not null, primary key (file, part)) strict;
  create table uploads (file text primary key, at integer not null) strict, without rowid;
)";
// By what contacts are known. A deleted identity has no kind and no value: nobody is known by it.
constexpr const char* version_6 = R"(
  create table identities (kind text not null, value text not null, contact integer not null, id text not null,
                           primary key (kind, value, contact, id)) strict, without rowid;
  create index identities_id on identities (id, contact);
  create index contact_visitors_contact on contact_visitors (contact);
)";
constexpr const char* all[] = {version_1, version_2, version_3, version_4, version_5, version_6};

Error refusal(String message, const std::error_code& why) {
  return sqlite::refusal(std::move(message) + ": " + why.message());
}

std::error_code last_error() { return {errno, std::system_category()}; }

/// Opens or makes a file that only its owner can read. Returns the descriptor, or -1 with errno set.
int open_private(const String& path) { return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR); }

}  // namespace

Error refusal(String message, String detail) {
  return store::refusal(Code::unavailable, std::move(message), "path", std::move(detail));
}

Migrations migrations() noexcept { return all; }

Result<std::int64_t> version_of(Connection& connection, Migrations steps) {
  const std::int64_t version = connection.number("pragma user_version");
  const std::int64_t application = connection.number("pragma application_id");
  const std::int64_t tables = connection.number("select count(*) from sqlite_schema");
  if (auto fault = connection.take_fault()) {
    if (fault->retryable) return refusal("the store cannot be read", fault->detail);
    return refusal("the file is not a database", fault->detail);
  }
  if (tables != 0 && application != our_application) return refusal("the file is another program's database");
  const auto known = static_cast<std::int64_t>(steps.size());
  if (version > known) {
    return refusal("the store was written by a newer Parley: its schema is " + std::to_string(version) +
                   ", this program knows up to " + std::to_string(known));
  }
  return version;
}

Result<void> migrate(Connection& connection, Migrations steps) {
  const Result<std::int64_t> version = version_of(connection, steps);
  if (!version) return version.error();
  const auto known = static_cast<std::int64_t>(steps.size());
  for (std::int64_t next = *version; next < known; ++next) {
    connection.run("begin immediate");
    connection.run(steps[static_cast<std::size_t>(next)]);
    connection.run(("pragma user_version = " + std::to_string(next + 1)).c_str());
    connection.run("commit");
    if (auto fault = connection.take_fault()) {
      if (connection.in_transaction()) connection.run("rollback");
      return refusal("the store cannot be brought to schema " + std::to_string(next + 1), fault->detail);
    }
  }
  return {};
}

Result<LockedFile> LockedFile::take(const String& path) {
  std::error_code error;
  const std::filesystem::path absolute =
      std::filesystem::absolute(path, error);  // SQLite reads some relative names as URIs
  if (error) return refusal("the store's path cannot be used", error);
  std::filesystem::create_directories(absolute.parent_path(), error);
  if (error) return refusal("the directory " + absolute.parent_path().string() + " cannot be made", error);

  // The lock has its own file: closing any descriptor of the database would release SQLite's locks on it.
  const int lock = open_private(absolute.string() + ".lock");
  if (lock < 0) return refusal(absolute.string() + ".lock cannot be opened", last_error());
  LockedFile file(absolute.string(), lock);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      Error error = refusal("the store " + file.path() + " is in use by another process or backend");
      error.retryable = true;
      return error;
    }
    return refusal("the store " + file.path() + " cannot be locked", last_error());
  }
  // SQLite would make the file readable by everybody. Its log and index files get the same mode as the file.
  const int made = open_private(file.path());
  if (made < 0) return refusal("the store " + file.path() + " cannot be opened", last_error());
  ::close(made);
  return file;
}

LockedFile::~LockedFile() {
  if (lock_ >= 0) ::close(lock_);
}

Result<std::unique_ptr<Connection>> open_writer(const LockedFile& file) {
  auto connection = Connection::open(file.path(), Connection::Mode::write);
  if (!connection) return connection;
  if (auto migrated = migrate(**connection, migrations()); !migrated) {
    Error error = std::move(migrated).error();
    error.message = file.path() + ": " + error.message;
    return error;
  }
  (*connection)->run("pragma journal_mode = wal");
  (*connection)->run("pragma synchronous = full");
  (*connection)->run("pragma journal_size_limit = 67108864");
  (*connection)->run("pragma cache_size = -32768");  // indexes are written all over: 32 MB of pages stay in memory
  (*connection)->run("pragma temp_store = memory");  // statement journals are not written to files
  if (auto fault = (*connection)->take_fault())
    return refusal(file.path() + ": the store cannot be written", fault->detail);
  return connection;
}

}  // namespace parley::sqlite
