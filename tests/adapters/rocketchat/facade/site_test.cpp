// livechat/config in both profiles, livechat/config/routing, and the open call for transcripts, which always fails.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* config_path = "/api/v1/livechat/config";
constexpr const char* routing_path = "/api/v1/livechat/config/routing";
constexpr const char* transcript_path = "/api/v1/livechat/transcript";

/// The defaults of the vendor's server, less what Parley cannot do (files, transcripts, calls).
constexpr const char* defaults = R"({
"enabled":true,
"settings":{"registrationForm":true,"allowSwitchingDepartments":true,"nameFieldRegistrationForm":true,
  "emailFieldRegistrationForm":true,"displayOfflineForm":true,"videoCall":false,"fileUpload":false,"language":"",
  "transcript":false,"historyMonitorType":"url","forceAcceptDataProcessingConsent":false,"showConnecting":false,
  "agentHiddenInfo":false,"clearLocalStorageWhenChatEnded":false,"limitTextLength":false,"hiddenSystemMessages":[],
  "livechatLogo":{"url":"","defaultUrl":""},"hideWatermark":false,"visitorsCanCloseChat":true},
"theme":{"title":"Rocket.Chat","color":"#C1272D","offlineTitle":"Leave a message","offlineColor":"#666666",
  "position":"right","background":"","hideExpandChat":false,"actionLinks":[]},
"messages":{"offlineMessage":"","offlineSuccessMessage":"","offlineUnavailableMessage":"",
  "conversationFinishedMessage":"","conversationFinishedText":"","transcriptMessage":"","registrationFormMessage":"",
  "dataProcessingConsentText":""},
"survey":{"items":["satisfaction","agentKnowledge","agentResposiveness","agentFriendliness"],
  "values":["1","2","3","4","5"]},
)";

Site known() {
  Visitor guest = visitor("v", "t");
  guest.name = "Ann";
  guest.username = "guest-2";
  guest.emails = {"ann@shop.example"};
  guest.phones = {"0815"};
  guest.department.text = "sales";
  guest.ip = "192.0.2.1";
  Chat chat;
  chat.id.text = "r";
  chat.state = ChatState::active;
  chat.visitor = guest.id;
  chat.agent.text = "bob";
  chat.department.text = "sales";
  chat.begin_at = Time::at(1'704'164'645'678);
  Participant& who = chat.participants.emplace_back();
  who.id = "v";
  who.token = "t";
  Participant& agent = chat.participants.emplace_back();
  agent.id = "bob";
  agent.username = "bob.name";
  agent.name = "Bob";
  agent.emails = {"private@shop.example"};
  agent.is_agent = agent.online = true;
  agent.begin_at = chat.begin_at;
  Department sales;
  sales.id.text = "sales";
  sales.name = "Sales";
  sales.email = "private@shop.example";
  sales.agents = {"bob"};
  sales.hidden_on_offline_form = true;
  sales.extensions.push_back({"rocketchat.department", "departmentsAllowedToForward", R"(["support"])"});
  sales.extensions.push_back({"rocketchat.department", "chatClosingTags", R"(["x"])"});
  return {true, {Ref<Department>(sales)}, Ref<Visitor>(guest), Ref<Chat>(chat)};
}

String config_of(const config::Route& of, const Site& site) {
  return String(text(Call(of, Method::get, config_path).answered(site)));
}

}  // namespace

TEST_CASE("rocketchat config: the defaults of the vendor, and nobody there") {
  CHECK(
      difference(
          String(R"({"config":)") + defaults +
              R"("triggers":[],"departments":[],"resources":{"sound":"","emojis":[]},"online":false},"success":true})",
          config_of(route("8"), {})) == "");
  CHECK(difference(String(R"({"config":)") + defaults + R"("departments":[],"online":false},"success":true})",
                   config_of(route("0.70"), {})) == "");
}

TEST_CASE("rocketchat config: the visitor, the open room and its agent, without what the vendor leaves out") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const String shown = config_of(route(profile), known());
    const Value tree = parse(shown);
    const Value& config = *tree.find("config");
    const auto part = [&config](std::string_view name) { return print(*config.find(name)); };
    CHECK(config.find("online")->text == "true");
    CHECK(
        part("departments") ==
        R"([{"_id":"sales","name":"Sales","showOnRegistration":true,"showOnOfflineForm":false,"departmentsAllowedToForward":["support"]}])");
    CHECK(
        difference(
            R"({"_id":"v","name":"Ann","username":"guest-2","token":"t","visitorEmails":[{"address":"ann@shop.example"}],"department":"sales"})",
            part("guest"), Order::ignored) == "");
    CHECK(
        difference(
            R"({"_id":"r","open":true,"departmentId":"sales","servedBy":{"_id":"bob","username":"bob.name","ts":"2024-01-02T03:04:05.678Z"}})",
            part("room"), Order::ignored) == "");
    CHECK(part("agent") == R"({"_id":"bob","name":"Bob","username":"bob.name","status":"online"})");
    CHECK(shown.find("private@") == String::npos);
    CHECK(shown.find("0815") == String::npos);
  }
}

TEST_CASE("rocketchat config: a room without an agent has none, and without a room there is neither") {
  Site site = known();
  Chat waiting;
  waiting.id.text = "r";
  waiting.state = ChatState::queued;
  site.chat = Ref<Chat>(waiting);
  const auto has = [&site](std::string_view name) {
    const Value tree = parse(config_of(route("8"), site));
    const Value* found = tree.find("config")->find(name);
    return found == nullptr ? String() : print(*found);
  };
  CHECK(has("room") == R"({"_id":"r","open":true})");
  CHECK(has("agent").empty());
  site.chat.reset();
  CHECK_FALSE(has("guest").empty());
  CHECK(has("room").empty());
  site.visitor.reset();
  CHECK(has("guest").empty());
}

TEST_CASE("rocketchat config: each setting of the route shows in its member") {
  config::Route of = route("8");
  auto& widget = of.own.edit<parley::rocketchat::RouteSettings>().widget;
  widget.registration_form = widget.ask_name = widget.ask_email = widget.switch_departments = false;
  widget.offline_form = widget.visitors_can_close = false;
  widget.ask_consent = widget.show_connecting = widget.forget_ended = widget.hide_watermark = widget.hide_expand = true;
  widget.text_limit = 140;
  widget.language = "it";
  widget.title = "T";
  widget.color = "C";
  widget.background = "B";
  widget.position = "left";
  widget.offline_title = "OT";
  widget.offline_color = "OC";
  widget.offline_message = "OM";
  widget.offline_success_message = "OS";
  widget.offline_unavailable_message = "OU";
  widget.registration_message = "R";
  widget.consent_text = "D";
  widget.finished_message = "FM";
  widget.finished_text = "FT";
  widget.sound = "https://shop.example/chime.mp3";
  widget.logo = "https://shop.example/logo.svg";
  CHECK(difference(R"({"config":{"enabled":true,
"settings":{"registrationForm":false,"allowSwitchingDepartments":false,"nameFieldRegistrationForm":false,
  "emailFieldRegistrationForm":false,"displayOfflineForm":false,"videoCall":false,"fileUpload":false,"language":"it",
  "transcript":false,"historyMonitorType":"url","forceAcceptDataProcessingConsent":true,"showConnecting":true,
  "agentHiddenInfo":false,"clearLocalStorageWhenChatEnded":true,"limitTextLength":140,"hiddenSystemMessages":[],
  "livechatLogo":{"url":"https://shop.example/logo.svg","defaultUrl":""},"hideWatermark":true,
  "visitorsCanCloseChat":false},
"theme":{"title":"T","color":"C","offlineTitle":"OT","offlineColor":"OC","position":"left","background":"B",
  "hideExpandChat":true,"actionLinks":[]},
"messages":{"offlineMessage":"OM","offlineSuccessMessage":"OS","offlineUnavailableMessage":"OU",
  "conversationFinishedMessage":"FM","conversationFinishedText":"FT","transcriptMessage":"",
  "registrationFormMessage":"R","dataProcessingConsentText":"D"},
"survey":{"items":["satisfaction","agentKnowledge","agentResposiveness","agentFriendliness"],
  "values":["1","2","3","4","5"]},
"triggers":[],"departments":[],"resources":{"sound":"https://shop.example/chime.mp3","emojis":[]},
"online":false},"success":true})",
                   config_of(of, {})) == "");
  widget.enabled = false;
  CHECK(config_of(of, known()) == R"({"config":{"enabled":false},"success":true})");
}

TEST_CASE("rocketchat config: a limit of characters also holds for messages") {
  config::Route of = route("8");
  of.own.edit<parley::rocketchat::RouteSettings>().widget.text_limit = 3;
  const auto accepts = [&of](const char* message) {
    Call call(of, Method::post, "/api/v1/livechat/message");
    const Result<Operation> made = call.body(String(R"({"token":"t","rid":"r","msg":")") + message + "\"}").decode();
    if (!made) {
      CHECK(text(call.rendered(made.error())) ==
            R"({"success":false,"error":"message-length-exceeds-character-limit"})");
    }
    return made.has_value();
  };
  CHECK(accepts("abc"));
  CHECK_FALSE(accepts("abcd"));
  CHECK(accepts("äöü"));  // characters, not bytes
  CHECK(accepts("€€€"));
  CHECK(accepts("a\U0001F600"));  // an emoji counts as two, as in JavaScript
  CHECK_FALSE(accepts("ab\U0001F600"));
}

TEST_CASE("rocketchat config: its parameters, and no others") {
  for (const char* profile : {"8", "0.70"}) {
    CAPTURE(profile);
    const auto decode = [profile](const char* query) {
      return Call(profile, Method::get, config_path, query).decoded<GetSite>();
    };
    CHECK(decode("").token == "");
    CHECK(decode("token=t&department=sales&businessUnit=u").token == "t");
    CHECK(decode("token=t&department=sales").department.text == "sales");
    CHECK(decode("token=undefined&department=undefined").token == "");
    CHECK(decode("token=undefined&department=undefined").department.empty());
  }
  Call call("8", Method::get, config_path, "token=t&rid=r");
  CHECK(
      text(call.refused()) ==
      R"({"success":false,"error":"must NOT have additional properties [invalid-params]","errorType":"invalid-params"})");
  CHECK(call.refused().status == 400);
  Call old("0.70", Method::get, config_path, "token=t&rid=r");
  CHECK(parse(text(old.refused())).find("message")->text == "Match error: Unknown key in field rid");
  Call object("0.70", Method::get, config_path, "token%5Ba%5D=t");
  CHECK(object.refused().status == 400);
  Call nested("8", Method::get, config_path, "token%5Ba%5D=t");
  CHECK(nested.refused().status == 400);
}

namespace {

String own_answer(const char* profile, Method method, const char* path, const char* body) {
  const auto served = facade(route(profile));
  const contract::Endpoint& one = endpoint(*served, method, path);
  REQUIRE((one.answer != nullptr));
  OwnedRequest request(method, path);
  if (method != Method::get) request.body(body);
  http::Request matched = request.get();
  matched.endpoint = &one;
  http::Reply reply;
  if (const Result<void> done = one.answer(*served, matched, reply); !done) {
    reply.clear();
    served->render(done.error(), matched, reply);
  }
  return std::to_string(reply.status) + ' ' + String(text(reply));
}

}  // namespace

TEST_CASE("rocketchat routing: agents take chats themselves") {
  for (const char* profile : {"8", "0.70"}) {
    CHECK(
        own_answer(profile, Method::get, routing_path, "") ==
        R"(200 {"config":{"previewRoom":true,"showConnecting":false,"showQueue":false,"showQueueLink":true,"returnQueue":true,"enableTriggerAction":false,"autoAssignAgent":false},"success":true})");
  }
}

TEST_CASE("rocketchat transcript: no mail is sent, and no client is told otherwise") {
  const char* good = R"({"rid":"r","token":"t","email":"ann@shop.example"})";
  CHECK(
      own_answer("8", Method::post, transcript_path, good) ==
      R"(400 {"success":false,"error":"Error sending Omnichannel transcript","message":"Error sending Omnichannel transcript"})");
  CHECK(own_answer("0.70", Method::post, transcript_path, good) ==
        R"(400 {"message":"Error sending Omnichannel transcript","success":false})");
  CHECK(
      own_answer("8", Method::post, transcript_path, R"({"rid":"r","token":"t"})") ==
      R"(400 {"success":false,"error":"must have required property 'email' [invalid-params]","errorType":"invalid-params"})");
  CHECK(parse(own_answer("0.70", Method::post, transcript_path, "{}").substr(4)).find("message")->text ==
        "Match error: Missing key 'token'");
}

}  // namespace parley::test::rocketchat
