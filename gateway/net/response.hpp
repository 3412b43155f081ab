// Serialises a response into a buffer.
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
  bool http11 = true;  ///< the version of the request
  bool keep_alive = true;
  bool head_only = false;  ///< answer to HEAD: has the length but no body
};

/// Appends the status line, Server, Date, Content-Type, Content-Length, the reply's own headers and the body. Appends
/// Connection if the version does not imply it. For a reply with a source it appends the head only. The body follows in chunks;
/// in HTTP/1.0 it ends with the connection, so `keep_alive` must be false.
void append_response(const http::Reply& reply, const ResponseFrame& frame, Buffer& out);

/// Appends a placeholder for a chunk's size; append the chunk's data behind it. Returns the offset of the placeholder.
std::size_t begin_chunk(Buffer& out);
/// Completes the chunk that began at `begun`. Removes a chunk without data, since it would end the body.
void end_chunk(Buffer& out, std::size_t begun);
/// The end of a chunked body.
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace parley::gateway::net
