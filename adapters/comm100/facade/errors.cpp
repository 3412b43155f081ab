// Errors as Comm100 writes them: {"code":404000,"message":"…"}. The vendor documents the statuses 400, 401, 403, 404 and 500, and
// one code, 400000. The other codes follow its pattern: status times 1000.
#include <algorithm>
#include <array>

#include "adapters/comm100/facade/facade.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::comm100 {
namespace {

struct Row {
  Code code;
  int status;
  bool own_words;  ///< `text` is shown, never the error's message
  std::string_view text;
};

constexpr std::array<Row, code_count> rows = {{
    {Code::malformed_request, 400, false, "The request is malformed."},
    {Code::malformed_body, 400, false, "The request body is not valid JSON."},
    {Code::duplicate_key, 400, false, "The request body has a parameter twice."},
    {Code::too_deep, 400, false, "The request body is nested too deeply."},
    {Code::missing_body, 400, false, "The request body is missing."},
    {Code::missing_field, 400, false, "A parameter is required."},
    {Code::invalid_field, 400, false, "A parameter is invalid."},
    {Code::unknown_field, 400, false, "A parameter is unknown."},
    {Code::unsupported_media, 415, false, "The request body must be sent as Content-Type: application/json."},
    {Code::unsupported_coding, 415, false, "The Content-Encoding of the request body is not supported."},
    {Code::body_too_large, 413, true, "The request body is too large."},
    {Code::uri_too_long, 414, true, "The request URL is too long."},
    {Code::headers_too_large, 431, true, "The request headers are too large."},
    {Code::unauthorized, 401, true, "The access token or API key is missing or invalid."},
    {Code::forbidden, 403, false, "The credentials have no permission for this."},
    {Code::invalid_callback, 400, false, "The callback is no name."},
    {Code::no_such_endpoint, 404, true, "The resource does not exist."},
    {Code::method_not_allowed, 405, true, "The method is not allowed for this resource."},
    {Code::no_such_chat, 404, true, "The chat does not exist."},
    {Code::no_such_visitor, 404, true, "The visitor does not exist."},
    {Code::no_such_agent, 404, true, "The agent does not exist."},
    {Code::no_such_contact, 404, true, "The contact does not exist."},
    {Code::no_such_message, 404, true, "The message does not exist."},
    {Code::no_such_department, 404, true, "The department does not exist."},
    {Code::no_such_offline_message, 404, true, "The offline message does not exist."},
    {Code::no_such_file, 404, true, "The file does not exist."},
    {Code::not_the_visitors_chat, 403, true, "The chat is not the visitor's, or is over."},
    {Code::not_the_authors_message, 403, true, "The message has another author."},
    {Code::message_exists, 409, true, "A message with this id exists already."},
    {Code::chat_ended, 409, true, "The chat is over."},
    {Code::chat_taken, 409, true, "Another agent has the chat."},
    {Code::visitor_has_open_chat, 409, true, "The visitor has an open chat."},
    {Code::contact_has_open_chat, 409, true, "The contact has an open chat."},
    {Code::identity_taken, 400, true, "Another contact has this identity."},
    {Code::no_contact_conflicts, 409, true, "The contact has no conflicts."},
    {Code::transcript_requested, 409, true, "A transcript was requested already."},
    {Code::no_transcript_request, 409, true, "No transcript was requested."},
    {Code::lossy, 409, false, "The answer cannot be given without loss."},
    {Code::unsupported_operation, 501, false, "The call is not supported here."},
    {Code::unavailable, 503, true, "The service is unavailable; try again."},
    {Code::rate_limited, 429, true, "Too many requests; try again later."},
    {Code::upstream_unreachable, 502, true, "The platform behind this service cannot be reached."},
    {Code::upstream_timeout, 504, true, "The platform behind this service did not answer in time."},
    {Code::upstream_failed, 502, true, "The platform behind this service failed."},
    {Code::upstream_denied, 502, true, "The platform behind this service refused the gateway."},
    {Code::answer_too_large, 400, true,
     "The answer is too large; ask for less, page by page where the call has pages."},
    {Code::loop_detected, 508, true, "The request came back to the service that had sent it on."},
    {Code::internal, 500, true, "An internal error occurred."},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the rows stand in the order of Code");

/// What a row shows. Only chats that ended are deleted, and the backend does not say which of the two a chat is: unknown, or open. Of the
/// lists of agents, only that of the caller can lack an agent.
std::string_view words_of(const Row& row, const contract::Endpoint* endpoint) noexcept {
  const auto is = [endpoint](OperationKind kind) {
    return endpoint != nullptr && endpoint->answer == nullptr && endpoint->operation == kind;
  };
  if (row.code == Code::no_such_chat && is(operation_kind<DeleteChats>)) {
    return "The chat does not exist, or has not ended yet.";
  }
  if (row.code == Code::no_such_agent && is(operation_kind<ListAgents>)) {
    return "No agent has the id or e-mail address of these credentials.";
  }
  return row.text;
}

}  // namespace

void render_error(const Error& error, const contract::Endpoint* endpoint, std::string_view challenge,
                  http::Reply& reply) {
  const Row& row = rows[static_cast<std::size_t>(error.code)];
  const bool unusable = error.message.empty() || shape::find_bad_utf8(error.message) != std::string_view::npos;
  reply.clear();
  reply.status = row.status;
  reply.content_type = json_type;
  if (error.code == Code::unauthorized) reply.add("WWW-Authenticate", challenge);
  if (error.code == Code::method_not_allowed && !error.detail.empty()) reply.add("Allow", error.detail);
  if (error.code == Code::unavailable || error.code == Code::rate_limited) {
    reply.add("Retry-After", std::to_string(std::max(error.retry_after, 1)));
  }

  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.quoted_key("\"code\":");
  writer.integer(row.status * 1000);
  writer.quoted_key("\"message\":");
  writer.string(row.own_words || unusable ? words_of(row, endpoint) : error.message);
  writer.end_object();
  writer.finish();
}

}  // namespace parley::comm100
