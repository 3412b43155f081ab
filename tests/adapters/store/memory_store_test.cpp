// A whole store on the memory transaction: the common behaviour of stores comes from the rules and the cache alone.
#include "adapters/store/cached_reads.hpp"
#include "adapters/store/execute.hpp"
#include "adapters/store/participants.hpp"
#include "adapters/store/rules/chat_ref.hpp"
#include "adapters/store/rules/load.hpp"
#include "tests/adapters/store/memory_transaction.hpp"
#include "tests/adapters/store/world.hpp"

namespace parley::store::test {
namespace {

class MemoryStore final : public TestedStore {
 public:
  explicit MemoryStore(String page_changes) : page_changes_(std::move(page_changes)) { restart(); }

  using TestedStore::run;
  Result<Outcome> run(const Operation& operation, const contract::Call& call) override {
    if (const auto* list = std::get_if<ListVisitors>(&operation))
      return Outcome(select(visitors(list->on_site), list->query));
    if (const auto* list = std::get_if<ListAgents>(&operation))
      return Outcome(select(values(records_.agents), list->query));
    if (const auto* list = std::get_if<ListChats>(&operation)) {
      const ContactId& contact = list->filter.contact;
      if (!contact.empty() && find_contact(contact) == nullptr) return refusal(Code::no_such_contact, "none");
      return Outcome(select(chats(list->filter, list->domain), list->query));
    }
    if (const auto* list = std::get_if<ListContacts>(&operation))
      return Outcome(select(contacts(list->filter), list->query));
    if (const auto* list = std::get_if<ListDepartments>(&operation))
      return Outcome(select(values(records_.departments), list->query));
    if (const auto* list = std::get_if<ListOfflineMessages>(&operation))
      return Outcome(select(offline_messages(list->filter), list->query));
    if (const auto* list = std::get_if<ListTranscripts>(&operation)) return transcripts(*list);
    return writes(kind_of(operation)) ? write(operation, call) : read_one(operation);
  }
  Result<void> load(const contract::Records& records) override {
    if (auto checked = check_loadable(records); !checked) return checked;
    return store::load(records, records_);
  }
  bool empty() override {
    return records_.visitors.empty() && records_.agents.empty() && records_.chats.empty() &&
           records_.contacts.empty() && records_.departments.empty() && records_.offline_messages.empty();
  }
  void restart() override {
    cache_.emplace(*versions_, 1 << 20);
    publish();
  }
  Result<void> keep_part(const FileId& file, std::int64_t part, std::string_view bytes) override {
    return records_.apply({PutFilePart{file.text.str(), part, bytes, Time::now()}});
  }
  Result<void> drop_parts(const FileId& file) override { return records_.apply({RemoveUpload{file.text.str()}}); }
  Result<Swept> sweep(const Retention& retention, Time now, std::size_t limit) override {
    auto swept = store::sweep(retention, now, limit, records_);
    publish();
    return swept;
  }

 private:
  template <class T>
  static List<T> values(const MemoryTransaction::Rows<T>& rows) {
    List<T> all;
    for (const auto& row : rows) all.push_back(row.value);
    return all;
  }
  List<Visitor> visitors(bool on_site) {
    List<Visitor> found = values(records_.visitors);
    if (on_site)
      std::erase_if(found, [this](const Visitor& one) { return records_.seen.count(one.id.text.str()) == 0; });
    return found;
  }
  List<OfflineMessage> offline_messages(const OfflineMessageFilter& filter) {
    List<OfflineMessage> found = values(records_.offline_messages);
    std::erase_if(found, [&filter](const OfflineMessage& one) {
      return (filter.from.known() && one.at < filter.from) ||
             (filter.to.known() && (!one.at.known() || filter.to < one.at)) ||
             (filter.department && one.department != *filter.department);
    });
    if (filter.newest_first) std::reverse(found.begin(), found.end());
    return found;
  }
  const Contact* find_contact(const ContactId& id) const {
    for (const auto& row : records_.contacts) {
      if (row.value.id == id) return &row.value;
    }
    return nullptr;
  }
  List<Contact> contacts(const ContactFilter& filter) const {
    List<Contact> found = values(records_.contacts);
    std::erase_if(found, [&filter](const Contact& one) {
      const auto known = [&filter](const Identity& identity) {
        return !identity.deleted && (filter.kind == IdentityKind::unknown || filter.kind == identity.kind) &&
               (filter.value.empty() || same_value(identity.kind, identity.value, filter.value) ||
                (identity.kind == IdentityKind::visitor &&
                 ids::format(ids::to_guid(identity.value)) == filter.value.view()));
      };
      const bool any = filter.kind == IdentityKind::unknown && filter.value.empty();
      const bool by_id = filter.identities.empty() ||
                         std::any_of(filter.identities.begin(), filter.identities.end(),
                                     [&one](const IdentityId& id) { return find_by_id(one, id) != nullptr; });
      return !by_id || !(any || std::any_of(one.identities.begin(), one.identities.end(), known));
    });
    return found;
  }
  List<Chat> chats(ChatFilter filter, std::string_view domain) {
    List<Chat> found;
    const Contact* const contact = filter.contact.empty() ? nullptr : find_contact(filter.contact);
    const List<Text> people = contact == nullptr ? List<Text>() : visitors_of(*contact);
    filter.contact = {};  // its chats are those of its visitors
    for (Chat& chat : values(records_.chats)) {
      if (!is_of_tenant(chat, domain)) continue;
      if (contact != nullptr && std::find(people.begin(), people.end(), chat.visitor.text) == people.end()) continue;
      REQUIRE(refresh_participants(chat, records_, ChatDetail::of_visit).has_value());
      found.push_back(std::move(chat));
    }
    parley::apply(filter, found);
    return found;
  }
  Outcome transcripts(const ListTranscripts& operation) {
    ListQuery query;
    query.limit = operation.limit;
    const Page<Chat> page = select(chats(operation.filter, operation.domain), query);
    List<Transcript> made;
    const MessageQuery all;
    for (const Ref<Chat>& chat : page.records) {
      Gathered gathered;
      static_cast<void>(gathered.find(MessagesKey{chat->id.text, &all}));
      REQUIRE(records_.gather(gathered).has_value());
      made.push_back({chat, gathered.find(MessagesKey{chat->id.text, &all})->page});
    }
    return made;
  }
  Result<Outcome> write(const Operation& operation, const contract::Call& call) {
    const DecisionContext context{.now = Time::now(), .page_changes = page_changes_};
    auto result = execute(operation, records_, context, call.vet);
    publish();
    return result;
  }
  Result<Outcome> read_one(const Operation& operation) {
    publish();
    if (auto cached = find_cached(operation, *cache_)) return *std::move(cached);
    const Versions::Number since = versions_->now();
    Gathered gathered;
    auto outcome = read(operation, records_, gathered);
    if (outcome) keep(operation, *outcome, gathered, since, *cache_);
    if (auto* opened = outcome ? std::get_if<OpenedFile>(&*outcome) : nullptr) {
      opened->bytes = std::make_shared<Parts>(records_, opened->file->id.text.str());
    }
    return outcome;
  }
  struct Parts final : FileBytes {
    Parts(const MemoryTransaction& its_records, std::string its_file)
        : records(its_records), file(std::move(its_file)) {}
    Result<void> read(std::int64_t part, Buffer& out) override {
      const auto found = records.parts.find(file);
      if (found == records.parts.end() || found->second.count(part) == 0) return Error{.code = Code::no_such_file};
      out.append(found->second.at(part));
      return {};
    }
    const MemoryTransaction& records;
    std::string file;
  };
  void publish() {
    versions_->publish(records_.touched);
    records_.touched.clear();
  }

  String page_changes_;
  MemoryTransaction records_;
  std::unique_ptr<Versions> versions_ = std::make_unique<Versions>();
  std::optional<Cache> cache_;
};

const StoreKind memory("memory", [](const String& page_changes) -> std::unique_ptr<TestedStore> {
  return std::make_unique<MemoryStore>(page_changes);
});

}  // namespace

TEST_CASE("a second read of the memory store returns the cached record") {
  World world(memory);
  world->visitor(registration("t"));
  const auto first = world->get<Ref<Visitor>>(by_token("t"));
  CHECK(world->get<Ref<Visitor>>(by_token("t")).get() == first.get());
}

}  // namespace parley::store::test
