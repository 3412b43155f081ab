// See rate_chat.hpp.
#include "adapters/store/rules/rate_chat.hpp"

#include <algorithm>

namespace parley::store {

RateChatRecords gather(const RateChat& operation, Gathered& gathered) {
  RateChatRecords found;
  found.named = gather(operation.chat, gathered);
  if (found.named.chat != nullptr) found.people = gather_people(found.named.chat->value, gathered);
  return found;
}

Result<Decision> decide(const RateChat& operation, const RateChatRecords& found, const DecisionContext& context) {
  if (auto checked = check(operation.chat, found.named); !checked) return std::move(checked).error();
  Chat chat = found.named.chat->value;
  const Rating& given = operation.rating;
  if (given.grade != 0) chat.rating.grade = given.grade;
  if (!given.comment.empty()) chat.rating.comment = given.comment;
  for (const Attribute& answer : given.answers) {
    Attributes& answers = chat.rating.answers;
    const auto known = std::find_if(answers.begin(), answers.end(),
                                    [&answer](const Attribute& one) { return one.name == answer.name; });
    known == answers.end() ? static_cast<void>(answers.push_back(answer)) : static_cast<void>(*known = answer);
  }
  chat.updated_at = context.now;
  Decision decision;
  decision.changes.push_back(Put<Chat>{found.named.chat, Ref<Chat>(chat)});
  refresh_participants(chat, found.people, ChatDetail::of_people);
  decision.outcome = Ref<Chat>(std::move(chat));
  return decision;
}

}  // namespace parley::store
