// The calls about contacts: which requests they accept, what they ask, what they show.
#include <doctest/doctest.h>

#include "tests/adapters/rocketchat/support.hpp"

namespace parley::test::rocketchat {
namespace {

constexpr const char* create_path = "/api/v1/omnichannel/contacts";
constexpr const char* update_path = "/api/v1/omnichannel/contacts.update";
constexpr const char* get_path = "/api/v1/omnichannel/contacts.get";
constexpr const char* search_path = "/api/v1/omnichannel/contacts.search";
constexpr const char* history_path = "/api/v1/omnichannel/contacts.history";
constexpr const char* existence_path = "/api/v1/omnichannel/contacts.checkExistence";
constexpr const char* conflicts_path = "/api/v1/omnichannel/contacts.conflicts";
constexpr const char* delete_path = "/api/v1/omnichannel/contacts.delete";
constexpr const char* old_path = "/api/v1/omnichannel/contact";
constexpr const char* old_search_path = "/api/v1/omnichannel/contact.search";

String invalid(const char* error) {
  return String(R"({"success":false,"error":")") + error + R"( [invalid-params]","errorType":"invalid-params"})";
}

Contact contact(const char* id, const char* name, const char* email = nullptr) {
  Contact made;
  made.id.text = id;
  made.name = name;
  if (email == nullptr) return made;
  Identity& identity = made.identities.emplace_back();
  identity.id.text = "identity";
  identity.contact = made.id;
  identity.kind = IdentityKind::email;
  identity.value = email;
  return made;
}

void check_refused(Call call, std::string_view answer) {
  const http::Reply& reply = call.refused();
  CHECK(reply.status == 400);
  CHECK(difference(answer, text(reply)) == "");
}

/// The ids, the count and the total of a search over Ann, Bob (unknown) and Eve.
String found(const char* query) {
  Contact ann = contact("a", "Ann Lee", "ann@shop.example");
  Identity& phone = ann.identities.emplace_back();
  phone.kind = IdentityKind::phone;
  phone.value = "+15550100";
  Contact bob = contact("b", "Bob", "bob@shop.example");
  bob.unknown = true;
  const Outcome all = Page<Contact>{{contact("e", "Eve", "eve@other.example"), bob, ann}};
  const Value answer = parse(text(Call("8", Method::get, search_path, query).answered(all)));
  String ids;
  for (const Value& one : answer.find("contacts")->children) ids += one.find("_id")->text;
  return ids + ' ' + answer.find("count")->text + ' ' + answer.find("total")->text;
}

}  // namespace

TEST_CASE("a contact is created from its name, addresses and numbers") {
  Call call("8", Method::post, create_path);
  call.body(
      R"({"name":"Ann","emails":["a@shop.example"],"phones":["1","2"],"customFields":{"plan":"gold"},"contactManager":"b"})");
  const auto put = call.decoded<PutContact>();
  CHECK(put.create);
  CHECK_FALSE(put.unique);
  CHECK(put.name == Text("Ann"));
  CHECK(put.emails->size() == 1);
  CHECK(put.phones->size() == 2);
  CHECK(put.fields.at(0).value == "gold");
  CHECK(put.manager->text == "b");
  CHECK(text(call.answered(Ref<Contact>(contact("c", "Ann")))) == R"({"contactId":"c","success":true})");
  const auto bare =
      Call("8", Method::post, create_path).body(R"({"name":"","emails":[],"phones":[]})").decoded<PutContact>();
  CHECK(bare.emails->empty());
  CHECK_FALSE(bare.manager.has_value());
}

TEST_CASE("bodies about contacts are refused in the words of the vendor's schema") {
  const String duplicate = invalid("must NOT have duplicate items (items ## 2 and 0 are identical)");
  const String blank = invalid(R"(must pass \"isNotEmpty\" keyword validation)");
  const String extra = invalid("must NOT have additional properties");
  check_refusals("8", create_path,
                 {{"empty", "{}", invalid("must have required property 'name'").c_str()},
                  {"no emails", R"({"name":"a","phones":[]})", invalid("must have required property 'emails'").c_str()},
                  {"unknown", R"({"name":"a","emails":[],"phones":[],"x":1})", extra.c_str()},
                  {"no list", R"({"name":"a","emails":{},"phones":[]})", invalid("must be array").c_str()},
                  {"no text", R"({"name":"a","emails":[{}],"phones":[]})", invalid("must be string").c_str()},
                  {"twice", R"({"name":"a","emails":["x","y","x"],"phones":[]})", duplicate.c_str()},
                  {"an array", "[]", invalid("must be object").c_str()}});
  check_refusals("8", update_path,
                 {{"empty", "{}", invalid("must have required property 'contactId'").c_str()},
                  {"blank", R"({"contactId":" "})", blank.c_str()},
                  {"twice", R"({"contactId":"c","phones":["x","y","x"]})", duplicate.c_str()}});
  check_refusals("8", conflicts_path, {{"blank", R"({"contactId":""})", blank.c_str()}});
  check_refusals(
      "8", delete_path,
      {{"blank", R"({"contactId":""})", blank.c_str()}, {"unknown", R"({"contactId":"c","name":"a"})", extra.c_str()}});
}

TEST_CASE("an array of many equal values is refused at once") {
  String body = R"({"name":"a","phones":[],"emails":["x@y.example")";
  for (int i = 1; i < 100'000; ++i) body += R"(,"x@y.example")";
  Call call("8", Method::post, create_path);
  call.body(body + "]}");
  CHECK(call.refused().status == 400);
}

TEST_CASE("a custom field that the route does not keep is refused") {
  config::Route of = route("8");
  of.own.edit<parley::rocketchat::RouteSettings>().custom_fields = {"plan"};
  Call call(of, Method::post, create_path);
  call.body(R"({"name":"a","emails":[],"phones":[],"customFields":{"size":"xl"}})");
  CHECK(text(call.refused()) == R"({"success":false,"error":"Custom field size is not allowed"})");
  Call kept(of, Method::post, update_path);
  kept.body(R"({"contactId":"c","customFields":{"plan":"gold"}})");
  CHECK(kept.decoded<PutContact>().fields.size() == 1);
}

TEST_CASE("a contact is changed by what a request says, and conflicts are settled") {
  Call update("8", Method::post, update_path);
  update.body(R"({"contactId":"c","emails":[],"contactManager":"","wipeConflicts":true})");
  const auto changed = update.decoded<PutContact>();
  CHECK(changed.contact.text == "c");
  CHECK_FALSE(changed.name.has_value());
  CHECK(changed.emails->empty());
  CHECK_FALSE(changed.phones.has_value());
  CHECK(changed.manager->empty());
  CHECK(changed.wipes_conflicts);
  CHECK_FALSE(changed.resolves);
  CHECK(text(update.answered(Ref<Contact>(contact("c", "Ann", "a@shop.example")))) ==
        R"({"contact":{"_id":"c","name":"Ann","emails":[{"address":"a@shop.example"}],"unknown":false,"channels":[],)"
        R"("preRegistration":true},"success":true})");

  Call conflicts("8", Method::post, conflicts_path);
  conflicts.body(R"({"contactId":"c","name":"Ann"})");
  CHECK(conflicts.decoded<PutContact>().resolves);
  CHECK(text(conflicts.answered(Ref<Contact>(contact("c", "Ann")))) ==
        R"({"result":{"_id":"c","name":"Ann","unknown":false,"channels":[],"preRegistration":true},"success":true})");

  for (const char* path : {update_path, conflicts_path}) {
    Call call("8", Method::post, path);
    CHECK(text(call.rendered({.code = Code::no_such_contact})) ==
          R"({"success":false,"error":"error-contact-not-found"})");
    CHECK(text(call.rendered({.code = Code::no_such_agent})) ==
          R"({"success":false,"error":"error-contact-manager-not-found"})");
    CHECK(text(call.rendered({.code = Code::no_contact_conflicts})) ==
          R"({"success":false,"error":"error-contact-has-no-conflicts"})");
  }
}

TEST_CASE("a contact is deleted, unless it is unknown or in a room") {
  Call call("8", Method::post, delete_path);
  call.body(R"({"contactId":"c"})");
  const auto deletion = call.decoded<DeleteContacts>();
  CHECK(deletion.contacts.at(0).text == "c");
  CHECK(deletion.must_exist);
  CHECK(text(call.answered(DeletedContacts{1})) == R"({"success":true})");
  CHECK(text(call.rendered({.code = Code::no_such_contact})) ==
        R"({"success":false,"error":"error-contact-not-found"})");
  CHECK(text(call.rendered({.code = Code::contact_has_open_chat})) ==
        R"({"success":false,"error":"error-contact-has-open-rooms"})");
}

TEST_CASE("contacts.get shows one contact; an unknown one is 404") {
  Call call("8", Method::get, get_path, "contactId=c");
  CHECK(call.decoded<GetContact>().contact.id.text == "c");
  const http::Reply& unknown = call.rendered({.code = Code::no_such_contact});
  CHECK(unknown.status == 404);
  CHECK(text(unknown) == R"({"success":false,"error":"Resource not found"})");
  check_refused(Call("8", Method::get, get_path), invalid("must have required property 'contactId'"));
  check_refused(Call("8", Method::get, get_path, "contactId=%20"),
                invalid(R"(must pass \"isNotEmpty\" keyword validation)"));
  check_refused(Call("8", Method::get, get_path, "contactId=c&x=1"), invalid("must NOT have additional properties"));
}

TEST_CASE(
    "contacts.search finds part of a name, address or number, and known contacts unless unknown ones are asked for") {
  CHECK(found("") == "ae 50 2");
  CHECK(found("unknown=true") == "b 50 1");
  CHECK(found("unknown=false&count=1") == "a 1 2");
  CHECK(found("searchText=LEE") == "a 50 1");
  CHECK(found("searchText=other.ex") == "e 50 1");
  CHECK(found("searchText=0100") == "a 50 1");
  CHECK(found("searchText=bob") == " 50 0");
  CHECK(found("sort=%7B%22name%22%3A-1%7D") == "ea 50 2");
  check_refused(Call("8", Method::get, search_path, "unknown=perhaps"), invalid("must be boolean"));
  Contact managed = contact("a", "Ann");
  managed.manager.text = "bob";
  const Value answer = parse(text(Call("8", Method::get, search_path).answered(Page<Contact>{{managed}})));
  CHECK(print(*answer.find("contacts")->children[0].find("contactManager")) ==
        R"({"_id":"bob","name":"bob","username":"bob"})");
}

TEST_CASE("contacts.checkExistence takes exactly one way to name a contact") {
  const auto asked = [](const char* query) {
    return Call("8", Method::get, existence_path, query).decoded<GetContact>();
  };
  CHECK(asked("contactId=c").contact.id.text == "c");
  CHECK(asked("email=a%40b.example").contact.email == "a@b.example");
  CHECK(asked("phone=%2B1").contact.phone == "+1");
  Call call("8", Method::get, existence_path, "contactId=c");
  CHECK(text(call.answered(Ref<Contact>(contact("c", "Ann")))) == R"({"exists":true,"success":true})");
  CHECK(text(call.rendered({.code = Code::no_such_contact})) == R"({"exists":false,"success":true})");
  check_refused(Call("8", Method::get, existence_path),
                invalid(R"(must have required property 'contactId'\n must have required property 'email'\n )"
                        R"(must have required property 'phone'\n must match exactly one schema in oneOf)"));
  check_refused(Call("8", Method::get, existence_path, "email=a&phone=1"),
                invalid(R"(must have required property 'contactId'\n must NOT have additional properties\n )"
                        R"(must NOT have additional properties\n must match exactly one schema in oneOf)"));
}

TEST_CASE("contacts.history lists closed rooms, the latest first") {
  Call call("8", Method::get, history_path, "contactId=c&count=10&source=widget");
  const auto list = call.decoded<ListChats>();
  CHECK(list.filter.contact.text == "c");
  CHECK(list.filter.state == ChatFilter::State::ended);
  CHECK(list.query.asked.api.empty());
  Chat chat;
  chat.id.text = "r";
  chat.source = "widget";
  chat.state = ChatState::ended;
  chat.queued_at = chat.begin_at = Time::at(1'704'164'645'678);
  chat.end_at = Time::at(1'704'164'645'679);
  Chat other = chat;
  other.source = "api";
  const Value answer = parse(text(call.answered(Page<Chat>{{other, chat}})));
  REQUIRE(answer.find("history")->children.size() == 1);
  const Value& room = answer.find("history")->children[0];
  CHECK(room.find("_id")->text == "r");
  CHECK(room.find("closedAt")->text == "2024-01-02T03:04:05.679Z");
  CHECK(room.find("t") == nullptr);
  CHECK(room.find("queuedAt") == nullptr);
  CHECK(answer.find("total")->text == "1");
  CHECK(text(call.rendered({.code = Code::no_such_contact})) ==
        R"({"success":false,"error":"error-contact-not-found"})");
  check_refused(Call("8", Method::get, history_path, "contactId="),
                invalid(R"(must pass \"isNotEmpty\" keyword validation)"));
}

// --- the older calls, whose contacts are visitors ---------------------------------------------------------------------

TEST_CASE("an older contact is a visitor that an agent notes") {
  Call call("8", Method::post, old_path);
  call.body(R"({"token":"t","name":"Ann","email":"","phone":"1","customFields":{"plan":"gold"},)"
            R"("contactManager":{"username":"bob"},"_id":"v"})");
  const auto save = call.decoded<RegisterVisitor>();
  CHECK(save.by_agent);
  CHECK(save.token == "t");
  CHECK(save.id.empty());
  CHECK(save.email == Text());
  CHECK(save.phone == Text("1"));
  CHECK(save.fields.at(0).overwrite);
  CHECK(save.manager == "bob");
  CHECK(save.extensions.at(0).json == R"({"username":"bob"})");
  CHECK(text(call.answered(Ref<Visitor>(visitor("v", "t")))) == R"({"contact":"v","success":true})");
  CHECK(text(call.rendered({.code = Code::no_such_agent})) ==
        R"({"success":false,"error":"No user found with this username [error-contact-manager-not-found]",)"
        R"("errorType":"error-contact-manager-not-found"})");
  check_refusals(
      "8", old_path,
      {{"no token", R"({"name":"a"})", R"({"success":false,"error":"Match error: Missing key 'token'"})"},
       {"no name", R"({"token":"t"})", R"({"success":false,"error":"Match error: Missing key 'name'"})"},
       {"blank token", R"({"token":" ","name":"a"})",
        R"({"success":false,"error":"Invalid visitor token [error-invalid-contact-data]","errorType":"error-invalid-contact-data"})"},
       {"unknown", R"({"token":"t","name":"a","x":1})",
        R"({"success":false,"error":"Match error: Unknown key in field x"})"}});
}

TEST_CASE("an older contact is shown without the visitor's token") {
  Call call("8", Method::get, old_path, "contactId=v");
  CHECK(call.decoded<GetVisitor>().visitor.text == "v");
  CHECK(text(call.answered(Ref<Visitor>(visitor("v", "secret")))) == R"({"contact":{"_id":"v"},"success":true})");
  CHECK(text(call.rendered({.code = Code::no_such_visitor})) == R"({"contact":null,"success":true})");
  check_refused(Call("8", Method::get, old_path),
                R"({"success":false,"error":"Match error: Missing key 'contactId'"})");
}

TEST_CASE("an older contact is found by its only address and number") {
  Visitor ann = visitor("a", "secret");
  ann.emails = {"a@shop.example"};
  ann.phones = {"1"};
  Visitor two = ann;
  two.id.text = "two";
  two.emails.push_back("b@shop.example");
  ann.attributes = {attribute("plan", "gold")};
  const Outcome all = Page<Visitor>{{two, ann}};
  const auto id = [&all](const char* query) {
    const Value answer = parse(text(Call("8", Method::get, old_search_path, query).answered(all)));
    const Value* found = answer.find("contact")->find("_id");
    return found == nullptr ? String("null") : found->text;
  };
  CHECK(id("email=a%40shop.example") == "a");
  CHECK(id("email=a%40shop.example&phone=1") == "a");
  CHECK(id("phone=1") == "two");
  CHECK(id("phone=2") == "null");
  CHECK(id("custom=%7B%22plan%22%3A%22gold%22%7D") == "a");
  CHECK(id("email=a%40shop.example&custom=%7B%22plan%22%3A%22lead%22%7D") == "null");
  for (const char* query : {"", "custom=%7B%7D", "email="}) {
    check_refused(Call("8", Method::get, old_search_path, query),
                  R"({"success":false,"error":"[error-invalid-params]","errorType":"error-invalid-params"})");
  }
  check_refused(
      Call("8", Method::get, old_search_path, "custom=x"),
      R"({"success":false,"error":"[error-invalid-params-custom]","errorType":"error-invalid-params-custom"})");
}

TEST_CASE("0.70 knows no contacts") {
  for (const contract::Endpoint& one : facade(route("0.70"))->endpoints()) {
    CHECK(one.pattern != get_path);
    CHECK(one.pattern != create_path);
    CHECK(one.pattern != old_path);
  }
}

}  // namespace parley::test::rocketchat
