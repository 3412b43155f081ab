// The decoders of Enghouse's calls; see requests.hpp.
#include "adapters/enghouse/facade/requests.hpp"

#include "adapters/enghouse/bodies.hpp"
#include "schemas/ascii.hpp"

namespace parley::enghouse {
namespace {

using http::Request;

Result<void> read_callback(const Request& request, Callback& callback) {
  callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return {};
}

/// The tenant of a path that has `own` segments besides the domain.
Result<String> tenant_in(const Facade& facade, const Request& request, std::size_t own) {
  const bool named = request.parameters.size() > own;
  return facade.tenant_of(named ? std::string_view(request.parameters.front()) : std::string_view());
}

/// The chat whose id is the last segment of the path.
Result<ChatRef> chat_in(const Facade& facade, const Request& request, ChatRef::Must must) {
  const std::string_view wire = request.parameters.back();
  if (!may_be_id(wire)) return refuse(Code::no_such_chat);
  Result<String> tenant = tenant_in(facade, request, 1);
  if (!tenant) return std::move(tenant).error();
  return ChatRef{.id = {read_id(chat_prefix, wire)}, .domain = std::move(*tenant), .must = must};
}

bool is_json(std::string_view type) noexcept {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return ascii::same_ignoring_case(type, "application/json");
}

/// Pages of other sites cannot send JSON under this type without asking first, so that a browser's stored password is of no use to them.
Result<void> parse_body(const Request& request, shape::Document& document) {
  if (request.body.empty()) return refuse(Code::missing_body);
  if (const auto type = request.header("Content-Type"); type && !is_json(*type)) {
    return refuse(Code::unsupported_media);
  }
  if (Result<void> parsed = document.parse_json(request.body); !parsed) return parsed;
  if (!document.root().is_object()) return refuse(Code::malformed_body);
  return {};
}

/// Reads the body by its table. Members that the table does not know are ignored.
template <const auto& TableRef>
auto read_body(const Request& request) {
  using Body = typename std::remove_cvref_t<decltype(TableRef)>::object;
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return Result<Body>(std::move(parsed).error());
  Result<Body> body(boost::system::in_place_value);
  shape::Reading reading(true);
  shape::read_object(shape::view<TableRef>, document.root(), &*body, reading);
  for (const shape::Fault& found : reading.faults()) {
    if (found.unknown) continue;
    Error error = refuse(found.missing ? Code::missing_field : Code::invalid_field);
    error.field = found.path;
    body = std::move(error);
    break;
  }
  return body;
}

/// Makes the operation of a body that is read by `TableRef`, for the tenant of the path. `own`: as in tenant_in.
template <const auto& TableRef>
auto operation_in(const Facade& facade, const Request& request, std::size_t own = 0) {
  auto body = read_body<TableRef>(request);
  using Made = decltype(operation_of(std::move(*body)));
  if (!body) return Made(std::move(body).error());
  Result<String> tenant = tenant_in(facade, request, own);
  if (!tenant) return Made(std::move(tenant).error());
  Made made = operation_of(std::move(*body));
  if (!made) return made;
  if constexpr (requires { made->chat; }) {
    made->chat.domain = std::move(*tenant);
  } else {
    made->domain = std::move(*tenant);
  }
  return made;
}

ListTranscripts with_limit(ListTranscripts found) {
  found.limit = most_transcripts + 1;  // one more tells that there are too many
  return found;
}

}  // namespace

Result<GetChatContact> get_contact(const Facade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  Result<ChatRef> chat = chat_in(facade, request, ChatRef::Must::be_open);
  if (!chat) return std::move(chat).error();
  return GetChatContact{.chat = std::move(chat->id), .domain = std::move(chat->domain)};
}

Result<ListChats> list_active(const Facade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  Result<String> tenant = tenant_in(facade, request, 0);
  if (!tenant) return std::move(tenant).error();
  return ListChats{.domain = std::move(*tenant)};
}

Result<ListMessages> list_messages(const Facade& facade, const Request& request, Callback& callback,
                                   ChatRef::Must must) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  Result<ChatRef> chat = chat_in(facade, request, must);
  if (!chat) return std::move(chat).error();
  return ListMessages{.chat = *std::move(chat), .query = {.written_only = true}};
}

Result<ListTranscripts> find_by_user(const Facade& facade, const Request& request) {
  const std::string_view wire = request.parameters.back();
  if (!may_be_id(wire)) return refuse(Code::no_such_visitor);
  Result<String> tenant = tenant_in(facade, request, 1);
  if (!tenant) return std::move(tenant).error();
  ListTranscripts found{.domain = std::move(*tenant)};
  found.filter.state = ChatFilter::State::ended;
  found.filter.visitor.text = read_id(user_prefix, wire);
  return with_limit(std::move(found));
}

Result<ListTranscripts> find_by_call_data(const Facade& facade, const Request& request) {
  shape::Document document;
  if (Result<void> parsed = parse_body(request, document); !parsed) return std::move(parsed).error();
  Result<String> tenant = tenant_in(facade, request, 0);
  if (!tenant) return std::move(tenant).error();
  Result<ListTranscripts> found = search_of(document.root());
  if (!found) return found;
  found->domain = std::move(*tenant);
  return with_limit(*std::move(found));
}

Result<ListTranscripts> find_by_time(const Facade& facade, const Request& request) {
  Result<ListTranscripts> found = operation_in<time_range_body>(facade, request);
  if (!found) return found;
  return with_limit(*std::move(found));
}

Result<PostMessage> send_text(const Facade& facade, const Request& request) {
  Result<ChatRef> chat = chat_in(facade, request, ChatRef::Must::be_open);
  if (!chat) return std::move(chat).error();
  Result<PostMessage> message = operation_in<text_message_body>(facade, request, 1);
  if (message) message->chat = *std::move(chat);
  return message;
}

Result<PostMessage> send_external_text(const Facade& facade, const Request& request) {
  return operation_in<external_message_body>(facade, request);
}

Result<CloseChat> end_contact(const Facade& facade, const Request& request) {
  return operation_in<end_contact_body>(facade, request);
}

Result<CloseAllChats> end_all_contacts(const Facade& facade, const Request& request) {
  Result<String> tenant = tenant_in(facade, request, 0);
  if (!tenant) return std::move(tenant).error();
  CloseAllChats operation;
  operation.domain = std::move(*tenant);
  operation.closer.kind = ActorKind::system;
  return operation;
}

}  // namespace parley::enghouse
