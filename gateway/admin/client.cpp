// One request to an admin listener, on Beast; see client.hpp.
#include "gateway/admin/client.hpp"

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>

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

/// Reads the answer to the end of the connection. Errors: what the connection or the parser says.
boost::system::error_code read(tcp::iostream& stream, Reply& reply) {
  beast_http::response_parser<beast_http::string_body> parser;
  parser.body_limit(most_answer);
  parser.eager(true);
  boost::system::error_code error;
  String text;
  std::array<char, 4096> chunk;
  while (!parser.is_done()) {
    stream.read(chunk.data(), chunk.size());
    text.append(chunk.data(), static_cast<std::size_t>(stream.gcount()));
    const std::size_t used = parser.put(asio::buffer(text), error);
    text.erase(0, used);
    if (error && error != beast_http::error::need_more) return error;
    if (parser.is_done() || stream) continue;
    // The stream is at its end after any error, too.
    if (stream.error() && stream.error() != asio::error::eof) return stream.error();
    parser.put_eof(error);  // an error unless the end ends the body
    if (error) return error;
  }
  reply.status = static_cast<int>(parser.get().result_int());
  reply.body = std::move(parser.get().body());
  return {};
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
  request.keep_alive(false);
  request.body() = std::move(body);
  request.prepare_payload();

  const auto unavailable = [&endpoint](const boost::system::error_code& error) {
    return Error{.code = Code::unavailable,
                 .message = "the admin listener at " + endpoint.text() + " does not answer: " + error.message()};
  };
  tcp::iostream stream;
  stream.expires_after(patience);
  stream.connect(to);
  stream << request << std::flush;
  if (!stream) return unavailable(stream.error());
  Reply reply;
  if (const boost::system::error_code error = read(stream, reply)) return unavailable(error);
  return reply;
}

}  // namespace parley::gateway::admin
