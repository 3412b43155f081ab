// Loops are detected by Via in all its spellings (RFC 9110, 7.6.3); and what is passed on.
#include "gateway/pipeline/via.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace parley;

TEST_CASE("has_passed finds this gateway in a Via, and no other one") {
  const std::string own = gateway::pipeline::make_hop();
  REQUIRE(own.starts_with("1.1 parley-"));
  CHECK(own.size() == std::string("1.1 parley-").size() + 16);
  CHECK(gateway::pipeline::make_hop() != own);
  const std::string name = own.substr(4);
  const struct {
    const char* name;
    List<std::string> lines;
    bool known;
  } cases[] = {
      {"as it was sent", {own}, true},
      {"behind others", {"1.0 fred, 1.1 p.example.net, " + own}, true},
      {"before others", {own + ", 1.1 nginx"}, true},
      {"in a line of its own", {"1.1 nginx", own, "1.1 nginx"}, true},
      {"between empty members", {",," + own + " , "}, true},
      {"with the protocol's name", {"HTTP/1.1 " + name}, true},
      {"with a comment", {own + " (Parley)"}, true},
      {"with a comment right behind", {own + "(Parley)"}, true},
      {"in another version", {"2.0 " + name}, true},
      {"with a tab", {"1.1\t" + name}, true},
      {"in another case", {"1.1 PARLEY-" + name.substr(7)}, true},
      {"none", {}, false},
      {"an empty one", {""}, false},
      {"another gateway", {gateway::pipeline::make_hop()}, false},
      {"the program's name", {"1.1 parley"}, false},
      {"the name alone", {name}, false},
      {"a longer name", {own + "0"}, false},
      {"a shorter one", {own.substr(0, own.size() - 1)}, false},
      {"inside a comment", {"1.1 proxy (" + own + ")"}, false},
      {"with a port", {own + ":80"}, false},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    List<http::Header> headers = {{"Host", "h"}};
    for (const std::string& line : one.lines) headers.push_back({"via", line});
    CHECK(gateway::pipeline::has_passed(headers, own) == one.known);
  }
}

TEST_CASE("the hops of a request go to the upstream, followed by this gateway") {
  const std::string own = "1.1 parley-0123456789abcdef";
  const std::string longest(1024, 'x');
  const struct {
    const char* name;
    List<std::string> lines;
    std::string via;
  } cases[] = {
      {"none", {}, own},
      {"one", {"1.0 fred"}, "1.0 fred, " + own},
      {"several lines, and empty members", {", 1.0 fred,", "1.1 p (comment)"}, "1.0 fred, 1.1 p (comment), " + own},
      {"as long as may be", {longest}, longest + ", " + own},
      {"longer", {longest + "x"}, own},
      {"bytes that are no text", {"1.0 fred", "1.1 \xc3\xa4"}, own},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    List<http::Header> headers = {{"Host", "h"}};
    for (const std::string& line : one.lines) headers.push_back({"Via", line});
    String to = "from the request before";
    CHECK(gateway::pipeline::via_of(headers, own, to) == one.via);
  }
}
