// See visitor_chat.hpp.
#include "adapters/rocketchat/facade/visitor_chat.hpp"

#include <algorithm>

#include "adapters/rocketchat/chat_bodies.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"

namespace parley::rocketchat {
namespace {

using http::Request;

constexpr std::size_t default_limit = 20;
constexpr std::string_view closing_comment = "Closed by visitor";

/// Makes a reference to a room of a visitor. Without a token it would be one to anybody's room, so an empty token is refused: no visitor
/// has it.
/// Errors: no_such_visitor; not_the_visitors_chat, for an empty room.
Result<void> put_visitors_room(ChatRef& chat, Text&& room, Text&& token) {
  if (token.empty()) return Error{.code = Code::no_such_visitor, .message = "the token is empty", .field = "token"};
  if (room.empty()) return Error{.code = Code::not_the_visitors_chat, .message = "the room is empty", .field = "rid"};
  chat.id.text = std::move(room);
  chat.token = std::move(token);
  return {};
}

Actor by_visitor() {
  Actor visitor;
  visitor.kind = ActorKind::visitor;
  return visitor;
}

/// Whether a query has the visitor or the room of a message.
bool names_a_room(std::string_view query) {
  const Result<List<Parameter>> all = parse_query(query);
  return all && std::ranges::any_of(*all, [](const Parameter& one) {
           return std::ranges::find(parameters::message, one.name, &contract::QueryParameter::name) !=
                  parameters::message.end();
         });
}

/// Errors: malformed_request.
Result<Time> time_of(const List<Parameter>& query, std::string_view name) {
  const String text = value_of(query, name);
  if (text.empty()) return Time();
  bool exact = false;
  if (const std::optional<Time> time = parse_iso(text, exact)) return *time;
  return Error{.code = Code::malformed_request,
               .message = "The \"" + String(name) + "\" query parameter must be a valid date.",
               .field = String(name)};
}

constexpr std::string_view questions[] = {"satisfaction", "agentKnowledge", "agentResposiveness",
                                          "agentFriendliness"};  // misspelt as by the vendor
constexpr std::string_view grades = "12345";
constexpr std::string_view feedback = "additionalFeedback";

/// Whether the vendor's server keeps an answer.
bool is_kept(const SurveyAnswerBody& answer) noexcept {
  if (answer.name == feedback) return true;
  return std::ranges::find(questions, answer.name.view()) != std::end(questions) && answer.value.size() == 1 &&
         grades.find(answer.value.view()) != std::string_view::npos;
}

/// Of two answers with the same name, the later one counts.
void set(Attributes& kept, SurveyAnswerBody&& answer) {
  const auto same = std::ranges::find(kept, answer.name, &Attribute::name);
  Attribute& one = same == kept.end() ? kept.emplace_back() : *same;
  one.name = std::move(answer.name);
  one.value = std::move(answer.value);
}

Rating rating_of(const Attributes& kept) {
  Rating rating;
  for (const Attribute& answer : kept) {
    if (answer.name == feedback) {
      rating.comment = answer.value;
    } else {
      rating.answers.push_back(answer);
      if (answer.name == questions[0]) rating.grade = answer.value.view().front() - '0';
    }
  }
  return rating;
}

}  // namespace

// --- messages ---------------------------------------------------------------------------------------------------------

Result<PostMessage> post_message(const Facade& facade, const Request& request) {
  const bool old = facade.profile() == Profile::pimenta;
  Result<MessageBody> body = old ? read_body<message_body_0_70>(request, Validator::check)
                                 : read_body<message_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<void> good = check_visitors_text(facade.widget(), body->text, "msg");
  if (good) good = check_chosen_id(body->id, "_id");
  if (!good) return std::move(good).error();
  PostMessage post;
  if (Result<void> good = put_visitors_room(post.chat, std::move(body->room), std::move(body->token)); !good)
    return std::move(good).error();
  post.author = by_visitor();
  post.id.text = std::move(body->id);
  post.text = std::move(body->text);
  post.reopen = old;
  return post;
}

Result<GetMessage> get_message(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_visitors_query(request, parameters::message);
  if (!query) return std::move(query).error();
  GetMessage get;
  get.id.text = request.parameters[0];
  if (Result<void> good = put_visitors_room(get.chat, value_of(*query, "rid"), value_of(*query, "token")); !good)
    return std::move(good).error();
  return get;
}

Result<EditMessage> edit_message(const Facade& facade, const Request& request) {
  Result<NewTextBody> body = read_body<new_text_body>(request, validator_of(facade));
  if (!body) return std::move(body).error();
  if (Result<void> good = check_visitors_text(facade.widget(), body->text, "msg"); !good)
    return std::move(good).error();
  EditMessage edit;
  if (Result<void> good = put_visitors_room(edit.chat, std::move(body->room), std::move(body->token)); !good)
    return std::move(good).error();
  edit.author = by_visitor();
  edit.id.text = request.parameters[0];
  edit.text = std::move(body->text);
  return edit;
}

Result<DeleteMessage> remove_message(const Facade& facade, const Request& request) {
  DeleteMessage remove;
  remove.author = by_visitor();
  remove.id.text = request.parameters[0];
  if (names_a_room(request.query)) {
    Result<List<Parameter>> query = read_visitors_query(request, parameters::message);
    if (!query) return std::move(query).error();
    if (Result<void> good = put_visitors_room(remove.chat, value_of(*query, "rid"), value_of(*query, "token")); !good)
      return std::move(good).error();
    return remove;
  }
  Result<VisitorRoomBody> body = read_body<removed_message_body>(request, validator_of(facade));
  if (!body) return std::move(body).error();
  if (Result<void> good = put_visitors_room(remove.chat, std::move(body->room), std::move(body->token)); !good)
    return std::move(good).error();
  return remove;
}

Result<ListMessages> list_history(const Facade&, const Request& request) {
  Result<List<Parameter>> query = read_visitors_query(request, parameters::history);
  if (!query) return std::move(query).error();
  const Result<Time> end = time_of(*query, "end");
  if (!end) return end.error();
  const Result<bool> oldest_first = is_oldest_first(*query);
  if (!oldest_first) return oldest_first.error();
  const std::size_t limit = number_of(*query, "limit", 0);
  ListMessages list;
  if (Result<void> good = put_visitors_room(list.chat, request.parameters[0], value_of(*query, "token")); !good)
    return std::move(good).error();
  list.query.before = *end;
  list.query.text = value_of(*query, "searchText");
  list.query.newest_first = !*oldest_first;
  list.query.offset = number_of(*query, parameters::offset.name, 0);
  list.query.limit = limit != 0 ? limit : number_of(*query, parameters::count.name, default_limit);
  return list;
}

// --- rooms ------------------------------------------------------------------------------------------------------------

Result<CloseChat> close_room(const Facade& facade, const Request& request) {
  Result<VisitorRoomBody> body = read_body<close_room_body>(request, validator_of(facade));
  if (!body) return std::move(body).error();
  CloseChat close;
  if (Result<void> good = put_visitors_room(close.chat, std::move(body->room), std::move(body->token)); !good)
    return std::move(good).error();
  close.closer = by_visitor();
  close.comment = closing_comment;
  return close;
}

Result<RateChat> rate_room(const Facade& facade, const Request& request, ShownSurvey& shown) {
  Result<SurveyBody> body = read_body<survey_body>(request, validator_of(facade));
  if (!body) return std::move(body).error();
  if (body->data.empty() && facade.profile() == Profile::v8) {
    return schema::invalid("must NOT have fewer than 1 items", "data");
  }
  for (SurveyAnswerBody& answer : body->data) {
    if (Result<void> good = check_text(answer.value, "data", too_long_of_visitor); !good)
      return std::move(good).error();
    if (is_kept(answer)) {
      set(shown.kept, std::move(answer));
    } else {
      shown.left_out.push_back(answer.name.str());
    }
  }
  if (shown.kept.empty()) return fault(by_name, Code::invalid_field, "invalid-data", "data");
  shown.room = body->room;
  RateChat rate;
  if (Result<void> good = put_visitors_room(rate.chat, std::move(body->room), std::move(body->token)); !good)
    return std::move(good).error();
  rate.rating = rating_of(shown.kept);
  return rate;
}

Result<GetChat> get_agent_of(const Facade&, const Request& request) {
  GetChat get;
  get.chat.must = ChatRef::Must::be_open;
  if (Result<void> good = put_visitors_room(get.chat, request.parameters[0], request.parameters[1]); !good)
    return std::move(good).error();
  return get;
}

Result<AssignChat> change_department(const Facade& facade, const Request& request) {
  Result<NewDepartmentBody> body = read_body<new_department_body>(request, validator_of(facade));
  if (!body) return std::move(body).error();
  AssignChat assign;
  if (Result<void> good = put_visitors_room(assign.chat, std::move(body->room), std::move(body->token)); !good)
    return std::move(good).error();
  if (trim(body->department.view()).empty()) {
    return fault(by_name, Code::invalid_field, "error-transfering-chat", "department");  // misspelt as by the vendor
  }
  assign.by = by_visitor();
  assign.department.text = std::move(body->department);
  assign.transfer = true;
  return assign;
}

}  // namespace parley::rocketchat
