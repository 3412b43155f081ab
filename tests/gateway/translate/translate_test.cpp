// Documents from style to style: envelopes, scripts, refusals, and the report. Expected values are those of the published
// examples.
#include "gateway/translate/translate.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "schemas/id.hpp"
#include "tests/support/json.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::translate {
namespace {

using test::built_with;
using test::golden;

const NamedShape& named(std::string_view name) { return **find_shape(name); }

Result<Translation> translated(std::string_view from, std::string_view to, std::string_view document,
                               const TranslateOptions& options = {}) {
  return translate(named(from), named(to), document, options);
}
String text_of(const Result<Translation>& made) {
  return made ? String(made->text.view()) : "error: " + made.error().message;
}

const Entry* find(const Report& report, Change change, std::string_view pointer) {
  const auto found = std::find_if(report.entries.begin(), report.entries.end(), [&](const Entry& entry) {
    return entry.change == change && entry.pointer == pointer;
  });
  return found == report.entries.end() ? nullptr : &*found;
}

const bool vendors = built_with({"enghouse", "comm100", "rocketchat"});

}  // namespace

TEST_CASE("a shape is found by its name; a wrong name gives the nearest one") {
  CHECK(find_shape("canonical:visitor").has_value());
  const auto near = find_shape("canonical:vistor");
  REQUIRE(near.has_error());
  CHECK(near.error().message.find("canonical:visitor") != String::npos);
  const auto far = find_shape("x");
  REQUIRE(far.has_error());
  CHECK(far.error().message.find("canonical:agents") != String::npos);
}

TEST_CASE("text that is not a document is refused with its place") {
  const struct {
    const char* name;
    const char* shape;
    const char* document;
    Code code;
    const char* place;
  } cases[] = {
      {"syntax: n is no null", "canonical:visitor", "{\"id\":\n nope}", Code::malformed_body, "(line 2, column 3)"},
      {"duplicate key", "canonical:visitor", R"({"id":"a","id":"b"})", Code::duplicate_key, "(line 1, column "},
      {"nothing", "canonical:visitor", "", Code::malformed_body, "(line 1, column 1)"},
      {"gzip", "canonical:visitor", "\x1f\x8b\x08", Code::malformed_body, "compressed with gzip: unpack it first"},
      {"UTF-16", "canonical:visitor", "\xff\xfe{", Code::malformed_body, "this is UTF-16: make it UTF-8 first"},
      {"a list for an object", "canonical:visitor", "\n  []", Code::invalid_field, "(line 2, column 3)"},
      {"an object for a list", "canonical:visitors", "{}", Code::invalid_field, "(line 1, column 1)"},
      {"an element that is no object", "canonical:visitors", "[{},\n 7]", Code::invalid_field, "(line 2, column 2)"},
  };
  for (const auto& [name, shape, document, code, place] : cases) {
    const String which = name;
    CAPTURE(which);
    const auto made = translated(shape, shape, document);
    REQUIRE(made.has_error());
    CHECK(made.error().code == code);
    CHECK(made.error().message.find(place) != String::npos);
  }
}

TEST_CASE("a document without a member of its shape is refused, except into the same shape") {
  const struct {
    const char* name;
    const char* from;
    const char* to;
    const char* document;
    const char* says;
  } cases[] = {
      {"an empty object", "canonical:agent", "canonical:agents", "{}", "no member of canonical:agent is in"},
      {"another document", "canonical:agent", "canonical:agents", R"({"odd":1})", "`parley schema canonical:agent`"},
      {"another vendor's with an id", "canonical:agent", "canonical:agents", R"({"id":"a","b":1,"c":2,"d":3})",
       "no member of canonical:agent but the id"},
      {"one of a list", "canonical:agents", "canonical:agent", R"([{"odd":1}])", "no member of canonical:agents"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const auto made = translated(one.from, one.to, one.document);
    REQUIRE(made.has_error());
    CHECK(made.error().code == Code::invalid_field);
    CHECK(made.error().message.find(one.says) != String::npos);
    CHECK(made.error().message.ends_with(" (line 1, column 1)"));
    CHECK(text_of(translated(one.from, one.from, one.document)) == one.document);
  }
}

TEST_CASE("kinds without a projection are refused, and the possible targets listed") {
  const auto made = translated("canonical:agent", "canonical:visitor", "{}");
  REQUIRE(made.has_error());
  CHECK(made.error().code == Code::unsupported_operation);
  CHECK(made.error().message.find("canonical:agents") != String::npos);
}

TEST_CASE("a list of one record and a single record can replace each other") {
  CHECK(text_of(translated("canonical:agent", "canonical:agents", R"({"id":"a"})")) == R"([{"id":"a"}])");
  CHECK(text_of(translated("canonical:agents", "canonical:agent", R"([{"id":"a"}])")) == R"({"id":"a"})");
  CHECK(translated("canonical:agents", "canonical:agent", "[]").has_error());
}

TEST_CASE("invalid Unicode becomes U+FFFD, and the report says where" * doctest::skip(!vendors)) {
  const String r = "\xEF\xBF\xBD";
  const String mark = "\xEF\xBB\xBF";
  const struct {
    const char* name;
    const char* from;
    const char* to;
    String document;
    String has;  ///< what the translation contains
    String pointer;
    const char* member;
  } cases[] = {
      {"a lone surrogate", "comm100:visitor", "rocketchat:visitor", R"({"id":"a","name":"Ann \ud83d"})",
       "\"Ann " + r + "\"", "/name", "visitor.name"},
      {"Latin-1", "comm100:visitor", "enghouse:contact", "{\"id\":\"a\",\"name\":\"Andr\xE9\"}", "Andr" + r, "/name",
       "visitor.name"},
      {"in a list", "comm100:visitors", "comm100:visitors", "[{\"id\":\"a\"},{\"id\":\"b\",\"name\":\"\xFF\"}]", r,
       "/1/name", "visitor.name"},
      {"in its own shape", "comm100:visitor", "comm100:visitor", R"({"id":"a","name":"\udc00"})",
       "\"name\":\"" + r + "\"", "/name", "visitor.name"},
      {"below an unknown member", "comm100:visitor", "comm100:visitor", R"({"id":"a","x":[{"y":"\udc00"}]})",
       R"([{"y":"\ufffd"}])", "/x/0/y", ""},
      {"a key", "comm100:visitor", "comm100:visitor", "{\"id\":\"a\",\"caf\xE9\":1}", "\"caf" + r + "\":1", "/caf" + r,
       ""},
      {"in an envelope", "rocketchat:visitor", "comm100:visitor",
       R"({"visitor":{"_id":"x","name":"\ud800"},"success":true})", r, "/visitor/name", "visitor.name"},
      {"around the document", "rocketchat:visitor", "rocketchat:visitor", R"({"visitor":{"_id":"x"},"z":"\ud800"})",
       R"("z":"\ufffd")", "/z", ""},
      {"a user of a contact", "enghouse:contact", "comm100:visitor",
       "{\"id\":\"CHAT_a\",\"userID\":\"USER_b\",\"users\":{\"USER_b\":{\"id\":\"USER_b\",\"nickname\":\"\xE9\","
       "\"isAgent\":false}}}",
       r, "/users/USER_b/nickname", "participant.name"},
      {"behind a byte order mark", "canonical:agent", "canonical:agent", mark + R"({"id":"a","name":"\ud83d"})",
       "\"" + r + "\"", "/name", "agent.name"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const auto made = translated(one.from, one.to, one.document, {.callback = {}, .report = true});
    REQUIRE(made.has_value());
    CAPTURE(made->text.view());
    CAPTURE(made->report.text());
    CHECK(made->text.view().find(one.has) != String::npos);
    const Entry* entry = find(made->report, Change::narrowed, one.pointer);
    REQUIRE(entry != nullptr);
    CHECK(entry->member == one.member);
    CHECK(entry->reason.find("U+FFFD") != String::npos);
    CHECK(made->report.loses());
  }
  const auto good = translated("comm100:visitor", "comm100:visitor",
                               mark + R"({"id":"a","name":"\ud83d\ude00 \ufffd"})", {.callback = {}, .report = true});
  REQUIRE(good.has_value());
  CHECK(good->report.entries.empty());
  CHECK(test::difference(R"({"id":"a","name":"\ud83d\ude00 \ufffd"})", good->text.view()) == "");
  CHECK(text_of(translated("comm100:visitor", "comm100:visitor", mark + mark + "{}")).find("two byte order marks") !=
        String::npos);
}

TEST_CASE("a style without a script form refuses a callback") {
  const auto made = translated("canonical:agent", "canonical:agent", "{}", {.callback = "show"});
  REQUIRE(made.has_error());
  CHECK(made.error().code == Code::unsupported_operation);
}

TEST_CASE("a document keeps its envelope, and gets none if it has none" * doctest::skip(!vendors)) {
  const String visitor = golden("rocketchat_visitor.json");  // {"visitor":{…},"success":true}
  const String contact = golden("enghouse_contact.json");
  const auto starts = [](const String& text, std::string_view with) { return text.starts_with(with); };

  CHECK(
      starts(text_of(translated("rocketchat:visitor", "enghouse:contact", visitor)), R"({"result":true,"contact":{)"));
  CHECK(starts(text_of(translated("rocketchat:visitor", "comm100:visitor", visitor)), R"({"id":)"));
  CHECK(starts(text_of(translated("comm100:visitor", "rocketchat:visitor", golden("comm100_visitor.json"))),
               R"({"_id":)"));
  CHECK(starts(text_of(translated("enghouse:contact", "rocketchat:visitor", contact)), R"({"visitor":{)"));

  // Into its own shape: the envelope stays, with unknown members.
  const String odd = R"({ "success":true, "visitor" : {"_id":"x","token":"t","odd":1.50} , "more":[1] })";
  CHECK(test::difference(odd, text_of(translated("rocketchat:visitor", "rocketchat:visitor", odd))) == "");
  CHECK(test::difference(contact, text_of(translated("enghouse:contact", "enghouse:contact", contact))) == "");
}

TEST_CASE("an answer without a document" * doctest::skip(!vendors)) {
  const auto made =
      translated("enghouse:contact", "comm100:visitor", R"({"result":false,"contact":null,"error":"no"})");
  REQUIRE(made.has_error());
  CHECK(made.error().message.find("carries no contact") != String::npos);
}

TEST_CASE("a callback makes a script, always with the envelope" * doctest::skip(!vendors)) {
  const auto made =
      translated("comm100:visitor", "enghouse:contact", golden("comm100_visitor.json"), {.callback = "show"});
  CHECK(text_of(made).starts_with(R"(/**/ typeof show === 'function' && show({"result":true,"contact":{)"));
  CHECK(text_of(made).ends_with(");"));
  CHECK(translated("comm100:visitor", "enghouse:contact", "{}", {.callback = "()"}).has_error());
}

TEST_CASE("a callback is used unchanged, or refused" * doctest::skip(!vendors)) {
  const NamedShape& from = **find_shape("comm100:visitor");
  const NamedShape& to = **find_shape("enghouse:contact");
  for (const char* fine : {"show", "app.show", "a[0].b", "$_9", "classes", "app.class", "this.show", "_new", "let",
                           "async", "News.delete"}) {
    CAPTURE(fine);
    CHECK(check_pair(from, to, fine).has_value());
  }
  // A server drops characters that cannot be in a name; on the command line that would call another function.
  for (const char* bad :
       {"a b", " show",    "show()",   "a-b", "\xc3\xa9", "alert(1)//", "9",    "a..b", "a\n",        "class",
        "new", "function", "delete.x", "if",  "typeof",   "true",       "null", "this", "super.show", "class[0]"}) {
    CAPTURE(bad);
    const auto refused = check_pair(from, to, bad);
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == Code::invalid_callback);
    CHECK(refused.error().message.find("is no name of a function") != String::npos);
  }
}

TEST_CASE("a saved script is translated as its JSON, whatever is around it" * doctest::skip(!vendors)) {
  const String contact = golden("enghouse_contact.json");
  const String plain = text_of(translated("enghouse:contact", "comm100:visitor", contact));
  const struct {
    const char* name;
    String before;
    String behind;
  } scripts[] = {
      {"a call", "show(", ");"},
      {"without a semicolon", "show(", ")"},
      {"as Express writes it", "/**/ typeof show === 'function' && show(", ");"},
      {"a comment and blanks", "/**/\n show ( ", " ) ;\n"},
      {"parentheses around the object", "app.show((", "));"},
      {"a byte order mark", "\xef\xbb\xbfshow(", ");"},
      {"none: a byte order mark alone", "\xef\xbb\xbf", ""},
  };
  for (const auto& one : scripts) {
    CAPTURE(one.name);
    CHECK(text_of(translated("enghouse:contact", "comm100:visitor", one.before + contact + one.behind)) == plain);
  }
  const auto cut = translated("enghouse:contact", "comm100:visitor", "show({\"contact\":{}};");
  CHECK(cut.error().message ==
        "this begins like a script and is none: expected NAME({…}); and nothing behind it (line 1, column 1)");
  const auto broken = translated("enghouse:contact", "comm100:visitor", "/**/\nshow({\"contact\":\n nope});");
  CHECK(broken.error().message.ends_with("(line 3, column 3)"));
  CHECK(translated("enghouse:contact", "comm100:visitor", "\xef\xbb\xbf{\"contact\":}")
            .error()
            .message.ends_with("(line 1, column 12)"));
  CHECK(translated("enghouse:contact", "comm100:visitor", "show(5)").error().message.ends_with("(line 1, column 6)"));
  CHECK(translated("comm100:visitor", "enghouse:contact", "show({})").has_error());  // Comm100 has no scripts
}

TEST_CASE("a summary has the number and names of fields" * doctest::skip(!vendors)) {
  const auto summary = [](std::vector<std::pair<Change, const char*>> entries) {
    Report report;
    for (const auto& [change, pointer] : entries) report.entries.push_back({change, pointer, {}, "why"});
    return report.summary();
  };
  CHECK(summary({}) == "");
  CHECK(summary({{Change::invented, "/a"}}) == "");
  CHECK(summary({{Change::lost, "/a"}}) == "1 field was lost: /a; --report says why");
  CHECK(summary({{Change::lost, "/a"}, {Change::narrowed, "/b"}, {Change::lost, "/c"}}) ==
        "2 fields were lost: /a, /c; 1 field was changed: /b; --report says why");
  const std::vector<std::pair<Change, const char*>> many(8, {Change::lost, "/x"});
  CHECK(summary(many) == "8 fields were lost: /x, /x, /x, /x, /x, /x and 2 more; --report says why");
}

TEST_CASE("the seed's contact as a Comm100 visitor" * doctest::skip(!vendors)) {
  const test::Value made =
      test::parse(text_of(translated("enghouse:contact", "comm100:visitor", golden("enghouse_contact.json"))));
  const auto value = [&made](std::string_view key) {
    return made.find(key) != nullptr ? made.find(key)->text : "absent";
  };
  CHECK(value("id") == "c8e1eb84-60d3-4d69-b10b-96364845023e");
  CHECK(value("name") == "Gabry");
  CHECK(value("email") == "Gabriele.Verde@enghouse.com");
  CHECK(value("ip") == "::1");
  CHECK(value("landingPage") == "http://localhost:3001/domain/test.html");
  CHECK(value("visitTime") == "2019-09-19T14:31:46.777Z");
}

TEST_CASE("the report: lost with the table's reason, unknown members, invented ones" * doctest::skip(!vendors)) {
  const auto made =
      translated("rocketchat:visitor", "comm100:visitor",
                 R"({"visitor":{"_id":"sGtcfEYz852uguxaS","token":"iNKE8a6k6cjbqWhWd","name":"Ann",)"
                 R"("visitorEmails":[{"address":"a@b.c"},{"address":"d@e.f"}],"odd":1},"success":true,"more":2})",
                 {.callback = {}, .report = true});
  REQUIRE(made.has_value());
  const Report& report = made->report;
  CAPTURE(report.text());
  CHECK(report.loses());
  const Entry* token = find(report, Change::lost, "/visitor/token");
  REQUIRE(token != nullptr);
  CHECK(token->member == "visitor.token");
  CHECK(token->reason == "Comm100 knows its visitors by id only");
  CHECK(find(report, Change::lost, "/visitor/visitorEmails/1") != nullptr);
  CHECK(find(report, Change::lost, "/visitor/visitorEmails/0") == nullptr);
  CHECK(find(report, Change::lost, "/visitor/name") == nullptr);
  const Entry* odd = find(report, Change::lost, "/visitor/odd");
  REQUIRE(odd != nullptr);
  CHECK(odd->reason == "comm100 has no such member");
  CHECK(find(report, Change::lost, "/more") != nullptr);
  CHECK(find(report, Change::invented, "/status") != nullptr);
  CHECK(find(report, Change::invented, "/departmentId") == nullptr);  // a zero guid counts as nothing

  CHECK(test::parse(report.json()).children.size() == report.entries.size());
}

TEST_CASE("the report: points at what a projection invents" * doctest::skip(!vendors)) {
  const auto made = translated("rocketchat:visitor", "enghouse:contact",
                               R"({"visitor":{"_id":"sGtcfEYz852uguxaS","token":"iNKE8a6k6cjbqWhWd","name":"Ann"}})",
                               {.callback = {}, .report = true});
  REQUIRE(made.has_value());
  CAPTURE(made->report.text());
  const String user = "/contact/users/USER_" + ids::format(ids::to_guid("sGtcfEYz852uguxaS"));
  const Entry* presence = find(made->report, Change::invented, user + "/isOnline");
  REQUIRE(presence != nullptr);
  CHECK(presence->member == "visitor.presence");
  // The status follows from a missing member, so no single value of the target has it.
  const Entry* status = find(made->report, Change::invented, "/contact");
  REQUIRE(status != nullptr);
  CHECK(status->member == "visitor.status");
}

TEST_CASE("the report: a value that comes back differently is narrowed" * doctest::skip(!vendors)) {
  const auto made =
      translated("comm100:visitor", "canonical:visitor",
                 R"({"id":"3d59f909-24cd-43bc-89cb-00a320617c0a","visitTime":"2021-05-26T10:30:16.036999Z"})",
                 {.callback = {}, .report = true});
  REQUIRE(made.has_value());
  CAPTURE(made->report.text());
  const Entry* time = find(made->report, Change::narrowed, "/visitTime");
  REQUIRE(time != nullptr);
  CHECK(time->reason.find("2021-05-26T10:30:16.036Z") != String::npos);
}

TEST_CASE("the report: nothing is lost into the same shape, nor into the canonical model" * doctest::skip(!vendors)) {
  const String visitor = golden("comm100_visitor.json");
  for (const char* to : {"comm100:visitor", "canonical:visitor", "comm100:visitors"}) {
    CAPTURE(to);
    const auto made = translated("comm100:visitor", to, visitor, {.callback = {}, .report = true});
    REQUIRE(made.has_value());
    CHECK(made->report.text() == "");
  }
}

TEST_CASE("the report without a way back: what leaves no trace in the target is lost" * doctest::skip(!vendors)) {
  const auto made = translated("enghouse:contact", "comm100:agents", golden("enghouse_contact.json"),
                               {.callback = {}, .report = true});
  REQUIRE(made.has_value());
  const Report& report = made->report;
  CAPTURE(report.text());
  CHECK(find(report, Change::lost, "/contact/dataCollections") != nullptr);
  CHECK(find(report, Change::lost, "/contact/users/USER_c8e1eb84-60d3-4d69-b10b-96364845023e") != nullptr);
  CHECK(find(report, Change::lost, "/contact/users/USER_gverde1@acd.enghouse.com/firstIP") != nullptr);
  CHECK(find(report, Change::lost, "/contact/users/USER_gverde1@acd.enghouse.com") == nullptr);
  CHECK(find(report, Change::lost, "/contact/users/USER_gverde1@acd.enghouse.com/isAgent") == nullptr);
}

}  // namespace parley::gateway::translate
