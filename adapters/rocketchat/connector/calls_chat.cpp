// Operations on chats: reads a contact from the several calls that have its parts, lists rooms and channels, opens a room.
#include <algorithm>

#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/connector/lists.hpp"
#include "adapters/rocketchat/errors.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "adapters/upstream/errors.hpp"

namespace parley::rocketchat::calls {
namespace {

using shape::Node;

constexpr std::string_view online_status = "Online";
constexpr std::string_view rooms_call = "GET livechat/rooms";

/// Reads the livechat room in an answer: the member `room`, or the answer itself. Errors: no_such_chat; upstream_failed, where the
/// member is no object or has no id.
Result<Chat> read_room(const VendorCalls& vendor, shape::Document& document) {
  const Node& root = document.root();
  const Result<const Node*> room = vendor.object_in(root, "room");
  if (!room) return room.error();
  const Node* node = *room != nullptr ? *room : &root;
  const Node* type = node->find("t");
  if (type != nullptr && type->text != "l") return not_found(Code::no_such_chat);
  Chat made;
  shape::Reading reading(vendor.text_losses(), document.lend());
  shape::read_object(shape::view<rocketchat::room>, *node, &made, reading);
  if (!made.id.empty()) return made;
  return *room != nullptr ? vendor.unreadable("room has no _id") : not_found(Code::no_such_chat);
}

void replace(Text& value, const Text& other) {
  if (!other.empty()) value = other;
}

/// Copies to the participant what a room does not show of its visitor.
void show(Participant& participant, const Visitor& visitor) {
  replace(participant.name, visitor.name);
  replace(participant.username, visitor.username);
  replace(participant.token, visitor.token);
  participant.emails = visitor.emails;
  participant.phones = visitor.phones;
  participant.attributes = visitor.attributes;
  participant.user_agent = visitor.user_agent;
  participant.ip = visitor.ip;
  if (visitor.presence == Presence::offline) participant.online = false;
}

/// The visitor of a room, looked up by the token in the room, else by id.
contract::Task<Result<Visitor>> visitor_of(VendorCalls& vendor, const Participant& participant) {
  if (!participant.token.empty()) {
    Result<Visitor> found = co_await visitor_by_token(vendor, participant.token);
    const bool missing = !found && found.error().code == Code::no_such_visitor;
    if (!missing) co_return found;
  }
  VisitorId id;
  id.text = participant.id;
  co_return co_await visitor_by_id(vendor, id);
}

/// Adds the pages of the navigation messages in a list, the newest first. Returns the number of messages.
std::size_t add_pages(const Node& list, Participant& participant) {
  for (const Node& message : list) {
    const Node* navigation = message.find("navigation");
    const Node* page = navigation == nullptr ? nullptr : navigation->find("page");
    const Node* location = page == nullptr ? nullptr : page->find("location");
    const Node* href = location == nullptr ? nullptr : location->find("href");
    if (href == nullptr || !href->is_text()) continue;
    participant.page_history.emplace_back(href->text);
    const Node* title = page->find("title");
    participant.landing_title.assign(title != nullptr && title->is_text() ? title->text : std::string_view{});
  }
  return list.size;
}

/// Reads all page visits of the room, a hundred at a time.
contract::Task<Result<void>> read_pages(VendorCalls& vendor, const ChatId& chat, Participant& participant) {
  std::size_t offset = 0;
  bool whole = false;
  for (bool more = true; more;) {
    upstream::Target target(path::pages_visited);
    target.segment(chat.text);
    if (offset != 0) target.query("offset", std::to_string(offset));
    target.query("count", std::to_string(page_size));
    shape::Document document;
    const Result<void> read = co_await vendor.get("GET livechat/visitors.pagesVisited/:roomId", target, document);
    Result<const Node*> list = nullptr;
    if (read) list = vendor.list_in(document.root(), "pages");
    if (!read || !list) {
      participant.page_history.clear();  // an incomplete list would look complete
      participant.landing_title.clear();
      co_return read ? list.error() : read.error();
    }
    if (document.root().repaired && vendor.text_losses() != nullptr) {
      vendor.text_losses()->push_back({"participant.page_history", String(shape::repaired_reason)});
    }
    const std::size_t got = *list != nullptr ? add_pages(**list, participant) : 0;
    offset += got;
    const std::optional<std::size_t> total = number_in(document.root(), "total");
    whole = !total || offset >= *total;
    more = !whole && got != 0 && offset < max_records;
  }
  std::reverse(participant.page_history.begin(), participant.page_history.end());
  if (!whole) participant.landing_title.clear();
  if (whole && !participant.page_history.empty()) participant.landing_page = participant.page_history.front();
  co_return Result<void>();
}

/// Whether a part of the contact is left out after this error, and noted as a loss. Other errors fail the whole operation.
bool may_go_without(const Error& error) noexcept {
  switch (error.code) {
    case Code::no_such_visitor:
    case Code::no_such_agent:
    case Code::no_such_chat:
    case Code::unsupported_operation:
    case Code::upstream_denied:
    case Code::upstream_failed:
      return true;
    default:
      return false;
  }
}

contract::Task<Result<void>> complete_visitor(VendorCalls& vendor, Chat& chat, Participant& participant) {
  participant.begin_at = chat.begin_at;  // a livechat room begins with its visitor
  const Result<Visitor> found = co_await visitor_of(vendor, participant);
  if (found) {
    show(participant, *found);
    if (chat.language.empty()) chat.language = found->language;
  }
  co_return found ? Result<void>() : Result<void>(found.error());
}

contract::Task<Result<void>> complete_agent(VendorCalls& vendor, Participant& participant) {
  AgentId id;
  id.text = participant.id;
  const Result<Agent> found = co_await find_agent(vendor, id);
  if (found) {
    replace(participant.name, found->name);
    replace(participant.username, found->username);
    participant.online = found->status == online_status;
  }
  co_return found ? Result<void>() : Result<void>(found.error());
}

/// Notes the parts of a chat's source that the API cannot carry. It knows only the widget, on the server's own host, and the API.
void predict(const OpenChat& operation, std::string_view host, WriteLosses& losses) {
  if (operation.source != "widget" && operation.source != "api" && !operation.source.empty())
    losses.note("chat.source", "a room is opened by the widget or through the API");
  if (!operation.source_destination.empty() && operation.source_destination != host)
    losses.note("chat.source_destination", "the upstream notes its own host");
}

void compare(const OpenChat& asked, const Chat& kept, WriteLosses& losses) {
  const auto note = [&losses](const char* member, const char* reason) {
    if (!losses.has(member)) losses.note(member, reason);
  };
  if (!asked.source.empty() && kept.source != asked.source) note("chat.source", "the upstream kept another one");
  if (!asked.agent.empty() && kept.agent != asked.agent) note("chat.agent", "the upstream chose otherwise");
}

contract::Task<Result<upstream::Listed<Chat>>> read_rooms_that_go_on(VendorCalls& vendor) {
  const Wanted<Chat> open = [](const Chat& one) { return one.state != ChatState::ended; };
  Result<upstream::Listed<Chat>> rooms = co_await read_rooms(vendor, open);
  if (rooms) rooms->remove_if([](const Chat& one) { return one.state == ChatState::ended; });
  co_return rooms;
}

}  // namespace

contract::Task<Result<upstream::Listed<Chat>>> read_rooms(VendorCalls& vendor, const Wanted<Chat>& wanted) {
  upstream::Target target(path::rooms);
  target.query("open", "true");
  co_return co_await read_list<Chat>(vendor, rooms_call, target, "rooms", shape::view<room>, wanted);
}

contract::Task<Result<Chat>> find_room(VendorCalls& vendor, const ChatId& id) {
  if (is_mapped(id.text)) {
    const Wanted<Chat> same = [&id](const Chat& one) { return stands_for(id.text, one.id.text); };
    Result<upstream::Listed<Chat>> rooms = co_await read_rooms(vendor, same);
    if (!rooms) co_return std::move(rooms).error();
    const auto found = std::find_if(rooms->records.begin(), rooms->records.end(), same);
    if (found == rooms->records.end()) co_return not_found(Code::no_such_chat);
    rooms->tell_all(vendor.text_losses());
    co_return std::move(*found);
  }
  upstream::Target target(path::room_info);
  target.query("roomId", id.text);
  shape::Document document;
  const Result<void> read = co_await vendor.get("GET rooms.info", target, document);
  if (!read) co_return read.error();
  co_return read_room(vendor, document);
}

Answer get_chat_contact(VendorCalls& vendor, const GetChatContact& operation) {
  Result<Chat> chat = co_await find_room(vendor, operation.chat);
  if (!chat) co_return std::move(chat).error();
  if (chat->state == ChatState::ended) co_return not_found(Code::no_such_chat);
  for (Participant& participant : chat->participants) {
    Result<void> completed;
    if (participant.is_agent) {
      completed = co_await complete_agent(vendor, participant);
    } else {
      completed = co_await complete_visitor(vendor, *chat, participant);
    }
    shape::Label member = "chat.participants";
    if (completed && !participant.is_agent) {
      completed = co_await read_pages(vendor, chat->id, participant);
      member = "participant.page_history";
    }
    if (completed) continue;
    if (!may_go_without(completed.error())) co_return std::move(completed).error();
    if (vendor.call().losses != nullptr) vendor.call().losses->push_back({member, "the upstream does not show it"});
  }
  co_return Outcome(Ref<Chat>(*std::move(chat)));
}

Answer refuse_ended() {
  co_return fault(by_rocketchat, Code::unsupported_operation, "rooms that are over are not read from the server");
}

Answer list_chats(VendorCalls& vendor, const ListChats& operation) {
  // A Rocket.Chat client's own parameters reach the server. For others, only rooms that go on are read: there may be any number of others.
  const bool passed_on = operation.query.asked.api == api_name;
  if (!passed_on && operation.filter.state == ChatFilter::State::ended) return refuse_ended();
  return answer_list<Chat>(vendor, rooms_call, path::rooms, "rooms", shape::view<room>, operation.query,
                           &read_rooms_that_go_on, &operation.filter);
}

Answer open_chat(VendorCalls& vendor, const OpenChat& operation) {
  WriteLosses losses(vendor.call());
  predict(operation, vendor.host(), losses);
  if (Result<void> good = losses.before(); !good) co_return std::move(good).error();
  upstream::Request request;
  request.repeatable = false;  // it makes a room
  request.target = upstream::Target(path::room);
  request.target.query("token", operation.token);
  if (!operation.chat.empty()) request.target.query("rid", operation.chat.text);
  if (!operation.agent.empty()) request.target.query("agentId", operation.agent.text);
  if (operation.source == "widget") request.headers.emplace_back("Cookie", "rc_room_type=l; rc_is_widget=t");
  shape::Document document;
  Result<void> sent = co_await vendor.send("GET livechat/room", request, document);
  if (!sent) {
    Error error = std::move(sent).error();
    if (error.code == Code::no_such_chat) error.code = Code::not_the_visitors_chat;
    co_return error;
  }
  Result<Chat> chat = read_room(vendor, document);
  if (!chat && chat.error().code == Code::no_such_chat) co_return vendor.unreadable("no room in the answer");
  if (!chat) co_return std::move(chat).error();
  // 0.70 gives another room instead of one that is over.
  if (!operation.chat.empty() && chat->id != operation.chat) co_return not_found(Code::not_the_visitors_chat);
  const Node* created = document.root().find("newRoom");
  const bool is_new = created != nullptr && created->kind == shape::NodeKind::boolean && created->text == "true";
  if (is_new) compare(operation, *chat, losses);
  if (Result<void> good = losses.after(); !good) co_return std::move(good).error();
  co_return Outcome(OpenedChat(*std::move(chat), is_new));
}

Answer list_channels(VendorCalls& vendor, const ListContactChannels& operation) {
  upstream::Target target(path::channels);
  target.query("contactId", operation.contact.text);
  shape::Document document;
  const Result<void> read = co_await vendor.get("GET omnichannel/contacts.channels", target, document);
  if (!read) co_return read.error();
  List<Channel> channels;
  const Result<const Node*> list = vendor.list_in(document.root(), "channels");
  if (!list) co_return list.error();
  if (*list == nullptr) co_return Outcome(std::move(channels));
  bool left_out = false;
  for (const Node& node : **list) {
    shape::Reading reading(vendor.text_losses(), document.lend());
    if (node.is_object()) {
      shape::read_object(shape::view<channel>, node, &channels.emplace_back(), reading);
    } else {
      left_out = true;
    }
  }
  if (left_out && vendor.text_losses() != nullptr) {
    vendor.text_losses()->push_back({"channels", "what is no object is left out"});
  }
  co_return Outcome(std::move(channels));
}

}  // namespace parley::rocketchat::calls
