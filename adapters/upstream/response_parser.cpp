// Readers of HTTP can disagree where an answer ends. So an answer is refused unless its framing has one clear meaning.
// The checks are made in Beast's callbacks.
#include "adapters/upstream/response_parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <charconv>

#include "adapters/http/chunks.hpp"
#include "adapters/http/header_list.hpp"
#include "schemas/ascii.hpp"

namespace parley::upstream {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::uint64_t reserved_at_most = 256 * 1024;  // reserved for a Content-Length, before any byte has come

std::string_view view(boost::beast::string_view text) noexcept { return {text.data(), text.size()}; }

}  // namespace

std::chrono::seconds idle_time(std::string_view keep_alive) noexcept {
  unsigned seconds = 3600;
  http::HeaderList members(keep_alive);
  while (const std::optional<std::string_view> member = members.next()) {
    const std::size_t sign = std::min(member->find('='), member->size());
    if (!ascii::same_ignoring_case(http::without_blanks(member->substr(0, sign)), "timeout")) continue;
    const std::string_view number = http::without_blanks(member->substr(std::min(sign + 1, member->size())));
    std::from_chars(number.data(), number.data() + number.size(), seconds);
  }
  return std::chrono::seconds(seconds == 0 ? 0 : seconds - 1);
}

bool lacks_blank(std::string_view bytes, std::size_t& at) noexcept {
  at = std::string_view("HTTP/1.1 200").size();
  return bytes.size() > at && bytes.starts_with("HTTP/1.") && bytes[at] == '\r';
}

AnswerParser::AnswerParser(Response& response, std::uint64_t limit, bool to_head)
    : response_(response), limit_(limit), to_head_(to_head) {
  header_limit(static_cast<std::uint32_t>(max_head));
  Base::body_limit(boost::none);  // add_body counts instead
  eager(true);
  skip(to_head);
}

AnswerState AnswerParser::parse(std::string_view bytes, std::size_t& used) {
  used = 0;
  while (!is_done()) {
    const std::string_view rest = bytes.substr(used);
    // Between chunks, no complete element is shorter than `0\r\n\r\n`. Beast fails an assertion if it is called again with fewer bytes.
    if (rest.size() < (in_chunks_ && chunk_left_ == 0 ? 5U : 1U)) return AnswerState::incomplete;
    Ec ec;
    used += put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
    if (ec == beast_http::error::need_more) {
      if (in_chunks_ && chunk_left_ == 0 && bytes.size() - used > http::max_chunk_overhead) {
        fault_ = "chunk extensions or trailers too large";
        return AnswerState::failed;
      }
      return AnswerState::incomplete;
    }
    if (ec) {
      if (fault_.empty()) fault_ = ec == beast_http::error::header_limit ? "head too large" : "malformed HTTP";
      return AnswerState::failed;
    }
  }
  return AnswerState::complete;
}

AnswerState AnswerParser::finish() {
  Ec ec;
  if (got_some()) {
    put_eof(ec);
    if (!ec) return AnswerState::complete;
  }
  fault_ = "cut off";
  return AnswerState::failed;
}

void AnswerParser::refuse(std::string_view fault, Ec& ec) {
  fault_ = fault;
  ec = beast_http::error::bad_value;
}

void AnswerParser::on_response_impl(int status, View, int version, Ec& ec) {
  status_ = status;
  http11_ = version == 11;
  response_.status = status;
  response_.head.clear();
  response_.body.clear();
  if (status < 100 || status > 599) refuse("status out of range", ec);
  if (status == 101) refuse("switching protocols unasked", ec);
}

void AnswerParser::on_field_impl(Field field, View name, View value, Ec& ec) {
  if (head_done_) {  // a trailer: dropped
    overhead_ += name.size() + value.size();
    if (overhead_ > http::max_chunk_overhead) refuse("trailers too large", ec);
    return;
  }
  switch (field) {
    case Field::transfer_encoding:
    case Field::content_length:
    case Field::content_encoding:
      return note_field(field, view(value), ec);
    case Field::keep_alive:
      end_.rest = std::min(end_.rest, idle_time(view(value)));
      return;
    case Field::connection:
    case Field::proxy_connection:
    case Field::trailer:
      return;  // about the connection, not about the answer
    default:
      break;
  }
  if (headers_++ == max_headers) return refuse("too many headers", ec);
  if (response_.head.empty()) response_.head.reserve(usual_head);
  response_.add_header(view(name), view(value));
}

void AnswerParser::note_field(Field field, std::string_view value, Ec& ec) {
  if (field == Field::content_length) {
    if (++lengths_ > 1 || !ascii::all_digits(value)) return refuse("malformed Content-Length", ec);
  } else if (field == Field::transfer_encoding) {
    note_transfer(value, ec);
  } else {
    note_packing(value, ec);
  }
}

void AnswerParser::note_transfer(std::string_view value, Ec& ec) {
  http::HeaderList codings(value);
  const std::string_view only = codings.next().value_or("");
  if (chunked_ || !http11_ || !ascii::same_ignoring_case(only, "chunked") || codings.next()) {
    return refuse("unknown Transfer-Encoding", ec);
  }
  chunked_ = true;
}

void AnswerParser::note_packing(std::string_view value, Ec& ec) {
  http::HeaderList codings(value);
  while (const std::optional<std::string_view> coding = codings.next()) {
    if (ascii::same_ignoring_case(*coding, "identity")) continue;
    if (!ascii::same_ignoring_case(*coding, "gzip") && !ascii::same_ignoring_case(*coding, "x-gzip")) {
      return refuse("unknown Content-Encoding", ec);
    }
    if (end_.packed) return refuse("packed twice", ec);
    end_.packed = true;
  }
}

void AnswerParser::on_header_impl(Ec& ec) {
  head_done_ = true;
  if (chunked_ && lengths_ != 0) return refuse("Transfer-Encoding with Content-Length", ec);
  if (chunked_ != chunked()) return refuse("unknown Transfer-Encoding", ec);  // Beast read the list differently
  const bool bodiless = to_head_ || status_ / 100 == 1 || status_ == 204 || status_ == 304;
  in_chunks_ = chunked_ && !bodiless;
  end_.reusable = keep_alive() && (bodiless || chunked_ || lengths_ != 0);
  if (bodiless) {
    end_.packed = false;
    return;
  }
  const std::uint64_t length = content_length().value_or(0);
  if (length > limit_) return refuse("body too large", ec);
  response_.body.reserve(std::min(length, reserved_at_most));
}

std::size_t AnswerParser::add_body(View data, Ec& ec) {
  if (data.size() > limit_ - std::min<std::uint64_t>(limit_, response_.body.size())) {
    refuse("body too large", ec);
    return 0;
  }
  response_.body.append(data.data(), data.size());
  return data.size();
}

std::size_t AnswerParser::on_body_impl(View data, Ec& ec) { return add_body(data, ec); }

void AnswerParser::on_chunk_header_impl(std::uint64_t size, View extensions, Ec& ec) {
  overhead_ += extensions.size();
  if (overhead_ > http::max_chunk_overhead) return refuse("chunk extensions too large", ec);
  if (!http::are_extensions(view(extensions))) return refuse("control byte in a chunk extension", ec);
  if (size > limit_) return refuse("body too large", ec);
  chunk_left_ = size;
}

std::size_t AnswerParser::on_chunk_body_impl(std::uint64_t, View data, Ec& ec) {
  chunk_left_ -= data.size();
  return add_body(data, ec);
}

}  // namespace parley::upstream
