// Socket activation: which sockets are used, and that a gateway uses them instead of binding.
#include "gateway/runtime/systemd_sockets.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>

#include <cstdlib>

#include "gateway/net/listen.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {
namespace {

constexpr int first = 200;

/// A loopback socket with the descriptor `number`, as systemd would pass it.
std::uint16_t pass(int number, bool listens = true) {
  config::Endpoint endpoint{"127.0.0.1", 0, {}};
  auto sockets = gateway::net::listen_on(endpoint, 1);
  REQUIRE(sockets.has_value());
  if (listens) {
    ::dup2(sockets->front().get(), number);
  } else {
    ::dup2(::open("/dev/null", O_RDONLY), number);
  }
  ::fcntl(number, F_SETFL, ::fcntl(number, F_GETFL) & ~O_NONBLOCK);
  return endpoint.port;
}

void set(const std::string& process, const std::string& count) {
  ::setenv("LISTEN_PID", process.c_str(), 1);
  ::setenv("LISTEN_FDS", count.c_str(), 1);
  ::setenv("LISTEN_FDNAMES", "a:b", 1);
}

}  // namespace

TEST_CASE("passed sockets are used if they are for this process") {
  const std::string me = std::to_string(::getpid());
  const std::uint16_t port = pass(first);
  for (const auto& one :
       {std::pair(std::string("1"), "1"), {me, "0"}, {me, "-1"}, {me, "x"}, {me, "99999"}, {me + "x", "1"}}) {
    CAPTURE(one.first);
    CAPTURE(one.second);
    set(one.first, one.second);
    CHECK(gateway::runtime::take_activated(first).empty());
    CHECK(std::getenv("LISTEN_FDS") == nullptr);
  }
  pass(first + 1, false);
  set(me, "3");  // the third descriptor does not exist
  const List<gateway::runtime::Activated> taken = gateway::runtime::take_activated(first);
  REQUIRE(taken.size() == 1);
  CHECK(taken.front().endpoint == config::Endpoint{"127.0.0.1", port, {}});
  CHECK((::fcntl(first, F_GETFL) & O_NONBLOCK) != 0);
  CHECK((::fcntl(first, F_GETFD) & FD_CLOEXEC) != 0);
  for (const char* variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) CHECK(std::getenv(variable) == nullptr);
  ::close(first + 1);
}

TEST_CASE("all workers accept from a passed socket, and it stays open for systemd") {
  const std::uint16_t port = pass(first);
  set(std::to_string(::getpid()), "1");
  const io::Descriptor ours(::dup(first));  // systemd's own
  config::Settings settings = fake_settings();
  settings.server.listen.front().port = port;
  settings.server.workers = 2;
  // Without the passed socket the address is in use.
  CHECK_FALSE(gateway::runtime::Gateway::open(settings, fake_adapters).has_value());
  {
    auto gateway = gateway::runtime::Gateway::open(settings, fake_adapters, gateway::runtime::take_activated(first));
    REQUIRE(gateway.has_value());
    (*gateway)->start();
    CHECK((*gateway)->listeners().front().endpoint.port == port);
    for (int i = 0; i < 20; ++i) CHECK(Connection(port).ask("GET", "/fake/visitors/7").status == 200);
  }
  // The kernel has connected them: they wait for the next process.
  const Connection next(port);
  String peer;
  CHECK(gateway::net::accept_one(ours.get(), peer).get() >= 0);
}

}  // namespace parley::test
