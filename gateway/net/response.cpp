// Serialises a response; see response.hpp.
#include "gateway/net/response.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace parley::gateway::net {
namespace {

std::string_view reason(int status) noexcept {
  switch (status) {
    case 101:
      return "101 Switching Protocols";
    case 200:
      return "200 OK";
    case 201:
      return "201 Created";
    case 202:
      return "202 Accepted";
    case 204:
      return "204 No Content";
    case 304:
      return "304 Not Modified";
    case 400:
      return "400 Bad Request";
    case 401:
      return "401 Unauthorized";
    case 403:
      return "403 Forbidden";
    case 404:
      return "404 Not Found";
    case 405:
      return "405 Method Not Allowed";
    case 406:
      return "406 Not Acceptable";
    case 408:
      return "408 Request Timeout";
    case 409:
      return "409 Conflict";
    case 413:
      return "413 Content Too Large";
    case 414:
      return "414 URI Too Long";
    case 415:
      return "415 Unsupported Media Type";
    case 417:
      return "417 Expectation Failed";
    case 422:
      return "422 Unprocessable Content";
    case 429:
      return "429 Too Many Requests";
    case 431:
      return "431 Request Header Fields Too Large";
    case 500:
      return "500 Internal Server Error";
    case 501:
      return "501 Not Implemented";
    case 502:
      return "502 Bad Gateway";
    case 503:
      return "503 Service Unavailable";
    case 504:
      return "504 Gateway Timeout";
    case 505:
      return "505 HTTP Version Not Supported";
    case 508:
      return "508 Loop Detected";
    default:
      return {};
  }
}

constexpr std::string_view room_for_size = "00000000\r\n";  // of a chunk

char* put(char* to, std::string_view text) noexcept {
  if (text.empty()) return to;
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

char* put(char* to, std::size_t number) noexcept { return std::to_chars(to, to + 20, number).ptr; }

}  // namespace

Date date_of(std::time_t time) noexcept {
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&time, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)],
                utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  Date date;
  std::copy_n(text.begin(), date.size(), date.begin());
  return date;
}

void append_response(const http::Reply& reply, const ResponseFrame& frame, Buffer& out) {
  constexpr std::size_t fixed = 256;  // more than all constant parts of a head
  const std::string_view body = reply.body.view();
  const bool may_have_body = reply.status != 101 && reply.status != 204 && reply.status != 304;
  const bool send_body = may_have_body && !frame.head_only;
  char* const begin =
      out.prepare(fixed + reply.content_type.size() + reply.headers().size() + (send_body ? body.size() : 0));
  char* at = put(begin, "HTTP/1.1 ");
  const std::string_view known = reason(reply.status);
  if (known.empty()) {
    at = put(at, static_cast<std::size_t>(reply.status));
    *at++ = ' ';
  } else {
    at = put(at, known);
  }
  at = put(at, "\r\nServer: parley\r\nDate: ");
  at = put(at, frame.date);
  if (!reply.content_type.empty()) {
    at = put(at, "\r\nContent-Type: ");
    at = put(at, reply.content_type);
  }
  if (reply.source != nullptr) {
    if (reply.length) {
      at = put(at, "\r\nContent-Length: ");
      at = put(at, static_cast<std::size_t>(*reply.length));
    } else if (frame.http11) {
      at = put(at, "\r\nTransfer-Encoding: chunked");
    }
  } else if (may_have_body) {
    at = put(at, "\r\nContent-Length: ");
    at = put(at, body.size());
  }
  if (reply.upgrade != nullptr) {
    at = put(at, "\r\nConnection: Upgrade");
  } else if (!frame.keep_alive) {
    at = put(at, "\r\nConnection: close");
  } else if (!frame.http11) {
    at = put(at, "\r\nConnection: keep-alive");
  }
  at = put(at, "\r\n");
  at = put(at, reply.headers());
  at = put(at, "\r\n");
  if (send_body) at = put(at, body);
  out.commit(static_cast<std::size_t>(at - begin));
}

std::size_t begin_chunk(Buffer& out) {
  const std::size_t begun = out.size();
  out.append(room_for_size);
  return begun;
}

void end_chunk(Buffer& out, std::size_t begun) {
  std::size_t size = out.size() - begun - room_for_size.size();
  if (size == 0) return out.truncate(begun);
  char* const digits = out.data() + begun;
  for (char* at = digits + 8; size != 0; size /= 16) *--at = "0123456789abcdef"[size % 16];
  out.append("\r\n");
}

}  // namespace parley::gateway::net
