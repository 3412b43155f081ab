// The one error of the house: made where it happens, prefixed with its place on the way up, rendered by a facade.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "schemas/text.hpp"

namespace parley {

/// What went wrong, in the words of the gateway. Each facade has a table over all of them (status, vendor code, text).
enum class Code : std::uint8_t {
  malformed_request,   ///< the target or a header cannot be understood (bad percent escape, bad UTF-8)
  malformed_body,      ///< the body is not JSON as RFC 8259 has it; `message` says what and at which byte
  duplicate_key,       ///< an object of the body has one key twice
  too_deep,            ///< the body nests deeper than the limit
  missing_body,        ///< an endpoint that needs a body got none
  missing_field,       ///< `field` names what is absent
  invalid_field,       ///< `field` names what has the wrong type or value
  unknown_field,       ///< `field` names what the vendor's schema does not allow
  unsupported_media,   ///< a body in another content type
  unsupported_coding,  ///< a body in a Content-Encoding that is not read, or that is not what its label says
  body_too_large,
  uri_too_long,
  headers_too_large,
  unauthorized,        ///< no or wrong credentials
  forbidden,           ///< credentials are good, but not for this
  invalid_callback,    ///< a JSONP callback that is no name
  no_such_endpoint,    ///< no route has this path
  method_not_allowed,  ///< the path is there, the method is not; `detail` lists the allowed ones
  no_such_chat,
  no_such_visitor,
  no_such_agent,
  no_such_contact,
  not_the_visitors_chat,  ///< the chat is another visitor's, or over
  lossy,                  ///< the route is `lossless` and the answer cannot carry `field`
  unsupported_operation,  ///< the backend of the route cannot do this
  unavailable,            ///< stopping, or the store does not answer; try again
  rate_limited,           ///< too many calls, here or by the word of an upstream; `retry_after` may say for how long
  upstream_unreachable,   ///< no connection: refused, no such host, TLS not trusted, or known to be down
  upstream_timeout,       ///< the upstream took too long
  upstream_failed,        ///< the upstream answered with an error of its own, or with what is no answer of its API
  upstream_denied,        ///< the upstream does not accept the credentials of the configuration
  answer_too_large,       ///< the answer would be larger than the gateway gives; less may be asked for
  loop_detected,          ///< the request has been here before: the url of a backend leads back to this process
  internal,
};

/// Number of codes; a facade's table has that many rows.
inline constexpr std::size_t code_count = static_cast<std::size_t>(Code::internal) + 1;

/// `message` may reach the client; `detail` never does (log only). `field` is a dotted path such as
/// `visitor.customFields[2].key`, empty where no single field is to blame. `source` says which part refused.
struct Error {
  Code code = Code::internal;
  String message{};
  String field{};
  String detail{};
  std::string_view source = "gateway";
  bool retryable = false;
  int retry_after = 0;  ///< seconds; 0 = not known
};

/// Puts `prefix` in front of the place: `[2].key` under `customFields` is `customFields[2].key`.
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

/// boost::system::result asks for this when value() is called on an error: a bug of ours, never a client's fault.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error("unchecked error: " + error.message + ' ' + error.detail);
}

}  // namespace parley
