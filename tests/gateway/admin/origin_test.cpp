// Which browser pages the admin listener answers. The headers are those of browsers: Fetch (Origin, 3.2) and Fetch Metadata.
#include "gateway/admin/origin.hpp"

#include <doctest/doctest.h>

namespace parley::test {

TEST_CASE("admin: pages of the same origin may ask, others may not") {
  struct Case {
    const char* name;
    gateway::admin::Fetch fetch;
    bool reads;
    bool writes;
  };
  const Case cases[] = {
      {"no browser", {.host = "127.0.0.1:9090"}, true, true},
      {"no browser, no Host", {}, true, true},
      {"the same address", {.origin = "http://127.0.0.1:9090", .host = "127.0.0.1:9090"}, true, true},
      {"the same name", {.origin = "http://LOCALHOST:9090", .host = "localhost:9090"}, true, true},
      {"the same, of IPv6", {.origin = "http://[::1]:9090", .host = "[::1]:9090"}, true, true},
      {"port 80 left out by both", {.origin = "http://admin.example", .host = "admin.example"}, true, true},
      {"port 80 left out by the browser", {.origin = "http://[::1]", .host = "[::1]:80"}, true, true},
      {"same-origin", {"http://127.0.0.1:9090", "same-origin", "127.0.0.1:9090", ""}, true, true},
      {"behind a proxy with TLS", {"https://admin.example", "", "admin.example", "https"}, true, true},
      {"the same, with its port", {"https://admin.example", "", "admin.example:443", "https"}, true, true},
      {"the same, told by the browser", {"https://admin.example", "same-origin", "admin.example", ""}, true, true},
      {"typed into the address bar", {.site = "none", .host = "127.0.0.1:9090"}, true, true},
      {"a page of ours", {.site = "same-origin", .host = "127.0.0.1:9090"}, true, true},
      {"a link elsewhere", {.site = "cross-site", .host = "127.0.0.1:9090"}, true, false},
      {"a sister site", {.site = "same-site", .host = "127.0.0.1:9090"}, true, false},
      {"an unknown word", {.site = "Same-Origin", .host = "127.0.0.1:9090"}, true, false},
      {"a foreign page", {.origin = "http://evil.example", .host = "127.0.0.1:9090"}, false, false},
      {"a sandboxed page", {.origin = "null", .host = "127.0.0.1:9090"}, false, false},
      {"null that says same-origin", {"null", "same-origin", "127.0.0.1:9090", ""}, false, false},
      {"another port", {.origin = "http://127.0.0.1:8080", .host = "127.0.0.1:9090"}, false, false},
      {"no port", {.origin = "http://127.0.0.1", .host = "127.0.0.1:9090"}, false, false},
      {"another name for it", {.origin = "http://localhost:9090", .host = "127.0.0.1:9090"}, false, false},
      {"another scheme", {.origin = "https://127.0.0.1:9090", .host = "127.0.0.1:9090"}, false, false},
      {"a scheme that the proxy denies", {"http://admin.example", "", "admin.example", "https"}, false, false},
      {"a scheme of a browser's extension",
       {.origin = "moz-extension://127.0.0.1:9090", .host = "127.0.0.1:9090"},
       false,
       false},
      {"same origin, and cross-site", {"http://127.0.0.1:9090", "cross-site", "127.0.0.1:9090", ""}, false, false},
      {"same-origin, and a foreign one", {"http://evil.example", "same-origin", "127.0.0.1:9090", ""}, false, false},
      {"a name that begins like it", {.origin = "http://127.0.0.1.evil:9090", .host = "127.0.0.1:9090"}, false, false},
      {"a user before it", {.origin = "http://evil@127.0.0.1:9090", .host = "127.0.0.1:9090"}, false, false},
      {"a path behind it", {.origin = "http://127.0.0.1:9090/", .host = "127.0.0.1:9090"}, false, false},
      {"no scheme", {.origin = "127.0.0.1:9090", .host = "127.0.0.1:9090"}, false, false},
      {"no host", {.origin = "http://", .host = ""}, false, false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(gateway::admin::may_ask(one.fetch, false) == one.reads);
    CHECK(gateway::admin::may_ask(one.fetch, true) == one.writes);
  }
}

}  // namespace parley::test
