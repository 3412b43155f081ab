// Everything that an upstream can do wrong: the resulting error, that no connection stays open, and that the next good call succeeds.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "adapters/upstream/settings.hpp"
#include "tests/adapters/upstream/world.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/reserved_port.hpp"

namespace parley::upstream::test {
namespace {

using parley::test::eventually;
using parley::test::packed;
using parley::test::ReservedPort;
using std::chrono::seconds;

std::string packed_answer(std::string_view packed) {
  return http_answer(200, packed, {{"Content-Encoding", "gzip"}, {"Content-Type", "application/json"}});
}

ScriptedServer::Script says(std::string bytes, bool hangs = true) {
  return [bytes = std::move(bytes), hangs](Peer& peer) {
    if (peer.read_request().empty()) return;
    peer.write(bytes);
    while (hangs && !peer.read_request().empty()) peer.write(http_answer(200, "GET"));
  };
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

struct Fault {
  std::string name;
  ScriptedServer::Script script;
  Code code;
  std::string detail;  ///< the error's detail contains it
  /// Connections that the faulty call and the next call use together. 1: the end of the answer is clear, so the
  /// connection is kept. 3: the server may not have received the request, so it is sent again, and the second attempt
  /// or the next call meets the same fault.
  std::size_t connections = 2;
};

config::Backend small_answers(const std::string& url) {
  config::Backend settings = settings_for(url);
  settings.own.edit<parley::upstream::Settings>().answer = 64 * 1024;
  return settings;
}

/// The result of a call that meets the fault, and of the next call of the same client.
struct Seen {
  Error error;
  Result<Response> next;
  std::size_t connections;
};

Seen meet(const Fault& fault) {
  std::vector<ScriptedServer::Script> scripts(std::max<std::size_t>(fault.connections - 1, 1), fault.script);
  scripts.push_back(
      answering([](const std::string& request) { return http_answer(200, request.substr(0, request.find(' '))); }));
  ScriptedServer server(std::move(scripts));
  config::Backend settings = small_answers(server.url());
  if (fault.code == Code::upstream_timeout) {
    settings.own.edit<parley::upstream::Settings>().timeouts.first_byte = milliseconds(400);
    settings.own.edit<parley::upstream::Settings>().timeouts.total = milliseconds(800);
  }
  World world(settings);
  Request request = get();
  request.repeatable = false;  // so that only one call meets the fault
  Error error = world.bad(request);
  Result<Response> next = world.send(get("/next"));
  world.client.reset();
  server.wait_for_open(0);
  return {std::move(error), std::move(next), server.accepted()};
}

/// Faults that are timeouts have short timeouts. If a thread is late, another stage may time out, or the next call, too.
bool was_late(const Fault& fault, const Seen& seen) {
  if (fault.code != Code::upstream_timeout || seen.error.code != Code::upstream_timeout) return false;
  return seen.error.detail.find(fault.detail) == String::npos ||
         (seen.next.has_error() && seen.next.error().code == Code::upstream_timeout);
}

}  // namespace

TEST_CASE("each fault of an upstream gives its error, leaves no connection, and the next call succeeds") {
  const std::string half = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"half\":";
  const auto chunked = [](std::string_view body) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body);
  };
  const Fault faults[] = {
      {"hangs before reading", [](Peer& peer) { peer.hang(); }, Code::upstream_timeout, "first byte"},
      {"hangs after reading", says(""), Code::upstream_timeout, "first byte"},
      {"hangs in the status line", says("HTTP/1.1 20"), Code::upstream_timeout, "receiving"},
      {"hangs in the head", says("HTTP/1.1 200 OK\r\nContent-Le"), Code::upstream_timeout, "receiving"},
      {"hangs in the body", says(half), Code::upstream_timeout, "receiving"},
      {"closes after reading", says("", false), Code::upstream_failed, "closed before an answer"},
      {"closes at once", [](Peer&) {}, Code::upstream_failed, "", 3},
      {"resets after reading",
       [](Peer& peer) {
         static_cast<void>(peer.read_request());
         peer.reset();
       },
       Code::upstream_failed, ""},
      {"half a body", says(half, false), Code::upstream_failed, "cut off"},
      {"half a chunk", says(chunked("8\r\nhalf"), false), Code::upstream_failed, "cut off"},
      {"no last chunk", says(chunked("2\r\nhi\r\n"), false), Code::upstream_failed, "cut off"},
      {"half a head", says("HTTP/1.1 200 OK\r\nContent-Le", false), Code::upstream_failed, "cut off"},
      {"length and chunks",
       says("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
       Code::upstream_failed, ""},
      {"chunks and length",
       says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
       Code::upstream_failed, ""},
      {"two lengths", says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!"),
       Code::upstream_failed, ""},
      {"length with junk", says("HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nhi"), Code::upstream_failed, ""},
      {"negative length", says("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nhi"), Code::upstream_failed, ""},
      {"unknown transfer encoding", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhi"), Code::upstream_failed,
       "Transfer-Encoding"},
      {"chunked and more", says("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nhi"), Code::upstream_failed,
       "Transfer-Encoding"},
      {"line feed in a quoted extension", says(chunked("2;x=\"\n\"\r\nhi\r\n0\r\n\r\n")), Code::upstream_failed,
       "extension"},
      {"bad chunk size", says(chunked("zz\r\nhi\r\n0\r\n\r\n")), Code::upstream_failed, ""},
      {"chunk longer than said", says(chunked("1\r\nhi\r\n0\r\n\r\n")), Code::upstream_failed, ""},
      {"chunk size too large", says(chunked("ffffffffffffffff\r\nhi")), Code::upstream_failed, ""},
      {"garbage", says("\x16\x03\x01 what is this, surely no HTTP\r\n\r\n"), Code::upstream_failed, ""},
      {"another protocol", says("HTTP/2 200 OK and more\r\n\r\n"), Code::upstream_failed, ""},
      {"status of two digits", says("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n"), Code::upstream_failed, ""},
      {"status out of range", says("HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n"), Code::upstream_failed, "range"},
      {"switches protocols", says("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"), Code::upstream_failed, "protocols"},
      {"interim answers without end",
       [](Peer& peer) {
         static_cast<void>(peer.read_request());
         for (int at = 0; at < 20; ++at) peer.write("HTTP/1.1 102 Processing\r\n\r\n");
         peer.hang();
       },
       Code::upstream_failed, "interim"},
      {"head without end", says("HTTP/1.1 200 OK\r\n" + std::string(40'000, 'x')), Code::upstream_failed, ""},
      {"too many headers",
       [](Peer& peer) {
         static_cast<void>(peer.read_request());
         std::string head = "HTTP/1.1 200 OK\r\n";
         for (int at = 0; at < 200; ++at) head += "X-" + std::to_string(at) + ": y\r\n";
         peer.write(head + "Content-Length: 0\r\n\r\n");
         peer.hang();
       },
       Code::upstream_failed, "headers"},
      {"huge by its length", says("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), Code::upstream_failed,
       "too large"},
      {"huge in chunks", says(chunked("20000\r\n" + std::string(0x20000, 'x') + "\r\n0\r\n\r\n")),
       Code::upstream_failed, "too large"},
      {"huge until closed", says("HTTP/1.1 200 OK\r\n\r\n" + std::string(200'000, 'x'), false), Code::upstream_failed,
       "too large"},
      {"trailers without end", says(chunked("0\r\n" + std::string(40'000, 'x'))), Code::upstream_failed, "trailers"},
      {"gzip bomb", says(packed_answer(packed(std::string(10'000'000, ' ')))), Code::upstream_failed, "unpacked", 1},
      {"gzip cut off", says(packed_answer(packed("{\"a\":1}").substr(0, 15))), Code::upstream_failed, "gzip", 1},
      {"gzip that is none", says(packed_answer("{\"a\":1}")), Code::upstream_failed, "gzip", 1},
      {"unknown coding", says(http_answer(200, "x", {{"Content-Encoding", "br"}})), Code::upstream_failed, "Encoding"},
      {"packed twice", says(http_answer(200, "x", {{"Content-Encoding", "gzip, gzip"}})), Code::upstream_failed,
       "packed twice"},
      {"redirect", says(http_answer(301, "", {{"Location", "https://elsewhere.example/of/secret?token=secret"}})),
       Code::upstream_failed, "redirect refused: 301 to https://elsewhere.example; check backends.support.url", 1},
      {"redirect with a password", says(http_answer(301, "", {{"Location", "https://u:secret@elsewhere.example/"}})),
       Code::upstream_failed, "redirect refused: 301 to https://elsewhere.example; check backends.support.url", 1},
      {"redirect on the same server", says(http_answer(302, "", {{"Location", "/of/secret"}})), Code::upstream_failed,
       "redirect refused: 302 to another path; check backends.support.url", 1},
      {"redirect to TLS on the same host", says(http_answer(301, "", {{"Location", "https://127.0.0.1/of/secret"}})),
       Code::upstream_failed, "redirect refused: 301 to https://127.0.0.1; write https:// in backends.support.url", 1},
      {"redirect to TLS on the same host, with a port and a user",
       says(http_answer(308, "", {{"Location", "HTTPS://u:secret@127.0.0.1:8443/"}})), Code::upstream_failed,
       "redirect refused: 308 to HTTPS://127.0.0.1:8443; write https:// in backends.support.url", 1},
      {"redirect to the same host without TLS", says(http_answer(301, "", {{"Location", "http://127.0.0.1/secret"}})),
       Code::upstream_failed, "redirect refused: 301 to http://127.0.0.1; check backends.support.url", 1},
      {"redirect to a host that begins like ours",
       says(http_answer(301, "", {{"Location", "https://127.0.0.1.example/"}})), Code::upstream_failed,
       "redirect refused: 301 to https://127.0.0.1.example; check backends.support.url", 1},
      {"redirect to nowhere", says(http_answer(307, "")), Code::upstream_failed,
       "redirect refused: 307 to nowhere; check backends.support.url", 1},
      {"not modified", says("HTTP/1.1 304 Not Modified\r\n\r\n"), Code::upstream_failed, "304", 1},
      {"slow drip",
       [](Peer& peer) {
         static_cast<void>(peer.read_request());
         peer.drip("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + std::string(10'000, 'x'), 20);
       },
       Code::upstream_timeout, "receiving"},
  };
  // A first call, because it opens descriptors that stay open.
  {
    ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
    World world(server.url());
    world.good(get());
  }
  const std::size_t before = open_descriptors();
  for (const Fault& fault : faults) {
    CAPTURE(fault.name);
    Seen seen = meet(fault);
    for (int more = 0; more < 5 && was_late(fault, seen); ++more) seen = meet(fault);
    CHECK(seen.error.code == fault.code);
    CHECK(seen.error.detail.find(fault.detail) != String::npos);
    CHECK(seen.error.detail.find("secret") == String::npos);
    CHECK(seen.error.message.find("127.0.0.1") == String::npos);
    REQUIRE(seen.next.has_value());
    CHECK(seen.next->body == "GET");
    CHECK(seen.connections == fault.connections);
    CHECK(open_descriptors() == before);
  }
}

TEST_CASE("a complete answer is a Response, whatever its status and body") {
  struct Case {
    std::string name;
    std::string bytes;
    int status;
    std::string body;
  };
  const Case cases[] = {
      {"HTML", http_answer(200, "<html>", {{"Content-Type", "text/html"}}), 200, "<html>"},
      {"wrong type", http_answer(200, "{}", {{"Content-Type", "image/png"}}), 200, "{}"},
      {"401", http_answer(401, ""), 401, ""},
      {"403", http_answer(403, "{}"), 403, "{}"},
      {"429", http_answer(429, "{}"), 429, "{}"},
      {"500", http_answer(500, "oops"), 500, "oops"},
      {"502", http_answer(502, "<html>"), 502, "<html>"},
      {"503", http_answer(503, ""), 503, ""},
      {"gzip", packed_answer(packed(R"({"a":[1,2,3]})")), 200, R"({"a":[1,2,3]})"},
      {"gzip of two members", packed_answer(packed("one ") + packed("two")), 200, "one two"},
      {"gzip of much", packed_answer(packed(std::string(60'000, 'x'))), 200, std::string(60'000, 'x')},
      {"gzip of nothing", packed_answer(""), 200, ""},
      {"identity", http_answer(200, "x", {{"Content-Encoding", "identity"}}), 200, "x"},
      {"no coding, in a list", http_answer(200, "x", {{"Content-Encoding", " , ,"}}), 200, "x"},
      {"gzip, in a list with empty members",
       http_answer(200, packed("packed"), {{"Content-Encoding", ",gzip, , identity,"}}), 200, "packed"},
      {"chunked, and an empty member", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
       200, "hi"},
      {"chunked behind an empty member", "HTTP/1.1 200 OK\r\nTransfer-Encoding: , chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
       200, "hi"},
      {"a connection that stays, in a list", http_answer(200, "x", {{"Connection", ",keep-alive,"}, {"Vary", ",,"}}),
       200, "x"},
      {"how long it rests, in a list", http_answer(200, "x", {{"Keep-Alive", ", max=100,, Timeout = 5,"}}), 200, "x"},
      {"as large as may be", http_answer(200, std::string(64 * 1024, 'x')), 200, std::string(64 * 1024, 'x')},
      {"deep", http_answer(200, std::string(10'000, '[')), 200, std::string(10'000, '[')},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    ScriptedServer server(answering([&one](const std::string&) { return one.bytes; }));
    World world(small_answers(server.url()));
    for (int round = 0; round < 2; ++round) {
      const Response answer = world.good(get());
      CHECK(answer.status == one.status);
      CHECK(answer.body == one.body);
    }
    CHECK(server.accepted() == 1);
  }
}

TEST_CASE("a port without a listener is upstream_unreachable") {
  const ReservedPort nobody;
  World world("http://127.0.0.1:" + std::to_string(nobody.number()));
  const Error error = world.bad(get());
  CHECK(error.code == Code::upstream_unreachable);
  CHECK(error.detail.find("refused") != String::npos);
}

TEST_CASE("a server that accepts no connection fails after the connect timeout") {
  // A full queue of one: further connections are neither accepted nor refused.
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener, 0) == 0);
  REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  std::vector<int> fillers;
  for (int at = 0; at < 4; ++at) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    ::connect(fillers.back(), reinterpret_cast<sockaddr*>(&address), size);
  }
  config::Backend settings = settings_for("http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
  settings.own.edit<parley::upstream::Settings>().timeouts.connect = milliseconds(400);
  World world(settings);
  const auto begun = std::chrono::steady_clock::now();
  const Error error = world.bad(get());
  const auto took = std::chrono::steady_clock::now() - begun;
  CHECK(error.code == Code::upstream_timeout);
  CHECK(error.detail == "connecting");
  CHECK(took >= milliseconds(390));
  CHECK(took < seconds(10));  // half of the total timeout
  for (const int filler : fillers) ::close(filler);
  ::close(listener);
}

TEST_CASE("a silent server fails after the timeout of the first byte, before the total timeout") {
  ScriptedServer server([](Peer& peer) {
    static_cast<void>(peer.read_request());
    peer.hang();
  });
  config::Backend settings = settings_for(server.url());
  settings.own.edit<parley::upstream::Settings>().timeouts.first_byte = milliseconds(400);
  World world(settings);
  const auto begun = std::chrono::steady_clock::now();
  const Error error = world.bad(get());
  const auto took = std::chrono::steady_clock::now() - begun;
  CHECK(error.code == Code::upstream_timeout);
  CHECK(error.detail == "waiting for the first byte");
  CHECK(took >= milliseconds(390));
  CHECK(took < seconds(10));  // half of the total timeout
}

TEST_CASE("the caller's deadline ends the call in every stage") {
  ScriptedServer server([](Peer& peer) { peer.hang(); });
  World world(server.url());
  const auto begun = std::chrono::steady_clock::now();
  const Error error = world.bad(get(), within(milliseconds(300)));
  const auto took = std::chrono::steady_clock::now() - begun;
  CHECK(error.code == Code::upstream_timeout);
  CHECK(took >= milliseconds(290));
  CHECK(took < seconds(10));  // the timeout of the first byte
  CHECK(world.bad(get(), within(milliseconds(-1))).code == Code::upstream_timeout);
  server.wait_for_open(0);
}

TEST_CASE("a call that waits for a connection still ends at its deadline") {
  ScriptedServer server([](Peer& peer) { peer.hang(); });
  config::Backend settings = settings_for(server.url());
  settings.own.edit<parley::upstream::Settings>().connections = 1;
  World world(settings);
  std::vector<Request> requests = {get("/1"), get("/2"), get("/3")};
  for (const Result<Response>& result : world.send_many(requests, within(seconds(1)))) {
    REQUIRE(result.has_error());
    CHECK(result.error().code == Code::upstream_timeout);
  }
  CHECK(eventually([&] { return server.accepted() == 1; }));
  server.wait_for_open(0);
  CHECK(server.accepted() == 1);
}

}  // namespace parley::upstream::test
