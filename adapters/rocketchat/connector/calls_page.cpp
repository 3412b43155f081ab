// Records a visitor's page visit on the server.
#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/facade/facade.hpp"

namespace parley::rocketchat::calls {
namespace {

using shape::Node;

/// Checks that the visitor exists and the room is the visitor's. Servers since 1.3 accept a page with any token and room.
contract::Task<Result<void>> verify(VendorCalls& vendor, const RecordPageVisit& operation) {
  const Quiet quiet(vendor);
  const Result<Visitor> known = co_await visitor_by_token(vendor, operation.token);
  if (!known) co_return known.error();
  const Result<Chat> room = co_await find_room(vendor, operation.chat);
  const bool missing = !room && room.error().code == Code::no_such_chat;
  if (!room && !missing) co_return room.error();
  if (missing || room->visitor != known->id) {
    Error error = not_found(Code::no_such_chat);
    error.code = Code::not_the_visitors_chat;
    co_return error;
  }
  co_return Result<void>();
}

/// Notes what the page in the answer has in another form than it was sent.
void compare(const RecordPageVisit& asked, const Node& page, WriteLosses& losses) {
  const Node* navigation = page.find("navigation");
  const Node* kept = navigation == nullptr ? nullptr : navigation->find("page");
  if (kept == nullptr) return;
  const Node* location = kept->find("location");
  const auto differs = [](const Node* node, const Text& text) { return node != nullptr && node->text != text; };
  if (differs(kept->find("title"), asked.title)) losses.note("page_visit.title", "the upstream kept another one");
  if (differs(location == nullptr ? nullptr : location->find("href"), asked.url))
    losses.note("page_visit.url", "the upstream kept another one");
}

}  // namespace

Answer record_page(VendorCalls& vendor, const RecordPageVisit& operation) {
  if (operation.verify) {
    const Result<void> verified = co_await verify(vendor, operation);
    if (!verified) co_return verified.error();
  }
  WriteLosses losses(vendor.call());
  const Buffer body = write_body<sent_page_body>(body_of(operation));
  shape::Document document;
  Result<void> sent = co_await vendor.post("POST livechat/page.visited", path::page_visited, body, document);
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
  recorded.stored = page != nullptr && page->is_object();  // the server stores one kind of change only
  if (recorded.stored) compare(operation, *page, losses);
  if (Result<void> good = losses.after(); !good) co_return std::move(good).error();
  co_return Outcome(std::move(recorded));
}

}  // namespace parley::rocketchat::calls
