// The demo's past chat through a gateway with a store, on a route that refuses losses.
#include <doctest/doctest.h>

#include "tests/support/json.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

using namespace parley;

TEST_CASE("comm100: a lossless route shows chats of a store, and refuses messages that have ids" *
          doctest::skip(!test::built_with({"sqlite"}))) {
  const test::Scratch scratch;
  const test::Running running(
      "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" +
      (scratch / "parley.db") +
      "\", demo: true}}\nroutes: [{facade: comm100, backend: local, auth: {bearer: [t]}, loss: lossless}]\n");
  const auto ask = [&running](const char* method, const std::string& path) {
    return running.ask(method, "/v4/livechat/chats" + path, {{"Authorization", "Bearer t"}});
  };
  CHECK(ask("GET", "/10023").status == 200);
  CHECK(ask("GET", "/10023?include=messages").status == 409);
  const auto found = ask("POST", ":Search?departmentId=b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11");
  CHECK(found.status == 200);
  CHECK(test::value_at(found.body, "/list/0/id") == "10023");
}
