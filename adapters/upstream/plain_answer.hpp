// Reads the answer that nearly every upstream sends: a plain head with Content-Length, and the whole body with it.
#pragma once

#include "adapters/upstream/response_parser.hpp"

namespace parley::upstream {

/// Reads one answer from the front of `bytes` if it is plain and whole, and returns its size. A plain answer has:
/// - `HTTP/1.1`, a status from 200 to 599 except 204 and 304, and a blank after the status;
/// - a head of at most AnswerParser::max_head bytes and AnswerParser::max_headers headers, in visible ASCII and blanks, without
///   folded lines;
/// - one Content-Length of at most `limit`, and all of that body in `bytes`;
/// - no Content-Encoding but `identity`, no Connection but `close` or `keep-alive`, and none of Transfer-Encoding, Trailer,
///   Proxy-Connection, Upgrade.
///
/// AnswerParser accepts each plain answer, too, with the same Response and the same AnswerEnd. Returns 0 for anything else, also for
/// the beginning of a plain answer: then AnswerParser must judge the same bytes, and the head in `response` means nothing until it does.
/// Not for the answer to HEAD.
[[nodiscard]] std::size_t read_plain_answer(std::string_view bytes, std::uint64_t limit, Response& response,
                                            AnswerEnd& end);

}  // namespace parley::upstream
