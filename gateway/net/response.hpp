// Writes the bytes of a response: head and body into one buffer.
#pragma once

#include <array>
#include <ctime>
#include <string_view>

#include "adapters/http/reply.hpp"

namespace parley::gateway::net {

/// `Sun, 06 Nov 1994 08:49:37 GMT`
using Date = std::array<char, 29>;
[[nodiscard]] Date date_of(std::time_t time) noexcept;

struct ResponseFrame {
  std::string_view date;
  bool http11 = true;  ///< version of the request
  bool keep_alive = true;
  bool head_only = false;  ///< answer to HEAD: the length is told, the body is not sent
};

/// Appends status line, Server, Date, Content-Type, Content-Length, Connection where the version does not imply it, the
/// reply's own headers and the body.
void append_response(const http::Reply& reply, const ResponseFrame& frame, Buffer& out);

}  // namespace parley::gateway::net
