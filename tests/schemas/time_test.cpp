// Times: what the vendors write, what we write, and what is not a time.
#include "schemas/time.hpp"

#include <doctest/doctest.h>

using parley::Buffer;
using parley::Time;

namespace {
std::string iso(Time time) {
  Buffer out;
  parley::append_iso(time, out);
  return std::string(out.view());
}
}  // namespace

TEST_CASE("times of the vendors' documents") {
  struct Case {
    const char* text;
    std::int64_t milliseconds;
    bool exact;
  };
  // Milliseconds from `date -u -d … +%s%3N`.
  const Case cases[] = {
      {"2021-05-26T10:30:16.036Z", 1622025016036, true},       // Comm100's sample
      {"2018-09-21T14:10:56.529Z", 1537539056529, true},       // Pimenta's sample
      {"1970-01-01T00:00:00Z", 0, false},                      // in Comm100: never
      {"2021-05-26T10:30:16.64Z", 1622025016640, false},       // trailing zero trimmed
      {"2021-05-26T10:30:16.1234567Z", 1622025016123, false},  // seven digits
      {"2021-05-26T18:30:16.036+08:00", 1622025016036, false},
      {"2019-07-19T11:21:27.861+0000", 1563535287861, false},
      {"2021-05-26 10:30:16", 1622025016000, false},
      {"1969-12-31T23:59:59.999Z", -1, true},
      {"0000-01-01T00:00:00.000Z", parley::min_time, true},
      {"9999-12-31T23:59:59.999Z", parley::max_time, true},
      {"2024-02-29T00:00:00.000Z", 1709164800000, true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    bool exact = false;
    const auto time = parley::parse_iso(c.text, exact);
    REQUIRE(time);
    CHECK(time->since_epoch == c.milliseconds);
    CHECK(exact == c.exact);
    if (c.exact) CHECK(iso(*time) == c.text);
  }
}

TEST_CASE("texts that are not times") {
  const char* cases[] = {"",
                         "2021",
                         "2021-05-26",
                         "2021-05-26T10:30",
                         "2021-02-29T00:00:00Z",
                         "2021-13-01T00:00:00Z",
                         "2021-05-26T24:00:00Z",
                         "2021-05-26T10:60:00Z",
                         "2021-05-26T10:30:60Z",
                         "2021-05-26T10:30:16.Z",
                         "2021-05-26T10:30:16.1234567890Z",
                         "2021-05-26T10:30:16Zx",
                         "2021-05-26T10:30:16+8",
                         "yesterday",
                         "0000-01-01T00:00:00+00:01",
                         "9999-12-31T23:59:59.999-00:01",
                         "+2021-05-26T10:30:16Z",
                         "/Date(1584415749307)/"};
  for (const char* text : cases) {
    CAPTURE(text);
    bool exact = false;
    CHECK_FALSE(parley::parse_iso(text, exact));
  }
}

TEST_CASE("every time survives a round trip") {
  for (std::int64_t at = parley::min_time; at < parley::max_time; at += 7'777'777'777'777) {
    bool exact = false;
    const auto again = parley::parse_iso(iso(Time::at(at)), exact);
    REQUIRE(again);
    CHECK(again->since_epoch == at);
    CHECK(exact);
  }
}
