// The calls of the chat history: what they ask for, what they refuse, and their answers.
#include "adapters/comm100/facade/chats.hpp"

#include <doctest/doctest.h>

#include "adapters/comm100/fields.hpp"
#include "gateway/route/router.hpp"
#include "tests/adapters/comm100/call.hpp"

namespace {

using namespace parley;
using namespace parley::test::comm100;
using http::Method;
using test::OwnedRequest;
namespace comm100 = parley::comm100;

constexpr const char* chat_id = "5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44";
constexpr const char* department = "b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11";
constexpr const char* one_chat = "/v4/livechat/chats/:id";
constexpr const char* search = "/v4/livechat/chats:Search";
constexpr const char* missed_search = "/v4/livechat/missedAndRefusedChats:Search";

Call get_chat(String query = {}) { return {Method::get, one_chat, std::move(query)}; }
Call find_chats(String query = {}) { return {Method::post, search, std::move(query)}; }

/// A chat in which everything is known that an `include` shows.
Chat full_chat() {
  Chat chat;
  chat.id.text = chat_id;
  chat.sequence = 10023;
  chat.state = ChatState::ended;
  chat.begin_at = Time::at(1710753124250);
  chat.end_at = Time::at(1710753604250);
  chat.visitor.text = visitor_id;
  chat.agent.text = agent_id;
  chat.participants.resize(2);
  chat.participants[0].id = visitor_id;
  chat.participants[0].name = "Leo";
  chat.participants[1].id = agent_id;
  chat.participants[1].name = "Gaia";
  chat.participants[1].is_agent = true;
  chat.rating.grade = 5;
  chat.call_data = {{.name = "plan", .value = "gold", .url = {}},
                    {.name = "order", .value = "4711", .url = {}, .kind = AttributeKind::variable}};
  return chat;
}

Message said(const char* text) {
  Message message;
  message.author.kind = ActorKind::visitor;
  message.author.name = "Leo";
  message.kind = MessageKind::text;
  message.text = text;
  message.at = Time::at(1710753151004);
  return message;
}

Outcome transcript(Chat chat) { return Transcript{Ref<Chat>(std::move(chat)), Page<Message>{{said("Hello")}, 3}}; }

List<String> keys(const test::Value& document) {
  List<String> found;
  for (const test::Value& member : document.children) found.push_back(member.key);
  return found;
}
bool has(const test::Value& document, std::string_view key) { return document.find(key) != nullptr; }

}  // namespace

TEST_CASE("comm100: a chat is named by its number or its guid") {
  CHECK(get_chat().id("10023").asked<ListMessages>().chat.sequence == 10023);
  CHECK(get_chat().id("10023").asked<ListMessages>().chat.id.empty());
  const ListMessages by_guid = get_chat().id("5B0C7C1E-8A52-4D0F-9A63-1F6A7C2B9E44").asked<ListMessages>();
  CHECK(by_guid.chat.id.text == chat_id);
  CHECK(by_guid.chat.sequence == 0);
  CHECK(by_guid.chat.must == ChatRef::Must::exist);
  const String packed = ids::format(ids::to_guid("sGtcfEYz852uguxaS"));
  CHECK(get_chat().id(packed.c_str()).asked<ListMessages>().chat.id.text == "sGtcfEYz852uguxaS");
  for (const char* id :
       {"0", "-1", "1.5", "x", "9223372036854775808", "10023 ", "5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e4"}) {
    CAPTURE(id);
    for (const Method method : {Method::get, Method::del}) {
      const Error refused = Call(method, one_chat).id(id).refusal();
      CHECK(refused.code == Code::invalid_field);
      CHECK(refused.field == "id");
      CHECK(refused.message == "Parameter 'id' must be an integer from 1 or a guid.");
    }
  }
}

TEST_CASE("comm100: include is a list, or comes several times, in any case; unknown names are passed over") {
  const auto shown = [](const char* query) {
    Call call = get_chat(query);
    const test::Value document = call.id("10023").document(transcript(full_chat()));
    String names;
    for (const char* key : {"messages", "visitor", "chatAgents", "postChatSurvey", "customVariables", "customFields"}) {
      if (has(document, key)) names.append(key).append(" ");
    }
    return names;
  };
  CHECK(shown("") == "");
  CHECK(shown("include=") == "");
  CHECK(shown("include=chatWrapup,session,%F0%9F%94%8D,%FF") == "");
  CHECK(shown("include=messages") == "messages ");
  CHECK(shown("INCLUDE=Messages") == "messages ");
  CHECK(shown("include=messages,visitor") == "messages visitor ");
  CHECK(shown("include=messages%2Cvisitor") == "messages visitor ");
  CHECK(shown("include=visitor,,%20chatAgent") == "visitor chatAgents ");
  CHECK(shown("include=chatAgent&include=visitor&x=messages") == "visitor chatAgents ");
  CHECK(shown("include=postChatSurvey") == "postChatSurvey ");
  CHECK(shown("include=customVariable") == "customVariables customFields ");
}

TEST_CASE("comm100: without include=messages one message is asked for, and none is shown") {
  CHECK(get_chat().id("1").asked<ListMessages>().query.limit == 1);
  CHECK(get_chat("include=visitor").id("1").asked<ListMessages>().query.limit == 1);
  CHECK(get_chat("include=messages").id("1").asked<ListMessages>().query.limit == 0);  // all
  CHECK_FALSE(get_chat("include=messages").id("1").asked<ListMessages>().query.newest_first);
  CHECK_FALSE(get_chat("include=messages").id("1").asked<ListMessages>().query.written_only);
}

TEST_CASE("comm100: a chat with its messages") {
  Call call = get_chat("include=messages");
  http::Reply& reply = call.id(chat_id).answer(transcript(full_chat()));
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "application/json; charset=utf-8");
  const test::Value document = test::parse(reply.body.view());
  CHECK(keys(document) == List<String>{"id",
                                       "guid",
                                       "departmentId",
                                       "startTime",
                                       "endTime",
                                       "requestedTime",
                                       "isQueued",
                                       "status",
                                       "requestingPageTitle",
                                       "requestingPageURL",
                                       "preChatName",
                                       "preChatEmail",
                                       "preChatPhone",
                                       "visitorMessagesCount",
                                       "agentMessagesCount",
                                       "waitingTime",
                                       "duration",
                                       "preChatCompany",
                                       "preChatProductService",
                                       "messages"});
  CHECK(document.find("id")->text == "10023");
  CHECK(document.find("guid")->text == chat_id);
  CHECK(document.find("preChatName")->text == "Leo");
  CHECK(test::print(*document.find("messages")) ==
        R"([{"senderType":"visitor","senderName":"Leo","message":"Hello","time":"2024-03-18T09:12:31.004Z"}])");
  CHECK(reply.losses.empty());
}

TEST_CASE("comm100: what messages and their chat cannot show is reported") {
  Chat chat = full_chat();
  chat.title = "Parcel";
  Message message = said("Hello");
  message.id.text = "message-1";
  Call call = get_chat("include=messages");
  http::Reply& reply = call.id(chat_id).answer(Transcript{Ref<Chat>(chat), Page<Message>{{message, message}}});
  List<String> lost;
  for (const shape::Loss& loss : reply.losses) lost.emplace_back(loss.member.view());
  CHECK(lost == List<String>{"chat.title", "message.id"});
  Call without = get_chat();
  CHECK(without.id(chat_id).answer(Transcript{Ref<Chat>(chat), Page<Message>{{message}}}).losses.size() == 1);
}

TEST_CASE("comm100: what a store counts is no loss of an answer, nor is the chat that a message stands in") {
  Chat chat = full_chat();
  chat.updated_at = chat.taken_at = chat.last_message_at = chat.first_reply_at = Time::at(1710753151005);
  chat.messages = 3;
  chat.visitor_messages = chat.agent_messages = 1;
  chat.contact.text = "9f0e";
  Message message = said("Hello");
  message.chat = chat.id;
  message.number = 1;
  message.shown_at = message.updated_at = Time::at(1710753151005);
  Call one = get_chat("include=messages");
  CHECK(one.id(chat_id).answer(Transcript{Ref<Chat>(chat), Page<Message>{{message}}}).losses.empty());
  Call list = find_chats();
  CHECK(list.answer(Page<Chat>{{chat}}).losses.empty());
}

TEST_CASE("comm100: a chat that came with messages is shown with those of the backend only") {
  Chat chat = full_chat();
  chat.extensions = {{"comm100.chat", "messages", R"([{"message":"old"}])"},
                     {"comm100.chat", "campaignId", R"("22f0b296-69e9-4b81-abe4-4bb9ed5ec9ef")"}};
  Call plain = get_chat();
  const test::Value document = plain.id(chat_id).document(transcript(chat));
  CHECK_FALSE(has(document, "messages"));
  CHECK(has(document, "campaignId"));
  Call with = get_chat("include=messages");
  const String text(with.id(chat_id).answer(transcript(chat)).body.view());
  CHECK(text.find("old") == String::npos);
  CHECK(text.find("Hello") != String::npos);
}

TEST_CASE("comm100: a search asks for chats that ended, the latest first, 50 of them") {
  const ListChats plain = find_chats().asked<ListChats>();
  CHECK(plain.filter.state == ChatFilter::State::ended);
  CHECK(plain.filter.newest_first);
  CHECK(plain.query.limit == 50);
  CHECK(plain.query.offset == 0);
  CHECK(plain.query.takes_all());
  const ListChats second = find_chats("PAGEINDEX=3&pagesize=20").asked<ListChats>();
  CHECK(second.query.offset == 40);
  CHECK(second.query.limit == 20);
  CHECK(find_chats("pageSize=500").asked<ListChats>().query.limit == 500);
  CHECK(find_chats("pageSize=501").asked<ListChats>().query.limit == 500);
  CHECK(find_chats("pageSize=&pageIndex=").asked<ListChats>().query.limit == 50);
  for (const char* query : {"pageIndex=0", "pageIndex=-1", "pageIndex=x", "pageIndex=1e3", "pageSize=0",
                            "pageSize=%2B5", "pageIndex=99999999999999999999", "pageSize=1000000001"}) {
    CAPTURE(query);
    CHECK(find_chats(query).refusal().code == Code::invalid_field);
  }
  CHECK(find_chats("pageIndex=0").refusal().message == "Parameter 'pageIndex' must be an integer from 1.");
}

TEST_CASE("comm100: the order of a search") {
  CHECK(find_chats("sortBy=startTime").asked<ListChats>().filter.newest_first);
  CHECK_FALSE(find_chats("sortBy=starttime&SORTORDER=ASC").asked<ListChats>().filter.newest_first);
  CHECK_FALSE(find_chats("sortOrder=ascending").asked<ListChats>().filter.newest_first);
  CHECK(find_chats("sortOrder=descending").asked<ListChats>().filter.newest_first);
  CHECK(find_chats("sortBy=&sortOrder=").asked<ListChats>().filter.newest_first);
  const ListChats by_end = find_chats("sortBy=ENDTIME&sortOrder=asc").asked<ListChats>();
  REQUIRE(by_end.query.order.size() == 1);
  CHECK(by_end.query.order[0].path == DocumentPath{"endTime"});
  CHECK_FALSE(by_end.query.order[0].descending);
  CHECK(by_end.query.shape == &shape::view<comm100::chat>);
  CHECK(find_chats("sortBy=duration").asked<ListChats>().query.order[0].descending);
  CHECK(find_chats("sortBy=messages").refusal().field == "sortBy");
  CHECK(find_chats("sortBy=chatAgents").refusal().field == "sortBy");
  CHECK(find_chats("sortBy=visitor").refusal().field == "sortBy");
  CHECK(find_chats("sortOrder=up").refusal().field == "sortOrder");
}

TEST_CASE("comm100: the filters of a search") {
  const auto filter = [](const char* body, const char* query = "") {
    return find_chats(query).body(body).asked<ListChats>().filter;
  };
  const ChatFilter ignored = filter(R"({"filters":[{"name":"departmentId","operator":"ignored","value":[""]}]})");
  CHECK(ignored.department.empty());
  CHECK(filter(R"({"filters":[{"name":"campaignId","operator":"Ignored","value":["x"]}]})").department.empty());
  CHECK(filter(
            R"({"filters":[{"name":"DepartmentID","operator":"IS","value":["B3F8F3A5-7C1D-4F6E-9A40-2C5D8E7F6A11"]}]})")
            .department.text == department);
  CHECK(filter("{}", "departmentId=B3F8F3A5-7C1D-4F6E-9A40-2C5D8E7F6A11").department.text == department);
  CHECK(filter("{}", "departmentid=").department.empty());
  const ChatFilter times = filter(R"({"startTime":"2025-01-01T00:00:00Z","endTime":"2025-01-31T23:59:59.5Z"})");
  CHECK(times.from == Time::at(1735689600000));
  CHECK(times.to == Time::at(1738367999500));
  CHECK_FALSE(filter(R"({"filters":null,"startTime":null,"endTime":null,"other":[1]})").from.known());

  const struct {
    const char* body;
    Code code;
    const char* field;
  } bad[] = {
      {"[]", Code::invalid_field, ""},
      {R"({"filters":{}})", Code::invalid_field, "filters"},
      {R"({"filters":[5]})", Code::invalid_field, "filters[0]"},
      {R"({"filters":[{"operator":"is","value":[""]}]})", Code::missing_field, "filters[0].name"},
      {R"({"filters":[{"name":"departmentId","value":[]}]})", Code::missing_field, "filters[0].operator"},
      {R"({"filters":[{"name":"departmentId","operator":"is"}]})", Code::missing_field, "filters[0].value"},
      {R"({"filters":[{"name":"departmentId","operator":"is","value":[]}]})", Code::invalid_field, "filters.value"},
      {R"({"filters":[{"name":"departmentId","operator":"is","value":["x"]}]})", Code::invalid_field, "filters.value"},
      {R"({"filters":[{"name":"departmentId","operator":"is","value":"x"}]})", Code::invalid_field, "filters[0].value"},
      {R"({"filters":[{"name":"departmentId","operator":"contains","value":["x"]}]})", Code::invalid_field,
       "filters.operator"},
      {R"({"filters":[{"name":"campaignId","operator":"is","value":["x"]}]})", Code::invalid_field, "filters.name"},
      {R"({"startTime":"yesterday"})", Code::invalid_field, "startTime"},
      {R"({"endTime":5})", Code::invalid_field, "endTime"},
  };
  for (const auto& one : bad) {
    CAPTURE(one.body);
    const Error refused = find_chats().body(one.body).refusal();
    CHECK(refused.code == one.code);
    CHECK(refused.field == one.field);
  }
  CHECK(find_chats().body("{").refusal().code == Code::malformed_body);
  CHECK(find_chats().body("a=b", "application/x-www-form-urlencoded").refusal().code == Code::unsupported_media);
  CHECK(find_chats("departmentId=sales").refusal().message == "Parameter 'departmentId' must be a guid.");
}

TEST_CASE("comm100: a department whose id is free text is found by the guid that its chats show") {
  Chat of_sales = full_chat();
  of_sales.department.text = "sales@acd.example.com";
  const String shown = ids::format(ids::to_guid(of_sales.department.text));
  for (const ListChats& asked :
       {find_chats("departmentId=" + shown).asked<ListChats>(),
        find_chats()
            .body((R"({"filters":[{"name":"departmentId","operator":"is","value":[")" + shown + R"("]}]})").c_str())
            .asked<ListChats>()}) {
    CHECK(asked.filter.department.empty());
    CHECK(select(List<Chat>{full_chat(), of_sales}, asked.query).records.size() == 1);
  }
}

TEST_CASE("comm100: the zero guid finds the chats without a department, in a filter and in the query") {
  const Chat of_none = full_chat();
  Chat of_sales = full_chat();
  of_sales.department.text = department;
  for (
      const ListChats& asked :
      {find_chats("departmentId=00000000-0000-0000-0000-000000000000").asked<ListChats>(),
       find_chats()
           .body(
               R"({"filters":[{"name":"departmentId","operator":"is","value":["00000000-0000-0000-0000-000000000000"]}]})")
           .asked<ListChats>()}) {
    CHECK(asked.filter.department.empty());
    REQUIRE(asked.query.conditions.size() == 1);
    const Page<Chat> found = select(List<Chat>{of_sales, of_none}, asked.query);
    REQUIRE(found.records.size() == 1);
    CHECK(found.records[0]->department.empty());
  }
}

TEST_CASE("comm100: missed and refused chats are those whose document says so") {
  const ListChats missed = Call(Method::post, missed_search, "pageSize=2").asked<ListChats>();
  CHECK(missed.filter.state == ChatFilter::State::ended);
  CHECK(missed.query.limit == 2);
  Chat taken = full_chat();
  Chat nobody = full_chat();
  nobody.participants.resize(1);
  nobody.agent = {};
  Chat refused = nobody;
  refused.close_reason = "refused";
  Chat became_message = nobody;
  became_message.close_reason = "switchedToMessage";
  const Page<Chat> found = select(List<Chat>{taken, nobody, refused, became_message}, missed.query);
  REQUIRE(found.records.size() == 2);
  CHECK(found.records[0]->close_reason == "");
  CHECK(found.records[1]->close_reason == "refused");
  CHECK(Call(Method::post, missed_search).body("[]").refusal().code == Code::invalid_field);
}

TEST_CASE("comm100: the answer of a search") {
  const Outcome page = Page<Chat>{{full_chat(), full_chat()}, 7};
  Call call = find_chats("siteId=10000&pageIndex=2&include=visitor&pageSize=2&q=%20a%26b");
  http::Reply& reply = call.answer(page);
  CHECK(reply.status == 200);
  const test::Value document = test::parse(reply.body.view());
  CHECK(keys(document) == List<String>{"list", "total", "nextPage", "previousPage"});
  REQUIRE(document.find("list")->children.size() == 2);
  CHECK(has(document.find("list")->children[1], "visitor"));
  CHECK_FALSE(has(document.find("list")->children[1], "chatAgents"));
  CHECK_FALSE(has(document.find("list")->children[1], "messages"));
  CHECK(document.find("total")->text == "7");
  const String address =
      "http://gate.example:8080/crm/v4/livechat/"
      "chats:Search?siteId=10000&include=visitor&pageSize=2&q=%20a%26b&pageIndex=";
  CHECK(document.find("nextPage")->text == address + "3");
  CHECK(document.find("previousPage")->text == address + "1");
}

TEST_CASE("comm100: the first and the last page have no page beside them") {
  const auto pages = [](const char* query, std::size_t total) {
    Call call = find_chats(query);
    const test::Value document = call.document(Page<Chat>{{full_chat()}, total});
    const auto text = [&](const char* key) {
      const test::Value& one = *document.find(key);
      return one.kind == test::Kind::null ? String("none") : one.text.substr(one.text.rfind('=') + 1);
    };
    return text("previousPage") + ' ' + text("nextPage");
  };
  CHECK(pages("", 1) == "none none");
  CHECK(pages("", 50) == "none none");
  CHECK(pages("", 51) == "none 2");
  CHECK(pages("pageIndex=2", 51) == "1 none");
  CHECK(pages("pageIndex=9", 51) == "8 none");
  CHECK(pages("pageSize=10&pageIndex=2", 21) == "1 3");
  Call all = find_chats();
  CHECK(all.document(Page<Chat>{{full_chat()}}).find("total")->text == "1");
  CHECK(find_chats().answer(Page<Chat>{}).body.view() ==
        R"({"list":[],"total":0,"nextPage":null,"previousPage":null})");
}

TEST_CASE("comm100: addresses of pages have the scheme of the connection, or the one that a proxy names") {
  const auto next = [](const char* scheme) {
    Call call = find_chats("pageSize=1");
    call.header("X-Forwarded-Proto", scheme);
    return call.document(Page<Chat>{{full_chat()}, 2}).find("nextPage")->text;
  };
  CHECK(next("https").starts_with("https://gate.example:8080/crm/"));
  CHECK(next("javascript").starts_with("http://gate.example:8080/crm/"));
  const auto over_tls = find_chats("pageSize=1").over_tls().document(Page<Chat>{{full_chat()}, 2});
  CHECK(over_tls.find("nextPage")->text.starts_with("https://gate.example:8080/crm/"));
}

TEST_CASE("comm100: deleting chats") {
  const DeleteChats one = Call(Method::del, one_chat).id("10023").asked<DeleteChats>();
  REQUIRE(one.chats.size() == 1);
  CHECK(one.chats[0].sequence == 10023);
  const char* several = "/v4/livechat/chats";
  const DeleteChats all =
      Call(Method::del, several)
          .body(R"([10023,"10024","5B0C7C1E-8A52-4D0F-9A63-1F6A7C2B9E44",{"id":7,"status":"normal"}])")
          .asked<DeleteChats>();
  REQUIRE(all.chats.size() == 4);
  CHECK(all.chats[0].sequence == 10023);
  CHECK(all.chats[1].sequence == 10024);
  CHECK(all.chats[2].id.text == chat_id);
  CHECK(all.chats[3].sequence == 7);
  CHECK(Call(Method::del, several).body("[]").asked<DeleteChats>().chats.empty());
  const struct {
    const char* body;
    Code code;
    const char* message;
  } bad[] = {
      {"{}", Code::invalid_field, "The request body must be a list of ids."},
      {"10023", Code::invalid_field, "The request body must be a list of ids."},
      {"[1,0]", Code::invalid_field,
       "Element [1] of the request body must be an integer from 1 or a guid, not a number."},
      {"[null]", Code::invalid_field, "Element [0] of the request body must be an integer from 1 or a guid, not null."},
      {"[{}]", Code::missing_field, "Parameter 'id' is required."},
      {R"([{"id":[]}])", Code::invalid_field, "Parameter 'id' must be an integer from 1 or a guid, not a list."},
  };
  for (const auto& wrong : bad) {
    CAPTURE(wrong.body);
    const Error refused = Call(Method::del, several).body(wrong.body).refusal();
    CHECK(refused.code == wrong.code);
    CHECK(refused.message == wrong.message);
  }
  CHECK(Call(Method::del, several).refusal().code == Code::missing_body);
  String many = "[1";
  for (int i = 1; i < 1000; ++i) many += ",1";
  CHECK(Call(Method::del, several).body((many + "]").c_str()).asked<DeleteChats>().chats.size() == 1000);
  CHECK(Call(Method::del, several).body((many + ",1]").c_str()).refusal().message ==
        "The request body must have at most 1000 ids.");
  Call call(Method::del, one_chat);
  http::Reply& reply = call.id("10023").answer(DeletedChats{1});
  CHECK(reply.status == 204);
  CHECK(reply.body.empty());
}

TEST_CASE("comm100: an unknown chat is 404 in the vendor's words") {
  OwnedRequest request(Method::get);
  http::Reply reply;
  Call::facade().render({.code = Code::no_such_chat, .message = "no such chat"}, request.get(), reply);
  CHECK(reply.status == 404);
  CHECK(reply.body.view() == R"({"code":404000,"message":"The chat does not exist."})");
}

TEST_CASE("comm100: a chat that cannot be deleted is unknown, or open") {
  for (const char* pattern : {one_chat, "/v4/livechat/chats"}) {
    OwnedRequest request(Method::del);
    http::Request of_endpoint = request.get();
    of_endpoint.endpoint = &test::endpoint(Call::facade(), Method::del, pattern);
    http::Reply reply;
    Call::facade().render({.code = Code::no_such_chat, .message = "no such chat"}, of_endpoint, reply);
    CHECK(reply.status == 404);
    CHECK(reply.body.view() == R"({"code":404000,"message":"The chat does not exist, or has not ended yet."})");
  }
}

TEST_CASE("comm100: paths of the history match in any case, with the colon escaped as well") {
  auto mount = std::make_unique<gateway::route::Mount>();
  mount->facade = std::make_unique<comm100::Facade>(route());
  gateway::route::mount_endpoints(*mount);
  List<std::unique_ptr<gateway::route::Mount>> mounts;
  mounts.push_back(std::move(mount));
  const gateway::route::Router router(std::move(mounts), {{0}});
  const auto found = [&router](Method method, std::string_view path) -> std::string_view {
    http::Request request;
    request.method = method;
    gateway::route::Parameters parameters;
    gateway::route::Found match;
    const auto target = gateway::route::parse_target(path);
    if (!target || !router.match(0, *target, "a.example", request, parameters, match)) return "nothing";
    return match.endpoint->endpoint->pattern;
  };
  for (const char* path : {"/v4/livechat/chats:Search", "/V4/LiveChat/CHATS:search", "/v4/livechat/chats%3ASearch",
                           "/v4/livechat/chats%3asearch", "/v4/livechat/chats:Search/"}) {
    CAPTURE(path);
    CHECK(found(Method::post, path) == search);
  }
  CHECK(found(Method::post, "/v4/LiveChat/missedandrefusedchats%3asearch") == missed_search);
  CHECK(found(Method::get, "/v4/LIVECHAT/Chats/10023") == one_chat);
  CHECK(found(Method::get, "/v4/livechat/chats") == "nothing");  // the vendor has no such list
  CHECK(found(Method::del, "/v4/livechat/chats") == "/v4/livechat/chats");
}
