// Addresses, the nearest name, and how a fault is printed.
#include "config/settings.hpp"

#include <doctest/doctest.h>

using namespace parley;
using namespace parley::config;

TEST_CASE("config: addresses") {
  struct Case {
    const char* text;
    const char* host;
    int port;
    const char* again;
    bool loopback;
  };
  const Case cases[] = {
      {"127.0.0.1:8080", "127.0.0.1", 8080, "127.0.0.1:8080", true},
      {"127.8.8.8:1", "127.8.8.8", 1, "127.8.8.8:1", true},
      {"localhost:0", "localhost", 0, "localhost:0", true},
      {"0.0.0.0:65535", "0.0.0.0", 65535, "0.0.0.0:65535", false},
      {"10.1.2.3:80", "10.1.2.3", 80, "10.1.2.3:80", false},
      {"[::1]:8080", "::1", 8080, "[::1]:8080", true},
      {"[0:0:0:0:0:0:0:1]:8080", "::1", 8080, "[::1]:8080", true},
      {"[::]:8080", "::", 8080, "[::]:8080", false},
      {"[2001:DB8::1]:8080", "2001:db8::1", 8080, "[2001:db8::1]:8080", false},
      {"[::ffff:127.0.0.1]:8080", "::ffff:127.0.0.1", 8080, "[::ffff:127.0.0.1]:8080", true},
  };
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const auto endpoint = parse_endpoint(one.text);
    REQUIRE(endpoint.has_value());
    CHECK(endpoint->host == one.host);
    CHECK(endpoint->port == one.port);
    CHECK(endpoint->text() == one.again);
    CHECK(endpoint->loopback() == one.loopback);
  }
  for (const char* text : {"",
                           ":",
                           ":80",
                           "*:80",
                           "80",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:x",
                           "127.0.0.1:-1",
                           "127.0.0.1:+1",
                           "127.0.0.1:080",
                           "127.0.0.1:65536",
                           "127.0.0.1:80 ",
                           " 127.0.0.1:80",
                           "127.1:80",
                           "0177.0.0.1:80",
                           "127.0.0.1.:80",
                           "::1:80",
                           "[::1]",
                           "[::1]80",
                           "[127.0.0.1]:80",
                           "[::1:80",
                           "::1]:80",
                           "[]:80",
                           "[fe80::1%eth0]:80",
                           "example.com:80",
                           "Localhost:80",
                           "http://127.0.0.1:80",
                           "127.0.0.1:80/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_endpoint(text).has_value());
  }
}

TEST_CASE("config: the nearest name") {
  const List<std::string_view> known = {"local", "support", "pg", "archive"};
  struct Case {
    const char* name;
    const char* nearest;  // empty = none
  };
  const Case cases[] = {
      {"lokal", "local"},
      {"loacl", "local"},
      {"Local", "local"},
      {"locale", "local"},
      {"pg2", "pg"},
      {"supports2", "support"},
      {"spuport", "support"},
      {"archives", "archive"},
      {"pq", ""},  // distance 1, which is half of the length
      {"x", ""},
      {"", ""},
      {"something", ""},
      {"suxxxrt", "support"},  // distance 3
      {"xxxxort", ""},         // distance 4
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(nearest(one.name, known).value_or("") == one.nearest);
  }
  CHECK(nearest("SUPPORT", known).value_or("") == "support");
}

TEST_CASE("config: how a fault is printed") {
  CHECK(format("config/gateway.yaml", {{12, 7}, "routes[3].backend", "unknown backend \"pg2\"; known: local, pg"}) ==
        "config/gateway.yaml:12:7: routes[3].backend: unknown backend \"pg2\"; known: local, pg");
  CHECK(format("f", {{1, 2}, "", "no place in the tree"}) == "f:1:2: no place in the tree");
  CHECK(format("f", {{1, 2}, "a\nb", "c\td"}) == "f:1:2: a\\x0ab: c\\x09d");
}

TEST_CASE("config: a network contains the addresses with its prefix") {
  struct Case {
    const char* network;
    const char* address;
    bool inside;
  };
  for (const Case& one : {Case{"10.0.0.0/8", "10.1.2.3", true}, Case{"10.0.0.0/8", "11.0.0.0", false},
                          Case{"10.0.0.0/8", "::ffff:10.9.9.9", true}, Case{"127.0.0.1", "127.0.0.1", true},
                          Case{"127.0.0.1", "127.0.0.2", false}, Case{"0.0.0.0/0", "8.8.8.8", true},
                          Case{"0.0.0.0/0", "2001:db8::1", false}, Case{"::/0", "8.8.8.8", true},
                          Case{"2001:db8::/32", "2001:db8:1::2", true}, Case{"2001:db8::/32", "2001:db9::", false},
                          Case{"192.168.4.0/22", "192.168.7.255", true}, Case{"192.168.4.0/22", "192.168.8.0", false},
                          Case{"10.0.0.0/8", "", false}, Case{"10.0.0.0/8", "10.1.2.3/32", false},
                          Case{"10.0.0.0/8", "unknown", false}}) {
    CAPTURE(one.network);
    CAPTURE(one.address);
    const auto network = parse_network(one.network);
    REQUIRE(network.has_value());
    CHECK(network->contains(one.address) == one.inside);
  }
  for (const char* bad :
       {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.1/8", "::1/129", "10.0.0/8", "a", "::/0/0"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_network(bad).has_value());
  }
  CHECK(parse_network("10.0.0.0/8")->text() == "10.0.0.0/8");
  CHECK(parse_network("2001:db8::/32")->text() == "2001:db8::/32");
  CHECK(parse_network("127.0.0.1")->text() == "127.0.0.1/32");
}
