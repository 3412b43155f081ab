// The life of a request without a socket: what it waits for, how it is refused and in which style, and losses.
#include "gateway/pipeline/advance.hpp"

#include <doctest/doctest.h>

#include "gateway/pipeline/loss.hpp"
#include "gateway/pipeline/refuse.hpp"
#include "tests/gateway/pipeline/plain_pipeline.hpp"

namespace parley::test {
namespace {

config::Settings with(config::LossPolicy loss, String emit = {}) {
  config::Settings settings = fake_settings();
  settings.routes.front().loss = loss;
  settings.routes.front().emit = std::move(emit);
  return settings;
}

}  // namespace

using gateway::pipeline::Next;

TEST_CASE("advance returns what a request waits for; a cached read waits for nothing") {
  PlainPipeline pipeline;
  const auto read = pipeline.begin("GET", "/fake/visitors/7");
  read->give_body();
  CHECK(read->advance() == Next::answered);
  CHECK(read->answer().body == "name of 7");
  CHECK(fake_state.executed == 1);

  const auto write = pipeline.begin("POST", "/fake/page", {}, "hello");
  CHECK(write->advance() == Next::body);
  CHECK(write->advance() == Next::body);  // no body yet
  write->give_body();
  CHECK(write->advance() == Next::backend);
  CHECK(fake_state.committed == 0);
  write->ask_backend();
  CHECK(fake_state.committed == 1);
  CHECK(write->advance() == Next::answered);
  CHECK(write->answer().body == "noted hello");
  CHECK(write->advance() == Next::answered);  // a second call gives the same
  CHECK(write->answer().body == "noted hello");
}

TEST_CASE("an answer may end in a source, or in an upgrade") {
  PlainPipeline pipeline;
  const auto streamed = pipeline.begin("GET", "/fake/visitors/steps:ml");
  streamed->give_body();
  CHECK(streamed->advance() == Next::source);
  CHECK(streamed->advance() == Next::source);
  CHECK(streamed->answer().header("Parley-Loss") == "visitor.token");
  CHECK(streamed->answer().body.empty());

  const Headers right = {{"Authorization", "let me in"}, {"Upgrade", "echo"}};
  const auto upgraded = pipeline.begin("GET", "/fake/echo", right);
  upgraded->give_body();
  CHECK(upgraded->advance() == Next::upgrade);
  CHECK(upgraded->answer().status == 101);
  CHECK(upgraded->answer().header("Upgrade") == "echo");
  const auto old = pipeline.begin("GET", "/fake/echo", right);
  old->give_body();
  old->x.http11 = false;
  CHECK(old->advance() == Next::answered);
  CHECK(old->answer().status == 400);
  CHECK(old->x.reply.upgrade == nullptr);
}

TEST_CASE("what a source holds is limited like an answer, and a refusal has no source") {
  config::Settings settings = with(config::LossPolicy::lossless);
  settings.server.limits.answer = 1000;
  PlainPipeline pipeline(settings);
  fake_sources.held = 1000;
  CHECK(pipeline.ask("GET", "/fake/visitors/steps:m").status == 200);
  fake_sources.held = 1001;
  CHECK(pipeline.ask("GET", "/fake/visitors/steps:m").status == 406);
  CHECK(fake_sources.alive == 0);
  fake_sources.held = 0;
  const Answer lossy = pipeline.ask("GET", "/fake/visitors/steps:ml");
  CHECK(lossy.status == 409);
  CHECK(lossy.count("Parley-Loss") == 0);
  CHECK(fake_sources.alive == 0);
}

TEST_CASE("a request is refused as early as possible, in the right style") {
  const struct {
    std::string name;
    const char* method;
    std::string target;
    std::string body;
    int status;
    std::string answer;
    bool asks_for_body = false;  ///< it is refused only when its body is read
  } cases[] = {
      {"not found", "POST", "/fake/no", "hello", 404, "fake error no such endpoint"},
      {"nobody's path", "GET", "/", "", 404, R"({"error":"no such endpoint"})"},
      {"wrong method", "PUT", "/fake/page", "hello", 405, "fake error method not allowed"},
      {"unauthorized", "PUT", "/fake/secret", "hello", 401, "fake error who are you"},
      {"no body", "POST", "/fake/page", "", 400,
       "fake error the request has no body, and a JSON body is required (curl sends one with -d; -D does not)", true},
      {"refused by decode", "POST", "/fake/page", "bad", 400, "fake error bad body", true},
      {"unknown id", "GET", "/fake/visitors/nobody", "", 404, "fake error nobody there", true},
      {"bad escape", "GET", "/fake/visitors/%zz", "", 400, "fake error the path is not percent-encoded UTF-8"},
      {"backend cannot", "GET", "/fake/agents", "", 501, "fake error the fake has no agents"},
      {"facade throws", "GET", "/fake/break", "", 500, "fake error internal error", true},
      {"backend throws", "GET", "/fake/visitors/throw", "", 500, "fake error internal error", true},
      {"backend throws when it was waited for", "POST", "/fake/page", "throw", 500, "fake error internal error", true},
      {"fragment", "GET", "/fake/visitors/7#a", "", 400, R"({"error":"malformed request target"})"},
      {"CONNECT", "CONNECT", "h:443", "", 400, R"({"error":"malformed request target"})"},
  };
  PlainPipeline pipeline;
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const auto asked = pipeline.begin(one.method, one.target, {}, one.body);
    CHECK((asked->advance() == Next::body) == one.asks_for_body);
    const Answer answer = asked->finish();
    CHECK(answer.status == one.status);
    CHECK(answer.body == one.answer);
    CHECK(answer.count("Allow") == (one.status == 405 ? 1 : 0));
    CHECK(asked->x.refused.has_value());
  }
  CHECK(fake_state.committed == 0);
}

TEST_CASE("the reader of a request may refuse it before it is complete") {
  using namespace gateway::pipeline;
  PlainPipeline pipeline;
  const Error error{.code = Code::body_too_large, .message = "request body too large"};
  const auto body = pipeline.begin("POST", "/fake/page", {}, "hello");
  CHECK(body->advance() == Next::body);
  refuse(body->x, error);
  CHECK(body->advance() == Next::answered);
  CHECK(body->answer().status == 413);
  CHECK(body->answer().body == "fake error request body too large");

  const auto head = pipeline.begin("GET", "/fake/visitors/7");
  refuse_head(head->x, {.code = Code::headers_too_large, .message = "request head too large"});
  CHECK(head->advance() == Next::answered);
  CHECK(head->answer().status == 431);
  CHECK(head->answer().body == "fake error request head too large");

  const auto version = pipeline.begin("GET", "/fake/visitors/7");
  refuse_with_status(version->x, 505, {.code = Code::malformed_request, .message = "HTTP version not supported"});
  CHECK(version->advance() == Next::answered);
  CHECK(version->answer().status == 505);
  CHECK(version->answer().body == R"({"error":"HTTP version not supported"})");

  const auto late = pipeline.begin("POST", "/fake/page");
  CHECK(late->advance() == Next::body);
  refuse_late(late->x);
  CHECK(late->advance() == Next::answered);
  CHECK(late->answer().status == 408);
  CHECK(late->answer().body == R"({"error":"request timeout"})");
  CHECK_FALSE(late->x.refused.has_value());
  CHECK(fake_state.executed == 0);
}

TEST_CASE("a request without a place is refused") {
  PlainPipeline pipeline;
  pipeline.worker().limiter.set({.inside = 0, .queue = 0});
  const Answer refused = pipeline.ask("POST", "/fake/page", {}, "hello");
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  CHECK(refused.body == "fake error too many requests at the moment");
  CHECK(pipeline.ask("GET", "/fake/visitors/7").status == 200);  // it needs no place
  CHECK(pipeline.worker().shard->counters.requests_refused_overload.value() == 1);
}

TEST_CASE("nothing of a request remains in the next one") {
  config::Settings settings = with(config::LossPolicy::warn);
  settings.routes.front().rate_limit = {
      .requests = 2, .per = std::chrono::hours(1), .by = config::RateLimit::By::client};
  settings.routes.front().request_id = true;
  settings.routes.front().cors.origins = {"https://shop.example.com"};
  PlainPipeline pipeline(settings);
  const Answer first = pipeline.ask("GET", "/fake/visitors/lossy", {{"Origin", "https://shop.example.com"}});
  CHECK(first.headers.size() == 7);  // type, losses, limit, id, and three CORS headers
  CHECK(pipeline.ask("GET", "/fake/visitors/nobody").status == 404);
  const Answer refused = pipeline.ask("GET", "/fake/visitors/7");
  CHECK(refused.status == 429);
  CHECK(refused.body == "fake error too many requests");
  const Answer nobodys = pipeline.ask("GET", "/nobody");
  CHECK(nobodys.headers == Headers{{"Content-Type", "application/json; charset=utf-8"}});
}

TEST_CASE("losses are named, refused or ignored, as the route says") {
  using config::LossPolicy;
  struct Case {
    std::string name;
    LossPolicy loss;
    int status;
    std::string header;
    std::string body;
  };
  const Case reads[] = {
      {"warn", LossPolicy::warn, 200, "visitor.token, visitor.phones", "name of lossy"},
      {"allow", LossPolicy::allow, 200, "", "name of lossy"},
      {"lossless", LossPolicy::lossless, 409, "",
       "fake error the answer cannot carry visitor.token, visitor.phones, and this route is lossless"},
  };
  for (const Case& one : reads) {
    CAPTURE(one.name);
    PlainPipeline pipeline(with(one.loss));
    const Answer answer = pipeline.ask("GET", "/fake/visitors/lossy");
    CHECK(answer.status == one.status);
    CHECK(answer.header("Parley-Loss") == one.header);
    CHECK(answer.body == one.body);
    const Answer next = pipeline.ask("GET", "/fake/visitors/7");
    CHECK(next.status == 200);
    CHECK(next.count("Parley-Loss") == 0);
  }
  const Case writes[] = {
      {"warn", LossPolicy::warn, 200, "page_visit.at", "noted \"lossy\""},
      {"allow", LossPolicy::allow, 200, "", "noted \"lossy\""},
      {"lossless", LossPolicy::lossless, 409, "",
       "fake error the answer cannot carry page_visit.at, and this route is lossless"},
  };
  for (const Case& one : writes) {
    CAPTURE(one.name);
    PlainPipeline pipeline(with(one.loss));
    const Answer answer = pipeline.ask("POST", "/fake/page", {}, "\"lossy\"");
    CHECK(answer.status == one.status);
    CHECK(answer.header("Parley-Loss") == one.header);
    CHECK(answer.body == one.body);
    CHECK(fake_state.committed == (one.loss == LossPolicy::lossless ? 0 : 1));
    CHECK(pipeline.ask("POST", "/fake/page", {}, "1").body == "noted 1");
  }
}

TEST_CASE("a route with emit answers in the other style, and refuses bad requests in its own") {
  PlainPipeline pipeline(with(config::LossPolicy::warn, "shouting"));
  CHECK(pipeline.ask("GET", "/fake/visitors/7").body == "LOUD name of 7");
  CHECK(pipeline.ask("GET", "/fake/visitors/nobody").body == "LOUD ERROR nobody there");
  CHECK(pipeline.ask("POST", "/fake/page", {}, "bad").body == "fake error bad body");
  CHECK(pipeline.ask("GET", "/fake/nothing").body == "fake error no such endpoint");
  CHECK(pipeline.ask("PUT", "/fake/secret", {}, "1").body == "fake error who are you");
  CHECK(pipeline.ask("PUT", "/fake/secret", {{"Authorization", "let me in"}}, "1").body == "LOUD noted 1");
}

TEST_CASE("the list of losses is short and clean") {
  shape::Losses losses = {{"a", ""}, {"b", ""}, {"a", ""}, {"c d,\r\n\xc3\xa4", ""}};
  CHECK(gateway::pipeline::list_losses(losses) == "a, b, c?d?????");
  losses.clear();
  for (int i = 0; i < 1000; ++i) losses.push_back({"member" + std::to_string(i), ""});
  const String list = gateway::pipeline::list_losses(losses);
  CHECK(list.size() < 600);
  CHECK(list.ends_with(", and more"));
  // An unknown member keeps the name that the upstream gave it.
  const String begin(128, 'k');
  CHECK(gateway::pipeline::list_losses({{begin, ""}, {"a", ""}}) == begin + ", a");
  CHECK(gateway::pipeline::list_losses({{String(3000, 'k'), ""}, {"a", ""}}) == begin + "..., a");
}

}  // namespace parley::test
