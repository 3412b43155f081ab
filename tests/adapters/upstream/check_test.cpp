// Faults and warnings for URLs.
#include "adapters/upstream/check.hpp"

#include <doctest/doctest.h>

#include "adapters/upstream/settings.hpp"

using namespace parley;
using namespace parley::upstream;

namespace {

constexpr std::string_view own[] = {"/v4/livechat/*", "/chat"};

/// The messages for a URL to which credentials are sent; warnings begin with `warning: `.
String said(std::string_view url, bool credentials = true) {
  config::Faults faults;
  check_url({.text = url, .path = "backends.b.url", .mark = {3, 4}, .carries_credentials = credentials}, own, faults);
  String text;
  for (const config::Fault& fault : faults) {
    CHECK(fault.path == "backends.b.url");
    CHECK(fault.mark.line == 3);
    text.append(text.empty() ? "" : "\n").append(fault.severity == config::Severity::warning ? "warning: " : "");
    text.append(fault.what);
  }
  return text;
}

String ends_in(const String& path, const String& right) {
  return "ends in the API's own path " + path + ", which is added to each call anyway: write \"" + right + '"';
}

}  // namespace

TEST_CASE("upstream check: hosts, ports and paths") {
  constexpr const char* clear =
      "warning: the credentials go to another machine unencrypted: write https:// where the server has it";
  constexpr const char* label = "the host has an empty label: one dot too many";
  struct Case {
    std::string_view url;
    String said;
  };
  const Case cases[] = {
      {"https://a.example.com", ""},
      {"https://a.example.com.", ""},
      {"https://a_b.example.com:8443/base/path", ""},
      {"https://[2001:db8::1]:8443", ""},
      {"https://203.0.113.7", ""},
      {"https://localhost", ""},
      {"https://example..com", label},
      {"https://example.com..", label},
      {"https://.example.com", label},
      {"https://-a.example.com", "a label of the host begins or ends with `-`"},
      {"https://a-.example.com", "a label of the host begins or ends with `-`"},
      {"https://203.0.113", "the host is no IPv4 address, and no name"},
      {"https://203.0.113.256", "the host is no IPv4 address, and no name"},
      {"https://a:80", "https on port 80, where servers speak plain HTTP: leave the port out, or write http://"},
      {"https://a:443", ""},
      {"http://localhost:443", "http on port 443, where servers speak TLS: write https://"},
      {"http://localhost:80", ""},
      {"https://a/v4", ends_in("/v4", "https://a")},
      {"https://a:8443/base/v4/livechat", ends_in("/v4/livechat", "https://a:8443/base")},
      {"https://a/v4/livechat/visitors", ends_in("/v4/livechat/visitors", "https://a")},
      {"https://a/V4/LiveChat", ends_in("/V4/LiveChat", "https://a")},
      {"https://a/base/chat", ends_in("/chat", "https://a/base")},
      {"https://a/v4/other", ""},
      {"https://a/chat/base", ""},
      {"https://a/chats", ""},
      {"https://a/v44", ""},
      {"https://a/./b", "has `.`, `..` or empty segments in its path"},
      {"https://a/b/..", "has `.`, `..` or empty segments in its path"},
      {"https://a/b//c", "has `.`, `..` or empty segments in its path"},
      {"http://a.example.com", clear},
      {"http://203.0.113.7:3000", clear},
      {"http://[2001:db8::1]:3000", clear},
      {"http://localhost:3000", ""},
      {"http://chat.localhost:3000", ""},
      {"http://127.9.9.9:3000", ""},
      {"http://[::1]:3000", ""},
      {"http://0.0.0.0:3000", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.url);
    CHECK(said(one.url) == one.said);
  }
  CHECK(said("http://a.example.com", false) == "");
  CHECK(said("https://" + String(64, 'a') + ".com") == "a label of the host is longer than 63 characters");
  const String label63 = String(63, 'a') + '.';
  CHECK(said("https://" + label63 + label63 + label63 + label63 + "com") == "the host is longer than 253 characters");
}

TEST_CASE("upstream check: a CA file that no URL needs is a warning") {
  config::Backend settings;
  settings.name = "b";
  settings.own.edit<parley::upstream::Settings>().url = "http://127.0.0.1:1";
  settings.own.edit<parley::upstream::Settings>().ca = "ca.pem";
  const auto faults = [&settings](std::string_view second_url = {}) {
    config::Faults found;
    check_settings(settings, {}, found, second_url);
    return found;
  };
  REQUIRE(faults().size() == 1);
  CHECK(faults()[0].path == "backends.b.ca");
  CHECK(faults()[0].severity == config::Severity::warning);
  CHECK(faults("https://a.example.com/token").empty());
  settings.own.edit<parley::upstream::Settings>().url = "https://127.0.0.1:1";
  CHECK(faults().empty());
}
