// Checks the visit, records it, and updates the visitor.
#include "adapters/store/rules/record_page_visit.hpp"

#include "adapters/store/presence.hpp"

namespace parley::store {
namespace {

constexpr std::size_t kept_pages = 100;

void move_on(Visitor& visitor, const PageVisit& page) {
  visitor.updated_at = page.at;
  if (visitor.landing_page.empty()) visitor.landing_page = page.url;
  if (visitor.landing_title.empty() && visitor.landing_page == page.url) visitor.landing_title = page.title;
  // A new title of the page that is open does not count as a new page.
  if (page.change != "url" && visitor.current_page == page.url) return;
  visitor.current_page = page.url;
  visitor.page_views += 1;
  visitor.page_history.push_back(page.url);
  if (visitor.page_history.size() > kept_pages) visitor.page_history.erase(visitor.page_history.begin());
}

}  // namespace

RecordPageVisitRecords gather(const RecordPageVisit& operation, Gathered& gathered) {
  RecordPageVisitRecords found;
  found.visitor = gathered.find(visitor_by_token(operation.token));
  if (operation.verify && found.visitor != nullptr) found.chat = gathered.find(ChatKey{operation.chat.text});
  return found;
}

Result<Decision> decide(const RecordPageVisit& operation, const RecordPageVisitRecords& found,
                        const DecisionContext& context) {
  if (operation.verify) {
    if (found.visitor == nullptr) return refusal(Code::no_such_visitor, "no visitor has this token");
    if (found.chat == nullptr || found.chat->value.visitor != found.visitor->value.id) {
      return refusal(Code::not_the_visitors_chat, "the chat is not this visitor's");
    }
  }
  RecordedPage recorded;
  recorded.page.token = operation.token;
  recorded.page.chat = operation.chat;
  recorded.page.change = operation.change;
  recorded.page.title = operation.title;
  recorded.page.url = operation.url;
  recorded.page.at = context.now;
  recorded.stored = operation.change == context.page_changes;
  Decision decision;
  if (recorded.stored) {
    decision.changes.push_back(recorded.page);
    if (found.visitor != nullptr) {
      Visitor visitor = found.visitor->value;
      come_back(visitor, context.now);
      move_on(visitor, recorded.page);
      decision.changes.push_back(Put<Visitor>{found.visitor, Ref<Visitor>(std::move(visitor)), context.now});
    }
  }
  decision.outcome = std::move(recorded);
  return decision;
}

}  // namespace parley::store
