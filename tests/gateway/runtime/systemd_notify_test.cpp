// Notifications of the service manager, on a real datagram socket.
#include "gateway/runtime/systemd_notify.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "adapters/io/descriptor.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

/// A datagram socket at a path, or at an abstract name if it begins with `@`.
io::Descriptor listen_at(const std::string& name) {
  io::Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, name.data(), name.size());
  if (name.front() == '@') address.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  REQUIRE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), size) == 0);
  return socket;
}

std::string received(const io::Descriptor& socket) {
  char text[256];
  const ssize_t count = ::recv(socket.get(), text, sizeof text, 0);
  return count < 0 ? "" : std::string(text, static_cast<std::size_t>(count));
}

}  // namespace

TEST_CASE("the service manager is notified, at a path or an abstract name") {
  const Scratch scratch;
  for (const std::string& name : {scratch / "notify", "@parley-test-" + std::to_string(::getpid())}) {
    CAPTURE(name);
    const io::Descriptor socket = listen_at(name);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    gateway::runtime::notify("READY=1\nSTATUS=good");
    CHECK(received(socket) == "READY=1\nSTATUS=good");
    gateway::runtime::notify(gateway::runtime::reloading());
    CHECK(received(socket).starts_with("RELOADING=1\nMONOTONIC_USEC="));
  }
  // Without a listener, or with a name that is not valid, nothing happens.
  for (const std::string& name :
       {scratch / "nobody", std::string("relative"), std::string("/") + std::string(200, 'x')}) {
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
    gateway::runtime::notify("READY=1");
  }
  ::unsetenv("NOTIFY_SOCKET");
  gateway::runtime::notify("READY=1");
}

}  // namespace parley::test
