// The connector reads the answers of servers of all versions, as the vendor documents them.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/connector/upstream_world.hpp"

namespace parley::test::rocketchat {
namespace {

// The answer of the vendor's page, as servers before 5 send it.
constexpr const char* old_visitor =
    R"({"visitor":{"_id":"sGtcfEYz852uguxaS","username":"guest-7","_updatedAt":"2018-09-21T14:10:56.529Z",)"
    R"("token":"iNKE8a6k6cjbqWhWd","phone":[{"phoneNumber":"55 51 5555-5555"}],)"
    R"("visitorEmails":[{"address":"visitor@pimenta.chat"}],"name":"Livechat Visitor",)"
    R"("livechatData":{"address":"pimentaCHAT street"}},"success":true})";
// A visitor with the further members of current servers, and a null.
constexpr const char* new_visitor =
    R"({"visitor":{"_id":"66f1a2b3c4d5e6f708192a3b","username":"guest-8","token":"t8","status":"away",)"
    R"("ts":"2024-11-22T14:50:00.000Z","_updatedAt":"2024-11-22T14:53:36.500Z","name":"Ada","department":null,)"
    R"("userAgent":"curl/8","ip":"192.0.2.7","host":"chat.example.com","activity":["2024-11"],)"
    R"("lastChat":{"_id":"vp3D9H8ud6HYvRpvq","ts":"2024-11-22T14:53:36.500Z"},)"
    R"("livechatData":{"company":"Engines","plan":"gold"}},"success":true})";

constexpr const char* by_token_line = "GET /api/v1/livechat/visitor/iNKE8a6k6cjbqWhWd";
constexpr const char* first_page = "?offset=0&count=100";

String denied(bool today) {
  return today ? R"({"success":false,"error":"You must be logged in to do this.","status":"error",)"
                 R"("message":"You must be logged in to do this."})"
               : R"({"status":"error","message":"You must be logged in to do this."})";
}

}  // namespace

TEST_CASE("rocketchat connector: a visitor by token, of an old server and of a current one") {
  World world({{by_token_line, {json_answer(200, old_visitor)}},
               {"GET /api/v1/livechat/visitor/t8", {json_answer(200, new_visitor)}}});
  const Visitor old = *world.session.get<Ref<Visitor>>(by_token("iNKE8a6k6cjbqWhWd"));
  CHECK(old.id.text == "sGtcfEYz852uguxaS");
  CHECK(old.token == "iNKE8a6k6cjbqWhWd");
  CHECK(old.emails == List<Text>{"visitor@pimenta.chat"});
  CHECK(old.phones == List<Text>{"55 51 5555-5555"});
  REQUIRE(old.attributes.size() == 1);
  CHECK(old.attributes[0].value == "pimentaCHAT street");
  const Visitor today = *world.session.get<Ref<Visitor>>(by_token("t8"));
  CHECK(today.presence == Presence::away);
  CHECK(today.company == "Engines");
  CHECK(today.ip == "192.0.2.7");
  CHECK(today.last_chat.text == "vp3D9H8ud6HYvRpvq");
  REQUIRE(today.attributes.size() == 1);
  CHECK(today.attributes[0].name == "plan");
  CHECK(world.session.lost() == "");

  const std::string request = world.vendor.requests().front();
  CHECK(request.find("X-User-Id: rbAXPnMktTFbNpwtJ\r\n") != std::string::npos);
  CHECK(request.find("X-Auth-Token: s3cret-token\r\n") != std::string::npos);
}

TEST_CASE("rocketchat connector: an unknown visitor, in the answers of all versions") {
  for (const auto& one : {std::pair(200, R"({"success":true})"), std::pair(200, R"({"visitor":null,"success":true})"),
                          std::pair(400, R"({"success":false,"error":"invalid-token"})"),
                          std::pair(400, R"({"isClientSafe":true,"error":"invalid-token","message":)"
                                         R"("[invalid-token]","errorType":"Meteor.Error","success":false})"),
                          std::pair(400, R"({"success":false,"error":"[invalid-token]",)"
                                         R"("errorType":"invalid-token"})"),
                          std::pair(400, R"({"success":false,"error":"Invalid token [invalid-token]",)"
                                         R"("errorType":"invalid-token"})")}) {
    CAPTURE(one.second);
    World world({{by_token_line, {json_answer(one.first, one.second)}}});
    CHECK(world.session.refused(by_token("iNKE8a6k6cjbqWhWd")).code == Code::no_such_visitor);
  }
}

TEST_CASE("rocketchat connector: a token of any text is one segment of the path") {
  World world({{"GET /api/v1/livechat/visitor/a%2Fb%20%3F%23%25%C3%A9", {json_answer(200, old_visitor)}}});
  CHECK(world.session.get<Ref<Visitor>>(by_token("a/b ?#%\u00e9"))->username == "guest-7");
  for (const char* token : {"", ".", ".."}) {
    CAPTURE(token);
    CHECK(world.session.refused(by_token(token)).code == Code::no_such_visitor);
  }
  CHECK(world.vendor.requests().size() == 1);
}

TEST_CASE("rocketchat connector: a visitor by id, without the token since 8.5") {
  const char* line = "GET /api/v1/livechat/visitors.info?visitorId=66f1a2b3c4d5e6f708192a3b";
  World world(
      {{line,
        {json_answer(200, R"({"visitor":{"_id":"66f1a2b3c4d5e6f708192a3b","username":"guest-8"},"success":true})"),
         json_answer(400, R"({"success":false,"error":"visitor-not-found"})")}}});
  const Visitor visitor = *world.session.get<Ref<Visitor>>(by_id("66f1a2b3c4d5e6f708192a3b"));
  CHECK(visitor.username == "guest-8");
  CHECK(visitor.token == "");
  CHECK(world.session.refused(by_id("66f1a2b3c4d5e6f708192a3b")).code == Code::no_such_visitor);
}

TEST_CASE("rocketchat connector: an id that represents free text is found in the list") {
  const String guid = ids::format(ids::to_guid("a client's own id"));
  const String line = String("GET /api/v1/livechat/visitors.search?term=&offset=0&count=100");
  World world({{line,
                {json_answer(200, R"({"visitors":[{"_id":"x","username":"a"},{"_id":"a client's own id"}],"count":2,)"
                                  R"("offset":0,"total":2,"success":true})")}},
               {"GET /api/v1/livechat/visitors.info?visitorId=a%20client%27s%20own%20id",
                {json_answer(200, R"({"visitor":{"_id":"a client's own id","name":"Ada"},"success":true})")}}});
  CHECK(world.session.get<Ref<Visitor>>(by_id(guid))->name == "Ada");
  const String nobody = ids::format(ids::to_guid("another one"));
  CHECK(world.session.refused(by_id(nobody)).code == Code::no_such_visitor);
}

TEST_CASE("rocketchat connector: visitors are read page by page, each once") {
  const std::string search = "GET /api/v1/livechat/visitors.search?term=";
  World world(
      {{search + "&offset=0&count=100",
        {json_answer(200, R"({"visitors":[{"_id":"a"},{"_id":"b"}],"count":2,"offset":0,"total":5,"success":true})")}},
       {search + "&offset=2&count=100",
        {json_answer(200,
                     R"({"visitors":[{"_id":"b"},{"_id":"c"},7],"count":3,"offset":2,"total":5,"success":true})")}}});
  const auto visitors = world.session.list<Visitor>(ListVisitors{});
  REQUIRE(visitors.size() == 3);
  CHECK(visitors[2].id.text == "c");
  CHECK(world.session.lost() == "visitors");  // because of the 7; a record that comes twice is no loss
}

TEST_CASE("rocketchat connector: records whose ids become one are a loss of the list, as the second one is left out") {
  const char* line = "GET /api/v1/livechat/users/agent?offset=0&count=100";
  for (const char* users : {R"({"_id":"a\ud83d","name":"Ann"},{"_id":"a\ud83e","name":"Bob"})",
                            R"({"_id":"a\ud83d","name":"Ann"},{"_id":"a\ufffd","name":"Bob"})",
                            R"({"_id":"a\ufffd","name":"Ann"},{"_id":"a\ud83d","name":"Bob"})"}) {
    CAPTURE(users);
    World world({{line, {json_answer(200, std::string(R"({"success":true,"users":[)") + users + "]}")}}});
    CHECK(world.session.list<Agent>(ListAgents{}).size() == 1);
    CHECK(("," + world.session.lost() + ",").find(",users,") != String::npos);
  }
}

TEST_CASE("rocketchat connector: only the records that an answer shows can lose their text") {
  const std::string users = R"({"success":true,"users":[{"_id":"a","name":"Ann"},{"_id":"b","name":"Bob \ud83d"}]})";
  const std::string rooms = R"({"success":true,"rooms":[{"_id":"a","t":"l","open":true,"fname":"Ann"},)"
                            R"({"_id":"b","t":"l","open":true,"fname":"Bob \ud83d"}]})";
  World world({{"GET /api/v1/livechat/users/agent?offset=0&count=100", {json_answer(200, users)}},
               {"GET /api/v1/livechat/users/agent?count=1", {json_answer(200, users)}},
               {"GET /api/v1/livechat/rooms?open=true&offset=0&count=100", {json_answer(200, rooms)}}});
  CHECK(world.session.list<Agent>(ListAgents{}).size() == 2);
  CHECK(world.session.lost() == "agent.name");
  CHECK(world.session.list<Agent>(ListAgents{.query = {.limit = 1}}).size() == 1);
  CHECK(world.session.lost() == "");
  CHECK(world.session.list<Agent>(ListAgents{.query = {.offset = 1, .limit = 1}}).size() == 1);
  CHECK(world.session.lost() == "agent.name");
  CHECK(world.session.list<Chat>(ListChats{.domain = {}, .query = {.limit = 1}}).size() == 1);
  CHECK(world.session.lost() == "");
  CHECK(world.session.list<Chat>(ListChats{.domain = {}, .query = {.offset = 1, .limit = 1}}).size() == 1);
  CHECK(world.session.lost() != "");
  // A server of 0.70 knows no pages, so the page is cut here.
  ListAgents asked{.query = {.limit = 1}};
  asked.query.asked = {"rocketchat", {{"count", "1"}}};
  CHECK(world.session.list<Agent>(asked).size() == 1);
  CHECK(world.session.lost() == "");
}

TEST_CASE("rocketchat connector: an endless list is cut, which is a loss") {
  int page = 0;
  ScriptedServer endless(answering([&page](const std::string&) {
    std::string list;
    for (int i = 0; i < 100; ++i) list += R"({"_id":"v)" + std::to_string(page * 100 + i) + "\"},";
    ++page;
    list.pop_back();
    return json_answer(200, R"({"visitors":[)" + list + R"(],"total":1000000000,"success":true})");
  }));
  TestSession session(backend_settings(endless.url()));
  CHECK(session.list<Visitor>(ListVisitors{}).size() == 10'000);
  CHECK(session.lost() == "visitors");
}

TEST_CASE("rocketchat connector: agents in a list, one agent, an unknown agent") {
  const std::string line = "GET /api/v1/livechat/users/agent";
  World world({{line + first_page,
                {json_answer(200, R"({"users":[{"_id":"rbAXPnMktTFbNpwtJ","username":"ann","name":"Ann",)"
                                  R"("status":"online","statusLivechat":"available","emails":[]}],"success":true})")}},
               {line + "/rbAXPnMktTFbNpwtJ",
                {json_answer(200, R"({"user":{"_id":"rbAXPnMktTFbNpwtJ","username":"ann","status":"online",)"
                                  R"("statusLivechat":"not-available"},"success":true})")}},
               {line + "/nobody", {json_answer(200, R"({"user":null,"success":true})")}},
               {line + "/denied", {json_answer(403, R"({"success":false,"error":"unauthorized"})")}}});
  const auto agents = world.session.list<Agent>(ListAgents{});
  REQUIRE(agents.size() == 1);
  CHECK(agents[0].status == "Online");
  CHECK(world.session.get<Ref<Agent>>(GetAgent{{"rbAXPnMktTFbNpwtJ"}})->status == "Away");
  CHECK(world.session.refused(GetAgent{{"nobody"}}).code == Code::no_such_agent);
  // A user who may not read one agent may be allowed to list them all.
  CHECK(world.session.refused(GetAgent{{"denied"}}).code == Code::no_such_agent);
  CHECK(world.vendor.count(line + "?") == 2);
}

TEST_CASE("rocketchat connector: channels of a contact; an unknown contact has none") {
  World world({{"GET /api/v1/omnichannel/contacts.channels?contactId=673653b997f0fbcd657f0ebf",
                {json_answer(200, R"({"channels":[{"name":"widget","visitor":{"visitorId":"234567987655weygcbg",)"
                                  R"("source":{"type":"widget"}},"blocked":false,"verified":true,"details":)"
                                  R"({"type":"widget","destination":"example.com"},"lastChat":{"_id":"sdfgjhgfdfeG",)"
                                  R"("ts":"2024-11-22T14:53:36.500Z"}}],"success":true})"),
                 json_answer(200, R"({"channels":[],"success":true})")}}});
  const auto channels = world.session.get<List<Channel>>(ListContactChannels{{"673653b997f0fbcd657f0ebf"}});
  REQUIRE(channels.size() == 1);
  CHECK(channels[0].visitor.text == "234567987655weygcbg");
  CHECK(channels[0].last_chat.text == "sdfgjhgfdfeG");
  CHECK(world.session.get<List<Channel>>(ListContactChannels{{"673653b997f0fbcd657f0ebf"}}).empty());
}

TEST_CASE("rocketchat connector: a contact is made from room, visitor, agent and pages") {
  const char* room =
      R"({"room":{"_id":"vp3D9H8ud6HYvRpvq","t":"l","fname":"Ada","ts":"2024-11-22T14:53:36.500Z","msgs":2,)"
      R"("v":{"_id":"66f1a2b3c4d5e6f708192a3b","username":"guest-8","token":"t8","status":"online"},"open":true,)"
      R"("servedBy":{"_id":"rbAXPnMktTFbNpwtJ","username":"ann","ts":"2024-11-22T14:54:00.000Z"},)"
      R"("source":{"type":"widget","destination":"shop.example.com"},"usersCount":2},"success":true})";
  World world(
      {{"GET /api/v1/rooms.info?roomId=vp3D9H8ud6HYvRpvq", {json_answer(200, room)}},
       {"GET /api/v1/livechat/visitor/t8", {json_answer(200, new_visitor)}},
       {"GET /api/v1/livechat/users/agent/rbAXPnMktTFbNpwtJ",
        {json_answer(200, R"({"user":{"_id":"rbAXPnMktTFbNpwtJ","username":"ann","name":"Ann","status":"online"},)"
                          R"("success":true})")}},
       {"GET /api/v1/livechat/visitors.pagesVisited/vp3D9H8ud6HYvRpvq?count=100",
        {json_answer(200, R"({"pages":[{"msg":"B - b","navigation":{"page":{"change":"url","title":"B",)"
                          R"("location":{"href":"https://a.example/b"}},"token":"t8"}},{"msg":"A - a","navigation":)"
                          R"({"page":{"change":"url","title":"A","location":{"href":"https://a.example/a"}}}}],)"
                          R"("count":2,"offset":0,"total":2,"success":true})")}}});
  const Chat chat = *world.session.get<Ref<Chat>>(GetChatContact{{"vp3D9H8ud6HYvRpvq"}, {}});
  CHECK(chat.state == ChatState::active);
  CHECK(chat.source_destination == "shop.example.com");
  REQUIRE(chat.participants.size() == 2);
  const Participant& ada = chat.participants[0];
  CHECK(ada.name == "Ada");
  CHECK(ada.ip == "192.0.2.7");
  CHECK(ada.begin_at == chat.begin_at);
  CHECK(ada.online);
  REQUIRE(ada.attributes.size() == 1);
  CHECK(ada.page_history == List<Text>{"https://a.example/a", "https://a.example/b"});
  CHECK(ada.landing_page == "https://a.example/a");
  CHECK(ada.landing_title == "A");
  CHECK(chat.participants[1].name == "Ann");
  CHECK(chat.participants[1].online);
  CHECK(world.session.lost() == "");
}

TEST_CASE("rocketchat connector: parts of a contact that the server does not show are losses") {
  World world({{"GET /api/v1/rooms.info?roomId=r",
                {json_answer(200, R"({"room":{"_id":"r","t":"l","ts":"2024-11-22T14:53:36.500Z","open":true,)"
                                  R"("v":{"_id":"v","username":"guest-8","token":"t8"},)"
                                  R"("servedBy":{"_id":"gone","username":"ann"}},"success":true})")}},
               {"GET /api/v1/livechat/visitor/t8", {json_answer(200, new_visitor)}}});
  const Chat chat = *world.session.get<Ref<Chat>>(GetChatContact{{"r"}, {}});
  CHECK(chat.participants.at(0).name == "Ada");
  CHECK(chat.participants.at(1).username == "ann");
  CHECK(world.session.lost() == "participant.page_history,chat.participants");
}

TEST_CASE("rocketchat connector: a chat that is over, of another kind, unknown or not allowed") {
  const std::string line = "GET /api/v1/rooms.info?roomId=";
  World world(
      {{line + "over",
        {json_answer(200, R"({"room":{"_id":"over","t":"l","v":{"_id":"v"},"closedAt":"2024-11-22T14:53:36.500Z"},)"
                          R"("success":true})")}},
       {line + "channel", {json_answer(200, R"({"room":{"_id":"channel","t":"c","open":true},"success":true})")}},
       {line + "none",
        {json_answer(400,
                     R"({"success":false,"error":"The required \"roomId\" or \"roomName\" param provided does not )"
                     R"(match any channel [error-room-not-found]","errorType":"error-room-not-found"})")}},
       {line + "hidden", {json_answer(400, R"({"success":false,"error":"not-allowed","errorType":"Not Allowed"})")}}});
  for (const char* id : {"over", "channel", "none"}) {
    CAPTURE(id);
    CHECK(world.session.refused(GetChatContact{{id}, {}}).code == Code::no_such_chat);
  }
  CHECK(world.session.refused(GetChatContact{{"hidden"}, {}}).code == Code::upstream_denied);
}

TEST_CASE("rocketchat connector: the list of chats has the open rooms only") {
  World world({{"GET /api/v1/livechat/rooms?open=true&offset=0&count=100",
                {json_answer(200, R"({"rooms":[{"_id":"a","t":"l","open":true,"v":{"_id":"v"}},{"_id":"b","t":"l"}],)"
                                  R"("count":2,"offset":0,"total":2,"success":true})")}}});
  const auto rooms = world.session.list<Chat>(ListChats{});
  REQUIRE(rooms.size() == 1);
  CHECK(rooms[0].id.text == "a");
}

TEST_CASE("rocketchat connector: errors, and answers that cannot be understood") {
  struct Case {
    const char* name;
    std::string answer;
    Code code;
    int retry_after = 0;
  };
  const std::string slow =
      R"({"success":false,"error":"Error, too many requests. Please slow down. You must wait 35 seconds before trying this )"
      R"(endpoint again. [error-too-many-requests]"})";
  const std::string html = "<!DOCTYPE html><html><head><title>Rocket.Chat</title></head></html>";
  for (const Case& one : {
           Case{"429 with its text", json_answer(429, slow), Code::rate_limited, 35},
           Case{"429 of 0.74: a 400", json_answer(400, slow), Code::rate_limited, 35},
           Case{"not logged in, before 7.4", json_answer(401, denied(false)), Code::upstream_denied},
           Case{"not logged in, current servers", json_answer(401, denied(true)), Code::upstream_denied},
           Case{"no permission",
                json_answer(403, R"({"success":false,"error":"User does not have the permissions )"
                                 R"(required for this action [error-unauthorized]"})"),
                Code::upstream_denied},
           Case{"an unknown call, current servers", not_found_page(), Code::unsupported_operation},
           Case{"an unknown call, old servers",
                json_answer(405, R"({"status":"error","message":)"
                                 R"("API endpoint does not exist"})"),
                Code::unsupported_operation},
           Case{"a web page", http_answer(200, html, {{"Content-Type", "text/html"}}), Code::upstream_failed},
           Case{"a proxy's page", http_answer(502, html, {{"Content-Type", "text/html"}}), Code::upstream_failed},
           Case{"a proxy that waited", http_answer(504, html, {{"Content-Type", "text/html"}}), Code::upstream_timeout},
           Case{"an error of the server", json_answer(500, R"({"success":false,"error":"Internal server error"})"),
                Code::upstream_failed},
           Case{"success:false with status 200", json_answer(200, R"({"success":false})"), Code::upstream_failed},
           Case{"success:false with status 200 and a text",
                json_answer(200, R"({"success":false,"error":"iNKE8a6k6cjbqWhWd"})"), Code::upstream_failed},
           Case{"a key twice", json_answer(200, R"({"visitor":{"iNKE8a6k6cjbqWhWd":1,"iNKE8a6k6cjbqWhWd":2}})"),
                Code::upstream_failed},
           Case{"a text with our token", json_answer(500, R"({"success":false,"error":"no user of s3cret-token"})"),
                Code::upstream_failed},
           Case{"a list", json_answer(200, "[]"), Code::upstream_failed},
           Case{"nothing", json_answer(200, ""), Code::upstream_failed},
       }) {
    CAPTURE(one.name);
    World world({{by_token_line, {one.answer}}});
    const Error error = world.session.refused(by_token("iNKE8a6k6cjbqWhWd"));
    CHECK(error.code == one.code);
    CHECK(error.retry_after == one.retry_after);
    CHECK(error.detail.find("iNKE8a6k6cjbqWhWd") == String::npos);  // a visitor's token is a secret
  }
}

TEST_CASE("rocketchat connector: a member of the wrong kind is a fault of the server, with a reason, and no absence") {
  const std::string agents = "GET /api/v1/livechat/users/agent";
  const std::string room = "GET /api/v1/rooms.info?roomId=vp3D9H8ud6HYvRpvq";
  struct Case {
    const char* name;
    std::string line;
    Operation operation;
    const char* answer;
    const char* reason;
  };
  const Operation visitor = by_token("iNKE8a6k6cjbqWhWd");
  const Operation agent = GetAgent{.agent = {"ann"}};
  const Operation chat = GetChatContact{.chat = {"vp3D9H8ud6HYvRpvq"}, .domain = {}};
  for (const Case& one : {
           Case{"a list", by_token_line, visitor, "[]", "the answer is no object"},
           Case{"a text", by_token_line, visitor, "\"x\"", "the answer is no object"},
           Case{"a number for a visitor", by_token_line, visitor, R"({"success":true,"visitor":5})",
                "visitor is no object"},
           Case{"a list for a visitor", by_token_line, visitor, R"({"success":true,"visitor":[]})",
                "visitor is no object"},
           Case{"a visitor without an id", by_token_line, visitor, R"({"success":true,"visitor":{"name":"Ann"}})",
                "visitor has no _id"},
           Case{"a visitor with a number for an id", by_token_line, visitor, R"({"success":true,"visitor":{"_id":5}})",
                "visitor has no _id"},
           Case{"a number for an agent", agents + "/ann", agent, R"({"success":true,"user":5})", "user is no object"},
           Case{"an agent without an id", agents + "/ann", agent, R"({"success":true,"user":{}})", "user has no _id"},
           Case{"a number for a room", room, chat, R"({"success":true,"room":5})", "room is no object"},
           Case{"a room without an id", room, chat, R"({"success":true,"room":{"t":"l"}})", "room has no _id"},
           Case{"a number for a list", agents + "?offset=0&count=100", ListAgents{}, R"({"success":true,"users":5})",
                "users is no list"},
           Case{"an object for a list", "GET /api/v1/livechat/rooms?open=true&offset=0&count=100", ListChats{},
                R"({"success":true,"rooms":{}})", "rooms is no list"},
           Case{"a text for channels", "GET /api/v1/omnichannel/contacts.channels?contactId=c",
                ListContactChannels{.contact = {"c"}}, R"({"success":true,"channels":"x"})", "channels is no list"},
       }) {
    CAPTURE(one.name);
    World world(Answers{{one.line, {json_answer(200, one.answer)}}});
    const Error error = world.session.refused(one.operation);
    CHECK(error.code == Code::upstream_failed);
    CAPTURE(error.detail);
    CHECK(error.detail.starts_with("GET "));
    CHECK(error.detail.find(one.reason) != String::npos);
  }
  // null stands for an absent member.
  World world({{by_token_line, {json_answer(200, R"({"success":true,"visitor":null})")}},
               {agents + "/ann", {json_answer(200, R"({"success":true,"user":null})")}},
               {agents + "?offset=0&count=100", {json_answer(200, R"({"success":true,"users":null})")}},
               {room, {json_answer(200, R"({"success":true,"room":null})")}}});
  CHECK(world.session.refused(visitor).code == Code::no_such_visitor);
  CHECK(world.session.refused(agent).code == Code::no_such_agent);
  CHECK(world.session.refused(chat).code == Code::no_such_chat);
  CHECK(world.session.list<Agent>(ListAgents{}).empty());
}

TEST_CASE("rocketchat connector: a page of a client's own query is read as strictly") {
  ListAgents asked;
  asked.query.asked = {"rocketchat", {{"count", "5"}}};
  World world({{"GET /api/v1/livechat/users/agent?count=5", {json_answer(200, R"({"success":true,"users":5})")}}});
  CHECK(world.session.refused(asked).code == Code::upstream_failed);
}

TEST_CASE("rocketchat connector: the seconds to wait come from the headers") {
  const auto in_a_minute = Time::now().since_epoch + 60'000;
  World world({{by_token_line,
                {http_answer(429, R"({"success":false})",
                             {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", std::to_string(in_a_minute)}})}}});
  const Error error = world.session.refused(by_token("iNKE8a6k6cjbqWhWd"));
  CHECK(error.code == Code::rate_limited);
  CHECK(error.retry_after > 50);
  CHECK(error.retry_after <= 60);
}

TEST_CASE("rocketchat connector: records cannot be loaded into a server") {
  World world({});
  const auto opened = parley::rocketchat::adapter.open_backend(backend_settings(world.vendor.url()));
  REQUIRE(opened.has_value());
  CHECK((*opened)->load({}).error().code == Code::unsupported_operation);
  CHECK_FALSE((*opened)->empty());
}

}  // namespace parley::test::rocketchat
