// Parses the head of a request and its chunked body, with Boost.Beast and the checks that Beast does not make.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <string_view>

#include "adapters/http/request.hpp"
#include "schemas/buffer.hpp"

namespace parley::gateway::net {

struct HeadLimits {
  std::size_t bytes = 16 * 1024;
  std::size_t target = 8 * 1024;
  std::size_t headers = 128;
};

enum class HeadState : std::uint8_t {
  complete,
  incomplete,       ///< more bytes are needed; nothing wrong so far
  malformed,        ///< 400; `fault` says why
  bad_version,      ///< 505
  bad_expectation,  ///< 417
  too_large,        ///< 431
  target_too_long,  ///< 414
};

enum class Framing : std::uint8_t { none, length, chunked };

/// A parsed head. The views point into the parsed bytes. A refused head holds what was parsed before the fault.
struct Head {
  http::Method method = http::Method::other;
  Framing framing = Framing::none;
  bool http11 = true;
  bool keep_alive = false;  ///< what the request asked for
  bool expects_continue = false;
  bool coded = false;    ///< there is a Content-Encoding
  bool has_via = false;  ///< there is a Via header
  std::string_view target;
  std::string_view host;  ///< value of the Host header
  std::uint64_t content_length = 0;
  std::size_t size = 0;  ///< bytes of the head with its empty line
  std::string_view fault;
  List<http::Header> headers;

  void clear() noexcept;
};

/// State of a chunked body.
enum class BodyState : std::uint8_t { complete, incomplete, malformed, too_large };

/// Whether the request line has the form `METHOD target HTTP/d.d`, so that only its version may be wrong.
[[nodiscard]] bool names_a_version(std::string_view bytes) noexcept;

/// The parser of one request: `parse_head`, then `parse_chunks` if the body is chunked. Make a new one for each attempt at a
/// head.
class RequestParser : private boost::beast::http::basic_parser<true> {
 public:
  RequestParser(const HeadLimits& limits, Head& head);

  /// Parses a head at the beginning of `bytes`, and nothing behind it. After `incomplete`, start again with a new parser and
  /// more bytes.
  [[nodiscard]] HeadState parse_head(std::string_view bytes);

  /// Decodes chunks at the beginning of `bytes`, appends their data to `body` and sets `used` to the number of bytes consumed.
  /// Drops trailers and chunk extensions. After `incomplete`, call it again with the unused bytes and more. `limit`: the
  /// largest body, in bytes.
  [[nodiscard]] BodyState parse_chunks(std::string_view bytes, std::size_t& used, Buffer& body, std::uint64_t limit);

 private:
  using Base = boost::beast::http::basic_parser<true>;
  using View = boost::beast::string_view;
  using Ec = boost::beast::error_code;
  using Field = boost::beast::http::field;
  using Verb = boost::beast::http::verb;

  void on_request_impl(Verb verb, View method, View target, int version, Ec& ec) override;
  void on_response_impl(int, View, int, Ec&) override {}
  void on_field_impl(Field field, View name, View value, Ec& ec) override;
  void on_header_impl(Ec& ec) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, Ec&) override {}
  std::size_t on_body_impl(View, Ec&) override { return 0; }
  void on_chunk_header_impl(std::uint64_t size, View extensions, Ec& ec) override;
  std::size_t on_chunk_body_impl(std::uint64_t, View data, Ec& ec) override;
  void on_finish_impl(Ec&) override {}

  HeadState too_large();
  void refuse(HeadState state, std::string_view fault, Ec& ec);
  void note_field(Field field, std::string_view value, Ec& ec);
  void note_connection(std::string_view value);
  void note_expectations(std::string_view value, Ec& ec);

  const HeadLimits& limits_;
  Head& head_;
  std::string_view bytes_;
  HeadState refusal_ = HeadState::malformed;
  unsigned hosts_ = 0;
  unsigned lengths_ = 0;
  bool chunked_ = false;
  bool closes_ = false;
  bool in_body_ = false;
  bool body_too_large_ = false;
  std::size_t overhead_ = 0;     // bytes of extensions and trailers, which are dropped up to a limit
  std::uint64_t data_left_ = 0;  // of the chunk being read
  Buffer* body_ = nullptr;
  std::uint64_t body_limit_ = 0;
};

}  // namespace parley::gateway::net
