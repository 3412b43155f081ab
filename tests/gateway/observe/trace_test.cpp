// W3C Trace Context, level 1 (2020-02-06): what is accepted, and what is passed on.
#include "gateway/observe/trace.hpp"

#include <doctest/doctest.h>

#include <set>

namespace parley::test {
namespace {

using gateway::observe::find_traceparent;
using gateway::observe::is_traceparent;
using gateway::observe::Trace;
using gateway::observe::Tracer;

constexpr std::string_view good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

}  // namespace

TEST_CASE("traceparent: which values are valid") {
  struct Case {
    const char* name;
    String value;
    bool valid;
  };
  const String text(good);
  const auto with = [&text](std::size_t at, std::string_view what) {
    return String(text).replace(at, what.size(), what);
  };
  const Case cases[] = {
      {"3.2.4: the example", text, true},
      {"not sampled", with(53, "00"), true},
      {"flags of later levels", with(53, "ff"), true},
      {"3.2.2.1: version ff", with(0, "ff"), false},
      {"3.2.4: a later version of this length", with(0, "cc"), true},
      {"3.2.4: a later version with more behind a dash", with(0, "cc") + "-what-the-future-brings", true},
      {"3.2.4: a later version with more and no dash", with(0, "cc") + ".what", false},
      {"3.2.2: version 00 with more", text + "-more", false},
      {"3.2.2: version 00 with a dash", text + "-", false},
      {"upper case in the trace", with(3, "0AF7"), false},
      {"upper case in the parent", with(36, "B7"), false},
      {"3.2.2.3: a trace of zeros", with(3, "00000000000000000000000000000000"), false},
      {"3.2.2.4: a parent of zeros", with(36, "0000000000000000"), false},
      {"no hex in the version", with(0, "0x"), false},
      {"no hex in the trace", with(3, "g"), false},
      {"no hex in the flags", with(53, "0."), false},
      {"another separator", with(35, "_"), false},
      {"too short", text.substr(0, 54), false},
      {"empty", "", false},
      {"blank in front", ' ' + text.substr(0, 54), false},
      {"two at once", text + ',' + text, false},
      {"a NUL in it", with(10, std::string_view("\0", 1)), false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(is_traceparent(one.value) == one.valid);
  }
}

TEST_CASE("traceparent: one header is accepted, its name in any case; two are not") {
  using http::Header;
  const Header one[] = {{"Host", "a"}, {"TraceParent", good}};
  CHECK(find_traceparent(one) == good);
  const Header two[] = {{"traceparent", good}, {"traceparent", good}};
  CHECK(find_traceparent(two).empty());
  const Header spoilt[] = {{"traceparent", good}, {"traceparent", "nonsense"}};
  CHECK(find_traceparent(spoilt).empty());
  const Header none[] = {{"Host", "a"}};
  CHECK(find_traceparent(none).empty());
}

TEST_CASE("a child keeps trace and flag and has its own span") {
  Tracer tracer(7);
  const Trace child = tracer.child(good, false);
  CHECK(is_traceparent(child.parent()));
  CHECK(child.id() == "0af7651916cd43dd8448eb211c80319c");
  CHECK(child.span() != "b7ad6b7169203331");
  CHECK(child.parent().substr(0, 3) == "00-");
  CHECK(child.parent().ends_with("-01"));
  // 3.2.2.5: only the flag that level 1 defines.
  CHECK(tracer.child("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe-x", true).parent().ends_with("-00"));
  CHECK(tracer.child("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0b", false).parent().ends_with("-01"));
}

TEST_CASE("a new trace is valid and unique") {
  Tracer tracer;
  std::set<String> seen;
  for (int i = 0; i < 1000; ++i) {
    const Trace trace = tracer.child({}, i % 2 == 0);
    CHECK(is_traceparent(trace.parent()));
    CHECK(trace.parent().ends_with(i % 2 == 0 ? "-01" : "-00"));
    seen.emplace(trace.id());
    seen.emplace(trace.span());
  }
  CHECK(seen.size() == 2000);
  Trace none;
  CHECK(none.empty());
  CHECK(none.parent().empty());
  CHECK(none.id().empty());
  CHECK(Tracer().child({}, true).id() != Tracer().child({}, true).id());
}

}  // namespace parley::test
