// A contact's channels are not cached: their outcome owns its list, so a hit would have to copy the list.
#include "adapters/store/cached_reads.hpp"

#include "adapters/store/list_key.hpp"
#include "adapters/store/slots.hpp"

namespace parley::store {
namespace {

struct CacheKey {
  Kind kind;
  std::string_view key;
};

std::optional<CacheKey> key_of(const Operation& operation) {
  if (const auto* get = std::get_if<GetChatContact>(&operation)) return CacheKey{Kind::chat, get->chat.text};
  if (const auto* get = std::get_if<GetVisitor>(&operation)) {
    return get->visitor.empty() ? CacheKey{Kind::token, get->token} : CacheKey{Kind::visitor, get->visitor.text};
  }
  if (const auto* get = std::get_if<GetAgent>(&operation)) return CacheKey{Kind::agent, get->agent.text};
  return std::nullopt;
}

/// Whether the answer is kept by the whole query and depends on the records that were asked for.
bool is_transcript(const Operation& operation) { return std::holds_alternative<ListMessages>(operation); }

/// The estimated size of a record: twice its JSON plus the struct, and once more its JSON for the texts that shapes make of it.
std::size_t size_of(std::size_t json) { return json * 3 + sizeof(Chat); }

/// The estimated size of a page. JSON: once for the text that the records borrow, once for their lists, and twice for the texts that two
/// shapes make of them.
template <class T>
std::size_t size_of(const Page<T>& page, std::size_t json) {
  return json * 4 + page.records.size() * (sizeof(T) + 128);
}

/// Whether only some of the operations with the same key have this answer.
bool is_ended_contact(const Operation& operation, const Outcome& outcome) {
  const auto* chat = std::get_if<Ref<Chat>>(&outcome);
  return std::holds_alternative<GetChatContact>(operation) && chat != nullptr && (*chat)->state == ChatState::ended;
}

template <class T>
bool keep_as(const Outcome& outcome, CachedAnswer& record) {
  const auto* shared = std::get_if<Ref<T>>(&outcome);
  if (shared != nullptr) record = *shared;
  return shared != nullptr;
}

}  // namespace

std::optional<Result<Outcome>> find_cached(const Operation& operation, Cache& cache) {
  const CachedAnswer* found = nullptr;
  if (lists(kind_of(operation))) {
    found = cache.find_list(list_key(operation));
  } else if (is_transcript(operation)) {
    found = cache.find(Kind::messages, list_key(operation));
  } else if (const std::optional<CacheKey> key = key_of(operation)) {
    found = cache.find(key->kind, key->key);
  }
  if (found == nullptr) return std::nullopt;
  return std::visit([](const auto& shared) { return std::optional<Result<Outcome>>(std::in_place, Outcome(shared)); },
                    *found);
}

void keep(const Operation& operation, const Outcome& outcome, const Gathered& gathered, Versions::Number since,
          Cache& cache) {
  if (const auto* transcript = std::get_if<Transcript>(&outcome); transcript != nullptr && is_transcript(operation)) {
    Dependencies dependencies = dependencies_of(gathered);
    const std::size_t size = size_of(dependencies.bytes) + size_of(transcript->messages, 0);
    return cache.keep(Kind::messages, list_key(operation), *transcript, since, std::move(dependencies.slots), size);
  }
  if (is_ended_contact(operation, outcome)) return;
  const std::optional<CacheKey> key = key_of(operation);
  CachedAnswer record;
  if (!key || !(keep_as<Chat>(outcome, record) || keep_as<Visitor>(outcome, record) || keep_as<Agent>(outcome, record)))
    return;
  Dependencies dependencies = dependencies_of(gathered);
  cache.keep(key->kind, key->key, std::move(record), since, std::move(dependencies.slots), size_of(dependencies.bytes));
}

void keep_list(const Operation& operation, const Outcome& outcome, Versions::Number since, std::size_t json,
               Cache& cache) {
  const auto keep_page = [&]<class Answer>(const Answer& page) {
    if constexpr (is_page<Answer>) cache.keep_list(list_key(operation), page, since, size_of(page, json));
  };
  std::visit(keep_page, outcome);
}

}  // namespace parley::store
