// The exact size limit of an answer: below the memory that a buffer has anyway, and above it.
#include "gateway/pipeline/answer_size.hpp"

#include <doctest/doctest.h>

#include "tests/gateway/pipeline/plain_pipeline.hpp"

namespace parley::test {

TEST_CASE("an answer may have exactly limits.answer bytes, except that of a write") {
  for (const std::size_t most : {std::size_t{1024}, std::size_t{100'000}, std::size_t{3'000'000}}) {
    CAPTURE(most);
    config::Settings settings = fake_settings();
    settings.server.limits.answer = most;
    settings.server.limits.body = 8'000'000;
    PlainPipeline pipeline(settings);
    const auto visitor_of = [&pipeline](std::size_t size) {
      fake_state.big.assign(size - std::string_view("name of 1").size(), 'x');
      static int number = 0;  // the fake vendor caches the last visitor
      number = (number + 1) % 10;
      return pipeline.ask("GET", "/fake/visitors/" + std::to_string(number));
    };
    for (int round = 0; round < 2; ++round) {
      CHECK(visitor_of(most).body.size() == most);
      const Answer refused = visitor_of(most + 1);
      CHECK(refused.status == 406);
      CHECK(refused.body == "fake error the answer is too large; ask for less, page by page where the call has pages");
    }
    const std::string page(most + 1000, 'p');
    CHECK(pipeline.ask("POST", "/fake/page", {}, page).body == "noted " + page);
    fake_state.big.clear();
  }
}

TEST_CASE("an answer larger than limits.memory is too large, and not worth a retry") {
  config::Settings settings = fake_settings();
  settings.server.limits.memory = 1024 * 1024;
  PlainPipeline pipeline(settings);
  fake_state.big.assign(2 * 1024 * 1024, 'x');
  const Answer refused = pipeline.ask("GET", "/fake/visitors/7");
  fake_state.big.clear();
  CHECK(refused.status == 406);
  CHECK(refused.count("Retry-After") == 0);
}

}  // namespace parley::test
