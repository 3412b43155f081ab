// TLS: which certificates are trusted, and that calls work as without TLS.
#include <doctest/doctest.h>

#include "adapters/upstream/settings.hpp"
#include "tests/adapters/upstream/world.hpp"
#include "tests/support/scratch.hpp"

namespace parley::upstream::test {
namespace {

using parley::test::Certificate;
using parley::test::make_certificate;
using parley::test::Scratch;

ScriptedServer::Script thing() {
  return answering([](const std::string&) { return http_answer(200, R"({"a":1})"); });
}

}  // namespace

TEST_CASE("a trusted certificate for the host is accepted") {
  const Certificate certificate = make_certificate("DNS:localhost,IP:127.0.0.1");
  const Scratch scratch;
  ScriptedServer server(thing(), &certificate);
  for (const char* host : {"127.0.0.1", "localhost"}) {
    CAPTURE(host);
    config::Backend settings = settings_for("https://" + std::string(host) + ':' + std::to_string(server.port()));
    settings.own.edit<parley::upstream::Settings>().ca = scratch.write("ca.pem", certificate.certificate);
    World world(settings);
    for (int round = 0; round < 3; ++round) CHECK(world.good(get()).body == R"({"a":1})");
    world.restart();  // a new connection resumes the session
    CHECK(world.good(get()).body == R"({"a":1})");
    world.client.reset();
    server.wait_for_open(0);
  }
  CHECK(server.accepted() == 4);
}

TEST_CASE("any other certificate is refused, and nothing is sent") {
  struct Case {
    std::string name;
    Certificate served;
    bool trusted;
    std::string detail;
  };
  const Case cases[] = {
      {"of another host", make_certificate("DNS:elsewhere.example"), true, "IP address mismatch"},
      {"for a name that looks like the address", make_certificate("DNS:127.0.0.1"), true, "IP address mismatch"},
      {"expired", make_certificate("IP:127.0.0.1", -1), true, "expired"},
      {"self-signed", make_certificate("IP:127.0.0.1"), false, "self-signed"},
  };
  const Certificate other = make_certificate("DNS:another.example");
  const Scratch scratch;
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(thing(), &one.served);
    config::Backend settings = settings_for(server.url());
    settings.own.edit<parley::upstream::Settings>().ca =
        scratch.write("ca.pem", one.trusted ? one.served.certificate : other.certificate);
    World world(settings);
    const Error error = world.bad(post("/secret", "{}"));
    CHECK(error.code == Code::upstream_unreachable);
    CHECK(error.detail.find(one.detail) != String::npos);
    CHECK(error.detail.starts_with("TLS: "));
    world.client.reset();
    server.wait_for_open(0);
    CHECK(server.requests().empty());
    CHECK(server.accepted() == 1);
  }
}

TEST_CASE("without a configured CA, the system's are used") {
  const Certificate certificate = make_certificate("IP:127.0.0.1");
  ScriptedServer server(thing(), &certificate);
  World world(server.url());
  CHECK(world.bad(get()).code == Code::upstream_unreachable);
}

TEST_CASE("a server without TLS, and a silent one, fail the handshake") {
  ScriptedServer plain([](Peer& peer) { peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"); });
  World world("https://127.0.0.1:" + std::to_string(plain.port()));
  CHECK(world.bad(get()).code == Code::upstream_unreachable);

  ScriptedServer silent([](Peer& peer) { peer.hang(); });
  config::Backend settings = settings_for("https://127.0.0.1:" + std::to_string(silent.port()));
  settings.own.edit<parley::upstream::Settings>().timeouts.connect =
      milliseconds(2000);  // the handshake has what connecting leaves of it
  World waiting(settings);
  const Error error = waiting.bad(get());
  CHECK(error.code == Code::upstream_timeout);
  CHECK(error.detail == "in the TLS handshake");
}

TEST_CASE("large bodies go both ways, and an end without a closing alert is an error") {
  const Certificate certificate = make_certificate("IP:127.0.0.1");
  const Scratch scratch;
  const std::string large(1'000'000, 'x');
  ScriptedServer server({answering([&large](const std::string& request) {
                           return http_answer(200, request.size() > large.size() ? large : "small");
                         }),
                         [](Peer& peer) {
                           static_cast<void>(peer.read_request());
                           peer.write("HTTP/1.1 200 OK\r\n\r\nhalf of what");
                           peer.cut();
                         },
                         [](Peer& peer) {
                           static_cast<void>(peer.read_request());
                           peer.write("HTTP/1.1 200 OK\r\n\r\nall of it");
                         }},
                        &certificate);
  config::Backend settings = settings_for(server.url());
  settings.own.edit<parley::upstream::Settings>().ca = scratch.write("ca.pem", certificate.certificate);
  World world(settings);
  CHECK(world.good(post("/large", large)).body == large);
  CHECK(world.good(post("/small", "{}")).body == "small");
  world.restart();
  CHECK(world.bad(get()).code == Code::upstream_failed);
  CHECK(world.good(get()).body == "all of it");
}

TEST_CASE("opening an upstream fails if its CA file cannot be read") {
  config::Backend settings = settings_for("https://127.0.0.1:1");
  settings.own.edit<parley::upstream::Settings>().ca = "/nowhere/ca.pem";
  const auto opened = Upstream::open(settings, {});
  REQUIRE(opened.has_error());
  CHECK(opened.error().code == Code::unavailable);
  CHECK(opened.error().detail.find("/nowhere/ca.pem") != String::npos);
}

}  // namespace parley::upstream::test
