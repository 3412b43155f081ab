// Reads the head that nearly every client sends.
#pragma once

#include "gateway/net/request_parser.hpp"

namespace parley::gateway::net {

/// Reads the head at the front of `bytes` if it is plain and whole. A plain head has:
/// - a method of http::Method, a target, and `HTTP/1.1`, with one blank between them;
/// - fewer bytes, at most as many headers, and a target of at most as many bytes as `limits` allows; visible ASCII and blanks only, and no
///   folded lines;
/// - one Host, at most one Content-Length, no Connection but `close` or `keep-alive`, and none of Transfer-Encoding, Expect, Upgrade,
///   Proxy-Connection, Trailer.
///
/// RequestParser accepts each plain head, too, with the same Head. Returns false for anything else, also for the beginning of a plain head:
/// then RequestParser must judge the same bytes, and `head` means nothing until it does.
[[nodiscard]] bool read_plain_head(std::string_view bytes, const HeadLimits& limits, Head& head);

}  // namespace parley::gateway::net
