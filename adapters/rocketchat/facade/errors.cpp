// Rocket.Chat's errors: a table of all codes, a document for each kind of refusal, and the headers of every answer.
#include "adapters/rocketchat/errors.hpp"

#include <algorithm>

#include "adapters/http/exposed_headers.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/files.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

/// The text of an error.
enum class Wording : std::uint8_t {
  message,  ///< the error's message
  fixed,    ///< ErrorRow::words
  none,     ///< none: only the vendor's code is shown
};
/// The document of an error.
enum class Document : std::uint8_t {
  thrown,     ///< with a vendor code: `… [code]`
  plain,      ///< `{"success":false,"error":"…"}`
  login,      ///< the 401 of the vendor's pages
  no_path,    ///< text, not JSON
  no_method,  ///< `{"status":"error","message":"…"}` in 0.70; in 8 as no_path
};

struct ErrorRow {
  Code code;
  int status;
  Document document;
  std::string_view vendor;  ///< the vendor's code
  Wording text;
  std::string_view words;
};

constexpr std::string_view bad_request = "invalid-params";

/// Both profiles share this table; they differ in the documents.
constexpr std::array<ErrorRow, code_count> error_rows = {{
    {Code::malformed_request, 400, Document::plain, {}, Wording::message, {}},
    {Code::malformed_body, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::duplicate_key, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::too_deep, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::missing_body, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::missing_field, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::invalid_field, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::unknown_field, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::unsupported_media, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::unsupported_coding, 415, Document::thrown, "error-unsupported-encoding", Wording::message, {}},
    {Code::body_too_large, 413, Document::thrown, "error-request-too-large", Wording::message, {}},
    {Code::uri_too_long, 414, Document::thrown, "error-request-too-large", Wording::message, {}},
    {Code::headers_too_large, 431, Document::thrown, "error-request-too-large", Wording::message, {}},
    {Code::unauthorized, 401, Document::login, {}, Wording::fixed, "You must be logged in to do this."},
    {Code::forbidden,
     403,
     Document::plain,
     {},
     Wording::fixed,
     "User does not have the permissions required for this action [error-unauthorized]"},
    {Code::invalid_callback, 400, Document::thrown, bad_request, Wording::message, {}},
    {Code::no_such_endpoint, 404, Document::no_path, {}, Wording::fixed, "404 Not Found"},
    {Code::method_not_allowed, 405, Document::no_method, {}, Wording::fixed, "API endpoint does not exist"},
    {Code::no_such_chat, 400, Document::thrown, "invalid-room", Wording::none, {}},
    {Code::no_such_visitor, 400, Document::thrown, "invalid-token", Wording::none, {}},
    {Code::no_such_agent, 400, Document::thrown, "invalid-agent", Wording::none, {}},
    {Code::no_such_contact, 404, Document::plain, {}, Wording::fixed, "Resource not found"},
    {Code::no_such_message, 400, Document::thrown, "invalid-message", Wording::none, {}},
    {Code::no_such_department, 400, Document::thrown, "error-department-not-found", Wording::none, {}},
    {Code::no_such_offline_message, 400, Document::thrown, "invalid-message", Wording::none, {}},
    {Code::no_such_file, 404, Document::plain, {}, Wording::fixed, "Resource not found"},
    {Code::not_the_visitors_chat, 400, Document::thrown, "invalid-room", Wording::none, {}},
    {Code::not_the_authors_message, 400, Document::thrown, "error-action-not-allowed", Wording::none, {}},
    {Code::message_exists, 400, Document::thrown, "error-message-exists", Wording::none, {}},
    {Code::chat_ended, 400, Document::thrown, "room-closed", Wording::none, {}},
    {Code::chat_taken, 400, Document::thrown, "error-room-already-served", Wording::none, {}},
    {Code::visitor_has_open_chat, 400, Document::thrown, "visitor-has-open-rooms", Wording::fixed,
     "Cannot remove visitors with opened rooms"},
    {Code::contact_has_open_chat, 400, Document::thrown, "error-contact-has-open-rooms", Wording::none, {}},
    {Code::identity_taken, 400, Document::thrown, "error-contact-exists", Wording::message, {}},
    {Code::no_contact_conflicts, 400, Document::thrown, "error-contact-has-no-conflicts", Wording::none, {}},
    {Code::transcript_requested, 400, Document::thrown, "error-transcript-already-requested", Wording::fixed,
     "Transcript already requested"},
    {Code::no_transcript_request, 400, Document::thrown, "error-transcript-not-requested", Wording::fixed,
     "Transcript not requested"},
    {Code::lossy, 400, Document::thrown, "error-lossy-answer", Wording::message, {}},
    {Code::unsupported_operation, 400, Document::thrown, "error-not-supported", Wording::message, {}},
    {Code::unavailable, 503, Document::thrown, "error-service-unavailable", Wording::fixed,
     "Service unavailable, try again"},
    {Code::rate_limited, 429, Document::plain, {}, Wording::fixed, "Error, too many requests. Please slow down."},
    {Code::upstream_unreachable, 502, Document::thrown, "error-upstream-unreachable", Wording::fixed,
     "The platform behind this service cannot be reached"},
    {Code::upstream_timeout, 504, Document::thrown, "error-upstream-timeout", Wording::fixed,
     "The platform behind this service did not answer in time"},
    {Code::upstream_failed, 502, Document::thrown, "error-upstream-failed", Wording::fixed,
     "The platform behind this service failed"},
    {Code::upstream_denied, 502, Document::thrown, "error-upstream-denied", Wording::fixed,
     "The platform behind this service refused the gateway"},
    {Code::answer_too_large, 400, Document::thrown, "error-answer-too-large", Wording::message, {}},
    {Code::loop_detected, 508, Document::thrown, "error-loop-detected", Wording::fixed,
     "The request came back to the service that had sent it on"},
    {Code::internal, 500, Document::plain, {}, Wording::fixed, "Internal server error"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < error_rows.size(); ++i) {
    if (static_cast<std::size_t>(error_rows[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order(), "a row for each code, in the order of the codes");

/// An error with a vendor code. `reason` may be empty.
struct Thrown {
  std::string_view vendor;
  String reason;
  std::string_view method{};  ///< `details.method`: the call; empty = left out
  std::string_view helper{};  ///< `details.helperMethod`: what read the request; empty = left out
};

/// `<reason> [<code>]`, or `[<code>]`.
String coded(const Thrown& thrown) {
  String text = thrown.reason;
  if (!text.empty()) text += ' ';
  return text.append("[").append(thrown.vendor).append("]");
}

void write_details(const Thrown& thrown, shape::Writer& writer) {
  if (thrown.method.empty() && thrown.helper.empty()) return;
  writer.key("details");
  writer.begin_object();
  if (!thrown.method.empty()) member(writer, "method", thrown.method);
  if (!thrown.helper.empty()) member(writer, "helperMethod", thrown.helper);
  writer.end_object();
}

void write_thrown(Profile profile, const Thrown& thrown, shape::Writer& writer) {
  writer.begin_object();
  if (profile == Profile::v8) {
    writer.key("success");
    writer.boolean(false);
    member(writer, "error", coded(thrown));
    member(writer, "errorType", thrown.vendor);
    write_details(thrown, writer);
  } else {  // the exception itself, serialised
    writer.key("isClientSafe");
    writer.boolean(true);
    member(writer, "error", thrown.vendor);
    if (!thrown.reason.empty()) member(writer, "reason", thrown.reason);
    write_details(thrown, writer);
    member(writer, "message", coded(thrown));
    member(writer, "errorType", "Meteor.Error");
    writer.key("success");
    writer.boolean(false);
  }
  writer.end_object();
}

void write_plain(std::string_view text, shape::Writer& writer) {
  writer.begin_object();
  writer.key("success");
  writer.boolean(false);
  member(writer, "error", text);
  writer.end_object();
}

/// The widget reads `message` of this answer, where the other calls have `error`. 0.70 has `message` only.
void write_not_sent(Profile profile, std::string_view text, shape::Writer& writer) {
  const auto failed = [&writer] {
    writer.key("success");
    writer.boolean(false);
  };
  writer.begin_object();
  if (profile == Profile::v8) {
    failed();
    member(writer, "error", text);
  }
  member(writer, "message", text);
  if (profile == Profile::pimenta) failed();
  writer.end_object();
}

/// An error of which the vendor's code is all that is shown. In 0.70 it is an exception, unless the call shows only codes.
void write_named(Profile profile, std::string_view vendor, const Refusals* at, shape::Writer& writer) {
  const bool plain = profile == Profile::v8 || (at != nullptr && at->old_names_only);
  plain ? write_plain(vendor, writer) : write_thrown(profile, {vendor, {}}, writer);
}

/// A refusal by the vendor's `check`: in 8 the message only, in 0.70 the whole exception.
void write_mismatch(Profile profile, std::string_view message, shape::Writer& writer) {
  if (profile == Profile::v8) return write_plain(message, writer);
  static constexpr std::string_view in_field = " in field ";
  const std::size_t at = message.find(in_field);
  writer.begin_object();
  member(writer, "message", message);
  member(writer, "path", at == std::string_view::npos ? std::string_view{} : message.substr(at + in_field.size()));
  writer.key("sanitizedError");
  writer.raw(R"({"isClientSafe":true,"error":400,"reason":"Match failed","message":"Match failed [400]",)"
             R"("errorType":"Meteor.Error"})");
  member(writer, "errorType", "Match.Error");
  writer.key("success");
  writer.boolean(false);
  writer.end_object();
}

/// A 401. The vendor's page shows these two members in this order; servers before 7.4 sent the same.
void write_login(std::string_view text, shape::Writer& writer) {
  writer.begin_object();
  member(writer, "status", "error");
  member(writer, "message", text);
  writer.end_object();
}

/// A login that failed.
void write_failed_login(Profile profile, std::string_view text, shape::Writer& writer) {
  writer.begin_object();
  member(writer, "status", "error");
  member(writer, "error", text);
  member(writer, "message", text);
  if (profile == Profile::v8) {
    writer.key("success");
    writer.boolean(false);
  }
  writer.end_object();
}

/// A refusal by a rule of the call itself.
Thrown thrown_by_handler(const Error& error) {
  if (error.code == Code::unknown_field) return {"invalid-custom-field", {}, {}};
  if (error.code == Code::missing_field)
    return {"error-roomid-param-not-provided", "The parameter \"roomId\" or \"roomName\" is required", {}};
  return {"error-invalid-token", error.message, "livechat/visitor"};
}

/// The parts of `<reason> [<code>]`.
Thrown thrown_as(std::string_view message) {
  const std::size_t open = message.rfind('[');
  const std::string_view reason = trim(message.substr(0, open));
  return {message.substr(open + 1, message.size() - open - 2), String(reason)};
}

/// The call's own name for an error, or nullptr.
const Named* own_name(Code code, const Refusals* at) noexcept {
  if (at == nullptr) return nullptr;
  const auto named = std::ranges::find(at->named, code, &Named::code);
  return named == at->named.end() ? nullptr : &*named;
}

/// Whether the answer has only the vendor's code, without errorType. An unknown visitor is shown so on some calls only.
bool is_named_only(Profile profile, const ErrorRow& row, const Refusals* at) noexcept {
  if (row.text != Wording::none) return false;
  if (profile == Profile::pimenta) return at != nullptr && at->old_names_only;
  return row.code != Code::no_such_visitor || (at != nullptr && at->names_only);
}

/// Writes a call's own answer for a record that does not exist. False: the call has none for this code.
bool write_not_found(Profile profile, Code code, const Refusals* at, Reply& reply) {
  if (at == nullptr || at->not_found.body.empty() || at->not_found.code != code) return false;
  if (at->not_found.only_pimenta && profile != Profile::pimenta) return false;
  reply.status = at->not_found.status;
  reply.body.append(at->not_found.body);
  return true;
}

/// Returns the text of a 429, and adds the headers that say when a client may try again.
String slow_down(std::string_view words, const Error& error, Reply& reply) {
  String text(words);
  if (error.retry_after > 0) {
    text += " You must wait " + std::to_string(error.retry_after) + " seconds before trying this endpoint again.";
    reply.add("X-RateLimit-Remaining", "0");
    reply.add("X-RateLimit-Reset", std::to_string(Time::now().since_epoch + std::int64_t{1000} * error.retry_after));
  }
  return text + " [error-too-many-requests]";
}

}  // namespace

void Facade::add_cors(Reply& reply) const {
  if (!any_origin_) return;
  reply.add("Access-Control-Allow-Origin", "*");
  reply.add("Access-Control-Expose-Headers", http::exposed_headers);
  reply.add("Access-Control-Allow-Headers",
            profile_ == Profile::v8 ? "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, "
                                      "x-visitor-token, Authorization"
                                    : "Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token");
}

void Facade::add_common_headers(Reply& reply) const {
  reply.add("Cache-Control", "no-store");
  reply.add("Pragma", "no-cache");
  add_cors(reply);
}

void Facade::show_limit(const contract::Limit& limit, Reply& reply) const {
  reply.add("X-RateLimit-Limit", std::to_string(limit.requests));
  if (reply.headers().find("X-RateLimit-Reset: ") != std::string_view::npos) return;  // slow_down has added them
  reply.add("X-RateLimit-Remaining", std::to_string(limit.remaining));
  reply.add("X-RateLimit-Reset", std::to_string(limit.reset));
}

void Facade::render(const Error& error, const Request& request, Reply& reply) const {
  const Refusals* const at = refusals_of(request.endpoint);
  if (error.code == Code::missing_body && at != nullptr && request.endpoint->decode != nullptr) {
    // This vendor takes a missing body as `{}` and names the member that is missing in it.
    contract::Decoded empty;
    if (const Result<void> read = request.endpoint->decode(*this, request, empty); !read) {
      return render(read.error(), request, reply);
    }
  }
  reply.body.clear();
  const ErrorRow& row = error_rows[static_cast<std::size_t>(error.code)];
  reply.status = row.status;
  reply.content_type = json_type;

  if (any_origin_ && request.method == http::Method::options && error.code == Code::method_not_allowed) {
    // A CORS preflight: allowed from any origin, as in the vendor's default settings.
    reply.status = 200;
    reply.content_type = "text/plain";
    add_cors(reply);
    reply.add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, HEAD, PATCH");
    return;
  }
  add_common_headers(reply);

  if (write_not_found(profile_, error.code, at, reply)) return;
  if (write_file_refusal(*this, error, at, reply)) return;
  const bool no_page =
      row.document == Document::no_path || (row.document == Document::no_method && profile_ == Profile::v8);
  if (no_page) {
    reply.status = 404;
    reply.content_type = "text/plain";
    reply.body.append("404 Not Found");
    return;
  }

  shape::Writer writer(reply.body);
  const std::string_view text = row.text == Wording::fixed ? row.words : std::string_view(error.message);
  if (error.source == by_check) {
    write_mismatch(profile_, error.message, writer);
  } else if (error.source == by_login) {
    write_failed_login(profile_, error.message, writer);
  } else if (error.source == by_handler && profile_ == Profile::v8 && error.code == Code::unknown_field) {
    write_plain(thrown_by_handler(error).vendor, writer);
  } else if (error.source == by_handler) {
    write_thrown(profile_, thrown_by_handler(error), writer);
  } else if (error.source == by_exception) {
    write_thrown(profile_, thrown_as(error.message), writer);
  } else if (error.source == by_mail) {
    write_not_sent(profile_, error.message, writer);
  } else if (error.source == by_name) {
    write_named(profile_, error.message, at, writer);
  } else if (const Named* own = own_name(error.code, at)) {
    own->reason.empty() ? write_named(profile_, own->vendor, at, writer)
                        : write_thrown(profile_, {own->vendor, String(own->reason)}, writer);
  } else if (error.source == by_sort) {
    write_thrown(profile_, {.vendor = "error-invalid-sort", .reason = error.message, .helper = "parseJsonQuery"},
                 writer);
  } else if (error.source == by_schema) {
    write_thrown(Profile::v8, {row.vendor, error.message, {}}, writer);  // 0.70 has no other document for it
  } else if (is_named_only(profile_, row, at)) {
    write_plain(row.vendor, writer);
  } else if (row.document == Document::login || row.document == Document::no_method) {
    if (row.document == Document::no_method) reply.add("Allow", error.detail);
    write_login(text, writer);
  } else if (error.code == Code::rate_limited) {
    write_plain(slow_down(text, error, reply), writer);
  } else if (row.document == Document::plain) {
    write_plain(text, writer);
  } else {
    write_thrown(profile_, {row.vendor, row.text == Wording::none ? String() : String(text), {}}, writer);
  }
  writer.finish();
}

}  // namespace parley::rocketchat
