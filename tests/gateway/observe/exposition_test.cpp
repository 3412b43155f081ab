// The text format of Prometheus, as its documentation has it (exposition formats, version 0.0.4).
#include "gateway/observe/exposition.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

namespace parley::test {
namespace {

using gateway::observe::Exposition;
using gateway::observe::Label;

}  // namespace

TEST_CASE("families and samples are escaped as the format requires") {
  Exposition out;
  out.family("parley_calls_total", Exposition::Kind::counter, "Back\\slash, new\nline, \"quotes\".");
  const Label hostile[] = {{"route", "a\"b\\c\nd"}, {"status", "200"}};
  out.sample(hostile, 3);
  out.family("parley_open", Exposition::Kind::gauge, "Open.");
  out.sample(0.5);
  out.family("parley_seconds", Exposition::Kind::histogram, "Time.");
  const Label bound[] = {{"le", "+Inf"}};
  out.sample("_bucket", bound, 7);
  out.sample("_count", {}, 7);
  CHECK(std::move(out).take() ==
        "# HELP parley_calls_total Back\\\\slash, new\\nline, \"quotes\".\n"
        "# TYPE parley_calls_total counter\n"
        "parley_calls_total{route=\"a\\\"b\\\\c\\nd\",status=\"200\"} 3\n"
        "# HELP parley_open Open.\n"
        "# TYPE parley_open gauge\n"
        "parley_open 0.5\n"
        "# HELP parley_seconds Time.\n"
        "# TYPE parley_seconds histogram\n"
        "parley_seconds_bucket{le=\"+Inf\"} 7\n"
        "parley_seconds_count 7\n");
}

TEST_CASE("numbers: whole ones have no exponent, others are as short as possible") {
  struct Case {
    double value;
    const char* text;
  };
  const Case cases[] = {{0, "0"},
                        {1, "1"},
                        {-1, "-1"},
                        {1e6, "1000000"},
                        {9007199254740992.0, "9007199254740992"},
                        {0.00025, "0.00025"},
                        {0.1, "0.1"},
                        {2.5, "2.5"},
                        {1763777777.25, "1763777777.25"}};
  for (const Case& one : cases) CHECK(gateway::observe::number_text(one.value) == one.text);
  for (const double value : {1e300, 1.0 / 3, 5e-324, std::nextafter(9007199254740992.0, INFINITY)}) {
    CHECK(std::strtod(gateway::observe::number_text(value).c_str(), nullptr) == value);
  }
}

}  // namespace parley::test
