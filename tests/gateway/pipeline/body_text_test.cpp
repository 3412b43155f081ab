// Packed bodies without a socket: what is unpacked, and what is refused before or after the body comes.
#include "gateway/pipeline/body_text.hpp"

#include <doctest/doctest.h>

#include "tests/gateway/pipeline/plain_pipeline.hpp"
#include "tests/support/packed.hpp"

namespace parley::test {
namespace {

constexpr const char* page = "/fake/page";
const Headers gzip = {{"Content-Encoding", "gzip"}};

}  // namespace

TEST_CASE("a packed body is unpacked, or refused if that fails") {
  config::Settings settings = fake_settings();
  settings.server.limits.body = 1000;
  PlainPipeline pipeline(settings);
  const struct {
    std::string name;
    const char* coding;
    std::string body;
    int status;
    std::string answer;
  } cases[] = {
      {"gzip", "gzip", packed("hello"), 200, "noted hello"},
      {"packed twice", "gzip, gzip", packed(packed("hello")), 200, "noted hello"},
      {"a label that lies", "gzip", "hello", 415,
       "fake error the request body is something else than its Content-Encoding says"},
      {"cut off", "gzip", packed("hello hello").substr(0, 20), 400,
       "fake error the packed request body is cut off or damaged"},
      {"a bomb", "gzip", packed(std::string(500'000, 'x')), 413, "fake error request body too large, unpacked"},
      {"nothing", "gzip", "", 400,
       "fake error the request has no body, and a JSON body is required (curl sends one with -d; -D does not)"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const Answer answer = pipeline.ask("POST", page, {{"Content-Encoding", one.coding}}, one.body);
    CHECK(answer.status == one.status);
    CHECK(answer.body == one.answer);
    CHECK(answer.header("Accept-Encoding") == (one.status == 415 ? "gzip, deflate" : ""));
    CHECK(pipeline.ask("POST", page, {}, "plain").body == "noted plain");
  }
}

TEST_CASE("an unknown coding is refused before the body comes, unless the body is not read") {
  PlainPipeline pipeline;
  const auto refused = pipeline.begin("POST", page, {{"Content-Encoding", "br"}}, "hello");
  CHECK(refused->advance() == gateway::pipeline::Next::answered);
  CHECK(refused->answer().status == 415);
  CHECK(pipeline.ask("GET", "/fake/visitors/7", {{"Content-Encoding", "br"}}, "body").body == "name of 7");
}

TEST_CASE("an unpacked body counts in limits.memory") {
  config::Settings settings = fake_settings();
  settings.server.limits.body = 1024 * 1024;
  settings.server.limits.memory = 300 * 1024;
  PlainPipeline pipeline(settings);
  const Answer refused = pipeline.ask("POST", page, gzip, packed(std::string(400'000, 'x')));
  CHECK(refused.status == 503);
  CHECK(refused.header("Retry-After") == "1");
  CHECK(pipeline.worker().totals.memory.used() > 0);
  CHECK(pipeline.worker().shard->counters.requests_refused_overload.value() == 1);
}

}  // namespace parley::test
