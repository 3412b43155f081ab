// Listening sockets: the client's address, and how a connection is refused.
#include "gateway/net/listen.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>

#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

int unread(const io::Descriptor& socket) {
  int count = 0;
  ::ioctl(socket.get(), FIONREAD, &count);
  return count;
}

std::array<io::Descriptor, 2> connected_pair() {
  std::array<int, 2> ends{};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) == 0);
  return {io::Descriptor(ends[0]), io::Descriptor(ends[1])};
}

}  // namespace

TEST_CASE("an IPv4 client on a socket for both families has its IPv4 address") {
  const io::Descriptor listener(::socket(AF_INET6, SOCK_STREAM, 0));
  REQUIRE(listener.get() >= 0);
  const int off = 0;
  REQUIRE(::setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr.s6_addr[10] = address.sin6_addr.s6_addr[11] = 0xff;  // ::ffff:127.0.0.1
  address.sin6_addr.s6_addr[12] = 127;
  address.sin6_addr.s6_addr[15] = 1;
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener.get(), 1) == 0);
  REQUIRE(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) == 0);
  const Connection client(ntohs(address.sin6_port));
  String peer;
  CHECK(gateway::net::accept_one(listener.get(), peer).get() >= 0);
  CHECK(peer == "127.0.0.1");
}

TEST_CASE("[::] is IPv6 only, so both families can use one port") {
  // A parallel test may use the same port for IPv4: then another port is tried.
  bool both = false;
  for (int attempt = 0; attempt < 20 && !both; ++attempt) {
    config::Endpoint six{.host = "::", .port = 0, .mark = {}};
    const auto sockets = gateway::net::listen_on(six, 1);
    REQUIRE(sockets.has_value());
    int only = 0;
    socklen_t size = sizeof only;
    REQUIRE(::getsockopt(sockets->front().get(), IPPROTO_IPV6, IPV6_V6ONLY, &only, &size) == 0);
    CHECK(only == 1);
    config::Endpoint four{.host = "0.0.0.0", .port = six.port, .mark = {}};
    both = gateway::net::listen_on(four, 1).has_value();
  }
  CHECK(both);
}

TEST_CASE("a refused connection gets an answer, and is not read for ever") {
  const std::array<io::Descriptor, 2> pair = connected_pair();
  const std::string request(4096, 'x');
  while (::send(pair[0].get(), request.data(), request.size(), 0) > 0) {
  }
  const int before = unread(pair[1]);
  REQUIRE(before > 80'000);
  gateway::net::turn_away(pair[1].get());
  CHECK(before - unread(pair[1]) <= 64 * 1024);
  std::array<char, 1024> answer{};
  const ssize_t count = ::recv(pair[0].get(), answer.data(), answer.size(), 0);
  REQUIRE(count > 0);
  CHECK(std::string_view(answer.data(), static_cast<std::size_t>(count)).starts_with("HTTP/1.1 503 "));
  CHECK(::recv(pair[0].get(), answer.data(), answer.size(), 0) == 0);
}

TEST_CASE("a request that has come is read before its connection is refused") {
  const std::array<io::Descriptor, 2> pair = connected_pair();
  const std::string request(10'000, 'x');
  REQUIRE(::send(pair[0].get(), request.data(), request.size(), 0) == 10'000);
  gateway::net::turn_away(pair[1].get());
  CHECK(unread(pair[1]) == 0);
}

TEST_CASE("try_listen checks the address, also if its port is in use") {
  config::Endpoint taken = *config::parse_endpoint("127.0.0.1:0");
  const auto listener = gateway::net::listen_on(taken, 1);
  REQUIRE(listener.has_value());
  CHECK(gateway::net::try_listen(taken).has_value());
  CHECK(gateway::net::try_listen(*config::parse_endpoint("localhost:1")).has_value());
  CHECK(gateway::net::try_listen(*config::parse_endpoint("0.0.0.0:1")).has_value());
  // RFC 5737 reserves it for documentation.
  const auto foreign = gateway::net::try_listen(*config::parse_endpoint("192.0.2.1:80"));
  REQUIRE(foreign.has_error());
  CHECK(foreign.error().message == "cannot listen on 192.0.2.1:80: Cannot assign requested address");
}

}  // namespace parley::test
