// Connections over real sockets: keep-alive, pipelining, bodies, refusals that leave the connection in a known state, stopping.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <thread>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

constexpr const char* visitor = "/fake/visitors/7";

std::string get(std::string_view target = visitor, std::string_view headers = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}

/// Checks that the connection still serves.
void check_alive(Connection& connection) {
  const Answer answer = connection.ask("GET", visitor);
  CHECK(answer.status == 200);
  CHECK(answer.body == "name of 7");
}

/// Waits for ticks of the gateway's clock, which counts seconds.
void wait_for_tick(Connection& connection) {
  const std::string begun = connection.ask("GET", visitor).header("Date");
  while (connection.ask("GET", visitor).header("Date") == begun) std::this_thread::yield();
}

}  // namespace

TEST_CASE("an answer has what HTTP asks for") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send(get());
  const Answer answer = connection.receive();
  CHECK(answer.status == 200);
  CHECK(answer.reason == "OK");
  CHECK(answer.header("Server") == "parley");
  CHECK(answer.header("Content-Type") == "text/plain");
  CHECK(answer.header("Content-Length") == "9");
  CHECK(answer.header("Date").size() == 29);
  CHECK(answer.header("Date").ends_with(" GMT"));
  CHECK(answer.count("Connection") == 0);
  CHECK(answer.body == "name of 7");
}

TEST_CASE("keep-alive as the request asks") {
  struct Case {
    std::string name;
    std::string request;
    bool stays;
    std::string connection;
  };
  const Case cases[] = {
      {"1.1", get(), true, ""},
      {"1.1 close", get(visitor, "Connection: close\r\n"), false, "close"},
      {"1.0", "GET /fake/visitors/7 HTTP/1.0\r\n\r\n", false, "close"},
      {"1.0 keep-alive", "GET /fake/visitors/7 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true, "keep-alive"},
      {"a refusal in between", get("/fake/nothing"), true, ""},
      {"blank lines in front", "\r\n\r\n" + get(), true, ""},
      {"absolute target", "GET http://elsewhere/fake/visitors/7 HTTP/1.1\r\nHost: h\r\n\r\n", true, ""},
  };
  const FakeGateway gateway;
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Connection connection(gateway.port());
    connection.send(one.request);
    const Answer answer = connection.receive();
    CHECK(answer.header("Connection") == one.connection);
    if (one.stays) {
      check_alive(connection);
    } else {
      CHECK(connection.closes());
    }
  }
}

TEST_CASE("HEAD is GET without the body") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send("HEAD /fake/visitors/7 HTTP/1.1\r\nHost: h\r\n\r\n");
  const Answer answer = connection.receive(true);
  CHECK(answer.status == 200);
  CHECK(answer.header("Content-Length") == "9");
  check_alive(connection);
}

TEST_CASE("HEAD is answered without a body, even if the request line is malformed") {
  const FakeGateway gateway;
  const struct {
    std::string request;
    int status;
  } heads[] = {{"HEAD / HTTP/1.2\r\nHost: h\r\n\r\n", 505},
               {"HEAD /" + std::string(20000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
               {"HEAD /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414},
               {"HEAD /\001 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
               {"HEAD / HTTP/1.1\r\n\r\n", 400}};
  for (const auto& one : heads) {
    CAPTURE(one.request.substr(0, 40));
    Connection connection(gateway.port());
    connection.send(one.request);
    const Answer answer = connection.receive(true);
    CHECK(answer.status == one.status);
    CHECK(answer.header("Content-Length") != "0");
    CHECK(connection.closes());
  }
}

TEST_CASE("a request may come in any pieces") {
  const FakeGateway gateway;
  const std::string request = "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";
  const std::string chunked =
      "POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nX: "
      "y\r\n\r\n";
  Connection connection(gateway.port());
  for (const std::string& whole : {request, chunked}) {
    for (std::size_t cut = 1; cut < whole.size(); ++cut) {
      CAPTURE(cut);
      connection.send(whole.substr(0, cut));
      connection.send(whole.substr(cut));
      REQUIRE(connection.receive().status == 200);
    }
    for (const char byte : whole) connection.send({&byte, 1});
    REQUIRE(connection.receive().status == 200);
  }
}

TEST_CASE("pipelined requests are answered in order") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  std::string all;
  for (int i = 0; i < 200; ++i) {
    all += get("/fake/visitors/" + std::to_string(i));
    if (i % 7 == 0) all += "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";
    if (i % 11 == 0)
      all += "POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nho\r\n0\r\n\r\n";
    if (i % 13 == 0) all += "POST /fake/nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nGET / HTT";
  }
  std::thread sender([&] { connection.send(all); });
  for (int i = 0; i < 200; ++i) {
    CAPTURE(i);
    CHECK(connection.receive().body == "name of " + std::to_string(i));
    if (i % 7 == 0) CHECK(connection.receive().body == "noted hi");
    if (i % 11 == 0) CHECK(connection.receive().body == "noted ho");
    if (i % 13 == 0) CHECK(connection.receive().status == 404);
  }
  sender.join();
}

TEST_CASE("an answer does not wait for the next request's backend") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send(get() + get("/fake/visitors/hang"));
  CHECK(connection.receive().body == "name of 7");
  fake_state.release = true;
  CHECK(connection.receive().body == "name of hang");
}

TEST_CASE("large answers reach a slow reader completely") {
  fake_state.big.assign(1000 * 1000, 'x');
  {
    const FakeGateway gateway;
    Connection connection(gateway.port());
    std::string all;
    for (int i = 0; i < 20; ++i) all += get();
    connection.send(all);  // 20 MB: more than a socket buffer holds
    for (int i = 0; i < 20; ++i) REQUIRE(connection.receive().body.size() == fake_state.big.size() + 9);
    CHECK(connection.ask("GET", "/fake/visitors/nobody").status == 404);
  }
  fake_state.big.clear();
}

TEST_CASE("a client that disconnects at any point does no harm") {
  const FakeGateway gateway;
  const std::string posted = "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\nabc";
  for (const std::string& begun :
       {std::string(), std::string("GET /fa"), posted, get() + get() + "GET",
        std::string("POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab")}) {
    Connection connection(gateway.port());
    connection.send(begun);
  }
  Connection half(gateway.port());
  half.send(get());
  half.finish_sending();
  CHECK(half.receive().body == "name of 7");
  CHECK(half.closes());
  Connection cut(gateway.port());
  cut.send(posted);
  cut.finish_sending();
  CHECK(cut.closes());
  CHECK(fake_state.committed == 0);
  Connection after(gateway.port());
  check_alive(after);
}

TEST_CASE("refusals leave the connection in a known state") {
  struct Case {
    std::string name;
    std::string request;
    int status;
    std::string body;
    bool stays;
  };
  const std::string secret = "PUT /fake/secret HTTP/1.1\r\nHost: h\r\n";
  const std::string page = "POST /fake/page HTTP/1.1\r\nHost: h\r\n";
  const Case cases[] = {
      {"not found, with a body", "POST /fake/no HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", 404,
       "fake error no such endpoint", true},
      {"nobody's path", get("/"), 404, R"({"error":"no such endpoint"})", true},
      {"wrong method", "PUT /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", 405,
       "fake error method not allowed", true},
      {"unauthorized, with a body", secret + "Content-Length: 5\r\n\r\nhello", 401, "fake error who are you", true},
      {"unauthorized, with chunks", secret + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 401,
       "fake error who are you", true},
      {"unauthorized, large body announced", secret + "Content-Length: 900000\r\n\r\nhello", 401,
       "fake error who are you", false},
      {"unauthorized, client waits for 100", secret + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n", 401,
       "fake error who are you", false},
      {"no body", page + "\r\n", 400,
       "fake error the request has no body, and a JSON body is required (curl sends one with -d; -D does not)", true},
      {"empty body", page + "Content-Length: 0\r\n\r\n", 400,
       "fake error the request has no body, and a JSON body is required (curl sends one with -d; -D does not)", true},
      {"empty chunks", page + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "fake error the request has no body, and a JSON body is required (curl sends one with -d; -D does not)", true},
      {"refused by decode", page + "Content-Length: 3\r\n\r\nbad", 400, "fake error bad body", true},
      {"body too large", page + "Content-Length: 1048577\r\n\r\nabc", 413, "fake error request body too large", false},
      {"chunks too large", page + "Transfer-Encoding: chunked\r\n\r\n100001\r\nabc", 413,
       "fake error request body too large", false},
      {"malformed chunks", page + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400, "fake error malformed chunked body",
       false},
      {"unknown id", get("/fake/visitors/nobody"), 404, "fake error nobody there", true},
      {"bad escape", get("/fake/visitors/%zz"), 400, "fake error the path is not percent-encoded UTF-8", true},
      {"backend cannot", get("/fake/agents"), 501, "fake error the fake has no agents", true},
      {"facade throws", get("/fake/break"), 500, "fake error internal error", true},
      {"backend throws", get("/fake/visitors/throw"), 500, "fake error internal error", true},
      {"backend throws when it was waited for", page + "Content-Length: 5\r\n\r\nthrow", 500,
       "fake error internal error", true},
      {"fragment", get("/fake/visitors/7#a"), 400, R"({"error":"malformed request target"})", true},
      {"CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", 400, R"({"error":"malformed request target"})", true},
      {"garbage", "hello\r\n", 400, R"({"error":"malformed request head"})", false},
      {"version", "GET / HTTP/2.0\r\n\r\n", 505, R"({"error":"HTTP version not supported"})", false},
      {"no host", "GET /fake/visitors/7 HTTP/1.1\r\n\r\n", 400, R"({"error":"no Host header"})", false},
      {"smuggling",
       page + "Transfer-Encoding: gzip\r\nContent-Length: 60\r\n\r\nGET /fake/visitors/smuggled HTTP/1.1\r\nHost: "
              "h\r\n\r\n",
       400, R"({"error":"unknown Transfer-Encoding"})", false},
      {"target too long", get("/fake/visitors/" + std::string(8192, 'a')), 414, "fake error request target too long",
       false},
      {"target without end", "GET /fake/visitors/" + std::string(20000, 'a'), 414, "fake error request target too long",
       false},
      {"headers too large", get("/fake/visitors/7", "X: " + std::string(16384, 'x') + "\r\n"), 431,
       "fake error request head too large", false},
  };
  const FakeGateway gateway;
  for (const Case& one : cases) {
    CAPTURE(one.name);
    Connection connection(gateway.port());
    connection.send(one.request);
    const Answer answer = connection.receive();
    CHECK(answer.status == one.status);
    CHECK(answer.body == one.body);
    CHECK(answer.header("Connection") == (one.stays ? "" : "close"));
    if (one.stays) {
      check_alive(connection);
    } else {
      CHECK(connection.closes());
    }
    if (one.status == 405) CHECK(answer.header("Allow") == "POST");
  }
  CHECK(fake_state.committed == 0);
}

TEST_CASE("a body that cannot be skipped does not lose the answer") {
  const FakeGateway gateway;
  const std::string refused = "POST /fake/nothing HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char* body : {"20000\r\nabc", "zz\r\n", "5\r\nhello\r\nzz\r\n", "3;x=\"\n\"\r\nabc\r\n0\r\n\r\n"}) {
    CAPTURE(body);
    Connection connection(gateway.port());
    connection.send(get("/fake/visitors/7") + refused + body + get("/fake/visitors/8"));
    CHECK(connection.receive().body == "name of 7");
    CHECK(connection.receive().status == 404);
    CHECK(connection.closes());
  }
}

TEST_CASE("a client that gets 100 Continue sends its body") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  connection.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  CHECK(connection.receive_interim() == 100);
  connection.send("hello");
  CHECK(connection.receive().status == 200);
  connection.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
  CHECK(connection.receive_interim() == 100);
  connection.send("2\r\nhi\r\n0\r\n\r\n");
  CHECK(connection.receive().body == "noted hi");
  // A client that does not wait gets no 100 Continue.
  connection.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");
  CHECK(connection.receive().status == 200);
}

TEST_CASE("bodies up to the limit are read completely") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  const std::string body(1024 * 1024, 'b');
  CHECK(connection.ask("POST", "/fake/page", {}, body).body == "noted " + body);
  std::string chunks;
  for (std::size_t at = 0; at < body.size(); at += 4096) chunks += "1000\r\n" + body.substr(at, 4096) + "\r\n";
  connection.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
  CHECK(connection.receive().body == "noted " + body);
  check_alive(connection);
}

TEST_CASE("OPTIONS lists the methods, and refuses pages of other origins in the vendor's style") {
  const FakeGateway gateway;
  Connection connection(gateway.port());
  const Answer plain = connection.ask("OPTIONS", visitor);
  CHECK(plain.status == 200);
  CHECK(plain.header("Allow") == "GET, HEAD");
  CHECK(plain.body.empty());
  const Answer preflight =
      connection.ask("OPTIONS", visitor, {{"Origin", "https://a"}, {"Access-Control-Request-Method", "PUT"}});
  CHECK(preflight.status == 405);
  CHECK(preflight.body == "fake error method not allowed");
  CHECK(connection.ask("OPTIONS", "/fake/nothing").status == 404);
  CHECK(connection.ask("OPTIONS", "*").status == 200);
}

TEST_CASE("hundreds of idle connections, and one that works") {
  config::Settings settings = fake_settings();
  settings.server.workers = 2;
  const FakeGateway gateway(settings);
  List<std::unique_ptr<Connection>> idle;
  for (int i = 0; i < 400; ++i) idle.push_back(std::make_unique<Connection>(gateway.port()));
  Connection busy(gateway.port());
  for (int i = 0; i < 50; ++i) check_alive(busy);
  for (std::size_t i = 0; i < idle.size(); i += 50) check_alive(*idle[i]);
}

TEST_CASE("slow and idle clients get 408 or are closed") {
  config::Settings settings = fake_settings();
  settings.server.limits.idle = std::chrono::seconds(3);
  settings.server.limits.request = std::chrono::milliseconds(1);  // the clock counts seconds
  const FakeGateway gateway(settings);
  Connection idle(gateway.port());
  check_alive(idle);
  Connection head(gateway.port());
  head.send("GET /fake/visitors/7 HTTP/1.1\r\nHos");
  Connection body(gateway.port());
  body.send("POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel");
  for (Connection* late : {&head, &body}) {
    const Answer answer = late->receive();
    CHECK(answer.status == 408);
    CHECK(answer.header("Connection") == "close");
    CHECK(late->closes());
  }
  CHECK(idle.closes());
  CHECK(fake_state.committed == 0);
}

TEST_CASE("a slow body of a HEAD request gets 408 without a body") {
  config::Settings settings = fake_settings();
  settings.server.limits.request = std::chrono::milliseconds(1);
  const FakeGateway gateway(settings);
  Connection connection(gateway.port());
  connection.send("HEAD /fake/visitors/7 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel");
  CHECK(connection.receive(true).status == 408);
  CHECK(connection.closes());
}

TEST_CASE("head and body of a request have one deadline together") {
  config::Settings settings = fake_settings();
  settings.server.limits.request = std::chrono::seconds(4);
  settings.server.workers = 1;
  const FakeGateway gateway(settings);
  Connection clock(gateway.port());
  Connection early(gateway.port());
  Connection late(gateway.port());
  for (Connection* one : {&clock, &early, &late}) check_alive(*one);
  const std::string head = "POST /fake/page HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n";
  early.send(head.substr(0, 20));
  for (int ticks = 0; ticks < 2; ++ticks) wait_for_tick(clock);
  late.send(head + "hel");
  check_alive(clock);
  early.send(head.substr(20) + "hel");  // completes its head two seconds after its first byte
  const Answer first = early.receive();
  const Answer second = late.receive();
  CHECK(first.status == 408);
  CHECK(second.status == 408);
  const auto time = [](const Answer& answer) {
    std::tm date{};
    ::strptime(answer.header("Date").c_str(), "%a, %d %b %Y %H:%M:%S", &date);
    return ::timegm(&date);
  };
  CHECK(time(first) < time(second));
}

TEST_CASE("blank lines keep no connection") {
  config::Settings settings = fake_settings();
  settings.server.limits.idle = std::chrono::seconds(3);
  settings.server.limits.headers = std::chrono::seconds(3);  // for halves of blank lines that come with the next half
  settings.server.workers = 1;
  const FakeGateway gateway(settings);
  Connection clock(gateway.port());
  Connection whole(gateway.port());
  Connection halves(gateway.port());
  for (Connection* one : {&whole, &halves}) check_alive(*one);
  const auto drip = [](Connection& connection, std::string_view bytes) {
    try {
      connection.send(bytes);
    } catch (const std::exception&) {  // the connection has ended
    }
  };
  for (int ticks = 0; ticks < 10; ++ticks) {
    drip(whole, "\r\n");
    drip(halves, "\r");
    wait_for_tick(clock);
    drip(halves, "\n");
  }
  for (Connection* one : {&whole, &halves}) CHECK(one->breaks(std::chrono::milliseconds(0)));
}

TEST_CASE("a blank line in two pieces does not start the next request") {
  config::Settings settings = fake_settings();
  settings.server.limits.request = std::chrono::seconds(4);
  settings.server.workers = 1;
  const FakeGateway gateway(settings);
  Connection clock(gateway.port());
  Connection slow(gateway.port());
  slow.send("\r");
  wait_for_tick(clock);
  slow.send("\n");
  for (int ticks = 0; ticks < 5; ++ticks) wait_for_tick(clock);
  slow.send(get().substr(0, 20));
  wait_for_tick(clock);
  slow.send(get().substr(20));
  CHECK(slow.receive().status == 200);
}

TEST_CASE("a refused request gets no second answer when its body does not come") {
  config::Settings settings = fake_settings();
  settings.server.limits.request = std::chrono::milliseconds(1);
  const FakeGateway gateway(settings);
  Connection known(gateway.port());
  known.send("POST /fake/nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel");
  Connection behind(gateway.port());  // the same with a chunked body
  behind.send("POST /fake/nothing HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
  for (Connection* one : {&known, &behind}) {
    CHECK(one->receive().status == 404);
    CHECK(one->closes());
  }
}

TEST_CASE("a chunked body may follow a head of any size") {
  const FakeGateway gateway;
  const std::string begin = "POST /fake/page HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nX-Fill: ";
  // Sizes around that at which the head fills the input buffer.
  for (const std::size_t size : {8176U, 8185U, 8188U, 8191U, 8192U, 8193U, 16368U, 16380U, 16384U}) {
    CAPTURE(size);
    Connection connection(gateway.port());
    connection.send(begin + std::string(size - begin.size() - 4, 'x') + "\r\n\r\n");
    connection.send("2\r\nhe\r\n3\r\nllo\r\n0\r\nX: y\r\n\r\n");
    CHECK(connection.receive().body == "noted hello");
    check_alive(connection);
  }
}

TEST_CASE("the log has the endpoint's pattern, not the client's path") {
  const Scratch scratch;
  const std::string file = scratch.write("log", "");
  const FakeGateway gateway;
  std::fflush(stdout);
  const int before = ::dup(STDOUT_FILENO);
  const int log = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
  ::dup2(log, STDOUT_FILENO);
  const Answer failed = ask(gateway.port(), "GET", "/fake/visitors/throw");
  std::fflush(stdout);
  ::dup2(before, STDOUT_FILENO);
  ::close(before);
  ::close(log);
  CHECK(failed.status == 500);
  const std::string said = read_file(file);
  CAPTURE(said);
  CHECK(said.find("GET /fake/visitors/:id: ") != std::string::npos);
  CHECK(said.find("visitors/throw") == std::string::npos);
}

TEST_CASE("stopping waits for the request in flight") {
  const FakeGateway gateway;
  Connection idle(gateway.port());
  check_alive(idle);
  Connection busy(gateway.port());
  busy.send(get("/fake/visitors/hang") + get());
  while (fake_state.waiting == 0) std::this_thread::yield();
  std::thread stopper([&] { gateway->stop(); });
  CHECK(idle.closes());
  fake_state.release = true;
  const Answer answer = busy.receive();
  CHECK(answer.body == "name of hang");
  CHECK(answer.header("Connection") == "close");
  CHECK(busy.closes());
  stopper.join();
}

TEST_CASE("stopping does not wait for ever") {
  const FakeGateway gateway;
  Connection busy(gateway.port());
  busy.send(get("/fake/visitors/hang"));
  while (fake_state.waiting == 0) std::this_thread::yield();
  gateway->stop(std::chrono::milliseconds(20));
  fake_state.waiting = 0;
}

TEST_CASE("connections are spread evenly over the workers, however few they are") {
  config::Settings settings = fake_settings();
  settings.server.workers = 2;
  for (const int count : {2, 4, 64}) {
    CAPTURE(count);
    const FakeGateway gateway(settings);
    List<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < count; ++i) {
      connections.push_back(std::make_unique<Connection>(gateway.port()));
      check_alive(*connections.back());
    }
    const std::lock_guard lock(fake_state.mutex);
    REQUIRE(fake_state.seen.size() == 2);
    for (const auto& [thread, executed] : fake_state.seen) CHECK(executed == count / 2);
  }
}

TEST_CASE("the error for an address that cannot be bound is clear") {
  const FakeGateway first;
  config::Settings settings = fake_settings();
  settings.server.listen.front().port = first.port();
  const auto second = gateway::runtime::Gateway::open(settings, fake_adapters);
  REQUIRE(second.has_error());
  CHECK(second.error().message ==
        "cannot listen on 127.0.0.1:" + std::to_string(first.port()) + ": Address already in use");
  settings.server.listen.front() = {"192.0.2.1", 0, {}};
  const auto foreign = gateway::runtime::Gateway::open(settings, fake_adapters);
  REQUIRE(foreign.has_error());
  CHECK(foreign.error().message == "cannot listen on 192.0.2.1:0: Cannot assign requested address");
}

}  // namespace parley::test
