// See agent_chat.hpp. As the other calls of integrators, both profiles have these in the form of current servers.
#include "adapters/rocketchat/facade/agent_chat.hpp"

#include "adapters/rocketchat/chat_bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;

/// Makes a reference to a room. Errors: no_such_chat, for an empty id.
Result<void> put_room(ChatRef& chat, Text&& room) {
  if (room.empty()) return Error{.code = Code::no_such_chat, .message = "the id of the room is empty", .field = "rid"};
  chat.id.text = std::move(room);
  return {};
}

/// A message by the caller. Errors: those of check_text, check_chosen_id and put_room; unauthorized.
Result<PostMessage> message_by_caller(const Request& request, AgentMessageBody&& body, std::string_view text_member) {
  Result<void> good = check_text(body.text, text_member, too_long_of_agent);
  if (good) good = check_chosen_id(body.id, "message._id");
  if (!good) return std::move(good).error();
  Result<Actor> author = caller(request);
  if (!author) return std::move(author).error();
  PostMessage post;
  if (Result<void> good = put_room(post.chat, std::move(body.room)); !good) return std::move(good).error();
  post.author = *std::move(author);
  post.id.text = std::move(body.id);
  post.text = std::move(body.text);
  post.reply_to.text = std::move(body.thread);
  return post;
}

/// Errors: unsupported_operation, where the closing asks for a transcript. The vendor's web client always says that it does not.
Result<void> check_no_transcript(const CloseByUserBody& body) {
  if (!body.pdf && !body.transcript.send) return {};
  return Error{.code = Code::unsupported_operation,
               .message = "No transcript can be made or sent when a room is closed",
               .field = body.pdf ? "generateTranscriptPdf" : "transcriptEmail.sendToVisitor"};
}

/// An assignment by the caller. Errors: unauthorized; those of put_room.
Result<AssignChat> assignment_by_caller(const Request& request, Text&& room) {
  Result<Actor> by = caller(request);
  if (!by) return std::move(by).error();
  AssignChat assign;
  if (Result<void> good = put_room(assign.chat, std::move(room)); !good) return std::move(good).error();
  assign.by = *std::move(by);
  return assign;
}

/// All rooms of the visitor in the path, the newest first.
Result<ListChats> list_rooms_of(const Facade& facade, const Request& request, contract::QueryParameters known) {
  Result<ListQuery> query = read_list_request(request, known, &room_view(facade.profile()));
  if (!query) return std::move(query).error();
  ListChats list;
  list.query = *std::move(query);
  list.query.asked = {};  // the parameters of livechat/rooms are others
  list.filter.state = ChatFilter::State::any;
  list.filter.visitor.text = request.parameters[1];
  list.filter.newest_first = true;
  return list;
}

}  // namespace

// --- messages ---------------------------------------------------------------------------------------------------------

Result<PostMessage> send_message(const Facade&, const Request& request) {
  Result<SendMessageBody> body = read_body<send_message_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  return message_by_caller(request, std::move(body->message), "message.msg");
}

Result<PostMessage> post_agents_message(const Facade&, const Request& request) {
  Result<PostMessageBody> body = read_body<post_message_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  AgentMessageBody message;
  message.room = std::move(body->room);
  message.text = std::move(body->text);
  return message_by_caller(request, std::move(message), "text");
}

Result<EditMessage> update_message(const Facade&, const Request& request) {
  Result<UpdateMessageBody> body = read_body<update_message_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  if (Result<void> good = check_text(body->text, "text", too_long_of_agent); !good) return std::move(good).error();
  Result<Actor> author = caller(request);
  if (!author) return std::move(author).error();
  EditMessage edit;
  if (Result<void> good = put_room(edit.chat, std::move(body->room)); !good) return std::move(good).error();
  edit.author = *std::move(author);
  edit.id.text = std::move(body->id);
  edit.text = std::move(body->text);
  return edit;
}

Result<DeleteMessage> delete_message(const Facade&, const Request& request) {
  Result<DeleteMessageBody> body = read_body<delete_message_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<Actor> author = caller(request);
  if (!author) return std::move(author).error();
  DeleteMessage remove;
  if (Result<void> good = put_room(remove.chat, std::move(body->room)); !good) return std::move(good).error();
  remove.author = *std::move(author);
  remove.id.text = std::move(body->id);
  return remove;
}

Result<ListMessages> list_room_messages(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::room_messages);
  if (!query) return std::move(query).error();
  const Result<bool> oldest_first = is_oldest_first(*query);
  if (!oldest_first) return oldest_first.error();
  const AskedPage page = page_of(*query);
  ListMessages list;
  list.chat.id.text = request.parameters[0];
  list.query.text = value_of(*query, "searchTerm");
  list.query.newest_first = !*oldest_first;
  list.query.offset = page.offset;
  list.query.limit = page.limit;
  list.query.count = true;
  return list;
}

// --- rooms ------------------------------------------------------------------------------------------------------------

Result<AssignChat> take_inquiry(const Facade&, const Request& request) {
  Result<TakeBody> body = read_body<take_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<AssignChat> assign = assignment_by_caller(request, std::move(body->inquiry));
  if (assign) assign->agent.text = body->user.empty() ? assign->by.id : body->user;
  return assign;
}

Result<AssignChat> join_room(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_query(request, parameters::room_join);
  if (!query) return std::move(query).error();
  Result<AssignChat> assign = assignment_by_caller(request, value_of(*query, "roomId"));
  if (assign) assign->agent.text = assign->by.id;
  return assign;
}

Result<AssignChat> forward_room(const Facade&, const Request& request) {
  Result<ForwardBody> body = read_body<forward_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  const bool blank = trim(body->department.view()).empty();
  if (blank && (body->user.empty() || !body->department.empty())) {
    return fault(by_name, Code::invalid_field, "error-forwarding-chat", "userId");
  }
  if (Result<void> good = check_text(body->comment, "comment", too_long_of_agent); !good)
    return std::move(good).error();
  Result<AssignChat> assign = assignment_by_caller(request, std::move(body->room));
  if (!assign) return assign;
  assign->agent.text = std::move(body->user);
  assign->department.text = std::move(body->department);
  assign->comment = std::move(body->comment);
  assign->transfer = true;
  return assign;
}

Result<CloseChat> close_by_user(const Facade&, const Request& request) {
  Result<CloseByUserBody> body = read_body<close_by_user_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<void> good = check_no_transcript(*body);
  if (good) good = check_text(body->comment, "comment", too_long_of_agent);
  for (const Text& tag : body->tags) {
    if (good) good = check_text(tag, "tags", too_long_of_agent);
  }
  if (!good) return std::move(good).error();
  Result<Actor> closer = caller(request);
  if (!closer) return std::move(closer).error();
  CloseChat close;
  if (Result<void> good = put_room(close.chat, std::move(body->room)); !good) return std::move(good).error();
  close.closer = *std::move(closer);
  close.comment = std::move(body->comment);
  close.tags = std::move(body->tags);
  return close;
}

Result<ListChats> list_rooms_of_visitor(const Facade& facade, const Request& request) {
  ListChats list;
  list.query.shape = &room_view(facade.profile());
  list.query.conditions.push_back(
      {{ListTest{.kind = ListTest::Kind::equals, .path = {"v", "token"}, .values = {String(request.parameters[0])}}}});
  list.filter.newest_first = true;
  return list;
}

Result<ListChats> list_chat_history(const Facade& facade, const Request& request) {
  return list_rooms_of(facade, request, parameters::chat_history);
}

Result<ListChats> search_chats(const Facade& facade, const Request& request) {
  Result<ListChats> list = list_rooms_of(facade, request, parameters::search_chats);
  if (!list) return list;
  const List<Parameter> query = parse_query(request.query).value();
  if (!value_of(query, "searchText").empty()) {
    return Error{.code = Code::unsupported_operation,
                 .message = "Rooms cannot be searched by the texts of their messages; leave out searchText",
                 .field = "searchText"};
  }
  if (value_of(query, "closedChatsOnly") == "true") list->filter.state = ChatFilter::State::ended;
  return list;
}

}  // namespace parley::rocketchat
