// Warnings about certificates.
#include "gateway/runtime/certificates.hpp"

#include <doctest/doctest.h>

#include "tests/support/scratch.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {

TEST_CASE("certificates that end within 14 days are reported with file and time") {
  using namespace std::chrono;
  const sys_seconds now = sys_days(year(2026) / 11 / 29) + hours(12);
  struct Case {
    const char* name;
    std::optional<system_clock::time_point> ends;
    const char* text;  ///< empty: no warning
  };
  const Case cases[] = {
      {"no TLS", {}, ""},
      {"a year", now + days(365), ""},
      {"a second more than 14 days", now + days(14) + seconds(1), ""},
      {"14 days", now + days(14),
       "the certificate of https://127.0.0.1:8443 ends in 14 days, 2026-12-13T12:00:00.000Z; renew /etc/c.pem and "
       "reload"},
      {"a day", now + hours(30),
       "the certificate of https://127.0.0.1:8443 ends in 1 day, 2026-11-30T18:00:00.000Z; renew /etc/c.pem and "
       "reload"},
      {"today", now + hours(3),
       "the certificate of https://127.0.0.1:8443 ends in 0 days, 2026-11-29T15:00:00.000Z; renew /etc/c.pem and "
       "reload"},
      {"over", now - seconds(1),
       "the certificate of https://127.0.0.1:8443 has ended, 2026-11-29T11:59:59.000Z; renew /etc/c.pem and reload"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    gateway::runtime::Bound bound{.endpoint = {"127.0.0.1", 8443, {}}, .certificate_ends = one.ends, .routes = {}};
    bound.endpoint.tls = config::Tls{"/etc/c.pem", "/etc/k.pem", {}};
    const List<String> texts = gateway::runtime::ending_certificates({bound}, now);
    REQUIRE(texts.size() == (*one.text == '\0' ? 0 : 1));
    if (!texts.empty()) CHECK(texts.front() == one.text);
  }
}

TEST_CASE("a certificate that has ended, or soon will, is a warning at its place in the file") {
  using namespace std::chrono;
  const Scratch scratch;
  const Certificate own = make_certificate("IP:127.0.0.1", 30);
  scratch.write("c.pem", own.certificate);
  scratch.write("k.pem", own.key);
  const auto loaded = [&scratch](const char* certificate) {
    return config::load_text("server:\n  listen: {address: \"127.0.0.1:0\", tls: {certificate: " +
                                 (scratch / certificate) + ", key: " + (scratch / "k.pem") + "}}\n",
                             {});
  };
  const config::Settings settings = loaded("c.pem").settings;
  const auto now = system_clock::now();
  CHECK(gateway::runtime::ending_certificates(settings, now).empty());
  struct Case {
    days later;
    const char* how;
  };
  for (const Case& one : {Case{days(20), " ends in 9 days, "}, Case{days(31), " has ended, "}}) {
    CAPTURE(one.how);
    const config::Faults found = gateway::runtime::ending_certificates(settings, now + one.later);
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == config::Severity::warning);
    const String text = config::format("f", found[0]);
    CAPTURE(text);
    CHECK(text.starts_with("f:2:55: warning: server.listen[0].tls.certificate: the certificate " + (scratch / "c.pem") +
                           one.how));
    CHECK(text.ends_with("Z: renew it"));
  }
  CHECK(
      gateway::runtime::ending_certificates(loaded("none.pem").settings, now + days(31)).empty());  // a fault elsewhere
}

}  // namespace parley::test
