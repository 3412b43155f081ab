// See list_reader.hpp.
#include "adapters/sqlite/list_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "adapters/store/execute.hpp"
#include "adapters/store/participants.hpp"
#include "adapters/store/slots.hpp"
#include "schemas/ascii_search.hpp"
#include "schemas/shape/read_plain.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::sqlite {
namespace {

constexpr std::size_t no_end = std::numeric_limits<std::size_t>::max();

/// For a query with an order: a heap of the sort values of the matching rows, up to the end of the page.
class Candidates {
  struct Candidate {
    SortValues values;
    std::int64_t number;
  };
  /// Orders equal rows by row number, as in the table.
  struct Precedes {
    const ListQuery& query;
    bool operator()(const Candidate& a, const Candidate& b) const noexcept {
      if (before(a.values, b.values, query.order)) return true;
      return a.number < b.number && !before(b.values, a.values, query.order);
    }
  };

 public:
  explicit Candidates(const ListQuery& query)
      : query_(query),
        end_(query.limit == 0 || query.offset > no_end - query.limit ? no_end : query.offset + query.limit) {}

  /// Row numbers must be ascending.
  void add(SortValues values, std::int64_t number) {
    const Precedes precedes{query_};
    Candidate candidate{std::move(values), number};
    if (found_.size() < end_) {
      found_.push_back(std::move(candidate));
    } else {  // the front of the heap is the last in order
      if (!precedes(candidate, found_.front())) return;
      std::pop_heap(found_.begin(), found_.end(), precedes);
      found_.back() = std::move(candidate);
    }
    std::push_heap(found_.begin(), found_.end(), precedes);
  }

  /// The row numbers of the page, in the order of the query. Call it once, at the end.
  List<std::int64_t> page() {
    std::sort_heap(found_.begin(), found_.end(), Precedes{query_});
    List<std::int64_t> numbers;
    for (std::size_t i = std::min(query_.offset, found_.size()); i < found_.size(); ++i)
      numbers.push_back(found_[i].number);
    return numbers;
  }

 private:
  const ListQuery& query_;
  const std::size_t end_;  // end of the page, counted from the start of the list; never 0
  List<Candidate> found_;
};

/// A row that is looked at. Its texts are forgotten at the end, unless a record of the page borrows them.
class Row {
 public:
  explicit Row(shape::Arena& texts) noexcept : texts_(texts), begin_(texts.mark()) {}
  ~Row() {
    if (!kept_) texts_.rewind(begin_);
  }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  void keep() noexcept { kept_ = true; }

 private:
  shape::Arena& texts_;
  const shape::Arena::Mark begin_;
  bool kept_ = false;
};

/// The members of a record that `complete` changes.
template <class T>
constexpr std::array<std::string_view, 0> completed{};
template <>
constexpr std::array<std::string_view, 2> completed<Chat> = {"participants", "call_data"};

/// Changes a stored record into what a list shows. Returns the size of the JSON that this adds to the record.
std::size_t complete(Visitor&, Tables&) { return 0; }
std::size_t complete(Agent&, Tables&) { return 0; }
std::size_t complete(Department&, Tables&) { return 0; }
std::size_t complete(OfflineMessage&, Tables&) { return 0; }
std::size_t complete(Contact&, Tables&) { return 0; }
std::size_t complete(Chat& chat, Tables& tables) {
  // A fault stays with the connection, and is checked there.
  const Result<std::size_t> added = store::refresh_participants(chat, tables, store::ChatDetail::of_visit);
  return added ? *added : 0;
}

/// Whether the JSON of a row can be of a matching record, judged by a text that every match has. With a backslash it
/// can: an escape may spell the text.
bool may_match(std::string_view json, std::string_view text) noexcept {
  return ascii::contains_ignoring_case(json, text) || json.find('\\') != std::string_view::npos;
}

/// The rows of the query's shape whose members the query needs, as bits. An empty path needs all.
std::uint64_t rows_of(const ListQuery& query) noexcept {
  std::uint64_t rows = 0;
  const auto add = [&](const DocumentPath& path) {
    if (path.empty()) {
      rows = ~std::uint64_t{0};
    } else if (const int at = query.shape->find(path.front()); at >= 0) {
      rows |= std::uint64_t{1} << static_cast<unsigned>(at);
    }
  };
  for (const ListCondition& condition : query.conditions) {
    for (const ListTest& test : condition.any_of) add(test.path);
  }
  for (const SortKey& key : query.order) add(key.path);
  return rows;
}

}  // namespace

ListReader::ListReader(Connection& connection)
    : connection_(connection),
      tables_(connection),
      visitors_(connection, "select count(*) from visitors",
                "select number, body from visitors order by number limit ?1 offset ?2",
                "select number, body from visitors where number = ?1"),
      visitors_on_site_(connection, "select count(*) from visitors where seen_at > 0",
                        "select number, body from visitors indexed by visitors_seen where seen_at > 0 "
                        "order by number limit ?1 offset ?2",
                        "select number, body from visitors where number = ?1"),
      agents_(connection, "select count(*) from agents",
              "select number, body from agents order by number limit ?1 offset ?2",
              "select number, body from agents where number = ?1"),
      departments_(connection, "select count(*) from departments",
                   "select number, body from departments order by number limit ?1 offset ?2",
                   "select number, body from departments where number = ?1") {}

template <class T, class Source>
Page<T> ListReader::read(Source& source, const ListQuery& query) {
  texts_ = std::make_shared<shape::Arena>();
  bytes_ = 0;
  connection_.run("begin");  // so that the count, the rows and the people in chats are of one commit
  Page<T> page = query.takes_all() ? read_slice<T>(source, query) : search<T>(source, query);
  connection_.run("commit");
  texts_.reset();
  return page;
}

template <class T, class Source>
Page<T> ListReader::read_slice(Source& source, const ListQuery& query) {
  Page<T> page;
  {
    Rows count = source.count();
    page.total = count.next() ? static_cast<std::size_t>(count.number(0)) : 0;
  }
  if (query.offset >= *page.total) return page;
  const std::size_t after = *page.total - query.offset;
  page.records.reserve(query.limit == 0 ? after : std::min(after, query.limit));
  const std::int64_t limit = query.limit == 0 ? -1 : static_cast<std::int64_t>(query.limit);
  Rows rows = source.page(limit, static_cast<std::int64_t>(query.offset));
  while (!too_large() && rows.next()) {
    bool readable = false;
    Ref<T> record = Ref<T>::made_by([&](T& made) { readable = read_row(rows, made); });
    if (!readable) break;
    add(page, std::move(record));
  }
  return page;
}

template <class T>
bool ListReader::read_row(const Rows& rows, T& made) {
  shape::Reading reading(nullptr, texts_);
  const std::string_view json = texts_->copy(rows.text(1));
  if (!shape::read_plain(shape::canonical_view<T>, json, *texts_, document_.nodes(), &made, reading)) {
    if (!parse(rows, shape::canonical_view<T>.record)) return false;
    made = record<T>();
    return true;
  }
  record_bytes_ = json.size() + complete(made, tables_);
  return true;
}

template <class T, class Source>
Page<T> ListReader::search(Source& source, const ListQuery& query) {
  ListMatcher shown(query);
  // Members that the client's document shows as the row stores them are read from the row's JSON, without making a record.
  const std::optional<ListQuery> stored_query = in_canonical_terms(query, shape::canonical_view<T>, completed<T>);
  const ListMatcher stored(stored_query ? *stored_query : query);
  const std::uint64_t rows_shown = rows_of(query);
  Candidates candidates(query);
  // A chat also shows texts of other rows, so its row cannot be judged by a text.
  const std::string_view text = std::is_same_v<T, Chat> ? std::string_view() : text_in_every_match(query);
  Page<T> page;
  std::size_t total = 0;
  Rows rows = source.page(-1, 0);
  while (!too_large() && rows.next()) {
    if (!may_match(rows.text(1), text)) continue;
    Row row(*texts_);
    if (!parse(rows, shape::canonical_view<T>.record)) break;
    const shape::Node* document = &document_.root();
    std::optional<T> made;
    if (!stored_query || document->find("extensions") != nullptr) {
      made = record<T>();
      document = &shown.document_from(
          [&](shape::Writer& writer) { shape::write_members(*query.shape, &*made, rows_shown, writer); });
    }
    const ListMatcher& matcher = made ? shown : stored;
    if (!matcher.wants(*document)) continue;
    const std::size_t place = total++;
    if (!query.order.empty()) {
      candidates.add(matcher.sort_values(*document), rows.number(0));
    } else if (place >= query.offset && (query.limit == 0 || place - query.offset < query.limit)) {
      add(page, Ref<T>(made ? *std::move(made) : record<T>()));
      row.keep();
    }
  }
  page.total = total;
  for (const std::int64_t number : candidates.page()) {
    if (too_large()) break;
    Rows one = source.one(number);
    if (one.next() && parse(one, shape::canonical_view<T>.record)) add(page, Ref<T>(record<T>()));
  }
  return page;
}

bool ListReader::parse(const Rows& rows, std::string_view record) {
  const std::string_view json = texts_->copy(rows.text(1));
  record_bytes_ = json.size();
  const bool readable = document_.parse_json(json, *texts_, shape::NotText::refuse) && document_.root().is_object();
  if (!readable) connection_.damaged("row " + std::to_string(rows.number(0)) + " holds no " + String(record));
  return readable;
}

template <class T>
T ListReader::record() {
  T made;
  shape::Reading reading(nullptr, texts_);
  shape::read_object(shape::canonical_view<T>, document_.root(), &made, reading);
  record_bytes_ += complete(made, tables_);
  return made;
}

template <class T>
void ListReader::add(Page<T>& page, Ref<T> record) {
  page.records.push_back(std::move(record));
  bytes_ += record_bytes_;
}

Page<Visitor> ListReader::visitors(const ListQuery& query, bool on_site) {
  return read<Visitor>(on_site ? visitors_on_site_ : visitors_, query);
}
Page<Agent> ListReader::agents(const ListQuery& query) { return read<Agent>(agents_, query); }
Page<Department> ListReader::departments(const ListQuery& query) { return read<Department>(departments_, query); }
Page<OfflineMessage> ListReader::offline_messages(const ListOfflineMessages& operation) {
  OfflineSource source(connection_, operation.filter);
  return read<OfflineMessage>(source, operation.query);
}
Page<Contact> ListReader::contacts(const ListContacts& operation) {
  ContactSource source(connection_, tables_, operation.filter);
  return read<Contact>(source, operation.query);
}
bool ListReader::knows(const ContactId& contact) {
  std::optional<store::Stored<Contact>> found;
  tables_.find(store::ContactKey{contact.text}, found);
  return found.has_value();
}
Page<Chat> ListReader::chats(const ListChats& operation) {
  ChatSource source(connection_, tables_, operation.filter, operation.domain);
  return read<Chat>(source, operation.query);
}

Result<Outcome> ListReader::read_one(const Operation& operation) {
  connection_.run("begin");
  store::Gathered gathered;
  Result<Outcome> outcome = store::read(operation, tables_, gathered);
  connection_.run("commit");
  bytes_ = store::dependencies_of(gathered).bytes;
  return outcome;
}

Result<List<Transcript>> ListReader::transcripts(const ListTranscripts& operation) {
  ChatSource source(connection_, tables_, operation.filter, operation.domain);
  const MessageQuery all;
  List<Transcript> made;
  std::size_t records = 0;  // chats and messages
  texts_ = std::make_shared<shape::Arena>();
  bytes_ = 0;
  connection_.run("begin");
  {
    Rows rows = source.page(operation.limit == 0 ? -1 : static_cast<std::int64_t>(operation.limit), 0);
    while (records <= most_messages && bytes_ <= store::most_message_bytes && rows.next()) {
      bool readable = false;
      const Ref<Chat> chat = Ref<Chat>::made_by([&](Chat& one) { readable = read_row(rows, one); });
      if (!readable) break;
      std::optional<store::FoundMessages> found;
      tables_.find(store::MessagesKey{chat->id.text, &all}, found);
      records += 1 + found->page.records.size();
      bytes_ += record_bytes_ + found->bytes;
      made.push_back({chat, std::move(found->page)});
    }
  }
  connection_.run("commit");
  texts_.reset();
  if (records > most_messages || bytes_ > store::most_message_bytes) return store::too_many_messages();
  return made;
}

}  // namespace parley::sqlite
