// One request to an admin listener, on Beast; see client.hpp.
#include "gateway/admin/client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <exception>

namespace parley::gateway::admin {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;

constexpr std::chrono::seconds patience{60};
constexpr std::size_t most_answer = 1024 * 1024;

/// The address to connect to for a listener's address: loopback if it listens on all interfaces.
tcp::endpoint address_of(const config::Endpoint& endpoint) {
  boost::system::error_code unknown;
  asio::ip::address address = asio::ip::make_address(endpoint.host, unknown);
  if (unknown || address == asio::ip::address_v4::any()) address = asio::ip::address_v4::loopback();
  if (address == asio::ip::address_v6::any()) address = asio::ip::address_v6::loopback();
  return {address, endpoint.port};
}

asio::awaitable<void> exchange(tcp::endpoint to, beast_http::request<beast_http::string_body>& request, Reply& reply) {
  boost::beast::tcp_stream stream(co_await asio::this_coro::executor);
  stream.expires_after(patience);
  co_await stream.async_connect(to, asio::use_awaitable);
  co_await beast_http::async_write(stream, request, asio::use_awaitable);
  boost::beast::flat_buffer buffer;
  beast_http::response_parser<beast_http::string_body> parser;
  parser.body_limit(most_answer);
  co_await beast_http::async_read(stream, buffer, parser, asio::use_awaitable);
  reply.status = static_cast<int>(parser.get().result_int());
  reply.body = std::move(parser.get().body());
}

}  // namespace

Result<Reply> post(const config::Endpoint& endpoint, const String& target, const String& token, String body) {
  beast_http::request<beast_http::string_body> request(beast_http::verb::post, target, 11);
  const tcp::endpoint to = address_of(endpoint);
  // Host is the address: without a token the listener accepts no other name.
  request.set(beast_http::field::host,
              config::Endpoint{.host = to.address().to_string(), .port = to.port(), .mark = {}}.text());
  request.set(beast_http::field::user_agent, "parley/" PARLEY_VERSION);
  if (!token.empty()) request.set(beast_http::field::authorization, "Bearer " + token);
  request.body() = std::move(body);
  request.prepare_payload();

  Reply reply;
  asio::io_context context(1);
  std::exception_ptr failure;
  asio::co_spawn(context, exchange(to, request, reply), [&failure](std::exception_ptr thrown) { failure = thrown; });
  context.run();
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    const auto* system = dynamic_cast<const boost::system::system_error*>(&error);
    return Error{.code = Code::unavailable,
                 .message = "the admin listener at " + endpoint.text() +
                            " does not answer: " + (system != nullptr ? system->code().message() : error.what())};
  }
  return reply;
}

}  // namespace parley::gateway::admin
