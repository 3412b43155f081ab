// A store in lists, which implements the contract and has no database: it shows that the rules do not depend on one.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "adapters/store/contacts.hpp"
#include "adapters/store/presence.hpp"
#include "adapters/store/slots.hpp"
#include "adapters/store/transaction.hpp"
#include "schemas/ascii.hpp"

namespace parley::store::test {

class MemoryTransaction final : public Transaction {
 public:
  template <class T>
  struct Row {
    std::int64_t number;
    T value;
  };
  template <class T>
  using Rows = std::vector<Row<T>>;  // in the order in which they were added

  /// As over a network: all keys are sent before the first one is answered.
  Result<void> gather(Gathered& gathered) override {
    ++rounds;
    std::vector<std::function<void()>> sent;
    gathered.ask(
        [this, &sent](const auto& key, auto& place) { sent.emplace_back([this, &key, &place] { find(key, place); }); });
    for (const std::function<void()>& answer : sent) answer();
    return {};
  }
  Result<void> apply(const Changes& changes) override {
    for (const Change& change : changes) std::visit([this](const auto& one) { make(one); }, change);
    add_touched(changes, touched);
    return {};
  }

  Rows<Visitor> visitors;
  Rows<Agent> agents;
  Rows<Chat> chats;
  Rows<Contact> contacts;
  Rows<Message> messages;
  Rows<Department> departments;
  Rows<OfflineMessage> offline_messages;
  Rows<File> files;
  std::map<std::string, std::map<std::int64_t, std::string>> parts;  ///< by file and number
  std::map<std::string, Time> uploads;                               ///< the latest part of a file that is not complete
  std::map<std::string, Time> seen;  ///< the latest sign of life, by the id of a visitor on the site
  std::vector<std::string> purged;   ///< chats whose messages were removed
  std::vector<PageVisit> pages;
  std::map<std::string_view, std::int64_t> counters;
  std::vector<Slot> touched;  ///< by all changes so far
  int rounds = 0;             ///< number of calls of `gather` so far

 private:
  template <class T, class F>
  static const Row<T>* oldest(const Rows<T>& rows, F fits) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&fits](const Row<T>& row) { return fits(row.value); });
    return found == rows.end() ? nullptr : &*found;
  }
  template <class T, class F>
  static const Row<T>* latest(const Rows<T>& rows, F fits) {
    const auto found = std::find_if(rows.rbegin(), rows.rend(), [&fits](const Row<T>& row) { return fits(row.value); });
    return found == rows.rend() ? nullptr : &*found;
  }
  template <class T>
  static const Row<T>* by_id(const Rows<T>& rows, std::string_view id) {
    if (const auto* row = oldest(rows, [&id](const T& one) { return one.id.text == id; })) return row;
    const auto guid = ids::parse_guid(id);
    if (!guid) return nullptr;
    return oldest(rows, [&guid](const T& one) {
      return ids::kind_of(one.id.text) == ids::Kind::free_text && ids::to_guid(one.id.text) == *guid;
    });
  }
  const Row<Visitor>* named(const VisitorHandle& handle) const {
    const std::string_view text = handle.text;
    switch (handle.kind) {
      case VisitorHandle::Kind::id:
        return by_id(visitors, text);
      case VisitorHandle::Kind::id_without_token:
        return oldest(visitors, [&](const Visitor& one) { return one.id.text == text && one.token.empty(); });
      case VisitorHandle::Kind::token:
        return latest(visitors, [&](const Visitor& one) { return one.token == text && !text.empty(); });
      case VisitorHandle::Kind::phone:
        return oldest(visitors, [&](const Visitor& one) { return has(one.phones, text); });
      case VisitorHandle::Kind::email:
        break;
    }
    return oldest(visitors, [&](const Visitor& one) {
      return std::any_of(one.emails.begin(), one.emails.end(),
                         [&](std::string_view email) { return ascii::lower(email) == ascii::lower(text); });
    });
  }
  static bool has(const List<Text>& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  }
  static bool goes_on(const Chat& chat) { return standing_of(chat) != Standing::ended; }

  template <class T, class Found>
  static void put_into(std::optional<Found>& place, const Row<T>* row) {
    if (row == nullptr) return;
    Found& found = place.emplace();
    found.number = row->number;
    found.bytes = 1;
    found.value = row->value;
  }

  void find(const VisitorKey& key, std::optional<FoundVisitor>& place) const {
    for (const VisitorHandle& handle : key.handles()) {
      put_into(place, named(handle));
      if (!place) continue;
      place->handle = handle.kind;
      return;
    }
  }
  void find(const AgentKey& key, std::optional<Stored<Agent>>& place) const { put_into(place, by_id(agents, key.id)); }
  void find(const ChatKey& key, std::optional<Stored<Chat>>& place) const { put_into(place, by_id(chats, key.id)); }
  void find(const ContactKey& key, std::optional<Stored<Contact>>& place) const {
    put_into(place, by_id(contacts, key.id));
  }
  void find(const OpenChatKey& key, std::optional<Stored<Chat>>& place) const {
    put_into(place, latest(chats, [&](const Chat& one) { return one.visitor.text == key.visitor && goes_on(one); }));
  }
  void find(const StandingKey& key, std::optional<Standing>& place) const {
    const auto* row = latest(chats, [&](const Chat& one) { return one.visitor.text == key.visitor && goes_on(one); });
    if (row == nullptr) row = latest(chats, [&](const Chat& one) { return one.visitor.text == key.visitor; });
    if (row != nullptr) place = standing_of(row->value);
  }
  void find(const ContactOfKey& key, std::optional<Stored<Contact>>& place) const {
    put_into(place, oldest(contacts, [&](const Contact& one) { return has(visitors_of(one), key.visitor); }));
  }
  void find(const CounterKey& key, std::optional<std::int64_t>& place) const {
    const auto found = counters.find(key.name);
    place = found == counters.end() ? 0 : found->second;
  }

  void find(const SequenceKey& key, std::optional<Stored<Chat>>& place) const {
    put_into(place, oldest(chats, [&](const Chat& one) { return one.sequence == key.sequence; }));
  }
  void find(const OpenChatsKey&, std::optional<List<Stored<Chat>>>& place) const {
    place.emplace();
    for (const Row<Chat>& row : chats) {
      if (goes_on(row.value)) place->push_back({row.number, 1, row.value});
    }
  }
  void find(const MessageKey& key, std::optional<Stored<Message>>& place) const {
    put_into(place, oldest(messages, [&](const Message& one) { return one.id.text == key.id; }));
  }
  void find(const LastMessageKey& key, std::optional<LastMessage>& place) const {
    const auto* row = latest(messages, [&](const Message& one) { return one.chat.text == key.chat; });
    if (row != nullptr) place = LastMessage{row->value.number, row->value.shown_at};
  }
  void find(const MessagesKey& key, std::optional<FoundMessages>& place) const {
    List<Message> fitting;
    for (const Row<Message>& row : messages) {
      if (row.value.chat.text == key.chat && fits(*key.query, row.value)) fitting.push_back(row.value);
    }
    if (key.query->newest_first) std::reverse(fitting.begin(), fitting.end());
    FoundMessages& found = place.emplace();
    found.page.total = fitting.size();
    for (std::size_t at = key.query->offset; at < fitting.size(); ++at) {
      if (key.query->limit != 0 && found.page.records.size() == key.query->limit) break;
      found.page.records.emplace_back(std::move(fitting[at]));
    }
  }

  template <class T, class F>
  static void list(const Rows<T>& rows, std::optional<List<Stored<T>>>& place, F fits,
                   std::size_t limit = static_cast<std::size_t>(-1)) {
    place.emplace();
    for (const Row<T>& row : rows) {
      if (place->size() < limit && fits(row.value)) place->push_back({row.number, 1, row.value});
    }
  }
  void find(const ContactsOfKey& key, std::optional<List<Stored<Contact>>>& place) const {
    list(contacts, place, [&key](const Contact& one) { return has(visitors_of(one), key.visitor); });
  }
  void find(const IdentityKey& key, std::optional<Stored<Contact>>& place) const {
    const IdentityId id{Text(key.id)};
    put_into(place, oldest(contacts, [&id](const Contact& one) { return find_by_id(one, id) != nullptr; }));
  }
  void find(const KnownByKey& key, std::optional<List<Stored<Contact>>>& place) const {
    list(
        contacts, place, [&key](const Contact& one) { return find_identity(one, key.kind, key.value) != nullptr; },
        most_known_by);
  }
  void find(const ChatsOfKey& key, std::optional<List<Stored<Chat>>>& place) const {
    list(chats, place, [&key](const Chat& one) { return one.visitor.text == key.visitor; });
  }
  void find(const TracesKey& key, std::optional<Traces>& place) const {
    Traces& traces = place.emplace();
    for (const Row<Message>& row : messages) {
      const Row<Chat>* chat = by_id(chats, row.value.chat.text);
      if (!row.value.deleted && chat != nullptr && chat->value.visitor.text == key.visitor) ++traces.messages;
    }
    traces.pages =
        std::count_if(pages.begin(), pages.end(), [&key](const PageVisit& page) { return page.token == key.token; });
  }
  void find(const DepartmentKey& key, std::optional<Stored<Department>>& place) const {
    put_into(place, by_id(departments, key.id));
  }
  void find(const DepartmentsKey&, std::optional<List<Stored<Department>>>& place) const {
    list(departments, place, [](const Department&) { return true; });
  }
  void find(const AgentsKey&, std::optional<List<Stored<Agent>>>& place) const {
    list(agents, place, [](const Agent&) { return true; });
  }
  void find(const OfflineMessageKey& key, std::optional<Stored<OfflineMessage>>& place) const {
    put_into(place, by_id(offline_messages, key.id));
  }
  void find(const OfflineNumberKey& key, std::optional<Stored<OfflineMessage>>& place) const {
    put_into(place, oldest(offline_messages, [&key](const OfflineMessage& one) { return one.number == key.number; }));
  }
  void find(const OfflineMessagesOfKey& key, std::optional<List<Stored<OfflineMessage>>>& place) const {
    list(offline_messages, place, [&key](const OfflineMessage& one) {
      if (key.email.empty()) return !one.visitor.empty() && one.visitor.text == key.visitor;
      return ascii::lower(one.email) == ascii::lower(key.email);
    });
  }
  void find(const SilentVisitorsKey& key, std::optional<List<Stored<Visitor>>>& place) const {
    list(
        visitors, place,
        [this, &key](const Visitor& one) {
          const auto last = seen.find(one.id.text.str());
          return last != seen.end() && last->second < key.before &&
                 std::none_of(chats.begin(), chats.end(), [&one](const Row<Chat>& chat) {
                   return chat.value.visitor == one.id && goes_on(chat.value);
                 });
        },
        key.limit);
  }
  void find(const EndedChatsKey& key, std::optional<List<Stored<Chat>>>& place) const {
    list(
        chats, place,
        [this, &key](const Chat& one) {
          const bool bare = std::find(purged.begin(), purged.end(), one.id.text.str()) != purged.end();
          const Time end = one.end_at.known() ? one.end_at : one.begin_at;
          return !goes_on(one) && end.known() && end < key.before && !(key.with_messages && bare);
        },
        key.limit);
  }
  void find(const OldPagesKey& key, std::optional<std::int64_t>& place) const {
    const auto end = pages.begin() + static_cast<std::ptrdiff_t>(std::min(key.limit, pages.size()));
    place = std::count_if(pages.begin(), end, [&key](const PageVisit& page) { return page.at < key.before; });
  }
  void find(const OldOfflineMessagesKey& key, std::optional<List<Stored<OfflineMessage>>>& place) const {
    list(
        offline_messages, place, [&key](const OfflineMessage& one) { return one.at.known() && one.at < key.before; },
        key.limit);
  }

  void find(const EqualPagesKey& key, std::optional<std::int64_t>& place) const {
    PageVisit wanted = *key.page;
    wanted.wire = {};
    place = std::count_if(pages.begin(), pages.end(), [&wanted](PageVisit page) {
      page.wire = {};
      page.repeat = wanted.repeat;
      return page == wanted;
    });
  }

  void find(const FileKey& key, std::optional<Stored<File>>& place) const {
    put_into(place, oldest(files, [&](const File& one) { return one.id.text == key.id; }));
  }
  void find(const KeptPartsKey& key, std::optional<KeptParts>& place) const {
    KeptParts& kept = place.emplace();
    const auto found = parts.find(std::string(key.file));
    if (found == parts.end()) return;
    for (const auto& [number, bytes] : found->second) {
      kept.parts += 1;
      kept.bytes += static_cast<std::int64_t>(bytes.size());
    }
  }
  void find(const OldUploadsKey& key, std::optional<List<String>>& place) const {
    place.emplace();
    for (const auto& [file, at] : uploads) {
      if (at < key.before && place->size() < key.limit) place->push_back(file);
    }
  }

  template <class T>
  void make(Rows<T>& rows, const Put<T>& put) {
    if (put.before == nullptr) {
      REQUIRE(oldest(rows, [&](const T& one) { return one.id == put.after->id; }) == nullptr);
      rows.push_back({rows.empty() ? 1 : rows.back().number + 1, *put.after});
      return;
    }
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const Row<T>& one) { return one.value.id == put.after->id; });
    REQUIRE(row != rows.end());
    row->value = *put.after;
  }
  void make(const Put<Visitor>& put) {
    make(visitors, put);
    for (PageVisit& page : pages) {
      if (put.before != nullptr && page.token == token_of_pages(put.before->value))
        page.token = token_of_pages(*put.after);
    }
    const std::string id = put.after->id.text.str();
    if (put.seen.known()) seen[id] = put.seen;
    if (put.after->status == VisitorStatus::out_of_site) seen.erase(id);
  }
  void make(const Put<Department>& put) { make(departments, put); }
  void make(const Put<OfflineMessage>& put) { make(offline_messages, put); }
  void make(const Put<Agent>& put) { make(agents, put); }
  void make(const Put<Chat>& put) { make(chats, put); }
  void make(const Put<Contact>& put) { make(contacts, put); }
  void make(const Put<Message>& put) {
    REQUIRE(oldest(chats, [&](const Chat& one) { return one.id == put.after->chat; }) != nullptr);
    make(messages, put);
    std::erase(purged, put.after->chat.text.str());
  }
  void make(const Put<File>& put) {
    make(files, put);
    uploads.erase(put.after->id.text.str());
  }
  void make(const PutFilePart& part) {
    parts[part.file][part.number] = part.bytes;
    if (oldest(files, [&](const File& one) { return one.id.text == part.file; }) != nullptr) return;
    uploads[part.file] = part.at;
  }
  void make(const RemoveUpload& one) {
    if (uploads.erase(one.file) != 0) parts.erase(one.file);
  }
  void make(const Remove<File>& one) {
    parts.erase(one.record->value.id.text.str());
    remove(files, one);
  }
  void remove_messages(const ChatId& id) {
    for (const Row<File>& row : files) {
      if (row.value.chat == id) parts.erase(row.value.id.text.str());
    }
    std::erase_if(files, [&id](const Row<File>& row) { return row.value.chat == id; });
    std::erase_if(messages, [&id](const Row<Message>& row) { return row.value.chat == id; });
  }
  template <class T>
  static void remove(Rows<T>& rows, const Remove<T>& remove) {
    const auto id = remove.record->value.id;
    std::erase_if(rows, [&id](const Row<T>& row) { return row.value.id == id; });
  }
  void make(const Remove<Chat>& one) {
    remove_messages(one.record->value.id);
    remove(chats, one);
  }
  void make(const Remove<Visitor>& one) {
    seen.erase(one.record->value.id.text.str());
    remove(visitors, one);
  }
  void make(const Remove<Contact>& one) { remove(contacts, one); }
  void make(const Remove<Department>& one) { remove(departments, one); }
  void make(const Remove<OfflineMessage>& one) { remove(offline_messages, one); }
  void make(const RemoveMessages& one) {
    remove_messages(one.chat->value.id);
    purged.push_back(one.chat->value.id.text.str());
  }
  void make(const RemovePages& one) {
    std::erase_if(pages, [&one](const PageVisit& page) { return page.token == one.token; });
  }
  void make(const RemoveOldPages& one) {
    const auto end = pages.begin() + static_cast<std::ptrdiff_t>(std::min(one.limit, pages.size()));
    pages.erase(std::remove_if(pages.begin(), end, [&one](const PageVisit& page) { return page.at < one.before; }),
                end);
  }
  void make(const PageVisit& page) { pages.push_back(page); }
  void make(const SetCounter& set) { counters[set.name] = set.value; }
};

}  // namespace parley::store::test
