// The calls about offline messages: what they ask for, what they refuse, and their answers.
#include "adapters/comm100/fields.hpp"
#include "tests/adapters/comm100/call.hpp"

namespace {

using namespace parley;
using namespace parley::test::comm100;
using http::Method;

constexpr const char* search = "/v4/livechat/offlineMessages:search";
constexpr const char* all = "/v4/livechat/offlineMessages";
constexpr const char* one = "/v4/livechat/offlineMessages/:id";
constexpr const char* message_id = "7e2d9c40-51af-4b6e-8f03-6a9b1c2d4e5f";
constexpr const char* department = "b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11";
constexpr const char* zero = "00000000-0000-0000-0000-000000000000";

Call find(String query = {}) { return {Method::post, search, std::move(query)}; }
String by_department(std::string_view guid) {
  return R"({"filters":[{"name":"departmentId","operator":"is","value":[")" + String(guid) + R"("]}]})";
}

OfflineMessage left() {
  OfflineMessage made;
  made.id.text = message_id;
  made.number = 311;
  made.at = Time::at(1710884407312);
  made.name = "Mona";
  made.email = "mona@shop.example";
  made.text = "When?";
  made.department.text = department;
  made.updated_at = made.at;
  return made;
}

constexpr const char* left_json = R"({"id":311,"guid":"7e2d9c40-51af-4b6e-8f03-6a9b1c2d4e5f",
  "createdTime":"2024-03-19T21:40:07.312Z","name":"Mona","email":"mona@shop.example","phone":"","company":"",
  "departmentId":"b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11","agentId":"00000000-0000-0000-0000-000000000000","ticketId":0,
  "subject":"","message":"When?","requestingPageTitle":"","requestingPageURL":"",
  "visitorId":"00000000-0000-0000-0000-000000000000"})";

}  // namespace

TEST_CASE("comm100: an offline message is named by its number or its guid") {
  for (const char* query : {"", "include=department,agent,visitor"}) {
    Call by_number(Method::get, one, query);
    const GetOfflineMessage number = by_number.id("311").asked<GetOfflineMessage>();
    CHECK(number.message.number == 311);
    CHECK(number.message.id.empty());
    CHECK(test::difference(left_json, by_number.answer(Ref(left())).body.view()) == "");
  }
  const GetOfflineMessage guid =
      Call(Method::get, one).id("7E2D9C40-51AF-4B6E-8F03-6A9B1C2D4E5F").asked<GetOfflineMessage>();
  CHECK(guid.message.id.text == message_id);
  CHECK(guid.message.number == 0);
  for (const char* bad : {"0", "-1", "x", "9223372036854775808"}) {
    for (const Method method : {Method::get, Method::del}) {
      CHECK(Call(method, one).id(bad).refusal().message == "Parameter 'id' must be an integer from 1 or a guid.");
    }
  }
}

TEST_CASE("comm100: a search for offline messages: filters, times, the latest first, pages") {
  const ListOfflineMessages plain = find().asked<ListOfflineMessages>();
  CHECK_FALSE(plain.filter.department.has_value());
  CHECK_FALSE(plain.filter.from.known());
  CHECK(plain.filter.newest_first);
  CHECK(plain.query.takes_all());
  CHECK(plain.query.limit == 50);
  const ListOfflineMessages paged =
      find("pageIndex=3&pageSize=20&sortBy=CreatedTime&sortOrder=asc").asked<ListOfflineMessages>();
  CHECK(paged.query.offset == 40);
  CHECK(paged.query.limit == 20);
  CHECK_FALSE(paged.filter.newest_first);
  CHECK(paged.query.takes_all());
  CHECK(find("pageSize=501").asked<ListOfflineMessages>().query.limit == 500);
  const ListOfflineMessages named = find("sortBy=name").asked<ListOfflineMessages>();
  CHECK(named.query.shape == &shape::view<parley::comm100::offline_message>);
  REQUIRE(named.query.order.size() == 1);
  CHECK(named.query.order[0].path == DocumentPath{"name"});
  CHECK(named.query.order[0].descending);
  CHECK(find("sortBy=startTime").refusal().message == "Parameter 'sortBy' is not a member of an offline message.");
  CHECK(find("sortOrder=up").refusal().field == "sortOrder");
  CHECK(find("pageIndex=0").refusal().field == "pageIndex");
  CHECK(find("departmentId=7").refusal().field == "departmentId");

  const auto filter = [](const String& body, String query = {}) {
    return find(std::move(query)).body(body.c_str()).asked<ListOfflineMessages>().filter;
  };
  const OfflineMessageFilter times =
      filter(R"({"startTime":"2024-03-01T00:00:00Z","endTime":"2024-04-01T00:00:00.000Z"})");
  CHECK(times.from == Time::at(1709251200000));
  CHECK(times.to == Time::at(1711929600000));
  CHECK(filter(by_department(department)).department->text == department);
  CHECK(filter("{}", "departmentId=" + String(department)).department->text == department);
  CHECK(filter(by_department(ids::format(ids::to_guid("sGtcfEYz852uguxaS")))).department->text == "sGtcfEYz852uguxaS");
  CHECK(filter(by_department(zero)).department == DepartmentId{});  // those without one
  CHECK_FALSE(
      filter(R"({"filters":[{"name":"departmentId","operator":"ignored","value":[""]}]})").department.has_value());
  CHECK_FALSE(filter(R"({"filters":null,"startTime":null,"endTime":null})").department.has_value());
  for (const char* bad : {R"({"filters":[{"name":"campaignId","operator":"is","value":["x"]}]})",
                          R"({"filters":[{"name":"departmentId","operator":"contains","value":["x"]}]})",
                          R"({"filters":[{"name":"departmentId","operator":"is","value":["x"]}]})", R"({"filters":5})",
                          R"({"startTime":"soon"})", "[]"}) {
    CAPTURE(bad);
    CHECK(find().body(bad).refusal().code == Code::invalid_field);
  }
}

TEST_CASE("comm100: a department with free text as its id is found by what messages show") {
  const String shown = ids::format(ids::to_guid("Sales and more"));
  const ListOfflineMessages asked = find().body(by_department(shown).c_str()).asked<ListOfflineMessages>();
  CHECK_FALSE(asked.filter.department.has_value());
  REQUIRE(asked.query.conditions.size() == 1);
  OfflineMessage message = left();
  message.department.text = "Sales and more";
  CHECK(select(List<OfflineMessage>{left(), message}, asked.query).records.size() == 1);
}

TEST_CASE("comm100: the answer of a search for offline messages") {
  const test::Value first = find("pageSize=1").document(Page<OfflineMessage>{{left()}, 2});
  CHECK(keys_of(first) == List<String>{"list", "total", "nextPage", "previousPage"});
  CHECK(test::difference(String("[") + left_json + "]", test::print(*first.find("list"))) == "");
  CHECK(first.find("total")->text == "2");
  CHECK(first.find("nextPage")->text ==
        "http://gate.example:8080/crm/v4/livechat/offlineMessages:search?pageSize=1&pageIndex=2");
  CHECK(first.find("previousPage")->kind == test::Kind::null);
  const test::Value last = find("pageIndex=2&pageSize=1").document(Page<OfflineMessage>{{left()}, 2});
  CHECK(last.find("nextPage")->kind == test::Kind::null);
  CHECK(last.find("previousPage")->text.ends_with("?pageSize=1&pageIndex=1"));
}

TEST_CASE("comm100: PUT changes the members of an offline message that the body has") {
  const auto put = [](const char* body) { return Call(Method::put, one, {}, "311", body); };
  const ChangeOfflineMessage all_members =
      put(R"({"id":311,"guid":"x","name":"N","email":"e@f.example","phone":"1","company":"C","subject":"S","message":"M",
              "departmentId":"b3f8f3a5-7c1d-4f6e-9a40-2c5d8e7f6a11","agentId":"c97a2afe-a38f-46f8-a55b-8ac9f873cd09",
              "ticketId":87,"createdTime":"never"})")
          .asked<ChangeOfflineMessage>();
  CHECK(all_members.message.number == 311);
  CHECK(*all_members.name == "N");
  CHECK(*all_members.email == "e@f.example");
  CHECK(*all_members.phone == "1");
  CHECK(*all_members.company == "C");
  CHECK(*all_members.subject == "S");
  CHECK(*all_members.text == "M");
  CHECK(all_members.department->text == department);
  CHECK(all_members.agent->text == agent_id);
  CHECK(*all_members.ticket == 87);
  for (const char* nothing : {"{}", R"({"name":null,"email":null,"phone":null,"company":null,"departmentId":null,
      "agentId":null,"ticketId":null,"subject":null,"message":null})"}) {
    const ChangeOfflineMessage none = put(nothing).asked<ChangeOfflineMessage>();
    CHECK_FALSE((none.name || none.email || none.phone || none.company || none.subject || none.text));
    CHECK_FALSE((none.department || none.agent || none.ticket));
  }
  const ChangeOfflineMessage emptied =
      put(R"({"name":"","departmentId":"00000000-0000-0000-0000-000000000000","ticketId":0})")
          .asked<ChangeOfflineMessage>();
  CHECK(emptied.name == Text());
  CHECK(emptied.department == DepartmentId{});
  CHECK(emptied.ticket == 0);
  CHECK(put(R"({"ticketId":-1})").refusal().message == "Parameter 'ticketId' must be an integer from 0.");
  CHECK(put(R"({"ticketId":"87"})").refusal().field == "ticketId");
  CHECK(put(R"({"agentId":"x"})").refusal().field == "agentId");
  CHECK(put(R"({"message":5})").refusal().message == "Parameter 'message' must be a string, not a number.");
  CHECK(put("[]").refusal().code == Code::invalid_field);
  CHECK(put("").refusal().code == Code::missing_body);
  Call bad(Method::put, one);
  CHECK(bad.id("x").body("{}").refusal().field == "id");
  CHECK(test::difference(left_json, put("{}").answer(Ref(left())).body.view()) == "");
}

TEST_CASE("comm100: DELETE takes one offline message, or a list of them") {
  const DeleteOfflineMessages single = Call(Method::del, one).id("311").asked<DeleteOfflineMessages>();
  REQUIRE(single.messages.size() == 1);
  CHECK(single.messages[0].number == 311);
  const auto remove = [](const String& body) { return Call(Method::del, all, {}, nullptr, body.c_str()); };
  const DeleteOfflineMessages several =
      remove(R"([311,"312","7E2D9C40-51AF-4B6E-8F03-6A9B1C2D4E5F",{"id":313,"name":"Mona"}])")
          .asked<DeleteOfflineMessages>();
  REQUIRE(several.messages.size() == 4);
  CHECK(several.messages[1].number == 312);
  CHECK(several.messages[2].id.text == message_id);
  CHECK(several.messages[3].number == 313);
  CHECK(remove("[]").asked<DeleteOfflineMessages>().messages.empty());
  CHECK(remove("{}").refusal().message == "The request body must be a list of ids.");
  CHECK(remove("[1,0]").refusal().field == "[1]");
  CHECK(remove(R"([{"guid":"x"}])").refusal().code == Code::missing_field);
  String many = "[1";
  for (int i = 0; i < 1000; ++i) many += ",1";
  CHECK(remove(many + "]").refusal().message == "The request body must have at most 1000 ids.");
  Call removal = remove("[1]");
  const http::Reply& gone = removal.answer(DeletedOfflineMessages{1});
  CHECK(gone.status == 204);
  CHECK(gone.body.view().empty());
}

TEST_CASE("comm100: an offline message loses its host and unknown sources, but not what the store counts") {
  config::Route lossless = route();
  lossless.loss = config::LossPolicy::lossless;
  const parley::comm100::Facade facade(lossless);
  const auto lost = [&facade](const OfflineMessage& message) {
    http::Reply reply;
    REQUIRE(facade.show(Page<OfflineMessage>{{message}}, reply).has_value());
    String members;
    for (const shape::Loss& loss : reply.losses) members.append(loss.member.view()).append(" ");
    return members;
  };
  OfflineMessage message = left();
  message.source = "queue";
  CHECK(lost(message) == "");
  message.source = "api";
  message.host = "shop.example";
  CHECK(lost(message) == "offline_message.host offline_message.source ");
}
