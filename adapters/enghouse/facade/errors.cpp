// Errors in Enghouse's style. The vendor publishes no failing answer, so the texts are our own. They never repeat a path or an id.
// Errors that occur before a chat is looked up keep their real status; all others are 200.
#include "adapters/enghouse/errors.hpp"
#include "adapters/enghouse/facade/encode.hpp"
#include "adapters/enghouse/facade/jsonp.hpp"
#include "adapters/enghouse/facade/services.hpp"

namespace parley::enghouse {
namespace {

constexpr std::array<Shown, code_count> table = {{
    {Code::malformed_request, 400, 400, "malformed request"},
    {Code::malformed_body, 400, 400, "malformed body"},
    {Code::duplicate_key, 400, 400, "duplicate key in the body"},
    {Code::too_deep, 400, 400, "the body nests too deeply"},
    {Code::missing_body, 400, 400, "a body is required"},
    {Code::missing_field, 200, 400, "a required value is missing"},
    {Code::invalid_field, 200, 400, "a value is not valid"},
    {Code::unknown_field, 200, 400, "an unknown value was sent"},
    {Code::unsupported_media, 415, 415, "unsupported content type"},
    {Code::unsupported_coding, 415, 415, "unsupported content encoding"},
    {Code::body_too_large, 413, 413, "the body is too large"},
    {Code::uri_too_long, 414, 414, "the address is too long"},
    {Code::headers_too_large, 431, 431, "the headers are too large"},
    {Code::unauthorized, 200, 401, "not authorized"},
    {Code::forbidden, 200, 403, "forbidden"},
    {Code::invalid_callback, 400, 400, "invalid callback"},
    {Code::no_such_endpoint, 404, 404, "no such service"},
    {Code::method_not_allowed, 405, 405, "method not allowed"},
    {Code::no_such_chat, 200, 404, "chat not active"},
    {Code::no_such_visitor, 200, 404, "no such visitor"},
    {Code::no_such_agent, 200, 404, "no such agent"},
    {Code::no_such_contact, 200, 404, "no such contact"},
    {Code::no_such_message, 200, 404, "no such message"},
    {Code::no_such_department, 200, 404, "no such department"},
    {Code::no_such_offline_message, 200, 404, "no such offline message"},
    {Code::no_such_file, 404, 404, "no such file"},
    {Code::not_the_visitors_chat, 200, 404, "chat not active"},
    {Code::not_the_authors_message, 200, 403, "forbidden"},
    {Code::message_exists, 200, 409, "the message exists already"},
    {Code::chat_ended, 200, 404, "chat not active"},
    {Code::chat_taken, 200, 409, "another agent has the chat"},
    {Code::visitor_has_open_chat, 200, 409, "the visitor has an open chat"},
    {Code::contact_has_open_chat, 200, 409, "the contact has an open chat"},
    {Code::identity_taken, 200, 409, "another contact has this identity"},
    {Code::no_contact_conflicts, 200, 409, "the contact has no conflicts"},
    {Code::transcript_requested, 200, 409, "a transcript was requested already"},
    {Code::no_transcript_request, 200, 409, "no transcript was requested"},
    {Code::lossy, 200, 502, "this contact cannot be shown without loss"},
    {Code::unsupported_operation, 200, 502, "not supported by the platform behind this service"},
    {Code::unavailable, 200, 504, "the service is not available at the moment"},
    {Code::rate_limited, 200, 429, "too many requests; try again later"},
    {Code::upstream_unreachable, 200, 502, "the platform behind this service cannot be reached"},
    {Code::upstream_timeout, 200, 504, "the platform behind this service did not answer in time"},
    {Code::upstream_failed, 200, 502, "the platform behind this service failed"},
    {Code::upstream_denied, 200, 502, "the platform behind this service refused the gateway"},
    {Code::answer_too_large, 200, 502, "the answer is too large; ask for less"},
    {Code::loop_detected, 508, 508, "the request came back to the service that had sent it on"},
    {Code::internal, 200, 502, "internal error"},
}};

consteval bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].code) != i || table[i].text.empty()) return false;
  }
  return true;
}
static_assert(in_order(), "one row for each code, in the order of the codes");

/// Whether the error means that the service does not find the chat.
bool is_absent(Code code) noexcept {
  return code == Code::no_such_chat || code == Code::not_the_visitors_chat || code == Code::chat_ended;
}

}  // namespace

const Shown& shown(Code code) noexcept { return table[static_cast<std::size_t>(code)]; }

Error refuse(Code code) { return fault(code, String(shown(code).text)); }

void Facade::render(const Error& error, const http::Request& request, http::Reply& reply) const {
  const Service& service = service_of(request.endpoint);
  const Callback callback = service.script ? find_callback(request.query) : Callback{};
  const bool invalid = callback.kind() == Callback::Kind::invalid;
  // A script cannot call an invalid callback, so an error that would be a 200 becomes invalid_callback.
  const Code code = invalid && shown(error.code).status == 200 ? Code::invalid_callback : error.code;
  const Shown& how = shown(code);
  // With another status than 200, the answer is a script only if no character of the callback was deleted: a download must not
  // hold text of the caller's choice.
  const bool script = callback.kind() == Callback::Kind::named && (how.status == 200 || callback.clean());
  reply.clear();
  reply.status = strict_status_ && !script ? how.strict : how.status;
  reply.content_type = script ? script_type : json_type;
  const std::string_view text = is_absent(code) ? service.absent : how.text;
  const auto write = [&] {
    reply.body.append(service.failure);
    shape::Writer writer(reply.body);
    // Only a loss names its field, which is one of ours. The fields of other errors may repeat what the client sent.
    code == Code::lossy && !error.field.empty() ? writer.string(String(text).append(": ").append(error.field))
                                                : writer.string(text);
    writer.finish();
    reply.body.append('}');
  };
  if (script) {
    Script around(callback.name(), reply.body);
    write();
    around.close(may_be_unsafe(around.json()));
  } else {
    write();
  }
  add_headers(reply);
  if (reply.status == 401) reply.add("WWW-Authenticate", challenge_);
  if (code == Code::method_not_allowed && !error.detail.empty()) reply.add("Allow", error.detail);
}

}  // namespace parley::enghouse
