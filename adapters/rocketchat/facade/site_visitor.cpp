// See site_visitor.hpp.
#include "adapters/rocketchat/facade/site_visitor.hpp"

#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "adapters/rocketchat/site_bodies.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

constexpr std::string_view left = "Livechat offline message sent";
constexpr std::string_view not_left = "Error sending Omnichannel offline message";

/// Whether an answer could be sent there: something before and behind an @, without blanks.
bool is_address(std::string_view text) noexcept {
  const std::size_t at = text.rfind('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n") == std::string_view::npos;
}

/// The member because of which a message is not taken, or empty.
std::string_view fault_of(const OfflineMessageBody& body) {
  struct Member {
    std::string_view name;
    const Text& text;
    bool may_be_empty;
  };
  for (const Member& one :
       {Member{"name", body.name, false}, Member{"email", body.email, false}, Member{"message", body.message, false},
        Member{"department", body.department, true}, Member{"host", body.host, true}}) {
    if (!check_text(one.text, one.name, not_left)) return one.name;
    if (!one.may_be_empty && trim(one.text).empty()) return one.name;
  }
  return is_address(trim(body.email)) ? std::string_view() : "email";
}

}  // namespace

Result<SetPresence> set_presence(const Facade&, const Request& request) {
  Result<VisitorStatusBody> body = read_body<visitor_status_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  if (body->status == Presence::unknown) {  // an empty text, or null
    return schema::invalid("must be equal to one of the allowed values", "status");
  }
  if (body->token.empty())
    return Error{.code = Code::no_such_visitor, .message = "the token is empty", .field = "token"};
  return SetPresence{.token = std::move(body->token), .presence = body->status};
}

Result<DeleteVisitor> delete_visitor(const Facade&, const Request& request) {
  return DeleteVisitor{.visitor = {}, .token = request.parameters[0]};
}

Result<LeaveOfflineMessage> leave_message(const Facade& facade, const Request& request) {
  Result<OfflineMessageBody> body = read_body<offline_message_body>(request, validator_of(facade));
  if (!body) return std::move(body).error();
  if (const std::string_view member = fault_of(*body); !member.empty()) {
    return fault(by_mail, Code::invalid_field, String(not_left), String(member));
  }
  body->email = String(trim(body->email));
  return operation_of(*std::move(body));
}

Result<ListAgents> find_next_agent(const Facade&, const Request& request) {
  const Result<List<Parameter>> query = read_visitors_query(request, parameters::next_agent);
  if (!query) return query.error();
  ListAgents list;
  list.query.shape = &shape::view<agent>;
  list.query.conditions.push_back(
      {{ListTest{.kind = ListTest::Kind::equals, .path = {"statusLivechat"}, .values = {String(available)}}}});
  if (const String of = value_of(*query, "department"); !of.empty()) {
    list.query.conditions.push_back(
        {{ListTest{.kind = ListTest::Kind::equals, .path = {"departments"}, .any_element = true, .values = {of}}}});
  }
  list.query.order = {{{"livechatCount"}}};
  list.query.limit = 1;
  return list;
}

Result<void> show_presence(const Facade& facade, const SetPresence& sent, const Ref<Visitor>&, Reply& reply) {
  Answer answer(facade, reply);
  member(answer.writer(), "token", sent.token);
  answer.writer().key("status");
  shape::WordCodec<Presence>::write(sent.presence, answer.writer());
  return answer.end();
}

Result<void> show_left(const Facade& facade, const Ref<OfflineMessage>&, Reply& reply) {
  Answer answer(facade, reply);
  member(answer.writer(), "message", left);
  return answer.end();
}

Result<void> show_next_agent(const Facade& facade, const Page<Agent>& agents, Reply& reply) {
  if (agents.records.empty()) {
    return Error{.code = Code::no_such_agent, .message = "no agent is available", .field = "department"};
  }
  const Agent& next = *agents.records.front();
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("agent");
  writer.begin_object();
  member(writer, "_id", next.id.text);
  if (!next.name.empty()) member(writer, "name", next.name);
  if (!next.username.empty()) member(writer, "username", next.username);
  writer.key("status");
  AgentStatusWord::write(next, writer);
  writer.end_object();
  return answer.end();
}

Result<void> Facade::show(const ErasedVisitor& erased, Reply& reply) const {
  Answer answer(*this, reply);
  shape::Writer& writer = answer.writer();
  writer.key("visitor");
  writer.begin_object();
  member(writer, "_id", erased.visitor.text);
  writer.key("ts");
  writer.iso(erased.at);
  writer.end_object();
  return answer.end();
}

}  // namespace parley::rocketchat
