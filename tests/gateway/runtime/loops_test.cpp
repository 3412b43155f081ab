// Upstreams that are the gateway itself, in every spelling.
#include "gateway/runtime/loops.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>

#include "adapters/upstream/settings.hpp"

namespace parley::gateway::runtime {
namespace {

config::Settings settings_of(std::string_view listener, std::string_view url, const String& host = {}) {
  config::Settings settings;
  settings.server.listen.push_back(*config::parse_endpoint(listener));
  config::Backend& backend = settings.backends.emplace_back();
  backend.name = "up";
  backend.own.edit<upstream::Settings>().url = url;
  config::Route& route = settings.routes.emplace_back();
  route.name = "first";
  route.backend = "up";
  route.host = host;
  return settings;
}

/// `fault`, `warning`, or nothing.
String said(const config::Settings& settings) {
  config::Faults found;
  check_loops(settings, {}, found);
  if (found.empty()) return {};
  CHECK(found.size() == 1);
  CHECK(found[0].path == "backends.up.url");
  return found[0].severity == config::Severity::warning ? "warning" : "fault";
}

}  // namespace

TEST_CASE("an upstream at an own listener is a fault if its requests come back, else a warning") {
  std::array<char, 256> name{};
  REQUIRE(::gethostname(name.data(), name.size() - 1) == 0);
  const String own_name = "http://" + String(name.data()) + ":80";
  struct Case {
    std::string_view listener, url;
    String host;  ///< of the route
    std::string_view said;
  };
  const Case cases[] = {
      {"127.0.0.1:80", "http://127.0.0.1", "", "fault"},
      {"127.0.0.1:443", "https://127.0.0.1/base", "", "fault"},
      {"127.0.0.1:80", "http://LOCALHOST", "", "fault"},
      {"127.0.0.1:80", "http://0.0.0.0", "", "fault"},
      {"127.0.0.1:80", "http://[::ffff:127.0.0.1]", "", "fault"},
      {"localhost:80", "http://127.0.0.1:80", "", "fault"},
      {"0.0.0.0:80", "http://127.0.0.9", "", "fault"},
      {"0.0.0.0:80", "http://0.0.0.0", "", "fault"},
      {"0.0.0.0:80", own_name, "", "fault"},
      {"[::1]:80", "http://localhost", "", "fault"},
      {"[::]:80", "http://[::1]", "", "fault"},
      {"[::1]:80", "http://[0:0::1]", "", "fault"},
      {"127.0.0.1:80", "http://127.0.0.1", "127.0.0.1", "fault"},
      {"127.0.0.1:80", "http://127.0.0.1", "crm.example.com", "warning"},
      {"192.0.2.1:80", "http://crm.example.com", "crm.example.com", "fault"},
      {"192.0.2.1:80", "http://crm.example.com", "", ""},
      {"192.0.2.1:80", "http://crm.example.com:81", "crm.example.com", ""},
      {"127.0.0.1:80", "http://127.0.0.1:81", "", ""},
      {"127.0.0.1:80", "https://127.0.0.1", "", ""},
      {"127.0.0.1:80", "http://127.0.0.2", "", ""},
      {"127.0.0.1:80", "http://[::1]", "", ""},
      {"0.0.0.0:80", "http://203.0.113.7", "", ""},
      {"127.0.0.1:80", "http://chat.example.com", "", ""},
      {"127.0.0.1:0", "http://127.0.0.1", "", ""},
      {"127.0.0.1:80", "", "", ""},
  };
  for (const Case& one : cases) {
    CAPTURE(one.listener);
    CAPTURE(one.url);
    CAPTURE(one.host);
    CHECK(said(settings_of(one.listener, one.url, one.host)) == one.said);
  }
}

TEST_CASE("an upstream at the admin listener is a fault; at a listener of other routes a warning") {
  config::Settings settings = settings_of("127.0.0.1:80", "http://localhost:9090");
  CHECK(said(settings) == "");
  settings.admin.listen = config::parse_endpoint("127.0.0.1:9090");
  CHECK(said(settings) == "fault");
  settings.backends[0].own.edit<upstream::Settings>().url = "http://127.0.0.1";
  settings.routes[0].backend = "another";
  CHECK(said(settings) == "warning");
}

}  // namespace parley::gateway::runtime
