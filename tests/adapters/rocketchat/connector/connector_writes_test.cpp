// The connector's writes: what it sends, the losses that it reports, and that nothing is sent twice.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/connector/upstream_world.hpp"

namespace parley::test::rocketchat {
namespace {

const char* const register_line = "POST /api/v1/livechat/visitor";
const char* const field_line = "POST /api/v1/livechat/custom.field";
const char* const fields_line = "POST /api/v1/livechat/custom.fields";
const char* const page_line = "POST /api/v1/livechat/page.visited";
const char* const status_line = "POST /api/v1/livechat/agent.status";
const char* const read_line = "GET /api/v1/livechat/visitor/t";
const char* const info_line = "GET /api/v1/livechat/visitors.info?visitorId=v";
const char* const registry_line = "GET /api/v1/livechat/custom-fields?count=0";

const char* const done = R"({"success":true})";
/// The refusal of an unregistered field by old servers, and by current ones.
const char* const unregistered_old =
    R"({"isClientSafe":true,"error":"invalid-custom-field","message":"[invalid-custom-field]",)"
    R"("errorType":"Meteor.Error","success":false})";
const char* const unregistered_new = R"({"success":false,"error":"invalid-custom-field"})";

std::string kept(std::string_view members) {
  return json_answer(200, R"({"visitor":{"_id":"v","token":"t",)" + std::string(members) +
                              R"("username":"guest-2"},)"
                              R"("success":true})");
}

RegisterVisitor registration() {
  RegisterVisitor made;
  made.token = "t";
  made.name = "Ada \"the\" first";
  made.email = "ada@shop.example";
  made.phone = "0815";
  return made;
}

SetVisitorVariables variables(Attributes values) {
  SetVisitorVariables set;
  set.visitor.text = "v";
  set.variables = std::move(values);
  return set;
}

Attribute variable(String name, String value, String url = {}) {
  return {std::move(name), std::move(value), std::move(url), AttributeKind::variable, false};
}

RecordPageVisit page() {
  RecordPageVisit made;
  made.token = "t";
  made.change = "url";
  made.title = "Home";
  made.url = "https://a.example/?q=1";
  return made;
}

}  // namespace

TEST_CASE("rocketchat connector: what an agent notes of a visitor is refused, and nothing is sent") {
  World world({});
  RegisterVisitor noted = registration();
  noted.by_agent = true;
  CHECK(world.session.refused(noted).code == Code::unsupported_operation);
}

TEST_CASE("rocketchat connector: a registration returns the token that the server keeps") {
  World world({{register_line,
                {json_answer(200, R"({"visitor":{"_id":"v","token":"an older token","username":"guest-2",)"
                                  R"("name":"Ada \"the\" first","visitorEmails":[{"address":"ada@shop.example"}],)"
                                  R"("phone":[{"phoneNumber":"0815"}],"status":"online"},"success":true})")}}});
  RegisterVisitor asked = registration();
  asked.ip = "192.0.2.7";
  asked.user_agent = "Mozilla/5.0";
  const Visitor made = *world.session.get<Ref<Visitor>>(asked);
  CHECK(made.token == "an older token");
  CHECK(made.username == "guest-2");
  CHECK(world.session.lost() == "");
  REQUIRE(world.vendor.requests().size() == 1);
  const std::string request = world.vendor.requests()[0];
  CHECK(world.vendor.body(register_line) ==
        R"({"visitor":{"token":"t","name":"Ada \"the\" first","email":"ada@shop.example","phone":"0815"}})");
  CHECK(request.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(request.find("X-Real-IP: 192.0.2.7\r\n") != std::string::npos);
  CHECK(request.find("User-Agent: Mozilla/5.0\r\n") != std::string::npos);
}

TEST_CASE("rocketchat connector: members that a registration does not keep are losses") {
  World world({{register_line,
                {kept(R"("name":"Ada","visitorEmails":[{"address":"ada@shop.example"}],)"
                      R"("department":"66f1a2b3c4d5e6f708192a3c","livechatData":{"plan":"gold","size":"4"},)")}}});
  RegisterVisitor asked = registration();
  asked.name = "Ada";
  asked.email = "ADA@shop.example";
  asked.department = "sales";
  asked.fields = {{"plan", "silver", true}, {"size", "5", false}, {"colour", "red", true}};
  world.session.get<Ref<Visitor>>(asked);
  CHECK(world.session.lost() ==
        "visitor.emails,visitor.phones,visitor.department,visitor.attributes.plan,visitor.attributes.colour");
  CHECK(world.vendor.body(register_line).find(R"("customFields":[{"key":"plan","value":"silver","overwrite":true},)") !=
        std::string::npos);
}

TEST_CASE("rocketchat connector: 0.70 registers the visitor, and then refuses a field") {
  World world({{register_line, {json_answer(400, unregistered_old)}}, {read_line, {kept("")}}});
  RegisterVisitor asked;
  asked.token = "t";
  asked.fields = {{"plan", "silver", true}};
  CHECK(world.session.get<Ref<Visitor>>(asked)->username == "guest-2");
  CHECK(world.session.lost() == "visitor.attributes.plan");
  CHECK(world.vendor.count(register_line) == 1);
}

TEST_CASE("rocketchat connector: refusals of a registration") {
  struct Case {
    const char* answer;
    Code code;
    const char* field;
  };
  for (
      const Case& one :
      {Case{
           R"({"success":false,"error":"Token cannot be empty [error-invalid-token]","errorType":"error-invalid-token",)"
           R"("details":{"method":"livechat/visitor"}})",
           Code::invalid_field, "visitor.token"},
       Case{R"({"success":false,"error":"Invalid email x [error-invalid-email]","errorType":"error-invalid-email"})",
            Code::invalid_field, "visitor.email"},
       Case{R"({"success":false,"error":"error-invalid-department"})", Code::invalid_field, "visitor.department"},
       Case{R"({"success":false,"error":"The provided department is invalid [error-invalid-department]",)"
            R"("errorType":"error-invalid-department"})",
            Code::invalid_field, "visitor.department"},
       Case{R"({"success":false,"error":"Match error: Unknown key in field visitor"})", Code::upstream_failed, ""}}) {
    CAPTURE(one.answer);
    World world({{register_line, {json_answer(400, one.answer)}}});
    const Error error = world.session.refused(registration());
    CHECK(error.code == one.code);
    CHECK(error.field == one.field);
  }
}

TEST_CASE("rocketchat connector: a lossless registration asks the registry before it sends") {
  const std::string registry =
      json_answer(200, R"({"customFields":[{"_id":"plan","scope":"visitor"},)"
                       R"({"_id":"topic","scope":"room"}],"count":2,"total":2,"success":true})");
  World world({{registry_line, {registry}}, {register_line, {kept(R"("livechatData":{"plan":"gold"},)")}}});
  RegisterVisitor asked;
  asked.token = "t";
  asked.fields = {{"plan", "gold", true}, {"topic", "x", true}};
  const Error error = world.session.refused(asked, true);
  CHECK(error.code == Code::lossy);
  CHECK(error.field == "visitor.attributes.topic");
  CHECK(world.vendor.count(register_line) == 0);
  asked.fields.pop_back();
  CHECK(world.session.run(asked, true).has_value());
}

TEST_CASE("rocketchat connector: variables are set by the token of the visitor, and read back") {
  World world(
      {{info_line, {kept("")}},
       {fields_line, {json_answer(200, R"({"fields":[{"Key":"a","value":"1","overwrite":true}],"success":true})")}},
       {read_line, {kept(R"("livechatData":{"a":"1","b":"two"},)")}}});
  const Visitor after = *world.session.get<Ref<Visitor>>(variables({variable("a", "1"), variable("b", "2")}));
  CHECK(after.attributes.size() == 2);
  CHECK(world.session.lost() == "visitor.attributes.b");
  CHECK(world.vendor.body(fields_line) == R"({"token":"t","customFields":[{"key":"a","value":"1","overwrite":true},)"
                                          R"({"key":"b","value":"2","overwrite":true}]})");
}

TEST_CASE("rocketchat connector: the other fields are set although one is not registered") {
  for (const char* refusal : {unregistered_old, unregistered_new}) {
    World world({{info_line, {kept("")}},
                 {fields_line, {json_answer(400, refusal)}},
                 {field_line, {json_answer(200, done), json_answer(400, refusal)}},
                 {read_line, {kept(R"("livechatData":{"a":"1"},)")}}});
    world.session.get<Ref<Visitor>>(variables({variable("a", "1"), variable("b", "2")}));
    CHECK(world.session.lost() == "visitor.attributes.b");
    CHECK(world.vendor.count(std::string(field_line) + " ") == 2);
  }
}

TEST_CASE("rocketchat connector: a value that the registry refuses is an invalid field") {
  World world({{info_line, {kept("")}},
               {field_line, {json_answer(400, R"({"success":false,"error":"Invalid value for plan field"})")}}});
  CHECK(world.session.refused(variables({variable("plan", "x")})).code == Code::invalid_field);
}

TEST_CASE("rocketchat connector: the link of a variable is a loss") {
  World world({{info_line, {kept("")}},
               {field_line, {json_answer(200, done)}},
               {read_line, {kept(R"("livechatData":{"a":"1"},)")}}});
  const SetVisitorVariables set = variables({variable("a", "1", "https://a.example")});
  world.session.get<Ref<Visitor>>(set);
  CHECK(world.session.lost() == "visitor.attributes.a");

  World untouched({});
  const Error error = untouched.session.refused(set, true);
  CHECK(error.code == Code::lossy);
  CHECK(untouched.vendor.count("POST") == 0);
}

TEST_CASE("rocketchat connector: the error for a loss that only reading back shows says that it was written") {
  World world({{info_line, {kept("")}},
               {field_line, {json_answer(200, done)}},
               {read_line, {kept(R"("livechatData":{"a":"one"},)")}}});
  const Error error = world.session.refused(variables({variable("a", "1")}), true);
  CHECK(error.code == Code::lossy);
  CHECK(error.message.find("it was written") == 0);
  CHECK(error.field == "visitor.attributes.a");
}

TEST_CASE("rocketchat connector: a token that only the room shows, and one that nothing shows") {
  const auto visitor = [](const char* chat) {
    return json_answer(200,
                       std::string(R"({"visitor":{"_id":"v","username":"guest-2")") + chat + R"(},"success":true})");
  };
  World world({{info_line, {visitor(R"(,"lastChat":{"_id":"r","ts":"2024-11-22T14:53:36.500Z"})"), visitor("")}},
               {"GET /api/v1/rooms.info?roomId=r",
                {json_answer(200, R"({"room":{"_id":"r","t":"l","v":{"_id":"v","token":"t"}},"success":true})")}},
               {field_line, {json_answer(200, done)}},
               {read_line, {kept(R"("livechatData":{"a":"1"},)")}}});
  world.session.get<Ref<Visitor>>(variables({variable("a", "1")}));
  CHECK(world.vendor.body(field_line) == R"({"token":"t","key":"a","value":"1","overwrite":true})");
  CHECK(world.session.refused(variables({variable("a", "1")})).code == Code::unsupported_operation);
}

TEST_CASE("rocketchat connector: a field without overwrite keeps an existing value, which is no loss") {
  World world({{field_line, {json_answer(200, done)}}, {read_line, {kept(R"("livechatData":{"plan":"gold"},)")}}});
  SetVisitorVariables set;
  set.token = "t";
  set.fields = {{"plan", "silver", false}};
  world.session.get<Ref<Visitor>>(set);
  CHECK(world.vendor.body(field_line) == R"({"token":"t","key":"plan","value":"silver","overwrite":false})");
  CHECK(world.session.lost() == "");
}

TEST_CASE("rocketchat connector: an agent's status; one without a word at the vendor is a loss") {
  const char* read = "GET /api/v1/livechat/users/agent/a";
  const auto agent = [](const char* livechat) {
    return json_answer(200, std::string(R"({"user":{"_id":"a","status":"online","statusLivechat":")") + livechat +
                                R"("},"success":true})");
  };
  struct Case {
    const char* status;
    const char* sent;
    const char* kept;
    const char* lost;
  };
  for (const Case& one :
       {Case{"Online", "available", "available", ""}, Case{"Away", "not-available", "not-available", ""},
        Case{"Offline", "not-available", "not-available", "agent.status"},
        Case{"Meeting", "not-available", "not-available", "agent.status"},
        Case{"Online", "available", "not-available", "agent.status"}}) {
    CAPTURE(one.status);
    World world(
        {{status_line, {json_answer(200, R"({"status":"available","success":true})")}}, {read, {agent(one.kept)}}});
    world.session.get<Ref<Agent>>(SetAgentStatus{{"a"}, one.status});
    CHECK(world.vendor.body(status_line) == std::string(R"({"status":")") + one.sent + R"(","agentId":"a"})");
    CHECK(world.session.lost() == one.lost);
  }
  World untouched({});
  CHECK(untouched.session.refused(SetAgentStatus{{"a"}, "Meeting"}, true).code == Code::lossy);
  CHECK(untouched.vendor.requests().empty());
  World missing({{status_line, {json_answer(404, R"({"success":false,"error":"Agent not found"})")}}});
  CHECK(missing.session.refused(SetAgentStatus{{"a"}, "Away"}).code == Code::no_such_agent);
  World old({});  // a server before 6.5 does not have the call
  CHECK(old.session.refused(SetAgentStatus{{"a"}, "Away"}).code == Code::unsupported_operation);
}

TEST_CASE("rocketchat connector: a page visit, stored or not") {
  const char* stored =
      R"({"page":{"msg":"Home - https://a.example/?q=1","navigation":{"page":{"change":"url","title":"Home",)"
      R"("location":{"href":"https://a.example/?q=1"}},"token":"t"}},"success":true})";
  World world({{page_line, {json_answer(200, stored), json_answer(200, done)}}});
  const auto kept = world.session.get<RecordedPage>(page());
  CHECK(kept.stored);
  CHECK(kept.page.url == "https://a.example/?q=1");
  CHECK(world.vendor.body(page_line) ==
        R"({"token":"t","pageInfo":{"change":"url","title":"Home","location":{"href":"https://a.example/?q=1"}}})");
  RecordPageVisit with_room = page();
  with_room.chat.text = "r";
  CHECK_FALSE(world.session.get<RecordedPage>(with_room).stored);
  CHECK(world.vendor.requests().back().find(R"({"token":"t","rid":"r",)") != std::string::npos);
}

TEST_CASE(
    "rocketchat connector: the connector verifies visitor and room of a page visit, as servers since 1.3 do not") {
  const char* room_line = "GET /api/v1/rooms.info?roomId=r";
  const auto room = [](const char* visitor) {
    return json_answer(200, std::string(R"({"room":{"_id":"r","t":"l","open":true,"v":{"_id":")") + visitor +
                                R"("}},"success":true})");
  };
  RecordPageVisit asked = page();
  asked.verify = true;
  asked.chat.text = "r";
  World good({{read_line, {kept("")}}, {room_line, {room("v")}}, {page_line, {json_answer(200, done)}}});
  CHECK_FALSE(good.session.get<RecordedPage>(asked).stored);
  World other({{read_line, {kept("")}}, {room_line, {room("w")}}});
  CHECK(other.session.refused(asked).code == Code::not_the_visitors_chat);
  CHECK(other.vendor.count("POST") == 0);
  World nobody({{read_line, {json_answer(200, done)}}});
  CHECK(nobody.session.refused(asked).code == Code::no_such_visitor);
}

TEST_CASE("rocketchat connector: a room is opened, found again, refused") {
  const std::string line = "GET /api/v1/livechat/room?token=t";
  const auto room = [](const char* id, const char* created, const char* source) {
    return json_answer(200, std::string(R"({"room":{"_id":")") + id +
                                R"(","t":"l","open":true,"waitingResponse":true,)" + source +
                                R"("v":{"_id":"v","token":"t"}},"newRoom":)" + created + R"(,"success":true})");
  };
  OpenChat open;
  open.token = "t";
  open.source = "api";
  World world(
      {{line,
        {room("r", "true", R"("source":{"type":"api"},)"), room("r", "false", ""),
         json_answer(400, R"({"isClientSafe":true,"error":"no-agent-online","reason":"Sorry, no online agents",)"
                          R"("message":"Sorry, no online agents [no-agent-online]","errorType":"Meteor.Error",)"
                          R"("success":false})"),
         json_answer(400, R"({"success":false,"error":"invalid-token"})")}},
       {line + "&rid=x", {json_answer(400, R"({"success":false,"error":"invalid-room"})"), room("y", "true", "")}}});
  const auto made = world.session.get<OpenedChat>(open);
  CHECK(made.created);
  CHECK(made.chat->state == ChatState::queued);
  CHECK(made.chat->visitor.text == "v");
  CHECK(world.session.lost() == "");
  CHECK_FALSE(world.session.get<OpenedChat>(open).created);
  CHECK(world.session.lost() == "");
  CHECK(world.session.refused(open).code == Code::unavailable);
  CHECK(world.session.refused(open).code == Code::no_such_visitor);
  open.chat.text = "x";
  CHECK(world.session.refused(open).code == Code::not_the_visitors_chat);
  CHECK(world.session.refused(open).code == Code::not_the_visitors_chat);  // 0.70 opens another room
}

TEST_CASE("rocketchat connector: a room of the widget is opened with its cookies; another host is a loss") {
  World world({{"GET /api/v1/livechat/room?token=t&agentId=a",
                {json_answer(200, R"({"room":{"_id":"r","t":"l","open":true,"source":{"type":"widget",)"
                                  R"("destination":"upstream"},"v":{"_id":"v"}},"newRoom":true,"success":true})")}}});
  OpenChat open;
  open.token = "t";
  open.agent.text = "a";
  open.source = "widget";
  open.source_destination = "shop.example.com";
  world.session.get<OpenedChat>(open);
  CHECK(world.session.lost() == "chat.source_destination,chat.agent");
  CHECK(world.vendor.requests()[0].find("Cookie: rc_room_type=l; rc_is_widget=t\r\n") != std::string::npos);
  const Error error = world.session.refused(open, true);
  CHECK(error.code == Code::lossy);
  CHECK(world.vendor.requests().size() == 1);
}

TEST_CASE("rocketchat connector: a write without an answer is not sent again") {
  const std::vector<Operation> writes = {
      registration(), page(), SetAgentStatus{{"a"}, "Away"},
      OpenChat{.token = "t", .chat = {}, .agent = {}, .source = "api", .source_destination = {}}};
  for (const Operation& write : writes) {
    CAPTURE(name_of(kind_of(write)));
    ScriptedServer server([](Peer& peer) { peer.read_request(); });  // reads the request, then closes
    TestSession session(backend_settings(server.url()));
    session.refused(write);
    CHECK(server.requests().size() == 1);
  }
}

}  // namespace parley::test::rocketchat
