// Parses an upstream's answer with Boost.Beast, adding checks that Beast omits and accepting some deviations that it refuses.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "adapters/upstream/message.hpp"

namespace parley::upstream {

enum class AnswerState : std::uint8_t { incomplete, complete, failed };

/// What the parser learns besides the Response.
struct AnswerEnd {
  bool reusable = false;          ///< the connection can carry another request: framed body, and no side says close
  bool packed = false;            ///< the body is gzip
  std::chrono::seconds rest{60};  ///< how long the connection may stay idle
};

/// The idle time that a Keep-Alive header such as `timeout=5, max=100` allows: a second less than the server's, so that it does not
/// close while a request is on its way. An hour if the header names none.
[[nodiscard]] std::chrono::seconds idle_time(std::string_view keep_alive) noexcept;

/// Parses one answer. The first bytes given must contain the whole head; the body may come in parts of any size.
class AnswerParser : private boost::beast::http::basic_parser<false> {
 public:
  static constexpr std::size_t max_head = 32 * 1024;
  static constexpr std::size_t max_headers = 128;
  static constexpr std::size_t usual_head = 256;  ///< room for the headers of most answers

  /// `limit`: the most bytes of the body. `to_head`: the request was HEAD, so there is no body.
  AnswerParser(Response& response, std::uint64_t limit, bool to_head);

  /// Consumes bytes from the front; `used` says how many. While incomplete, call it again with the rest and more bytes.
  [[nodiscard]] AnswerState parse(std::string_view bytes, std::size_t& used);
  /// Call this when the other side has closed in an orderly way.
  [[nodiscard]] AnswerState finish();

  /// After `complete`: it was an interim answer (1xx). Make a new parser for what follows.
  [[nodiscard]] bool interim() const noexcept { return status_ / 100 == 1; }
  [[nodiscard]] const AnswerEnd& end() const noexcept { return end_; }
  /// After `failed`: the reason, for the log.
  [[nodiscard]] std::string_view fault() const noexcept { return fault_; }

 private:
  using Base = boost::beast::http::basic_parser<false>;
  using View = boost::beast::string_view;
  using Ec = boost::beast::error_code;
  using Field = boost::beast::http::field;
  using Verb = boost::beast::http::verb;

  void on_request_impl(Verb, View, View, int, Ec&) override {}
  void on_response_impl(int status, View reason, int version, Ec& ec) override;
  void on_field_impl(Field field, View name, View value, Ec& ec) override;
  void on_header_impl(Ec& ec) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, Ec&) override {}
  std::size_t on_body_impl(View data, Ec& ec) override;
  void on_chunk_header_impl(std::uint64_t size, View extensions, Ec& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t, View data, Ec& ec) override;
  void on_finish_impl(Ec&) override {}

  void refuse(std::string_view fault, Ec& ec);
  void note_field(Field field, std::string_view value, Ec& ec);
  void note_transfer(std::string_view value, Ec& ec);
  void note_packing(std::string_view value, Ec& ec);
  std::size_t add_body(View data, Ec& ec);

  Response& response_;
  std::uint64_t limit_;
  std::string_view fault_;
  int status_ = 0;
  unsigned lengths_ = 0;
  std::size_t headers_ = 0;
  std::size_t overhead_ = 0;      // size of extensions and trailers: they are dropped, but limited
  std::uint64_t chunk_left_ = 0;  // bytes left of the present chunk
  bool to_head_;
  bool http11_ = false;
  bool chunked_ = false;
  bool in_chunks_ = false;
  bool head_done_ = false;
  AnswerEnd end_;
};

/// Beast requires a blank after the status, even before an empty reason. Returns whether `bytes` begin with a status
/// line without it; the blank must then be inserted at `at`.
[[nodiscard]] bool lacks_blank(std::string_view bytes, std::size_t& at) noexcept;

}  // namespace parley::upstream
