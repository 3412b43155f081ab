// A listener with a certificate: requests work as without TLS; garbage, old TLS and half a handshake end.
#include <doctest/doctest.h>

#include <thread>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/metrics.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/tls_client.hpp"

namespace parley::test {
namespace {

struct Secured {
  explicit Secured(config::Settings settings = fake_settings()) : gateway(with_tls(std::move(settings))) {}

  config::Settings with_tls(config::Settings settings) const {
    settings.server.listen.front().tls = config::Tls{
        scratch.write("certificate.pem", certificate.certificate), scratch.write("key.pem", certificate.key), {}};
    return settings;
  }

  Scratch scratch;
  Certificate certificate = make_certificate("IP:127.0.0.1");
  FakeGateway gateway;
};

/// Why the handshake failed; empty if it succeeded.
std::string refused(const Secured& secured, const TlsWishes& wishes) {
  try {
    const TlsConnection connection(secured.gateway.port(), secured.certificate, wishes);
    return "";
  } catch (const std::runtime_error& fault) {
    return fault.what();
  }
}

}  // namespace

TEST_CASE("TLS: requests are served as without TLS") {
  const Secured secured;
  for (const bool only_tls12 : {false, true}) {
    CAPTURE(only_tls12);
    TlsConnection connection(secured.gateway.port(), secured.certificate, {.protocols = {}, .only_tls12 = only_tls12});
    CHECK(connection.version() == (only_tls12 ? "TLSv1.2" : "TLSv1.3"));
    CHECK(connection.ask("GET", "/fake/visitors/7").body == "name of 7");
    CHECK(connection.ask("HEAD", "/fake/visitors/7").header("Content-Length") == "9");
    CHECK(connection.ask("GET", "/fake/nothing").status == 404);
    const std::string body(1000 * 1000, 'b');
    CHECK(connection.ask("POST", "/fake/page", {}, body).body == "noted " + body);
    std::string pipelined;
    for (int i = 0; i < 100; ++i) pipelined += request_text("GET", "/fake/visitors/" + std::to_string(i));
    connection.send(pipelined);
    for (int i = 0; i < 100; ++i) REQUIRE(connection.receive().body == "name of " + std::to_string(i));
    for (const char byte : request_text("GET", "/fake/visitors/7")) connection.send({&byte, 1});
    CHECK(connection.receive().status == 200);
    CHECK(connection.ask("GET", "/fake/visitors/7", {{"Connection", "close"}}).status == 200);
    CHECK(connection.says_goodbye());
  }
}

TEST_CASE("TLS: an answer larger than any socket buffer arrives completely") {
  fake_state.big.assign(1000 * 1000, 'x');
  {
    const Secured secured;
    TlsConnection connection(secured.gateway.port(), secured.certificate);
    for (int i = 0; i < 20; ++i) connection.send(request_text("GET", "/fake/visitors/7"));
    for (int i = 0; i < 20; ++i) REQUIRE(connection.receive().body.size() == fake_state.big.size() + 9);
  }
  fake_state.big.clear();
}

TEST_CASE("TLS: ALPN selects HTTP/1.1 or fails") {
  const Secured secured;
  using Names = std::vector<std::string>;
  for (const Names& offered : {Names{"http/1.1"}, Names{"h2", "http/1.1"}, Names{"http/1.0", "http/1.1", "x"}}) {
    const TlsConnection connection(secured.gateway.port(), secured.certificate, {.protocols = offered});
    CHECK(connection.protocol() == "http/1.1");
  }
  CHECK(TlsConnection(secured.gateway.port(), secured.certificate).protocol() == "");
  CHECK(refused(secured, {.protocols = {"h2"}}).find("no application protocol") != std::string::npos);
}

TEST_CASE("TLS: new keys while answers wait to be read") {
  fake_state.big.assign(8 * 1024 * 1024, 'n');
  {
    const Secured secured;
    TlsConnection connection(secured.gateway.port(), secured.certificate);
    connection.send(request_text("GET", "/fake/visitors/1"));
    connection.change_keys();
    connection.send(request_text("GET", "/fake/visitors/2"));
    for (const char* name : {"name of 1", "name of 2"}) CHECK(connection.receive().body == name + fake_state.big);
  }
  fake_state.big.clear();
}

TEST_CASE("TLS: old versions and new handshakes are refused") {
  const Secured secured;
  CHECK(refused(secured, {.protocols = {}, .only_tls12 = false, .only_tls11 = true}) ==
        "no handshake: tlsv1 alert protocol version");
  TlsConnection connection(secured.gateway.port(), secured.certificate, {.protocols = {}, .only_tls12 = true});
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 200);
  CHECK_FALSE(connection.renegotiate());
}

TEST_CASE("TLS: garbage ends the connection and does no harm") {
  const Secured secured;
  for (const std::string& bytes :
       {std::string(5000, '\0'), std::string("EHLO me\r\n"), std::string("SSH-2.0-x\r\n"), std::string("GE"),
        std::string("\x16\x03\x01\xff\xff", 5) + std::string(200, 'x'), std::string("\x80\x2e\x01\x00\x02", 5)}) {
    Connection connection(secured.gateway.port());
    connection.send(bytes);
    connection.finish_sending();
    CHECK_THROWS_AS(connection.receive(), std::runtime_error);  // an alert at most: no HTTP answer
  }
  Connection begun(secured.gateway.port());
  begun.send("\x16\x03\x01");
  TlsConnection cut(secured.gateway.port(), secured.certificate);
  cut.send("GET /fake/vis");
  cut.cut();
  TlsConnection good(secured.gateway.port(), secured.certificate);
  CHECK(good.ask("GET", "/fake/visitors/7").status == 200);
  CHECK(fake_state.executed == 1);
}

TEST_CASE("TLS: plain HTTP of any method gets 400 and is counted") {
  const Secured secured;
  const struct {
    const char* name;
    std::string request;
    bool head = false;
  } cases[] = {
      {"GET", "GET /fake/visitors/7 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"GET in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"},
      {"HEAD", "HEAD /fake/visitors/7 HTTP/1.1\r\nHost: h\r\n\r\n", true},
      {"POST with its body",
       "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n" + std::string(300'000, 'b')},
      {"PUT", "PUT /fake/secret HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"},
      {"OPTIONS", "OPTIONS /fake/visitors/7 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"OPTIONS of the server", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"DELETE", "DELETE / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"PATCH", "PATCH / HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"through a proxy", "GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n"},
      {"a method of nobody", "PROPFIND / HTTP/1.1\r\nHost: h\r\n\r\n"},
  };
  std::size_t count = 0;
  for (const auto& one : cases) {
    CAPTURE(one.name);
    Connection connection(secured.gateway.port());
    connection.send(one.request);
    const Answer answer = connection.receive(one.head);
    CHECK(answer.status == 400);
    CHECK(answer.header("Connection") == "close");
    CHECK(answer.header("Content-Type") == "application/json; charset=utf-8");
    const std::string told = R"({"error":"the plain HTTP request was sent to an HTTPS port; use https://"})";
    CHECK(answer.header("Content-Length") == std::to_string(told.size()));
    CHECK(answer.body == (one.head ? "" : told));
    CHECK(connection.closes());
    ++count;
  }
  // One sent byte by byte, and one whose client keeps its side open.
  Connection slow(secured.gateway.port());
  for (const char byte : std::string_view("GET / HTTP/1.1\r\nHost: h\r\n\r\n")) slow.send({&byte, 1});
  CHECK(slow.receive().status == 400);
  ++count;
  const Metrics metrics(String(secured.gateway->observer().expose({})));
  CHECK(metrics.value("parley_tls_plain_http_total") == std::to_string(count));
  CHECK(metrics.value("parley_tls_handshakes_failed_total") == "0");
  CHECK(metrics.value("parley_requests_total", R"(route="",style="",operation="",status="400")") ==
        std::to_string(count));
  CHECK(fake_state.executed == 0);
}

TEST_CASE("TLS: failed handshakes are counted; port checks are not") {
  const Secured secured;
  const auto failed = [&secured] {
    return Metrics(String(secured.gateway->observer().expose({}))).value("parley_tls_handshakes_failed_total");
  };
  { const Connection probe(secured.gateway.port()); }
  CHECK(refused(secured, {.protocols = {"h2"}}).find("no application protocol") != std::string::npos);
  CHECK_FALSE(refused(secured, {.protocols = {}, .only_tls12 = false, .only_tls11 = true}).empty());
  {
    Connection garbage(secured.gateway.port());
    garbage.send(std::string(100, '\0'));
    CHECK(garbage.breaks());
  }
  TlsConnection good(secured.gateway.port(), secured.certificate);
  CHECK(good.ask("GET", "/fake/visitors/7").status == 200);
  CHECK(failed() == "3");
}

TEST_CASE("TLS: a refusal and close_notify reach a client that continues to send") {
  const Secured secured;
  TlsConnection connection(secured.gateway.port(), secured.certificate);
  connection.send("PUT /fake/secret HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n" + std::string(300000, 'x'));
  CHECK(connection.receive().status == 401);
  CHECK(connection.says_goodbye());
}

TEST_CASE("TLS: a stalled handshake ends, and so does an idle connection") {
  config::Settings settings = fake_settings();
  settings.server.limits.headers = std::chrono::seconds(3);
  const Secured secured(settings);
  Connection silent(secured.gateway.port());
  Connection begun(secured.gateway.port());
  begun.send("\x16\x03\x01");
  TlsConnection good(secured.gateway.port(), secured.certificate);
  CHECK(silent.closes());
  CHECK(begun.closes());
  CHECK(good.ask("GET", "/fake/visitors/7").status == 200);
}

TEST_CASE("TLS: a stop sends close_notify to idle connections, and does not wait for handshakes") {
  const Secured secured;
  Connection silent(secured.gateway.port());
  TlsConnection idle(secured.gateway.port(), secured.certificate);
  CHECK(idle.ask("GET", "/fake/visitors/7").status == 200);
  secured.gateway->stop();
  CHECK(idle.says_goodbye());
  CHECK(silent.closes());
}

TEST_CASE("TLS: a reload reads the certificate again; connections stay, and a bad file changes nothing") {
  config::Settings settings = fake_settings();
  Secured secured(settings);
  settings = secured.with_tls(settings);
  const Certificate renewed = make_certificate("IP:127.0.0.1", 90);
  TlsConnection before(secured.gateway.port(), secured.certificate);
  CHECK(before.ask("GET", "/fake/visitors/7").status == 200);

  secured.scratch.write("key.pem", renewed.key);
  const config::Faults faults = secured.gateway->reload(settings);
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().what.find("does not fit the certificate") != String::npos);
  CHECK(TlsConnection(secured.gateway.port(), secured.certificate).shown() == secured.certificate.certificate);

  secured.scratch.write("certificate.pem", renewed.certificate);
  CHECK(secured.gateway->reload(settings).empty());
  TlsConnection after(secured.gateway.port(), renewed);
  CHECK(after.shown() == renewed.certificate);
  CHECK(after.ask("GET", "/fake/visitors/7").status == 200);
  CHECK(before.ask("GET", "/fake/visitors/7").status == 200);
  const auto ends = secured.gateway->listeners().front().certificate_ends;
  REQUIRE(ends.has_value());
  CHECK(*ends > std::chrono::system_clock::now() + std::chrono::hours(24 * 80));

  settings.server.listen.front().tls.reset();
  const config::Faults plain = secured.gateway->reload(settings);
  REQUIRE(plain.size() == 1);
  CHECK(plain.front().what.ends_with("without TLS: needs a restart"));
}

TEST_CASE("a listener without usable certificate files is not opened") {
  const Scratch scratch;
  const Certificate one = make_certificate("IP:127.0.0.1");
  config::Settings settings = fake_settings();
  settings.server.listen.front().tls =
      config::Tls{scratch.write("one.pem", one.certificate), scratch / "nothing.pem", {}};
  const auto opened = gateway::runtime::Gateway::open(settings, fake_adapters);
  REQUIRE(opened.has_error());
  CAPTURE(opened.error().message);
  CHECK(opened.error().message.starts_with("cannot listen on 127.0.0.1:"));
  CHECK(opened.error().message.ends_with(": the key " + (scratch / "nothing.pem") + ": No such file or directory"));
}

}  // namespace parley::test
