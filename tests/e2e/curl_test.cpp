// The command lines of the vendors' pages, run by curl unchanged, with their typing errors; only host and token are ours.
#include <doctest/doctest.h>

#include <array>

#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/served.hpp"

namespace parley::test {
namespace {

struct Page {
  Scratch scratch;
  Served served{program(), scratch.write("gateway.yaml", demo_config(scratch / "parley.db"))};

  /// Runs a line of a vendor's page with the shell, with `HOST` and `TOKEN` replaced. Returns status and body as `404 {…}`.
  std::string paste(std::string line) const {
    const std::array<std::pair<std::string, std::string>, 3> ours = {{
        {"https://api15.comm100.io", "http://127.0.0.1:" + std::to_string(served.port())},
        {"{access_token}", "demo-comm100-token"},
        {"http://localhost:3000/api", "http://127.0.0.1:" + std::to_string(served.port()) + "/pimenta/api"},
    }};
    for (const auto& [theirs, mine] : ours) {
      const std::size_t at = line.find(theirs);
      if (at != std::string::npos) line.replace(at, theirs.size(), mine);
    }
    const std::size_t curl = line.find("curl ");
    line.insert(curl + 5, "-sS -m 10 -w '\\n%{http_code}' ");
    // -D writes a file with the data as its name: run in the scratch directory.
    const Finished finished = run({.command = {"sh", "-c", line}, .directory = scratch.path().string()});
    CAPTURE(finished.err);
    REQUIRE(finished.code == 0);
    const std::size_t last = finished.out.rfind('\n');
    return finished.out.substr(last + 1) + ' ' + finished.out.substr(0, last);
  }
};

}  // namespace

TEST_CASE("comm100 lines of the seed that are correct" * doctest::skip(!built_with({"comm100"}))) {
  const Page page;
  const std::string agent = page.paste(
      "curl https://api15.comm100.io/v4/livechat/agents/c97a2afe-a38f-46f8-a55b-8ac9f873cd09 \\\n"
      "-X 'GET' \\\n-H 'Authorization: Bearer {access_token}' \\\n");
  REQUIRE(agent.substr(0, 4) == "200 ");
  CHECK(difference(golden("comm100_agent.json"), std::string_view(agent).substr(4)) == "");
  const std::string visitor = page.paste(
      "curl https://api15.comm100.io/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a \\\n"
      "-X 'GET' \\\n-H 'Authorization: Bearer {access_token}' \\\n");
  REQUIRE(visitor.substr(0, 4) == "200 ");
  CHECK(difference(golden("comm100_visitor.json"), std::string_view(visitor).substr(4)) == "");
  for (const std::string list : {"agents", "visitors"}) {
    const std::string all = page.paste("curl https://api15.comm100.io/v4/livechat/" + list +
                                       " \\\n-X 'GET' \\\n-H 'Authorization: Bearer {access_token}' \\\n");
    CHECK(all.substr(0, 5) == "200 [");
  }
}

TEST_CASE("comm100 lines of the seed with -D for -d: a PUT without a body, and the answer says so" *
          doctest::skip(!built_with({"comm100"}))) {
  const Page page;
  const std::string agent =
      "curl https://api15.comm100.io/v4/livechat/agents/c97a2afe-a38f-46f8-a55b-8ac9f873cd09 \\\n-X 'PUT' \\\n"
      "-H 'Authorization: Bearer {access_token}' \\\n-H 'Content-Type: application/json' \\\n"
      "-D '{ \"id\": \"c97a2afe-a38f-46f8-a55b-8ac9f873cd09\", \"status\": \"Meeting\" }'";
  const std::string visitor =
      "curl https://api15.comm100.io/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-00a320617c0a \\\n-X 'PUT' \\\n"
      "-H 'Authorization: Bearer {access_token}' \\\n-H 'Content-Type: application/json' \\\n"
      "-D '[ { \"name\": \"visitor\", \"value\": \"Leo\", \"url\": \"\" }, { \"name\": \"company\", \"value\": "
      "\"Comm100\", \"url\": \"\" } ] '";
  for (std::string line : {agent, visitor}) {
    const std::string refused = page.paste(line);
    CAPTURE(refused);
    REQUIRE(refused.substr(0, 4) == "400 ");
    CHECK(value_at(std::string_view(refused).substr(4), "/code").substr(0, 3) == "400");
    CHECK(contains(value_at(std::string_view(refused).substr(4), "/message"), "body"));
    const std::size_t option = line.find("-D '");
    line = line.substr(0, option) + "-d" + line.substr(option + 2);
    CHECK(page.paste(line).substr(0, 4) == "200 ");
  }
}

TEST_CASE("rocketchat lines of the seed that are correct" * doctest::skip(!built_with({"rocketchat"}))) {
  const Page page;
  const std::string visitor = page.paste("curl http://localhost:3000/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd");
  REQUIRE(visitor.substr(0, 4) == "200 ");
  CHECK(difference(golden("rocketchat_visitor.json"), std::string_view(visitor).substr(4)) == "");
  const std::string visited = page.paste(
      "curl -X POST \\\n-H \"Content-type:application/json\" \\\nhttp://localhost:3000/api/v1/livechat/page.visited "
      "\\\n"
      "-d '{\"token\": \"iNKE8a6k6cjbqWhWd\", \"rid\": \"vp3D9H8ud6HYvRpvq\", \"pageInfo\": { \"change\": \"url\", "
      "\"title\": \"\", \"location\": { \"href\": "
      "\"http://localhost:3000/packages/pimentachat_livechat/assets/demo.html#page-4\" } }}'");
  REQUIRE(visited.substr(0, 4) == "200 ");
  CHECK(difference(golden("rocketchat_page.json"), std::string_view(visited).substr(4)) == "");
}

TEST_CASE("rocketchat registration of the seed: its JSON is broken in three places, and the answer says where" *
          doctest::skip(!built_with({"rocketchat"}))) {
  const Page page;
  const std::string line =
      "curl -X POST \\\n-H \"Content-type:application/json\" \\\nhttp://localhost:3000/api/v1/livechat/visitor \\\n"
      "-d '{\"visitor\": {\"name\": Livechat Visitor, \"email\": \"visitor@pimenta.chat\", \"token\": "
      "\"iNKE8a6k6cjbqWhWd\", \"phone\": \"55 51 5555-5555\", customFields\": [{ \"key\": \"address\", \"value\": "
      "\"pimentaCHAT street\", \"overwrite\": true }] }'";
  const std::string refused = page.paste(line);
  CAPTURE(refused);
  REQUIRE(refused.substr(0, 4) == "400 ");
  CHECK(value_at(std::string_view(refused).substr(4), "/success") == "false");
  // The first fault is the unquoted name: column 22 of the one line.
  CHECK(contains(refused, "line 1"));
  CHECK(contains(refused, "column 22"));
  // Nothing was written: the visitor is unchanged.
  const std::string after = page.paste("curl http://localhost:3000/api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd");
  CHECK(difference(golden("rocketchat_visitor.json"), std::string_view(after).substr(4)) == "");
}

}  // namespace parley::test
