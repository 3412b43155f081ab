// The contact's tables: the vendor's example, and documents that differ from it in all ways known of the vendor.
#include "adapters/enghouse/fields.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/enghouse/facade/facade.hpp"
#include "tests/support/both_readers.hpp"
#include "tests/support/mutate.hpp"
#include "tests/support/shapes.hpp"

using namespace parley;

namespace {

const contract::WireShape& wire() { return enghouse::adapter.shapes.front(); }
Chat read(std::string_view json) { return std::get<Chat>(test::read_wire(wire(), json)); }
String write(const Chat& chat) { return test::write_wire(wire(), chat); }

/// A contact as newer and older releases send it. `member` takes the place of `"title":""`.
String contact(std::string_view member) {
  String text =
      R"({"id":"CHAT_DEFAULT_11111111-2222-4333-8444-555555555555","servid":"Shop","widgetid":"popup","serv_name":"Shop",)"
      R"("beginTime":1700000000123,"endTime":"",@,"lang":"en-gb","userID":"USER_a",)"
      R"("users":{"USER_a":{"id":"USER_a","nickname":"Ann","isAgent":false,"beginTime":1700000000123,"endTime":"",)"
      R"("isOnline":true,"userAgent":"UA","firstUri":"https://shop.example/","firstTitle":"Shop","channel":"web",)"
      R"("firstIP":"::1"}},"dataCollections":{},"callData":{"_NICK_":"Ann","ECID":"host1|1|2|3"}})";
  text.replace(text.find('@'), 1, member);
  return text;
}

List<String> losses_of(const Chat& chat) {
  List<String> members;
  for (const shape::Loss& loss : test::losses(wire(), chat)) members.emplace_back(loss.member);
  return members;
}

}  // namespace

TEST_CASE("enghouse: the vendor's example contact is written back unchanged") {
  const std::string_view sample = enghouse::adapter.samples().front().text;
  CHECK(test::difference(sample, test::write_wire(wire(), test::read_wire(wire(), sample), true)) == "");
  Chat stored = read(sample);  // as from a store: without the text of its document
  stored.wire = {};
  for (Participant& participant : stored.participants) participant.wire = {};
  for (DataCollection& form : stored.data_collections) {
    form.wire = {};
    for (FormField& field : form.fields) field.wire = {};
  }
  String envelope;
  Buffer out;
  enghouse::wrap_contact(write(stored), out);
  CHECK(test::difference(sample, out.view()) == "");
}

TEST_CASE("enghouse: odd documents are written back unchanged") {
  struct Case {
    const char* name;
    String json;
  };
  const auto users = [](std::string_view text) {
    return String(R"({"userID":"USER_a","users":)")
        .append(text)
        .append(R"(,"callData":{"_NICK_":"Bea","email":"a@b.example"}})");
  };
  const Case cases[] = {
      {"a title by locale", contact(R"("title":{"en":"Shop"})")},
      {"no title", contact(R"("x":1)")},
      {"null", contact(R"("title":null)")},
      {"newer members",
       contact(
           R"("title":"","_id":"5c6e700404445e26d8dbeee1","domain":"DEFAULT","agentID":"USER_b@h","ctlive_type":"cbn")")},
      {"events",
       contact(R"("contact_events":[{"event":"joinContact","ts":1700000000124,"origin":"USER_a"}],"title":"")")},
      {"a number of 30 digits", contact(R"("size":123456789012345678901234567890,"title":"")")},
      {"a number of 30 digits for a time",
       contact(R"("title":"","beginTime2":1,"endTime3":123456789012345678901234567890)")},
      {"an empty contact", "{}"},
      {"only callData", R"({"callData":{"b":"1","a":"","n":5,"o":{"p":[ 1, 2 ]}}})"},
      {"times as text", R"({"beginTime":"1700000000123","endTime":"1700000000999"})"},
      {"times with a fraction", R"({"beginTime":1700000000123.0,"endTime":1700000000999.00})"},
      {"invalid times", R"({"beginTime":null,"endTime":"soon"})"},
      {"a time beyond the years", R"({"beginTime":9999999999999999})"},
      {"times of users", users(R"({"USER_a":{"id":"USER_a","beginTime":"1700000000123","endTime":1700000000999.0}})")},
      {"a user without an id", users(R"({"USER_a":{"nickname":"Ann"}})")},
      {"a user with another id", users(R"({"USER_a":{"id":"USER_b","nickname":"Ann"}})")},
      {"a user who is null", users(R"({"USER_a":null})")},
      {"users as a list", users(R"([{"id":"USER_a"}])")},
      {"a nickname that differs from _NICK_", users(R"({"USER_a":{"id":"USER_a","nickname":"Ann"}})")},
      {"no nickname beside _NICK_", users(R"({"USER_a":{"id":"USER_a","nickname":""}})")},
      {"callData before users",
       R"({"callData":{"email":"a@b.example"},"users":{"USER_a":{"id":"USER_a","nickname":"Ann"}},"userID":"USER_a"})"},
      {"callData without _NICK_", R"({"users":{"USER_a":{"id":"USER_a","nickname":"Ann"}},"callData":{}})"},
      {"no callData", R"({"users":{"USER_a":{"id":"USER_a","nickname":"Ann"}}})"},
      {"ids in capitals",
       R"({"id":"CHAT_FEF5015B-8102-457E-B69B-471A55487837","userID":"fef5015b-8102-457e-b69b-471a55487837"})"},
      {"ids that look packed",
       R"({"id":"vp3D9H8ud6HYvRpvq","users":{"673653b997f0fbcd657f0ebf":{"id":"673653b997f0fbcd657f0ebf"}}})"},
      {"a form",
       R"({"dataCollections":{"f":{"id":"f","title":{"it":"Uno"},"datacollection":[{"label":{"it":"Nome"},"options":"a;b","extra":1.50}]}}})"},
      {"a form under another key", R"({"dataCollections":{"f":{"id":"g"}}})"},
      {"__proto__", R"({"callData":{"__proto__":{"a":1}},"__proto__":2})"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    CHECK(test::difference(one.json, write(read(one.json))) == "");
  }
}

TEST_CASE("enghouse: random contacts are written back unchanged") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    test::Random random(seed);
    test::Value document = *test::parse(enghouse::adapter.samples().front().text).find("contact");
    test::mutate(document, 1 + random.below(6), random);
    const String text = test::respell(document, random);
    CAPTURE(seed);
    REQUIRE(test::difference(text, write(read(text))) == "");
  }
}

TEST_CASE("enghouse: the meaning of odd values") {
  const Chat text = read(R"({"beginTime":"1700000000123","endTime":1700000000999.0})");
  CHECK(text.begin_at == Time::at(1700000000123));
  CHECK(text.end_at == Time::at(1700000000999));
  CHECK(text.state == ChatState::ended);
  CHECK(read(R"({"endTime":""})").state == ChatState::active);
  CHECK(read(R"({"endTime":"soon"})").extensions.size() == 1);

  // The visitor gets the e-mail and the phone of callData, in any order of the members.
  for (
      const char* const json :
      {R"({"callData":{"email":"a@b.example","phone_number":"5"},"users":{"USER_x":{"id":"USER_x"},"USER_a":{"id":"USER_a"}},"userID":"USER_a"})",
       R"({"userID":"USER_a","users":{"USER_x":{"id":"USER_x"},"USER_a":{"id":"USER_a"}},"callData":{"email":"a@b.example","phone_number":"5"}})"}) {
    const Chat chat = read(json);
    REQUIRE(chat.participants.size() == 2);
    CHECK(chat.participants[0].emails.empty());
    CHECK(chat.participants[1].emails == List<Text>{"a@b.example"});
    CHECK(chat.participants[1].phones == List<Text>{"5"});
    CHECK(chat.call_data.size() == 2);
  }
  CHECK(read(R"({"users":{"USER_fef5015b-8102-457e-b69b-471a55487837":{}}})").participants.at(0).id ==
        "fef5015b-8102-457e-b69b-471a55487837");
}

TEST_CASE("enghouse: callData shows the visitor's present values") {
  Chat chat = read(contact(R"("title":"")"));
  Participant& visitor = chat.participants.at(0);
  visitor.name = "Anna";
  visitor.emails = {"anna@x.example", "second@x.example"};
  visitor.phones = {"+39 1"};
  visitor.attributes = {{.name = "ECID", .value = "host1|9", .url = {}, .kind = AttributeKind::variable},
                        {.name = "age", .value = "41", .url = {}, .kind = AttributeKind::variable, .literal = true}};
  CHECK(test::print(*test::parse(write(chat)).find("callData")) ==
        R"({"_NICK_":"Anna","ECID":"host1|9","email":"anna@x.example","phone_number":"+39 1","age":41})");
}

TEST_CASE("enghouse: callData has one value for each name, and the others are losses") {
  Chat chat;
  chat.visitor.text = "a";
  Participant& visitor = chat.participants.emplace_back();
  visitor.id = "a";
  visitor.emails = {"a@x.example"};
  visitor.attributes = {{.name = "email", .value = "other", .url = {}, .kind = AttributeKind::variable},
                        {.name = "k", .value = "1", .url = {}, .kind = AttributeKind::variable},
                        {.name = "k", .value = "2", .url = {}, .kind = AttributeKind::field}};
  CHECK(test::print(*test::parse(write(chat)).find("callData")) == R"({"email":"a@x.example","k":"1"})");
  CHECK(losses_of(chat) == List<String>{"participant.attributes", "participant.attributes"});
  chat.participants.clear();
  chat.call_data = {{.name = "k", .value = "1", .url = {}, .kind = AttributeKind::variable},
                    {.name = "k", .value = "2", .url = {}, .kind = AttributeKind::variable}};
  CHECK(test::print(*test::parse(write(chat)).find("callData")) == R"({"k":"1"})");
  CHECK(losses_of(chat) == List<String>{"chat.call_data"});
}

TEST_CASE("enghouse: ids of other vendors") {
  Chat chat;
  chat.id.text = "vp3D9H8ud6HYvRpvq";
  chat.visitor.text = "673653b997f0fbcd657f0ebf";
  chat.agent.text = "rocket.agent@host";
  chat.participants.emplace_back().id = "673653b997f0fbcd657f0ebf";
  const test::Value shown = test::parse(write(chat));
  CHECK(shown.find("id")->text == "CHAT_" + ids::format(ids::to_guid("vp3D9H8ud6HYvRpvq")));
  CHECK(shown.find("userID")->text == "USER_" + ids::format(ids::to_guid("673653b997f0fbcd657f0ebf")));
  CHECK(shown.find("agentID")->text == "rocket.agent@host");
  CHECK(shown.find("users")->children.at(0).key == shown.find("userID")->text);
  const Chat back = read(test::print(shown));
  CHECK(back.id == chat.id);
  CHECK(back.visitor == chat.visitor);
  CHECK(back.agent == chat.agent);
}

TEST_CASE("enghouse: values that a contact cannot carry are reported") {
  CHECK(losses_of(read(enghouse::adapter.samples().front().text)) == List<String>{});
  Chat chat;
  chat.state = ChatState::queued;
  chat.department.text = "d";
  chat.messages = 3;
  chat.visitor.text = "a";
  Participant& visitor = chat.participants.emplace_back();
  visitor.id = "a";
  visitor.token = "t";
  visitor.phones = {"1", "2"};
  visitor.attributes = {{"a", "b", ""}};
  Participant& agent = chat.participants.emplace_back();
  agent.is_agent = true;
  agent.emails = {"agent@x.example"};
  CHECK(losses_of(chat) == List<String>{"chat.department", "chat.messages", "chat.state", "participant.token",
                                        "participant.phones", "participant.attributes", "participant.emails"});
  Chat ended;
  ended.state = ChatState::ended;
  CHECK(losses_of(ended) == List<String>{"chat.state"});
  ended.end_at = Time::at(1);
  CHECK(losses_of(ended) == List<String>{});
}

TEST_CASE("enghouse: the fast reader reads keyed objects as the thorough one does") {
  const auto user = [](const String& key, const String& id) {
    return "\"" + key + R"(":{"id":")" + id + R"(","nickname":"Ann"})";
  };
  const auto many = [&user](std::size_t count) {
    String all;
    for (std::size_t i = 0; i < count; ++i) {
      const String id = "USER_" + std::to_string(i);
      all += (i == 0 ? "" : ",") + user(id, id);
    }
    return all;
  };
  struct Case {
    String name;
    String users;
    bool taken;
  };
  const Case cases[] = {
      {"none", "", true},
      {"two", user("a", "a") + "," + user("b", "b"), true},
      {"a key that comes twice", user("a", "a") + "," + user("a", "a"), false},
      {"a key that comes twice, with other values", user("a", "a") + "," + user("b", "b") + "," + user("a", "c"),
       false},
      {"the last of sixteen comes twice", many(16) + "," + user("USER_15", "USER_15"), false},
      {"a key that is not the id", user("a", "b"), true},
      {"an id in another spelling", R"("USER_a":{"nickname":"Ann","id":"\u0055SER_a"})", true},
      {"no id", R"("a":{"nickname":"Ann"})", true},
      {"an id that is no text", R"("a":{"id":7})", true},
      {"a user that is no object", R"("a":7)", true},
      {"sixteen", many(16), true},
      {"seventeen", many(17), true},
      {"a comma too many", user("a", "a") + ",", false},
  };
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const String json = R"({"id":"CHAT_x","userID":"USER_a","users":{)" + one.users + R"(},"callData":{}})";
    const test::Readings readings =
        test::read_records<Chat>(shape::view<enghouse::contact>, json, test::views_of<Chat>());
    CHECK(readings.taken == one.taken);
    CHECK(readings.difference == "");
  }
}
