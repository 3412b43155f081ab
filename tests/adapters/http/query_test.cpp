// Queries: undecoded pairs, and one value by its decoded name.
#include "adapters/http/query.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace parley::http {

TEST_CASE("a query's pairs come undecoded and in order; empty pairs are skipped") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  const struct {
    std::string_view query;
    Pairs pairs;
  } cases[] = {
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"&&a=1&", {{"a", "1"}}},
      {"a", {{"a", ""}}},
      {"=1", {{"", "1"}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"a%26b=1+2", {{"a%26b", "1+2"}}},
  };
  for (const auto& one : cases) {
    CAPTURE(one.query);
    Pairs found;
    QueryPairs pairs(one.query);
    while (const auto pair = pairs.next()) found.emplace_back(pair->first, pair->second);
    CHECK(found == one.pairs);
  }
}

TEST_CASE("query_value returns the value of the first pair of that name") {
  CHECK(query_value("a=1&a=2", "a") == "1");
  CHECK(query_value("%61=x+y%20z", "a") == "x y z");
  CHECK(query_value("A=1", "a") == std::nullopt);
  CHECK(query_value("A=1", "a", true) == "1");
  CHECK(query_value("b=1", "a") == std::nullopt);
  CHECK(query_value("a=%", "a") == std::nullopt);
  CHECK(query_value("a=%&a=1", "a") == std::nullopt);
  CHECK(query_value("%=0&a=1", "a") == "1");
}

}  // namespace parley::http
