// Which certificates an operator is warned of, and in which words.
#include "gateway/runtime/certificates.hpp"

#include <doctest/doctest.h>

namespace parley::test {

TEST_CASE("certificates that end within 14 days are told, with the file and the time") {
  using namespace std::chrono;
  const sys_seconds now = sys_days(year(2026) / 11 / 29) + hours(12);
  struct Case {
    const char* name;
    std::optional<system_clock::time_point> ends;
    const char* text;  ///< empty: nothing is said
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
    gateway::Bound bound{.endpoint = {"127.0.0.1", 8443, {}}, .certificate_ends = one.ends, .routes = {}};
    bound.endpoint.tls = config::Tls{"/etc/c.pem", "/etc/k.pem", {}};
    const List<String> texts = gateway::ending_certificates({bound}, now);
    REQUIRE(texts.size() == (*one.text == '\0' ? 0 : 1));
    if (!texts.empty()) CHECK(texts.front() == one.text);
  }
}

}  // namespace parley::test
