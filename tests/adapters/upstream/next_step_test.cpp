// The advice in the log about an upstream that cannot be used, for the usual mistakes.
#include "adapters/upstream/next_step.hpp"

#include "adapters/upstream/json.hpp"
#include "adapters/upstream/settings.hpp"
#include "tests/adapters/upstream/world.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/scratch.hpp"

namespace parley::upstream::test {
namespace {

using parley::test::Certificate;
using parley::test::contains;
using parley::test::make_certificate;
using parley::test::ReservedPort;
using parley::test::Scratch;

std::string at(std::string_view scheme, std::uint16_t port) {
  return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

}  // namespace

TEST_CASE("an unusable certificate: the next step is told") {
  const Scratch scratch;
  const Certificate ours = make_certificate("IP:127.0.0.1");
  const Certificate old = make_certificate("IP:127.0.0.1", -1);
  const Certificate foreign = make_certificate("DNS:other.example");
  struct Case {
    const char* name;
    const Certificate& shown;
    const Certificate* trusted;
    const char* step;
  };
  const Case cases[] = {
      {"signed by itself", ours, nullptr, "; set backends.support.ca to a PEM file of who vouches for it"},
      {"trusted is another", ours, &foreign, "; nobody in the file of backends.support.ca vouches for it"},
      {"expired", old, &old, "; the upstream has to renew its certificate, unless this machine's clock is wrong"},
      {"another name", foreign, &foreign, "; write the name that the certificate is for in backends.support.url"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([](const std::string&) { return http_answer(200, "[]"); }), &one.shown);
    config::Backend settings = settings_for(server.url());
    if (one.trusted != nullptr)
      settings.own.edit<parley::upstream::Settings>().ca = scratch.write("ca.pem", one.trusted->certificate);
    World world(settings);
    const Error error = world.bad(get());
    CAPTURE(error.detail);
    CHECK(error.code == Code::upstream_unreachable);
    CHECK(contains(error.detail, one.step));
  }
}

TEST_CASE("TLS to a plain port, or plain text to a TLS port: the right scheme is told") {
  ScriptedServer plain([](Peer& peer) { peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"); });
  World secure(at("https", plain.port()));
  CHECK(contains(secure.bad(get()).detail,
                 "; the port speaks no TLS: write http:// or another port in backends.support.url"));

  ScriptedServer closing([](Peer& peer) { peer.close(); });
  World closed(at("https", closing.port()));
  CHECK(contains(closed.bad(get()).detail, "; the port may speak no TLS, or none of version 1.2"));

  // RFC 8446, 6: an alert record: type 21, the version, the length, fatal, unexpected_message.
  ScriptedServer alerting([](Peer& peer) {
    static_cast<void>(peer.read_request());
    peer.write(std::string("\x15\x03\x01\x00\x02\x02\x0a", 7));
  });
  World alerted(at("http", alerting.port()));
  CHECK(contains(alerted.bad(post("/thing", "{}")).detail,
                 "; the port speaks TLS: write https:// in backends.support.url"));

  ScriptedServer mute([](Peer& peer) { static_cast<void>(peer.read_request()); });
  World muted(at("http", mute.port()));
  CHECK(contains(muted.bad(post("/thing", "{}")).detail,
                 "; if the port speaks TLS, write https:// in backends.support.url"));
}

TEST_CASE("a server that has answered before is not said to speak TLS") {
  ScriptedServer server({answering([](const std::string&) {
                           return http_answer(200, "[]", {{"Connection", "close"}});
                         }),
                         [](Peer& peer) { static_cast<void>(peer.read_request()); }});
  World world(server.url());
  CHECK(world.good(get()).status == 200);
  CHECK(world.bad(post("/thing", "{}")).detail == "closed before an answer");
}

TEST_CASE("a 400 that mentions TLS is recognised, in the words of several servers") {
  struct Case {
    const char* name;
    const char* body;
    bool known;
  };
  const Case cases[] = {
      {"nginx", "<center>The plain HTTP request was sent to HTTPS port</center>", true},
      {"Apache", "Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />", true},
      {"Go", "Client sent an HTTP request to an HTTPS server.\n", true},
      {"Parley", R"({"error":"the plain HTTP request was sent to an HTTPS port; use https://"})", true},
      {"another 400", "{\"code\": 400000}", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Response response;
    response.status = 400;
    response.body = one.body;
    const String key = "backends.support.url";
    response.url_key = &key;
    CHECK(contains(failed(response).detail, "; the port speaks TLS: write https:// in backends.support.url") ==
          one.known);
  }
}

TEST_CASE("a 404 that is not of the API, a 405 and a 501 mean an unknown path, which is named with its key") {
  struct Case {
    const char* name;
    int status;
    const char* type;
    const char* body;
    bool unknown;
  };
  const Case cases[] = {
      {"nothing", 404, "", "", false},
      {"blanks", 404, "", " \r\n", false},
      {"JSON", 404, "application/json", R"({"code":404000,"message":"The visitor does not exist."})", false},
      {"JSON without a type, after a byte order mark", 404, "", "\xEF\xBB\xBF {\"code\":404000}", false},
      {"a JSON text", 404, "application/json", R"("No such visitor.")", false},
      {"a script", 404, "text/javascript", R"(show({"result":false});)", false},
      {"HTML", 404, "Text/HTML; charset=utf-8", "<html>", true},
      {"HTML without a type", 404, "", "<!DOCTYPE html>", true},
      {"Go", 404, "text/plain; charset=utf-8", "404 page not found\n", true},
      {"plain text without a type", 404, "", "Not Found", true},
      {"XML", 404, "application/xml", "<Error/>", true},
      {"Rocket.Chat", 404, "application/json", R"({"status":"error","message":"API endpoint does not exist"})", true},
      {"Kong", 404, "application/json", R"({"message":"no Route matched with those values"})", true},
      {"a method that is not allowed", 405, "application/json", R"({"message":"x"})", true},
      {"a method that is not implemented", 501, "", "", true},
      {"another status", 400, "text/plain", "404 page not found", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&one](const std::string&) {
      return http_answer(one.status, one.body, {{"Content-Type", one.type}});
    }));
    World world(server.url());
    Request asked = get("/v4/visitors");
    asked.target.segment("a-token").query("siteId", "10000");
    const String detail = failed(world.good(asked)).detail;
    CAPTURE(detail);
    CHECK(detail.ends_with("; the server does not know /v4/visitors/*: check backends.support.url") == one.unknown);
    CHECK(!contains(detail, "a-token"));
  }
}

TEST_CASE("no listener, and an unknown name: the next step is told") {
  const ReservedPort nobody;
  World refused(at("http", nobody.number()));
  const Error error = refused.bad(get());
  CHECK(contains(error.detail, "Connection refused; nothing listens there"));
  CHECK(contains(error.detail, "the port in backends.support.url"));
  CHECK(after_no_address(settings_for("http://a")) ==
        "; check the name in backends.support.url, and this machine's DNS");
}

TEST_CASE("a 401 names the keys of the credentials, never their values") {
  struct Case {
    const char* name;
    void (*set)(Shown&);
    const char* step;
  };
  const Case cases[] = {
      {"a bearer token", [](Shown& auth) { auth.bearer.value = "hidden-1"; }, "; check backends.support.auth.bearer"},
      {"an API key", [](Shown& auth) { auth.api_key.value = "hidden-2"; }, "; check backends.support.auth.api_key"},
      {"a token", [](Shown& auth) { auth.token.value = "hidden-3"; }, "; check backends.support.auth.token"},
      {"a password", [](Shown& auth) { auth.password.value = "hidden-4"; }, "; check backends.support.auth.password"},
      {"two",
       [](Shown& auth) {
         auth.refresh_token.value = "hidden-5";
         auth.password.value = "hidden-6";
       },
       "; check backends.support.auth.refresh_token and backends.support.auth.password"},
      {"none", [](Shown&) {}, "; check backends.support.auth: it is none, and the upstream asks for credentials"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([](const std::string&) { return http_answer(401, "no"); }));
    config::Backend settings = settings_for(server.url());
    one.set(settings.own.edit<Shown>());
    World world(settings);
    const String detail = failed(world.good(get())).detail;
    CAPTURE(detail);
    CHECK(detail.ends_with(one.step));
    CHECK(!contains(detail, "hidden"));
  }
}

}  // namespace parley::upstream::test
