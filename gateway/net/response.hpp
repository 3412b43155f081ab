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
/// reply's own headers and the body. Of a reply with a source, the head alone: its body follows in chunks, or in HTTP/1.0 up to the end of
/// the connection, which must not be kept then.
void append_response(const http::Reply& reply, const ResponseFrame& frame, Buffer& out);

/// Appends room for a chunk's size to `out`; its data goes behind it. Returns where the room is.
std::size_t begin_chunk(Buffer& out);
/// Completes a chunk with the data that `out` has behind `begin_chunk`; one without data is taken back, as it would end the body.
void end_chunk(Buffer& out, std::size_t begun);
/// What ends a body in chunks.
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

}  // namespace parley::gateway::net
