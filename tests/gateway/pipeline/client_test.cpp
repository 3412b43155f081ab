// The client behind proxies: only what trusted proxies wrote counts.
#include "gateway/pipeline/client.hpp"

#include <doctest/doctest.h>

using namespace parley;

TEST_CASE("X-Forwarded-For is believed of trusted proxies, from the right") {
  const List<config::Network> trusted = {*config::parse_network("10.0.0.0/8"), *config::parse_network("fd00::/8")};
  const struct {
    const char* name;
    const char* peer;
    List<http::Header> headers;
    const char* client;
  } cases[] = {
      {"nobody in between", "192.0.2.1", {}, "192.0.2.1"},
      {"a stranger's word", "192.0.2.1", {{"X-Forwarded-For", "198.51.100.7"}}, "192.0.2.1"},
      {"a proxy that says nothing", "10.0.0.1", {}, "10.0.0.1"},
      {"a proxy's word", "10.0.0.1", {{"X-Forwarded-For", "198.51.100.7"}}, "198.51.100.7"},
      {"an IPv6 proxy, another case", "fd00::1", {{"x-forwarded-for", "2001:db8::7"}}, "2001:db8::7"},
      {"a proxy on a mapped address", "::ffff:10.0.0.1", {{"X-Forwarded-For", "198.51.100.7"}}, "198.51.100.7"},
      {"what the client wrote itself stands left",
       "10.0.0.1",
       {{"X-Forwarded-For", "1.2.3.4, 198.51.100.7"}},
       "198.51.100.7"},
      {"two proxies", "10.0.0.1", {{"X-Forwarded-For", "1.2.3.4, 198.51.100.7 ,\t10.2.3.4"}}, "198.51.100.7"},
      {"garbage left of the client is the client's",
       "10.0.0.1",
       {{"X-Forwarded-For", "<script>, ,198.51.100.7"}},
       "198.51.100.7"},
      {"all are ours: the first of them asked", "10.0.0.1", {{"X-Forwarded-For", "10.9.9.9, 10.2.3.4"}}, "10.9.9.9"},
      {"several lines are one list",
       "10.0.0.1",
       {{"X-Forwarded-For", "1.2.3.4"},
        {"Accept", "*/*"},
        {"X-Forwarded-For", "198.51.100.7"},
        {"X-Forwarded-For", "10.2.3.4"}},
       "198.51.100.7"},
      {"a port", "10.0.0.1", {{"X-Forwarded-For", "198.51.100.7:4711"}}, "198.51.100.7"},
      {"a port behind IPv6", "10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]:4711"}}, "2001:db8::7"},
      {"no address", "10.0.0.1", {{"X-Forwarded-For", "unknown"}}, "10.0.0.1"},
      {"no address behind a proxy of ours",
       "10.0.0.1",
       {{"X-Forwarded-For", "198.51.100.7, unknown, 10.2.3.4"}},
       "10.2.3.4"},
      {"no address behind two of them",
       "10.0.0.1",
       {{"X-Forwarded-For", "_hidden"}, {"X-Forwarded-For", "10.2.3.4:80, 10.3.4.5"}},
       "10.2.3.4"},
      {"empty", "10.0.0.1", {{"X-Forwarded-For", ""}}, "10.0.0.1"},
      {"a comma last", "10.0.0.1", {{"X-Forwarded-For", "198.51.100.7,"}}, "198.51.100.7"},
      {"commas and blanks last", "10.0.0.1", {{"X-Forwarded-For", "198.51.100.7 , \t,, "}}, "198.51.100.7"},
      {"a comma first", "10.0.0.1", {{"X-Forwarded-For", ",198.51.100.7"}}, "198.51.100.7"},
      {"a comma too much between", "10.0.0.1", {{"X-Forwarded-For", "198.51.100.7,,10.2.3.4"}}, "198.51.100.7"},
      {"an empty line below",
       "10.0.0.1",
       {{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-For", " , "}},
       "198.51.100.7"},
      {"commas alone", "10.0.0.1", {{"X-Forwarded-For", ", ,"}}, "10.0.0.1"},
      {"a network", "10.0.0.1", {{"X-Forwarded-For", "198.51.100.0/24"}}, "10.0.0.1"},
      {"another header that looks alike", "10.0.0.1", {{"X_Forwarded_For", "198.51.100.7"}}, "10.0.0.1"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    CHECK(gateway::pipeline::client_of(one.peer, one.headers, trusted) == one.client);
    CHECK(gateway::pipeline::client_of(one.peer, one.headers, {}) == one.peer);
  }
}
