// Beast accepts requests that another server would read differently (request smuggling). They are refused here, when Beast
// reports the field, before anything uses the head.
#include "gateway/net/request_parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>

#include "adapters/http/chunks.hpp"
#include "adapters/http/header_list.hpp"
#include "gateway/route/target.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::net {
namespace {

namespace beast_http = boost::beast::http;

std::string_view view(boost::beast::string_view text) noexcept { return {text.data(), text.size()}; }

http::Method method_of(beast_http::verb verb) noexcept {
  switch (verb) {
    case beast_http::verb::get:
      return http::Method::get;
    case beast_http::verb::head:
      return http::Method::head;
    case beast_http::verb::post:
      return http::Method::post;
    case beast_http::verb::put:
      return http::Method::put;
    case beast_http::verb::patch:
      return http::Method::patch;
    case beast_http::verb::delete_:
      return http::Method::del;
    case beast_http::verb::options:
      return http::Method::options;
    default:
      return http::Method::other;
  }
}

/// Whether there is a line feed without a carriage return before it. More bytes would not make it valid.
bool has_bare_lf(std::string_view bytes) noexcept {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
    if (at == 0 || bytes[at - 1] != '\r') return true;
  }
  return false;
}

}  // namespace

bool names_a_version(std::string_view bytes) noexcept {
  const std::string_view line = bytes.substr(0, bytes.find("\r\n"));
  constexpr std::size_t size = std::string_view("HTTP/1.1").size();
  if (line.size() < size + 4 || std::count(line.begin(), line.end(), ' ') != 2) return false;
  const std::string_view version = line.substr(line.size() - size);
  return line[line.size() - size - 1] == ' ' && version.starts_with("HTTP/") && ascii::is_digit(version[5]) &&
         version[6] == '.' && ascii::is_digit(version[7]);
}

void Head::clear() noexcept {
  List<http::Header> kept = std::move(headers);
  kept.clear();
  *this = Head{};
  headers = std::move(kept);
}

RequestParser::RequestParser(const HeadLimits& limits, Head& head) : limits_(limits), head_(head) {
  header_limit(static_cast<std::uint32_t>(limits.bytes));
  Base::body_limit(boost::none);  // BodyReader limits the body: Beast would refuse before the head is known
  eager(false);
}

HeadState RequestParser::parse_head(std::string_view bytes) {
  head_.clear();
  bytes_ = bytes;
  Ec ec;
  head_.size = put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
  if (!ec) return head_.size <= limits_.bytes ? HeadState::complete : too_large();
  // The answer to HEAD has no body, even if the head is malformed (RFC 9110, 9.3.2).
  if (bytes.starts_with("HEAD ")) head_.method = http::Method::head;
  if (ec == beast_http::error::need_more && bytes.size() < limits_.bytes) {
    if (!has_bare_lf(bytes)) return HeadState::incomplete;
    head_.fault = "malformed request head";
    return HeadState::malformed;
  }
  if (ec == beast_http::error::need_more || ec == beast_http::error::header_limit) return too_large();
  if (ec == beast_http::error::bad_version && names_a_version(bytes)) {
    head_.fault = "HTTP version not supported";
    return HeadState::bad_version;
  }
  if (head_.fault.empty()) head_.fault = "malformed request head";
  return refusal_;
}

HeadState RequestParser::too_large() {
  head_.fault = "request head too large";
  if (!head_.target.empty()) return HeadState::too_large;
  // Even the request line does not fit, so the target is too long. Its beginning selects the route that renders the error.
  const std::size_t blank = std::min(bytes_.find(' '), bytes_.size() - 1);
  head_.target = bytes_.substr(blank + 1, limits_.target);
  head_.fault = "request target too long";
  return HeadState::target_too_long;
}

void RequestParser::refuse(HeadState state, std::string_view fault, Ec& ec) {
  refusal_ = state;
  head_.fault = fault;
  ec = beast_http::error::bad_value;
}

void RequestParser::on_request_impl(Verb verb, View, View target, int version, Ec& ec) {
  head_.method = method_of(verb);
  head_.target = view(target);
  head_.http11 = version == 11;
  if (head_.target.size() > limits_.target) {
    // The rest of the head is not parsed. So the Host header is unknown, and a route without `host` renders the error.
    refuse(HeadState::target_too_long, "request target too long", ec);
  }
}

void RequestParser::on_field_impl(Field field, View name, View value, Ec& ec) {
  // Detects folding: the value is a copy outside the buffer, or begins on a later line than its name.
  const char* behind = name.data() + name.size();
  const bool inside = value.data() >= bytes_.data() && value.data() + value.size() <= bytes_.data() + bytes_.size();
  if (!inside ||
      std::string_view(behind, static_cast<std::size_t>(value.data() - behind)).find('\n') != std::string_view::npos) {
    return refuse(HeadState::malformed, "folded header", ec);
  }
  if (in_body_) {  // drops a trailer
    overhead_ += name.size() + value.size();
    if (overhead_ > http::max_chunk_overhead) ec = beast_http::error::header_limit;
    return;
  }
  if (head_.headers.size() == limits_.headers) return refuse(HeadState::too_large, "too many headers", ec);
  head_.headers.push_back({view(name), view(value)});
  if (field != Field::unknown) note_field(field, view(value), ec);
}

void RequestParser::note_field(Field field, std::string_view value, Ec& ec) {
  switch (field) {
    case Field::transfer_encoding:
      if (chunked_) return refuse(HeadState::malformed, "two Transfer-Encoding headers", ec);
      if (!head_.http11) return refuse(HeadState::malformed, "Transfer-Encoding in HTTP/1.0", ec);
      if (!ascii::same_ignoring_case(value, "chunked")) {
        return refuse(HeadState::malformed, "unknown Transfer-Encoding", ec);
      }
      chunked_ = true;
      break;
    case Field::content_length:
      if (++lengths_ > 1 || value.find(',') != std::string_view::npos) {
        return refuse(HeadState::malformed, "more than one Content-Length", ec);
      }
      break;
    case Field::host:
      if (++hosts_ > 1) return refuse(HeadState::malformed, "more than one Host header", ec);
      if (!value.empty() && !route::is_authority(value))
        return refuse(HeadState::malformed, "malformed Host header", ec);
      head_.host = value;
      break;
    case Field::connection:  // Beast prefers keep-alive to close in HTTP/1.0, against RFC 9112, 9.3
      if (!head_.http11) note_connection(value);
      break;
    case Field::content_encoding:
      head_.coded = true;
      break;
    case Field::expect:
      note_expectations(value, ec);
      break;
    case Field::via:
      head_.has_via = true;
      break;
    default:
      break;
  }
}

void RequestParser::note_connection(std::string_view value) {
  http::HeaderList options(value);
  while (const std::optional<std::string_view> option = options.next()) {
    closes_ = closes_ || ascii::same_ignoring_case(*option, "close");
  }
}

void RequestParser::note_expectations(std::string_view value, Ec& ec) {
  http::HeaderList expectations(value);
  while (const std::optional<std::string_view> one = expectations.next()) {
    if (!ascii::same_ignoring_case(*one, "100-continue")) {
      return refuse(HeadState::bad_expectation, "unknown expectation", ec);
    }
    head_.expects_continue = head_.http11;
  }
}

void RequestParser::on_header_impl(Ec& ec) {
  if (chunked_ && lengths_ != 0) return refuse(HeadState::malformed, "Transfer-Encoding with Content-Length", ec);
  if (head_.http11 && hosts_ == 0) return refuse(HeadState::malformed, "no Host header", ec);
  head_.keep_alive = keep_alive() && !closes_;
  if (chunked_) {
    head_.framing = Framing::chunked;
  } else if (lengths_ != 0 && content_length().value_or(0) != 0) {
    head_.framing = Framing::length;
    head_.content_length = *content_length();
  }
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, View extensions, Ec& ec) {
  overhead_ += extensions.size();
  if (overhead_ > http::max_chunk_overhead) {
    ec = beast_http::error::header_limit;
  } else if (!http::are_extensions(view(extensions))) {
    ec = beast_http::error::bad_chunk_extension;
  } else if (size > body_limit_ - std::min<std::uint64_t>(body_limit_, body_->size())) {
    body_too_large_ = true;
    ec = beast_http::error::body_limit;
  }
  data_left_ = size;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View data, Ec&) {
  body_->append(view(data));
  data_left_ -= data.size();
  return data.size();
}

BodyState RequestParser::parse_chunks(std::string_view bytes, std::size_t& used, Buffer& body, std::uint64_t limit) {
  in_body_ = true;
  body_ = &body;
  body_limit_ = limit;
  used = 0;
  while (!is_done()) {
    Ec ec;
    const std::string_view rest = bytes.substr(used);
    // Nothing complete between chunks is shorter than `0\r\n\r\n`. Beast asserts that it is not called again with less.
    if (rest.size() < (data_left_ == 0 ? 5U : 1U)) return BodyState::incomplete;
    bytes_ = rest;
    used += put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
    if (ec == beast_http::error::need_more) {
      const bool between = data_left_ == 0 && has_bare_lf(bytes.substr(used));
      return between ? BodyState::malformed : BodyState::incomplete;
    }
    if (ec) return body_too_large_ ? BodyState::too_large : BodyState::malformed;
  }
  return BodyState::complete;
}

}  // namespace parley::gateway::net
