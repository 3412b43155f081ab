// The error type of the whole project. An error is made where it occurs, gets the path of its place added by the callers, and is
// rendered by a facade.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "schemas/text.hpp"

namespace parley {

/// What went wrong, independent of vendors. Each facade has a table with a row for every code: status, vendor code, text.
enum class Code : std::uint8_t {
  malformed_request,   ///< the target or a header cannot be understood (bad percent escape, bad UTF-8)
  malformed_body,      ///< the body is not JSON (RFC 8259); `message` names the fault and its line and column
  duplicate_key,       ///< an object of the body has a key twice
  too_deep,            ///< the body nests deeper than the limit
  missing_body,        ///< an endpoint that needs a body got none
  missing_field,       ///< `field` names what is absent
  invalid_field,       ///< `field` names what has the wrong type or value
  unknown_field,       ///< `field` names what the vendor's schema does not allow
  unsupported_media,   ///< the body has a content type that the endpoint does not take
  unsupported_coding,  ///< the body's Content-Encoding is not supported, or the body does not match it
  body_too_large,
  uri_too_long,
  headers_too_large,
  unauthorized,        ///< credentials are missing or wrong
  forbidden,           ///< the credentials are valid but do not allow this
  invalid_callback,    ///< the JSONP callback is not a valid name
  no_such_endpoint,    ///< no route has this path
  method_not_allowed,  ///< the path exists, but not with this method; `detail` lists the allowed methods
  no_such_chat,
  no_such_visitor,
  no_such_agent,
  no_such_contact,
  no_such_message,
  no_such_department,
  no_such_offline_message,
  no_such_file,
  not_the_visitors_chat,    ///< the chat belongs to another visitor, or has ended
  not_the_authors_message,  ///< somebody else wrote the message
  message_exists,           ///< a message with this id has another author or content
  chat_ended,               ///< the chat has ended, and takes nothing more
  chat_taken,               ///< another agent has the chat
  visitor_has_open_chat,    ///< a visitor with an open chat is not deleted
  contact_has_open_chat,    ///< a contact with an open chat is not deleted
  identity_taken,           ///< another contact is known by this value
  no_contact_conflicts,     ///< the contact has no conflicting values
  transcript_requested,     ///< somebody has asked for a copy of the chat already
  no_transcript_request,    ///< nobody has asked for a copy of the chat
  lossy,                    ///< the route is `lossless`, and the answer or the upstream call cannot carry `field`
  unsupported_operation,    ///< the backend of the route does not support the operation
  unavailable,              ///< the gateway is stopping, or the store does not answer; try again
  rate_limited,             ///< too many calls, by our limit or an upstream's; `retry_after` may be set
  upstream_unreachable,     ///< no connection: refused, unknown host, untrusted TLS, or known to be down
  upstream_timeout,         ///< the upstream took too long
  upstream_failed,          ///< the upstream answered with an error, or not as its API says
  upstream_denied,          ///< the upstream does not accept the configured credentials
  answer_too_large,         ///< the answer exceeds the gateway's limit; the client may ask for less
  loop_detected,            ///< the request came back: a backend's `url` leads to this process
  internal,
};

/// The number of codes, and so of the rows of a facade's table.
inline constexpr std::size_t code_count = static_cast<std::size_t>(Code::internal) + 1;

/// The part of the program that made an error. The log prints its name, and a facade can tell its own errors by it. A source is a
/// constant, declared in the header of a folder, so a misspelt one does not compile.
class Source {
 public:
  /// The gateway itself.
  constexpr Source() noexcept = default;
  /// `name` is a string literal, so it lives as long as the program.
  template <std::size_t size>
  consteval explicit Source(const char (&name)[size]) noexcept : name_(name) {}

  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }
  friend constexpr bool operator==(Source, Source) noexcept = default;

 private:
  std::string_view name_ = "gateway";
};

/// `message` may reach the client; `detail` goes only to the log. `field` is a path such as `visitor.customFields[2].key`, or empty if
/// the error is not about one field. `source` is the part that made the error.
struct Error {
  Code code = Code::internal;
  String message{};
  String field{};
  String detail{};
  Source source{};
  bool retryable = false;
  int retry_after = 0;  ///< seconds; 0 = not known
};

/// Adds `prefix` in front of `field`: `[2].key` within `customFields` becomes `customFields[2].key`.
inline Error within(std::string_view prefix, Error error) {
  if (error.field.empty() || error.field.front() == '[') {
    error.field.insert(0, prefix);
  } else {
    error.field.insert(0, String(prefix) + '.');
  }
  return error;
}

template <class T = void>
using Result = boost::system::result<T, Error>;

/// boost::system::result calls this when value() is called on an error. That is a bug of the program, never a client's fault.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error("unchecked error: " + error.message + ' ' + error.detail);
}

}  // namespace parley
