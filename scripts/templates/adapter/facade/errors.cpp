// Errors in the style of @NAME@: {"error":"…"}. Put the vendor's own codes and texts into this table.
#include <array>

#include "adapters/@NAME@/facade/facade.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::@NAME@ {
namespace {

struct Row {
  Code code;
  int status;
};

constexpr std::array<Row, code_count> rows = {{
    {Code::malformed_request, 400},     {Code::malformed_body, 400},        {Code::duplicate_key, 400},
    {Code::too_deep, 400},              {Code::missing_body, 400},          {Code::missing_field, 400},
    {Code::invalid_field, 400},         {Code::unknown_field, 400},         {Code::unsupported_media, 415},
    {Code::unsupported_coding, 415},    {Code::body_too_large, 413},        {Code::uri_too_long, 414},
    {Code::headers_too_large, 431},     {Code::unauthorized, 401},          {Code::forbidden, 403},
    {Code::invalid_callback, 400},      {Code::no_such_endpoint, 404},      {Code::method_not_allowed, 405},
    {Code::no_such_chat, 404},          {Code::no_such_visitor, 404},       {Code::no_such_agent, 404},
    {Code::no_such_contact, 404},       {Code::no_such_message, 404},       {Code::no_such_department, 404},
    {Code::no_such_offline_message, 404},
    {Code::no_such_file, 404},
    {Code::not_the_visitors_chat, 403},
    {Code::not_the_authors_message, 403},
    {Code::message_exists, 409},
    {Code::chat_ended, 409},
    {Code::chat_taken, 409},
    {Code::visitor_has_open_chat, 409},
    {Code::contact_has_open_chat, 409},
    {Code::identity_taken, 400},
    {Code::no_contact_conflicts, 409},
    {Code::transcript_requested, 409},
    {Code::no_transcript_request, 409},
    {Code::lossy, 409},
    {Code::unsupported_operation, 501},
    {Code::unavailable, 503},
    {Code::rate_limited, 429},
    {Code::upstream_unreachable, 502},
    {Code::upstream_timeout, 504},
    {Code::upstream_failed, 502},
    {Code::upstream_denied, 502},
    {Code::answer_too_large, 400},
    {Code::loop_detected, 508},
    {Code::internal, 500},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the rows stand in the order of Code");

}  // namespace

void render_error(const Error& error, http::Reply& reply) {
  const bool unusable = error.message.empty() || shape::find_bad_utf8(error.message) != std::string_view::npos;
  reply.clear();
  reply.status = rows[static_cast<std::size_t>(error.code)].status;
  reply.content_type = json_type;
  if (error.code == Code::method_not_allowed && !error.detail.empty()) reply.add("Allow", error.detail);
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.quoted_key("\"error\":");
  writer.string(unusable ? std::string_view("The request was refused.") : std::string_view(error.message));
  writer.end_object();
  writer.finish();
}

}  // namespace parley::@NAME@
