// A page that a visitor looked at, noted upstream.
#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat::calls {
namespace {

using shape::Node;

/// Servers since 1.3 store a page under any token and room: who must know that they exist has to ask.
contract::Task<Result<void>> verify(VendorCalls& caller, const RecordPageVisit& operation) {
  const Quiet quiet(caller);
  const Result<Visitor> known = co_await visitor_by_token(caller, operation.token);
  if (!known) co_return known.error();
  const Result<Chat> room = co_await find_room(caller, operation.chat);
  const bool missing = !room && room.error().code == Code::no_such_chat;
  if (!room && !missing) co_return room.error();
  if (missing || room->visitor != known->id) {
    Error error = not_found(Code::no_such_chat);
    error.code = Code::not_the_visitors_chat;
    co_return error;
  }
  co_return Result<void>();
}

/// Notes what is not in the answer's page as it was sent.
void compare(const RecordPageVisit& asked, const Node& page, WriteLosses& ledger) {
  const Node* navigation = page.find("navigation");
  const Node* kept = navigation == nullptr ? nullptr : navigation->find("page");
  if (kept == nullptr) return;
  const Node* location = kept->find("location");
  const auto differs = [](const Node* node, const String& text) { return node != nullptr && node->text != text; };
  if (differs(kept->find("title"), asked.title)) ledger.note("page_visit.title", "the upstream kept another one");
  if (differs(location == nullptr ? nullptr : location->find("href"), asked.url))
    ledger.note("page_visit.url", "the upstream kept another one");
}

}  // namespace

Answer record_page(VendorCalls& caller, const RecordPageVisit& operation) {
  if (operation.verify) {
    const Result<void> verified = co_await verify(caller, operation);
    if (!verified) co_return verified.error();
  }
  WriteLosses ledger(caller.call());
  const Buffer body = write_body<sent_page_body>(body_of(operation));
  shape::Document document;
  Result<void> sent = co_await caller.post("POST livechat/page.visited", path::page_visited, body, document);
  if (!sent) {
    Error error = std::move(sent).error();
    if (error.code == Code::no_such_chat) error.code = Code::not_the_visitors_chat;
    co_return error;
  }
  RecordedPage recorded;
  recorded.page.token = operation.token;
  recorded.page.chat = operation.chat;
  recorded.page.change = operation.change;
  recorded.page.title = operation.title;
  recorded.page.url = operation.url;
  recorded.page.at = Time::now();
  const Node* page = document.root().find("page");
  recorded.stored = page != nullptr && page->is_object();  // the server notes one kind of change
  if (recorded.stored) compare(operation, *page, ledger);
  if (Result<void> good = ledger.after(); !good) co_return std::move(good).error();
  co_return Outcome(std::move(recorded));
}

}  // namespace parley::rocketchat::calls
