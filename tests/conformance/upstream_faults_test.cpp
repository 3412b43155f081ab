// What can go wrong between the gateway and a vendor's server, one by one: the error that a client of each style gets,
// that no connection stays open, and that the next good request succeeds.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "tests/support/json.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/reserved_port.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

const bool all_three = built_with({"enghouse", "comm100", "rocketchat"});

/// The error that a client sees.
enum class Told { nothing, unreachable, timeout, failed, denied, rate_limited };

struct Style {
  std::string_view name;
  std::string target;
  /// JSON Pointers: to the value that identifies the right answer, and to the value that tells the error (compared by Told).
  std::string_view good_at;
  std::string_view error_at;
  std::string_view errors[6];
  int statuses[6];
};

constexpr std::string_view guid = "3d59f909-24cd-43bc-89cb-00a320617c0a";

const Style styles[] = {
    {"enghouse",
     "/livechat/getContactByChatID/CHAT_" + std::string(guid),
     "/contact/callData/email",
     "/error",
     {"null", "the platform behind this service cannot be reached",
      "the platform behind this service did not answer in time", "the platform behind this service failed",
      "the platform behind this service refused the gateway", "too many requests; try again later"},
     {200, 200, 200, 200, 200, 200}},
    {"comm100",
     "/v4/livechat/visitors/" + std::string(guid),
     "/email",
     "/code",
     {"(none)", "502000", "504000", "502000", "502000", "429000"},
     {200, 502, 504, 502, 502, 429}},
    {"rocketchat",
     "/api/v1/livechat/visitor/" + std::string(guid),
     "/visitor/visitorEmails/0/address",
     "/errorType",
     {"(none)", "error-upstream-unreachable", "error-upstream-timeout", "error-upstream-failed",
      "error-upstream-denied", "(none)"},
     {200, 502, 504, 502, 502, 429}},
};

std::string sample_visitor() {
  for (const contract::Sample& sample : contract::find_adapter("comm100")->samples()) {
    if (sample.name == "visitor.json") return std::string(sample.text);
  }
  throw std::runtime_error("no sample");
}

/// A vendor's server that misbehaves until `good` is set.
struct Vendor {
  using Fault = std::function<void(Peer&)>;
  explicit Vendor(Fault fault, const Certificate* certificate = nullptr)
      : server(
            [this, fault = std::move(fault)](Peer& peer) {
              while (!peer.read_request().empty()) {
                if (!good) return fault(peer);
                peer.write(http_answer(200, sample_visitor(), {{"Content-Type", "application/json"}}));
              }
            },
            certificate) {}
  std::atomic<bool> good{false};
  ScriptedServer server;
};

/// `patient`: longer than a slow machine delays a thread. `hasty`: for faults that are timeouts.
constexpr std::string_view patient = "{connect: 10s, first_byte: 10s, total: 20s}";
constexpr std::string_view hasty = "{connect: 10s, first_byte: 400ms, total: 800ms}";

std::string gateway_yaml(const std::string& url, std::string_view style, std::string_view timeouts,
                         const std::string& more = {}) {
  return "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends:\n  vendor:\n    kind: comm100\n    url: \"" + url +
         "\"\n    auth: none\n    answer: 64KiB\n    timeouts: " + std::string(timeouts) + '\n' + more +
         "routes: [{facade: " + std::string(style) + ", backend: vendor, auth: none}]\n";
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

bool is_timeout(const Style& style, const Answer& answer) {
  return value_at(answer.body, style.error_at) == style.errors[static_cast<std::size_t>(Told::timeout)];
}

/// Checks that the client of a style gets this error.
void check_told(const Style& style, const Answer& answer, Told told) {
  const auto index = static_cast<std::size_t>(told);
  CAPTURE(answer.body);
  CHECK(answer.status == style.statuses[index]);
  CHECK(value_at(answer.body, style.error_at) == style.errors[index]);
  if (style.name == "rocketchat" && told == Told::rate_limited) {  // a text without a code of its own
    CHECK(value_at(answer.body, "/error").ends_with("[error-too-many-requests]"));
  }
  CHECK((value_at(answer.body, style.good_at) == "123@comm100.com") == (told == Told::nothing));
  // No text of the upstream reaches a client.
  CHECK(answer.body.find("SECRET") == std::string::npos);
}

Vendor::Fault says(std::string answer) {
  return [answer = std::move(answer)](Peer& peer) {
    peer.write(answer);
    peer.close();
  };
}

struct Case {
  std::string name;
  Vendor::Fault fault;
  Told told;
};

std::vector<Case> faults() {
  const std::string visitor = sample_visitor();
  const std::string size = std::to_string(visitor.size());
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const Headers json = {{"Content-Type", "application/json"}};
  const auto hang_after = [](std::string bytes) {
    return [bytes = std::move(bytes)](Peer& peer) {
      peer.write(bytes);
      peer.hang();
    };
  };
  const auto reset_after = [](std::string bytes) {
    return [bytes = std::move(bytes)](Peer& peer) {
      peer.write(bytes);
      peer.reset();
    };
  };
  return {
      {"hangs before its answer", hang_after(""), Told::timeout},
      {"hangs in the status line", hang_after("HTTP/1.1 2"), Told::timeout},
      {"hangs in the head", hang_after(head), Told::timeout},
      {"hangs in the body", hang_after(head + "Content-Length: " + size + "\r\n\r\n{"), Told::timeout},
      {"resets before its answer", reset_after(""), Told::failed},
      {"resets in the body", reset_after(head + "Content-Length: " + size + "\r\n\r\n{"), Told::failed},
      {"closes without an answer", says(""), Told::failed},
      {"half a body", says(head + "Content-Length: " + size + "\r\n\r\n" + visitor.substr(0, visitor.size() / 2)),
       Told::failed},
      {"Content-Length too long", says(head + "Content-Length: 9999\r\n\r\n" + visitor), Told::failed},
      {"Content-Length too short", says(head + "Content-Length: 9\r\n\r\n" + visitor), Told::failed},
      {"Content-Length is no number", says(head + "Content-Length: 1x\r\n\r\n" + visitor), Told::failed},
      {"a bad chunk", says(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + visitor + "\r\n0\r\n\r\n"),
       Told::failed},
      {"garbage", says("SECRET \x01\x02\x03 garbage\r\n\r\n"), Told::failed},
      {"an interim answer first", says("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + http_answer(200, visitor, json)),
       Told::nothing},
      {"no reason phrase",
       says("HTTP/1.1 200\r\nContent-Type: application/json\r\nContent-Length: " + size + "\r\n\r\n" + visitor),
       Told::nothing},
      {"204 with a body", says("HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n{\"a\":\"b\"}"), Told::failed},
      {"another type", says(http_answer(200, "SECRET,a,csv\n1,2,3\n", {{"Content-Type", "text/csv"}})), Told::failed},
      {"HTML", says(http_answer(200, "<html><body>SECRET maintenance</body></html>", {{"Content-Type", "text/html"}})),
       Told::failed},
      {"a huge body", says(http_answer(200, "\"" + std::string(100'000, 'x') + "\"", json)), Told::failed},
      {"a gzip bomb",
       says(http_answer(200, packed("\"" + std::string(10'000'000, 'x') + "\""),
                        {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}})),
       Told::failed},
      {"broken gzip", says(http_answer(200, "\x1f\x8b SECRET", {{"Content-Encoding", "gzip"}})), Told::failed},
      {"good gzip",
       says(http_answer(200, packed(visitor), {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}})),
       Told::nothing},
      {"deep JSON", says(http_answer(200, std::string(30'000, '['), json)), Told::failed},
      {"301", says(http_answer(301, "", {{"Location", "http://127.0.0.1:1/SECRET"}})), Told::failed},
      {"401", says(http_answer(401, R"({"code":401000,"message":"SECRET"})", json)), Told::denied},
      {"403", says(http_answer(403, "<html>SECRET</html>", {{"Content-Type", "text/html"}})), Told::denied},
      {"429 with Retry-After", says(http_answer(429, "", {{"Retry-After", "60"}})), Told::rate_limited},
      {"429 without", says(http_answer(429, "SECRET")), Told::rate_limited},
      {"500", says(http_answer(500, R"({"code":500000,"message":"SECRET"})", json)), Told::failed},
      {"502", says(http_answer(502, "<html>SECRET</html>")), Told::failed},
      {"503", says(http_answer(503, "SECRET")), Told::failed},
      {"a slow drip",
       [head, size](Peer& peer) {
         peer.drip(head + "Content-Length: " + size + "\r\n\r\n", 30);
         peer.hang();
       },
       Told::timeout},
  };
}

}  // namespace

TEST_CASE("faults of an upstream, as each vendor's clients see them" * doctest::skip(!all_three)) {
  for (const Case& one : faults()) {
    CAPTURE(one.name);
    for (const Style& style : styles) {
      CAPTURE(style.name);
      const std::size_t descriptors = open_descriptors();
      {
        Vendor vendor(one.fault);
        const bool hangs = one.told == Told::timeout;
        const Running gateway(gateway_yaml(vendor.server.url(), style.name, hangs ? hasty : patient));
        check_told(style, gateway.ask("GET", style.target), one.told);
        vendor.good = true;
        Answer next = gateway.ask("GET", style.target);
        // With the short timeouts, a late thread makes a timeout of a good answer.
        for (int more = 0; more < 5 && hangs && is_timeout(style, next); ++more) {
          next = gateway.ask("GET", style.target);
        }
        // The pause that a 429 asks for is kept, so the next request is refused, too.
        check_told(style, next, one.name == "429 with Retry-After" ? Told::rate_limited : Told::nothing);
        if (one.told != Told::rate_limited) vendor.server.wait_for_open(1);
      }
      CHECK(open_descriptors() == descriptors);
    }
  }
}

TEST_CASE("an upstream that nobody may trust, or that is not there" * doctest::skip(!all_three)) {
  const Certificate other = make_certificate("DNS:elsewhere.example");
  const Certificate expired = make_certificate("DNS:localhost,IP:127.0.0.1", -1);
  const Certificate good = make_certificate("DNS:localhost,IP:127.0.0.1");
  const Scratch scratch;
  struct Trust {
    std::string name;
    const Certificate* certificate;
    bool trusted;
    Told told;
  };
  const Trust cases[] = {{"another host's certificate", &other, true, Told::unreachable},
                         {"an expired certificate", &expired, true, Told::unreachable},
                         {"an authority nobody knows", &good, false, Told::unreachable},
                         {"a good one", &good, true, Told::nothing}};
  for (const Trust& one : cases) {
    CAPTURE(one.name);
    for (const Style& style : styles) {
      CAPTURE(style.name);
      const std::size_t descriptors = open_descriptors();
      {
        Vendor vendor(says(""), one.certificate);
        vendor.good = true;
        const std::string ca = scratch.write("ca.pem", one.certificate->certificate);
        const Running gateway(
            gateway_yaml(vendor.server.url(), style.name, patient, one.trusted ? "    ca: \"" + ca + "\"\n" : ""));
        check_told(style, gateway.ask("GET", style.target), one.told);
      }
      CHECK(open_descriptors() == descriptors);
    }
  }
  for (const Style& style : styles) {
    const ReservedPort nobody;
    const Running gateway(gateway_yaml("http://127.0.0.1:" + std::to_string(nobody.number()), style.name, patient));
    check_told(style, gateway.ask("GET", style.target), Told::unreachable);
    const Running nowhere(gateway_yaml("http://nowhere.invalid", style.name, hasty));
    const Answer answer = nowhere.ask("GET", style.target);
    // Some resolvers do not answer at all.
    check_told(style, answer, is_timeout(style, answer) ? Told::timeout : Told::unreachable);
  }
}

TEST_CASE("bytes that an upstream sends unasked are nobody's answer" * doctest::skip(!all_three)) {
  const Headers json = {{"Content-Type", "application/json"}};
  const std::string good = http_answer(200, sample_visitor(), json);
  std::string forged = good;
  forged.replace(forged.find("123@comm100.com"), 15, "evl@comm100.com");
  for (const bool at_once : {true, false}) {
    CAPTURE(at_once);
    for (const Style& style : styles) {
      CAPTURE(style.name);
      std::atomic<bool> answered = false;
      std::atomic<bool> said = false;
      ScriptedServer server({[&](Peer& peer) {
                               static_cast<void>(peer.read_request());
                               peer.write(at_once ? good + forged : good);
                               while (!answered) std::this_thread::yield();
                               if (!at_once) peer.write(forged);
                               said = true;
                               peer.hang();
                             },
                             answering([&](const std::string&) { return good; })});
      const Running gateway(gateway_yaml(server.url(), style.name, patient));
      check_told(style, gateway.ask("GET", style.target), Told::nothing);
      answered = true;
      while (!said) std::this_thread::yield();
      check_told(style, gateway.ask("GET", style.target), Told::nothing);
      CHECK(server.accepted() == 2);
    }
  }
}

TEST_CASE("what must not be done twice is not sent twice" * doctest::skip(!all_three)) {
  // A Rocket.Chat server that closes after every second request, some of them without an answer.
  std::atomic<int> number{0};
  std::atomic<int> registered{0};
  ScriptedServer server([&](Peer& peer) {
    for (;;) {
      const std::string request = peer.read_request();
      if (request.empty()) return;
      const bool registers = request.starts_with("POST /api/v1/livechat/visitor ");
      if (registers) ++registered;
      if (++number % 2 == 0) return peer.close();
      peer.write(
          http_answer(200, R"({"visitor":{"_id":"sGtcfEYz852uguxaS","token":"t","username":"guest-2"},"success":true})",
                      {{"Content-Type", "application/json"}}));
    }
  });
  const Running gateway(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {vendor: {kind: rocketchat, url: \"" + server.url() +
      "\", auth: none, timeouts: " + std::string(patient) +
      "}}\nroutes: [{facade: rocketchat, backend: vendor, auth: none}]\n");
  int asked = 0;
  for (int i = 0; i < 20; ++i) {
    ++asked;
    const Answer answer = gateway.ask("POST", "/api/v1/livechat/visitor", {{"Content-Type", "application/json"}},
                                      R"({"visitor":{"token":"t"}})");
    CHECK((answer.status == 200 || answer.status == 502));
  }
  CHECK(registered == asked);
}

}  // namespace parley::test
