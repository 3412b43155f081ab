// The real program under a service manager: notifications, passed sockets, unit files.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>

#include "adapters/io/descriptor.hpp"
#include "gateway/net/listen.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

/// The service manager's end of NOTIFY_SOCKET.
class Manager {
 public:
  explicit Manager(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    REQUIRE(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    const timeval limit{10, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  std::string next() const {
    char text[512];
    const ssize_t count = ::recv(socket_.get(), text, sizeof text, 0);
    return count < 0 ? "nothing was said" : std::string(text, static_cast<std::size_t>(count));
  }

 private:
  io::Descriptor socket_;
};

}  // namespace

TEST_CASE("the service manager is notified of start, reload and stop") {
  const Scratch scratch;
  const Manager manager(scratch / "notify");
  const std::string config = scratch.write("gateway.yaml", demo_config(scratch / "parley.db"));
  Process parley(
      {.command = {program(), "serve", "--config", config}, .environment = {"NOTIFY_SOCKET=" + (scratch / "notify")}});
  CHECK(manager.next() == "READY=1\nSTATUS=serving revision 1");
  parley.signal(SIGHUP);
  CHECK(manager.next().starts_with("RELOADING=1\nMONOTONIC_USEC="));
  CHECK(manager.next() == "READY=1\nSTATUS=serving revision 2");
  scratch.write("gateway.yaml", "server: [");
  parley.signal(SIGHUP);
  CHECK(manager.next().starts_with("RELOADING=1\n"));
  CHECK(manager.next() == "READY=1\nSTATUS=serving revision 2; the last reload failed");
  parley.signal(SIGTERM);
  CHECK(manager.next().starts_with("STOPPING=1\n"));
  CHECK(parley.wait().code == 0);
}

TEST_CASE("a passed socket is served, and outlives the process" * doctest::skip(!built_with({"rocketchat"}))) {
  const Scratch scratch;
  config::Endpoint endpoint{"127.0.0.1", 0, {}};
  auto sockets = gateway::net::listen_on(endpoint, 1);
  REQUIRE(sockets.has_value());
  const io::Descriptor passed(::fcntl(sockets->front().get(), F_DUPFD, 10));  // inherited
  std::string text = demo_config(scratch / "parley.db");
  text.replace(text.find("127.0.0.1:0"), 11, endpoint.text());
  const std::string config = scratch.write("gateway.yaml", text);
  const std::string start = "exec 3<&" + std::to_string(passed.get()) +
                            "; LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=parley exec \"$0\" serve --config \"$1\"";
  const Launch launch{.command = {"bash", "-c", start, program(), config}};
  for (int round = 0; round < 2; ++round) {
    // Before the process runs: the passed socket accepts the connection.
    Connection early(endpoint.port);
    early.send(request_text("GET", "/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd"));
    Process parley(launch);
    CHECK(early.receive().status == 200);
    for (int i = 0; i < 20; ++i) CHECK(ask(endpoint.port, "GET", "/api/v1/livechat/visitor/nobody").status == 400);
    parley.signal(SIGTERM);
    CHECK(parley.wait().code == 0);
  }
}

TEST_CASE("systemd accepts the unit files") {
  const Finished known = run({.command = {"systemd-analyze", "--version"}});
  if (known.code != 0) {
    MESSAGE("skipped: no systemd-analyze here");
    return;
  }
  const Scratch scratch;
  std::string service = read_file(project_file("config/systemd/parley.service"));
  constexpr std::string_view installed = "/usr/local/bin/parley";
  std::size_t replaced = 0;
  for (std::size_t at = service.find(installed, service.find("\nExecStartPre=")); at != std::string::npos;
       at = service.find(installed, at + 1)) {
    service.replace(at, installed.size(), program());
    ++replaced;
  }
  CHECK(replaced == 2);  // the check of the configuration, and the gateway
  const std::string service_file = scratch.write("parley.service", service);
  const std::string socket_file =
      scratch.write("parley.socket", read_file(project_file("config/systemd/parley.socket")));
  const Finished verified = run({.command = {"systemd-analyze", "verify", "--man=no", service_file, socket_file}});
  CHECK(verified.code == 0);
  CHECK(verified.err == "");
  // Shows that the check can fail: a unit with a word that systemd does not know.
  const std::string bad = scratch.write("bad.service", service + "\n[Service]\nNoNewPrivilege=yes\n");
  CHECK(run({.command = {"systemd-analyze", "verify", "--man=no", bad}}).err.find("NoNewPrivilege") !=
        std::string::npos);
}

}  // namespace parley::test
