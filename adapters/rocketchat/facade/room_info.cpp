// See room_info.hpp. As the other calls of integrators, both profiles have these in the form of current servers.
#include "adapters/rocketchat/facade/room_info.hpp"

#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "adapters/rocketchat/site_bodies.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

/// Most messages of one call. They are stored together, and other writes wait for them.
constexpr std::size_t most_in_batch = 1'000;

constexpr std::string_view lost_priority = "chat.priority";
constexpr std::string_view lost_agreement = "chat.sla";

/// Removes blanks at both ends. Errors: those of check_text.
Result<void> settle_text(std::optional<Text>& value, std::string_view field) {
  if (!value) return {};
  if (Result<void> good = check_text(*value, field, too_long_of_agent); !good) return good;
  value = Text(trim(*value));
  return {};
}

/// The custom fields that the route keeps. `left` gets the others, under the name of the member that would have them.
Result<List<CustomField>> kept_fields(const Facade& facade, Attributes&& given, std::string_view field,
                                      std::string_view member_name, LeftOut& left) {
  List<CustomField> kept;
  for (Attribute& one : given) {
    if (Result<void> good = check_text(one.value, field, too_long_of_agent); !good) return std::move(good).error();
    if (Result<void> good = check_text(one.name, field, too_long_of_agent); !good) return std::move(good).error();
    if (facade.keeps(one.name)) {
      kept.push_back({.name = std::move(one.name), .value = std::move(one.value), .overwrite = true});
    } else {
      left.members.push_back(String(member_name).append(".").append(one.name));
    }
  }
  return kept;
}

Result<RequestTranscript> request_by_caller(const Request& request) {
  Result<Actor> by = caller(request);
  if (!by) return std::move(by).error();
  RequestTranscript made;
  made.chat.id.text = request.parameters[0];
  made.by = *std::move(by);
  return made;
}

}  // namespace

// --- room.saveInfo ----------------------------------------------------------------------------------------------------

Result<ChangeChat> save_info(const Facade& facade, const Request& request, LeftOut& left) {
  Result<SaveInfoBody> body = read_body<save_info_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  GuestDataBody& guest = body->guest;
  RoomDataBody& room = body->room;
  if (room.id.empty()) return Error{.code = Code::no_such_chat, .message = "the id is empty", .field = "roomData._id"};
  if (guest.id.empty())
    return Error{.code = Code::no_such_visitor, .message = "the id is empty", .field = "guestData._id"};
  Result<void> good = settle_text(guest.name, "guestData.name");
  if (good) good = settle_text(guest.email, "guestData.email");
  if (good) good = settle_text(guest.phone, "guestData.phone");
  if (good) good = settle_text(room.topic, "roomData.topic");
  if (!good) return std::move(good).error();

  ChangeChat change;
  if (room.tags) {
    List<Text>& tags = change.tags.emplace();
    for (Text& tag : *room.tags) {
      if (good = check_text(tag, "roomData.tags", too_long_of_agent); !good) return std::move(good).error();
      if (!tag.empty()) tags.push_back(std::move(tag));
    }
  }
  auto of_room = kept_fields(facade, std::move(room.data), "roomData.livechatData", "chat.call_data", left);
  if (!of_room) return std::move(of_room).error();
  auto of_visitor = kept_fields(facade, std::move(guest.data), "guestData.livechatData", "visitor.attributes", left);
  if (!of_visitor) return std::move(of_visitor).error();
  if (!room.priority.empty()) left.members.emplace_back(lost_priority);
  if (!room.agreement.empty()) left.members.emplace_back(lost_agreement);
  change.chat.id.text = std::move(room.id);
  change.topic = std::move(room.topic);
  change.fields = *std::move(of_room);
  change.visitor.text = std::move(guest.id);
  change.name = std::move(guest.name);
  change.email = std::move(guest.email);
  change.phone = std::move(guest.phone);
  change.visitor_fields = *std::move(of_visitor);
  return change;
}

Result<void> show_saved(const Facade& facade, const LeftOut& left, const Ref<Chat>&, Reply& reply) {
  Result<void> ended = Answer(facade, reply).end();
  if (!facade.reports_losses()) return ended;
  for (const String& name : left.members) {
    if (name == lost_priority || name == lost_agreement) {
      reply.losses.push_back({name, "rooms have no priorities and no service levels"});
    } else {
      reply.losses.push_back({name, "not in the route's custom_fields"});
    }
  }
  return ended;
}

// --- transcripts ------------------------------------------------------------------------------------------------------

Result<RequestTranscript> request_transcript(const Facade&, const Request& request) {
  Result<TranscriptBody> body = read_body<transcript_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<void> good = check_text(body->email, "email", too_long_of_agent);
  if (good) good = check_text(body->subject, "subject", too_long_of_agent);
  if (!good) return std::move(good).error();
  Result<RequestTranscript> made = request_by_caller(request);
  if (!made) return made;
  made->email = std::move(body->email);
  made->subject = std::move(body->subject);
  return made;
}

Result<RequestTranscript> withdraw_transcript(const Facade&, const Request& request) {
  Result<RequestTranscript> made = request_by_caller(request);
  if (made) made->withdraw = true;
  return made;
}

// --- messages ---------------------------------------------------------------------------------------------------------

Result<PostMessages> post_messages(const Facade& facade, const Request& request) {
  Result<MessagesBody> body = read_body<messages_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  if (body->messages.empty()) return schema::invalid("must NOT have fewer than 1 items", "messages");
  if (body->messages.size() > most_in_batch) {
    return schema::invalid("must NOT have more than " + std::to_string(most_in_batch) + " items", "messages");
  }
  if (trim(body->visitor.token).empty()) {
    return Error{.code = Code::no_such_visitor, .message = "the token is empty", .field = "visitor.token"};
  }
  PostMessages post;
  for (BatchedMessageBody& one : body->messages) {
    if (Result<void> good = check_visitors_text(facade.widget(), one.text, "messages.msg"); !good)
      return std::move(good).error();
    post.texts.push_back(std::move(one.text));
  }
  post.token = std::move(body->visitor.token);
  post.identity = facade.profile() == Profile::pimenta ? IdentityRule::token_email : IdentityRule::token_phone_email;
  post.ip.assign(request.peer);
  post.user_agent.assign(request.header("User-Agent").value_or(""));
  post.host.assign(request.header("Host").value_or(""));
  post.source = "api";
  return post;
}

Result<void> show_batch(const Facade& facade, const Transcript& transcript, Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("messages");
  writer.begin_array();
  for (const Ref<Message>& one : transcript.messages.records) {
    const Actor& author = one->author;
    writer.begin_object();
    member(writer, "username",
           !author.username.empty() ? author.username
           : !author.name.empty()   ? author.name
                                    : author.id);
    member(writer, "msg", one->text);
    writer.key("ts");
    writer.iso(one->shown_at.known() ? one->shown_at : one->at);
    writer.end_object();
  }
  writer.end_array();
  return answer.end();
}

}  // namespace parley::rocketchat
