// Reads an upstream's answer, on Boost.Beast's parser with the checks that Beast leaves out and the leniency it lacks.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "adapters/upstream/message.hpp"

namespace parley::upstream {

enum class AnswerState : std::uint8_t { incomplete, complete, failed };

/// What is known of an answer beside the Response itself.
struct AnswerEnd {
  bool reusable = false;          ///< the connection may carry another request: framed, and nobody said close
  bool packed = false;            ///< the body is in gzip
  std::chrono::seconds rest{60};  ///< how long the connection may rest
};

/// One answer's parser. The head has to be whole in the bytes that are given; of the body whatever is there.
class AnswerParser : private boost::beast::http::basic_parser<false> {
 public:
  static constexpr std::size_t max_head = 32 * 1024;
  static constexpr std::size_t max_headers = 128;

  /// `limit`: bytes of the body. `to_head`: the request was HEAD, so there is no body.
  AnswerParser(Response& response, std::uint64_t limit, bool to_head);

  /// Takes bytes off the front; `used` says how many. Call again with the rest and more while incomplete.
  [[nodiscard]] AnswerState parse(std::string_view bytes, std::size_t& used);
  /// The other side has ended orderly.
  [[nodiscard]] AnswerState finish();

  /// An interim answer (1xx) is complete: make a new parser for what follows.
  [[nodiscard]] bool interim() const noexcept { return status_ / 100 == 1; }
  [[nodiscard]] const AnswerEnd& end() const noexcept { return end_; }
  /// After `failed`: why, for the log.
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
  std::size_t overhead_ = 0;      // extensions and trailers: dropped, but not without limit
  std::uint64_t chunk_left_ = 0;  // of the chunk being read
  bool to_head_;
  bool http11_ = false;
  bool chunked_ = false;
  bool in_chunks_ = false;
  bool head_done_ = false;
  AnswerEnd end_;
};

/// Beast wants a blank behind the status, also before an empty reason: whether `bytes` begin with a status line without it, so
/// that one has to be put at `at`.
[[nodiscard]] bool lacks_blank(std::string_view bytes, std::size_t& at) noexcept;

}  // namespace parley::upstream
