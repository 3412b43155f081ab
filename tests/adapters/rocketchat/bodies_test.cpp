// The facade reads the bodies that the connector writes as the same operations.
#include "adapters/rocketchat/bodies.hpp"

#include <doctest/doctest.h>

#include "adapters/rocketchat/facade/facade.hpp"
#include "tests/adapters/rocketchat/support.hpp"
#include "tests/support/operations.hpp"

namespace parley::test::rocketchat {
namespace {

using namespace parley::rocketchat;

/// Describes the operation that the facade makes of a body in this profile.
String read_back(const char* profile, std::string_view path, const Buffer& body) {
  const Result<Operation> made = Call(profile, Method::post, String(path).c_str()).body(String(body.view())).decode();
  return made ? describe(*made) : made.error().message;
}

RegisterVisitor full_registration() {
  RegisterVisitor full;
  full.token = "t";
  full.name = "Ann \"A\"";
  full.email = "ann@example.com";
  full.phone = "55 51 5555-5555";
  full.department = "sales";
  full.username = "ann";
  full.id.text = "sGtcfEYz852uguxaS";
  full.fields = {{"address", "Rua 1", true}, {"plan", "", false}};
  return full;
}

}  // namespace

TEST_CASE("rocketchat bodies: a registration, with all members and with the token only") {
  const RegisterVisitor full = full_registration();
  const Buffer body = write_body<registration_body>(body_of(full));
  CHECK(body.view() ==
        R"({"visitor":{"token":"t","name":"Ann \"A\"","email":"ann@example.com","phone":"55 51 5555-5555",)"
        R"("department":"sales","username":"ann","id":"sGtcfEYz852uguxaS","customFields":[)"
        R"({"key":"address","value":"Rua 1","overwrite":true},{"key":"plan","value":"","overwrite":false}]}})");
  RegisterVisitor small;
  small.token = "t";
  CHECK(write_body<registration_body>(body_of(small)).view() == R"({"visitor":{"token":"t"}})");
  for (const char* profile : {"8", "0.70"}) {
    CHECK(read_back(profile, path::visitor, body) == describe(full));
    CHECK(read_back(profile, path::visitor, write_body<registration_body>(body_of(small))) == describe(small));
  }
}

TEST_CASE("rocketchat bodies: an empty text in a registration counts as absent") {
  RegistrationBody body;
  body.visitor.token = "t";
  const RegisterVisitor made = operation_of(std::move(body));
  CHECK_FALSE(made.name.has_value());
  CHECK_FALSE(made.email.has_value());
  CHECK_FALSE(made.phone.has_value());
  CHECK_FALSE(made.department.has_value());
}

TEST_CASE("rocketchat bodies: custom fields, one and several") {
  SetVisitorVariables set;
  set.token = "t";
  set.fields = {{"address", "Rua 1", true}};
  const Buffer one = write_body<set_field_body>(body_of(set.token, set.fields.front()));
  CHECK(one.view() == R"({"token":"t","key":"address","value":"Rua 1","overwrite":true})");
  for (const char* profile : {"8", "0.70"}) CHECK(read_back(profile, path::custom_field, one) == describe(set));
  set.fields.push_back({"plan", "silver", false});
  const Buffer several = write_body<set_fields_body>(body_of(set.token, set.fields));
  CHECK(several.view() == R"({"token":"t","customFields":[{"key":"address","value":"Rua 1","overwrite":true},)"
                          R"({"key":"plan","value":"silver","overwrite":false}]})");
  for (const char* profile : {"8", "0.70"}) CHECK(read_back(profile, path::custom_fields, several) == describe(set));
}

TEST_CASE("rocketchat bodies: a page visit, in a room and before there is a room") {
  RecordPageVisit page;
  page.token = "t";
  page.change = "url";
  page.title = "Home";
  page.url = "https://a.example/";
  const Buffer early = write_body<sent_page_body>(body_of(page));
  CHECK(early.view() ==
        R"({"token":"t","pageInfo":{"change":"url","title":"Home","location":{"href":"https://a.example/"}}})");
  CHECK(read_back("8", path::page_visited, early) == describe(page));
  page.chat.text = "r";
  const Buffer in_room = write_body<sent_page_body>(body_of(page));
  CHECK(read_back("8", path::page_visited, in_room) == describe(page));
  page.verify = true;  // not in the body: the profile 0.70 always sets it
  CHECK(read_back("0.70", path::page_visited, in_room) == describe(page));
}

TEST_CASE("rocketchat bodies: an agent's status, of which only the availability is kept") {
  struct Case {
    const char* status;
    const char* sent;
    const char* kept;
  };
  for (const Case& one : {Case{"Online", "available", "Online"}, Case{"Away", "not-available", "Away"},
                          Case{"Meeting", "not-available", "Away"}}) {
    CAPTURE(one.status);
    const Buffer body = write_body<agent_status_body>(body_of(SetAgentStatus{{"a"}, one.status}));
    CHECK(body.view() == String(R"({"status":")") + one.sent + R"(","agentId":"a"})");
    CHECK(read_back("8", path::agent_status, body) == describe(SetAgentStatus{{"a"}, one.kept}));
  }
}

TEST_CASE("rocketchat bodies: a login with a password or its digest") {
  LoginBody login;
  login.user = "ann";
  login.password.text = "secret";
  CHECK(write_body<login_body>(login).view() == R"({"user":"ann","password":"secret"})");
  login.password = {.text = {}, .digest = "2bb8"};
  const Buffer hashed = write_body<login_body>(login);
  CHECK(hashed.view() == R"({"user":"ann","password":{"digest":"2bb8","algorithm":"sha-256"}})");
  shape::Document document;
  REQUIRE(document.parse_json(hashed.view()).has_value());
  shape::Reading reading(true);
  LoginBody back;
  CHECK(shape::read_object(shape::view<login_body>, document.root(), &back, reading) == shape::Fit::exact);
  CHECK(reading.faults().empty());
  CHECK(back.user == "ann");
  CHECK_FALSE(back.password.text.has_value());
  CHECK(back.password.digest == "2bb8");
}

}  // namespace parley::test::rocketchat
