// The figures of an upstream, and the headers that say who asks.
#include "tests/adapters/upstream/world.hpp"
#include "tests/support/reserved_port.hpp"

namespace parley::upstream::test {
namespace {

constexpr std::string_view one = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr std::string_view other = "00-11111111111111111111111111111111-2222222222222222-00";

/// The value of a figure, by its name and, if it has one, its label value.
double figure(const Upstream& upstream, std::string_view name, std::string_view word = {}) {
  List<contract::Figure> figures;
  upstream.measure(figures);
  for (const contract::Figure& one_of_them : figures) {
    if (one_of_them.name == name && one_of_them.word == word) return one_of_them.value;
  }
  FAIL("no figure ", name, ' ', word);
  return 0;
}

/// How many calls of that operation were timed.
std::uint64_t timed(const Upstream& upstream, std::string_view word) {
  List<contract::Timing> timings;
  upstream.measure_times(timings);
  for (const contract::Timing& one_of_them : timings) {
    if (one_of_them.word != word) continue;
    CHECK(one_of_them.name == "upstream_request_seconds");
    CHECK(one_of_them.label == "operation");
    std::uint64_t all = 0;
    for (const std::uint64_t count : one_of_them.durations.counts) all += count;
    return all;
  }
  return 0;
}

contract::Call traced(std::string_view trace) {
  contract::Call call;
  call.trace = trace;
  return call;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a call carries its trace header once; without a trace it has none") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(server.url());
  world.good(get(), traced(one));
  world.good(post("/things", R"({"b":2})"), traced(other));
  world.good(get());
  REQUIRE(server.requests().size() == 3);
  CHECK(count(server.requests()[0], "\r\ntraceparent: " + std::string(one) + "\r\n\r\n") == 1);
  CHECK(count(server.requests()[1], "\r\ntraceparent: " + std::string(other) + "\r\n\r\n{\"b\":2}") == 1);
  CHECK(count(server.requests()[2], "traceparent") == 0);
}

TEST_CASE("a call carries Via and X-Request-Id, after all other headers") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(server.url());
  contract::Call call = traced(one);
  call.via = "1.0 fred, 1.1 p.example.net";
  call.request_id = "f81d4fae";
  world.good(get(), call);
  REQUIRE(server.requests().size() == 1);
  CHECK(
      server.requests()[0].ends_with("\r\nVia: 1.0 fred, 1.1 p.example.net\r\nX-Request-Id: f81d4fae\r\n"
                                     "traceparent: " +
                                     std::string(one) + "\r\n\r\n"));
  call.request_id = "a\r\nX-Evil: 1";
  CHECK(world.bad(get(), call).code == Code::internal);
  call.request_id = {};
  call.via = "1.1 a\r\nX-Evil: 1";
  CHECK(world.bad(get(), call).code == Code::internal);
  Request request = get();
  request.headers = {{"via", "1.1 own"}};
  CHECK(world.bad(request).code == Code::internal);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a trace with a line break, or set by a connector, is refused") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(server.url());
  CHECK(world.bad(get(), traced("00-x\r\nX-Evil: 1")).code == Code::internal);
  Request request = get();
  request.headers = {{"TraceParent", String(one)}};
  CHECK(world.bad(request).code == Code::internal);
  CHECK(server.requests().empty());
}

TEST_CASE("identical reads are shared despite different traces; the first caller's trace is sent") {
  ScriptedServer server([](Peer& peer) {
    while (!peer.read_request().empty()) peer.write(http_answer(200, "{}"));
  });
  World world(server.url());
  std::vector<io::Task<Result<Response>>> tasks;
  const Request request = get();
  const contract::Call first = traced(one);
  contract::Call second = traced(other);
  second.via = "1.1 another";
  second.request_id = "another";
  const contract::Call third;
  tasks.push_back(world.client->send(request, first));
  tasks.push_back(world.client->send(request, second));
  tasks.push_back(world.client->send(request, third));
  for (const Result<Response>& answer : world.loop.run_all(std::move(tasks))) CHECK(answer.has_value());
  REQUIRE(server.requests().size() == 1);
  CHECK(count(server.requests()[0], one) == 1);
  CHECK(count(server.requests()[0], other) == 0);
  CHECK(figure(*world.upstream, "upstream_calls_shared_total") == 2);
}

TEST_CASE("calls are reported to the caller, and counted by outcome") {
  ScriptedServer server(answering([](const std::string& request) {
    return request.starts_with("GET /bad ") ? http_answer(503, "no") : http_answer(200, "{}");
  }));
  World world(server.url());
  contract::Call::Upstream told;
  contract::Call call;
  call.upstream = &told;
  world.good(get(), call);
  world.good(get("/bad"), call);
  CHECK(told.calls == 2);
  CHECK(told.time.count() > 0);
  const Upstream& upstream = *world.upstream;
  CHECK(figure(upstream, "upstream_calls_total", "good") == 1);
  CHECK(figure(upstream, "upstream_calls_total", "bad") == 1);
  CHECK(figure(upstream, "upstream_calls_total", "unreachable") == 0);
  CHECK(figure(upstream, "upstream_calls_in_flight") == 0);
  CHECK(figure(upstream, "upstream_call_seconds_total") > 0);
  CHECK(figure(upstream, "upstream_connections") == 1);
  CHECK(figure(upstream, "upstream_breaker") == 0);
  world.client.reset();
  CHECK(figure(upstream, "upstream_connections") == 0);
}

TEST_CASE("a server that is down: unreachable calls, an open breaker and refused calls are counted") {
  const parley::test::ReservedPort nobody;
  World world("http://127.0.0.1:" + std::to_string(nobody.number()));
  for (int i = 0; i < 5; ++i) CHECK(world.bad(post("/things", "{}")).code == Code::upstream_unreachable);
  CHECK(figure(*world.upstream, "upstream_calls_total", "unreachable") == 5);
  CHECK(figure(*world.upstream, "upstream_breaker") == 2);
  CHECK(figure(*world.upstream, "upstream_calls_refused_total", "breaker") == 0);
  world.bad(get());
  CHECK(figure(*world.upstream, "upstream_calls_refused_total", "breaker") == 1);
  CHECK(figure(*world.upstream, "upstream_calls_in_flight") == 0);
  CHECK(figure(*world.upstream, "upstream_connections") == 0);
}

TEST_CASE("a quota that is used up, and a second attempt, are counted") {
  ScriptedServer closing(
      std::vector<ScriptedServer::Script>{[](Peer& peer) {
                                            peer.read_request();
                                            peer.close();
                                          },
                                          answering([](const std::string&) { return http_answer(200, "{}"); })});
  World again(closing.url());
  again.good(get());
  CHECK(figure(*again.upstream, "upstream_retries_total") == 1);

  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(open(settings_for(server.url()), {1, milliseconds(3'600'000)}));
  world.good(get());
  CHECK(world.bad(get("/more"), within(milliseconds(5000))).code == Code::rate_limited);
  CHECK(figure(*world.upstream, "upstream_calls_refused_total", "quota") == 1);
}

TEST_CASE("calls are timed by operation") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(server.url());
  contract::Call call;
  call.operation = operation_kind<GetVisitor>;
  world.good(get(), call);
  world.good(get("/more"), call);
  world.good(get());
  CHECK(timed(*world.upstream, "GetVisitor") == 2);
  CHECK(timed(*world.upstream, "other") == 1);
  CHECK(timed(*world.upstream, "ListAgents") == 0);
}

TEST_CASE("a call is timed from its turn: waiting for our pacing does not count") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(open(settings_for(server.url()), {2, milliseconds(1000)}));  // one call at once, the next a second later
  for (const Result<Response>& answer : world.send_many({get(), get("/more")})) CHECK(answer.has_value());
  List<contract::Timing> timings;
  world.upstream->measure_times(timings);
  REQUIRE(timings.size() == 1);
  CHECK(timed(*world.upstream, "other") == 2);
  const double all = figure(*world.upstream, "upstream_call_seconds_total");
  CHECK(all - std::chrono::duration<double>(timings.front().durations.sum).count() > 0.5);
}

TEST_CASE("an upstream's refusals are counted by status, with the quota that it reports") {
  ScriptedServer server(answering([](const std::string& request) {
    const auto asks = [&request](std::string_view path) { return request.starts_with("GET " + std::string(path)); };
    if (asks("/401")) return http_answer(401, "{}");
    if (asks("/403")) return http_answer(403, "{}");
    if (asks("/404")) return http_answer(404, "{}");
    if (asks("/told")) return http_answer(200, "{}", {{"X-RateLimit-Limit", "600"}, {"X-RateLimit-Remaining", "599"}});
    if (asks("/odd")) return http_answer(200, "{}", {{"X-RateLimit-Limit", "9"}, {"X-RateLimit-Remaining", "many"}});
    return http_answer(200, "{}");
  }));
  World world(server.url());
  const auto has = [&world](std::string_view name) {
    List<contract::Figure> figures;
    world.upstream->measure(figures);
    return std::any_of(figures.begin(), figures.end(), [name](const contract::Figure& f) { return f.name == name; });
  };
  world.good(get());
  CHECK_FALSE(has("upstream_quota_left"));
  CHECK_FALSE(has("upstream_quota_limit"));
  for (const char* path : {"/401", "/403", "/403", "/404"}) world.good(get(path));
  CHECK(figure(*world.upstream, "upstream_calls_denied_total", "401") == 1);
  CHECK(figure(*world.upstream, "upstream_calls_denied_total", "403") == 2);
  CHECK(figure(*world.upstream, "upstream_calls_denied_total", "429") == 0);
  for (const char* path : {"/told", "/odd", "/none"}) {
    CAPTURE(path);
    world.good(get(path));
    CHECK(figure(*world.upstream, "upstream_quota_left", "upstream") == 599);
    CHECK(figure(*world.upstream, "upstream_quota_limit", "upstream") == 600);
  }
}

TEST_CASE("the rest of our own quota is a figure") {
  ScriptedServer server(answering([](const std::string&) { return http_answer(200, "{}"); }));
  World world(open(settings_for(server.url()), {300, milliseconds(3'600'000)}));
  CHECK(figure(*world.upstream, "upstream_quota_left", "pacing") == 75);
  world.good(get());
  CHECK(figure(*world.upstream, "upstream_quota_left", "pacing") == 74);
  CHECK(figure(*world.upstream, "upstream_quota_limit", "pacing") == 75);
}

}  // namespace parley::upstream::test
