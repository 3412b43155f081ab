// The calls about contacts and their identities: which requests they accept, what they ask, what they show.
#include "tests/adapters/comm100/call.hpp"
#include "tests/support/operations.hpp"

namespace parley::test::comm100 {
namespace {

using http::Method;

constexpr const char* all_path = "/v4/contact/contacts";
constexpr const char* one_path = "/v4/contact/contacts/:id";
constexpr const char* query_path = "/v4/contact/contacts:query";
constexpr const char* merge_path = "/v4/contact/contacts/:id:merge";
constexpr const char* identities_path = "/v4/contact/contactIdentities";
constexpr const char* identity_path = "/v4/contact/contactIdentities/:id";
constexpr const char* identities_query_path = "/v4/contact/contactIdentities:query";
constexpr const char* identify_path = "/v4/contact/contactIdentities:identify";
constexpr const char* guid = "8f14e45f-ceea-467f-a9d2-7b1c0e5a3d21";
constexpr const char* other_guid = "9a25f560-dffb-4780-bae3-8c2d1f6b4e32";
constexpr const char* visitor_guid = "3d59f909-24cd-43bc-89cb-00a320617c0a";

Call post(const char* path, const char* body) { return Call(Method::post, path, {}, nullptr, body); }

Contact ann() {
  Contact made;
  made.id.text = guid;
  made.name = "Ann Lee";
  made.created_at = Time::at(1'704'164'645'678);
  for (const auto& [kind, value, id] :
       {std::tuple{IdentityKind::email, "ann@shop.example", "1d3e5f70-8192-4a3b-8c4d-5e6f70819203"},
        std::tuple{IdentityKind::visitor, visitor_guid, "2e4f6081-92a3-4b4c-9d5e-6f7081920314"}}) {
    Identity& one = made.identities.emplace_back();
    one.id.text = id;
    one.contact = made.id;
    one.kind = kind;
    one.value = value;
  }
  return made;
}

constexpr const char* email_of_ann =
    R"({"id":"1d3e5f70-8192-4a3b-8c4d-5e6f70819203","contactId":"8f14e45f-ceea-467f-a9d2-7b1c0e5a3d21",)"
    R"("contactIdentityType":"Email","value":"ann@shop.example","displayName":"","avatarUrl":"","infoUrl":"",)"
    R"("originalContactPageUrl":"","isDeleted":false})";

String names(const Value& answer, const char* list = "contacts") {
  String all;
  for (const Value& one : answer.find(list)->children)
    all += one.find(list == String("contacts") ? "name" : "value")->text + ' ';
  return all + answer.find("total")->text;
}

/// The names in the answer of a list over Ann, Bob and Eve.
Outcome people() {
  Contact bob;
  bob.id.text = other_guid;
  bob.name = "Bob";
  bob.first_name = "Robert";
  bob.created_at = Time::at(1'704'164'645'700);
  bob.fields = {{.name = "company", .value = "Shop"}};
  Contact eve = bob;
  eve.name = "Eve";
  eve.first_name = {};
  eve.fields.clear();
  eve.identities = ann().identities;
  eve.identities[0].value = "eve@other.example";
  eve.identities[0].name = "Evelyn";
  return Page<Contact>{{ann(), bob, eve}};
}
/// The names in the answer of a store that has them.
String named(Call call) { return names(call.document(test::answer(Operation(call.asked<ListContacts>()), people()))); }
String found(const char* body) { return named(post(query_path, body)); }

}  // namespace

TEST_CASE("a contact is shown with its identities") {
  Call call(Method::get, one_path);
  call.id(guid);
  CHECK(call.asked<GetContact>().contact.id.text == guid);
  const Value shown = call.document(Ref<Contact>(ann()));
  CHECK(keys_of(shown) == List<String>{"id", "name", "firstName", "lastName", "createTime", "lastUpdatedTime",
                                       "mergeToContactId", "contactIdentities", "customFields"});
  CHECK(print(shown.find("contactIdentities")->children[0]) == email_of_ann);
  CHECK(shown.find("contactIdentities")->children[1].find("value")->text == visitor_guid);
  CHECK(shown.find("mergeToContactId")->text == "00000000-0000-0000-0000-000000000000");
  CHECK(shown.find("customFields")->children.empty());
  CHECK(Call(Method::get, one_path).id("10023").refusal().code == Code::invalid_field);
}

TEST_CASE("a contact is added and replaced with all of its identities") {
  const char* body =
      R"({"name":"Ann","firstName":"A","contactIdentities":[{"id":"1d3e5f70-8192-4a3b-8c4d-5e6f70819203",)"
      R"("contactIdentityType":"email","value":"a@shop.example","displayName":"Ann"},)"
      R"({"contactIdentityType":"VISITOR","value":"3D59F909-24CD-43BC-89CB-00A320617C0A"}],"customFields":{"company":"Shop","size":3},"x":1})";
  const PutContact added = post(all_path, body).asked<PutContact>();
  CHECK(added.create);
  CHECK(added.unique);
  CHECK(added.name == Text("Ann"));
  CHECK(added.first_name == Text("A"));
  CHECK_FALSE(added.last_name.has_value());
  REQUIRE(added.identities->size() == 2);
  CHECK(added.identities->at(0).kind == IdentityKind::email);
  CHECK(added.identities->at(0).id.text == "1d3e5f70-8192-4a3b-8c4d-5e6f70819203");
  CHECK(added.identities->at(0).name == "Ann");
  CHECK(added.identities->at(1).kind == IdentityKind::visitor);
  CHECK(added.identities->at(1).value == visitor_guid);
  REQUIRE(added.fields.size() == 2);
  CHECK(added.fields[1].literal);
  CHECK(post(all_path, body).answer(Ref<Contact>(ann())).status == 201);

  Call put(Method::put, one_path, {}, guid, R"({"name":"Ann","contactIdentities":[]})");
  const PutContact replaced = put.asked<PutContact>();
  CHECK_FALSE(replaced.create);
  CHECK(replaced.contact.text == guid);
  CHECK(replaced.identities->empty());
  CHECK(put.answer(Ref<Contact>(ann())).status == 200);
}

TEST_CASE("bodies of contacts that lack something, or have it wrong, are refused") {
  const auto refusal = [](const char* body) {
    const Error error = post(all_path, body).refusal();
    return std::pair(error.code, error.message);
  };
  const auto required = [](const char* name) {
    return std::pair(Code::missing_field, String("Parameter '") + name + "' is required.");
  };
  CHECK(refusal(R"({"contactIdentities":[]})") == required("name"));
  CHECK(refusal(R"({"name":" ","contactIdentities":[]})") == required("name"));
  CHECK(refusal(R"({"name":"a"})") == required("contactIdentities"));
  CHECK(refusal(R"({"name":"a","contactIdentities":[{"value":"x"}]})") == required("contactIdentityType"));
  CHECK(refusal(R"({"name":"a","contactIdentities":[{"contactIdentityType":"Email"}]})") == required("value"));
  CHECK(refusal(R"({"name":"a","contactIdentities":[{"contactIdentityType":"Email","value":" "}]})") ==
        required("value"));
  for (const char* wrong :
       {R"({"name":"a","contactIdentities":[{"contactIdentityType":"Fax","value":"x"}]})",
        R"({"name":"a","contactIdentities":[{"id":"x","contactIdentityType":"Email","value":"x"}]})",
        R"({"name":"a","contactIdentities":{}})", R"({"name":"a","contactIdentities":[1]})",
        R"({"name":1,"contactIdentities":[]})", R"({"name":"a","contactIdentities":[],"customFields":[]})", "[]",
        "1"}) {
    CAPTURE(wrong);
    CHECK(post(all_path, wrong).refusal().code == Code::invalid_field);
  }
  CHECK(Call(Method::put, one_path, {}, guid,
             R"({"id":"9a25f560-dffb-4780-bae3-8c2d1f6b4e32","name":"a","contactIdentities":[]})")
            .refusal()
            .code == Code::invalid_field);
}

TEST_CASE("contacts are removed one by one, or as a list") {
  Call one(Method::del, one_path);
  one.id(guid);
  CHECK(one.asked<DeleteContacts>().must_exist);
  CHECK(one.answer(DeletedContacts{1}).status == 204);
  Call several(Method::del, all_path);
  several.body(R"(["8F14E45F-CEEA-467F-A9D2-7B1C0E5A3D21",{"id":"9a25f560-dffb-4780-bae3-8c2d1f6b4e32"}])");
  const DeleteContacts deletion = several.asked<DeleteContacts>();
  REQUIRE(deletion.contacts.size() == 2);
  CHECK(deletion.contacts[0].text == guid);
  CHECK(deletion.contacts[1].text == other_guid);
  CHECK_FALSE(deletion.must_exist);
  String many = "[0";
  for (int i = 1; i < 100'000; ++i) many += ",0";
  for (const String& wrong :
       {String("{}"), String("[1]"), String(R"(["x"])"), String("[{}]"), String("[null]"), many + "]"}) {
    const Code code = Call(Method::del, all_path).body(wrong.c_str()).refusal().code;
    CHECK((code == Code::invalid_field || code == Code::missing_field));
  }
  CHECK(Call(Method::del, all_path).body("[]").asked<DeleteContacts>().contacts.empty());
}

TEST_CASE("two contacts are merged into that of the path") {
  const String path = String(guid) + ":Merge";
  Call call(Method::post, merge_path, {}, path.c_str(), R"({"contactId":"9a25f560-dffb-4780-bae3-8c2d1f6b4e32"})");
  const MergeContacts merge = call.asked<MergeContacts>();
  CHECK(merge.contact.text == guid);
  CHECK(merge.other.text == other_guid);
  CHECK(call.answer(Ref<Contact>(ann())).status == 200);
  const auto refusal = [](const char* segment, const char* body) {
    return Call(Method::post, merge_path, {}, segment, body).refusal().code;
  };
  CHECK(refusal(guid, "{}") == Code::no_such_endpoint);
  CHECK(refusal("x", "{}") == Code::no_such_endpoint);
  CHECK(refusal("x:merge", R"({"contactId":"9a25f560-dffb-4780-bae3-8c2d1f6b4e32"})") == Code::invalid_field);
  CHECK(refusal(path.c_str(), R"({"contactId":"x"})") == Code::invalid_field);
  CHECK(refusal(path.c_str(), "{}") == Code::missing_field);
}

TEST_CASE("the list of contacts has filters, pages and an order") {
  const auto listed = [](const char* query) { return named(Call(Method::get, all_path, query)); };
  CHECK(listed("") == "Ann Lee Bob Eve 3");
  CHECK(listed("contactKeywords=ROBERT") == "Bob 1");
  CHECK(listed("contactKeywords=other.example") == "Eve 1");
  CHECK(listed("contactIdentityValueSearch=example") == "Ann Lee Eve 2");
  CHECK(listed("contactIdentityName=velyn") == "Eve 1");
  CHECK(listed("sortBy=name&sortOrder=desc&pageSize=1") == "Eve 3");
  CHECK(listed("sortOrder=desc").starts_with("Bob"));
  const auto filter = [](const char* query) { return Call(Method::get, all_path, query).asked<ListContacts>().filter; };
  CHECK(filter("contactIdentityType=sms&contactIdentityValue=%2B1").kind == IdentityKind::phone);
  CHECK(filter("contactIdentityValue=%2B1").value == "+1");
  CHECK(Call(Method::get, all_path, "contactIdentityType=fax").refusal().code == Code::invalid_field);
  CHECK(Call(Method::get, all_path, "sortBy=contactIdentities").refusal().code == Code::invalid_field);
}

TEST_CASE("contacts are queried by conditions") {
  CHECK(found("{}") == "Ann Lee Bob Eve 3");
  CHECK(found(R"({"pageIndex":2,"pageSize":2})") == "Eve 3");
  const auto with = [](const char* field, const char* op, const char* value) {
    return found((String(R"({"filterConditions":[{"fieldName":")") + field + R"(","operator":")" + op +
                  R"(","value":")" + value + R"(","order":1}]})")
                     .c_str());
  };
  CHECK(with("Name", "contains", "ann") == "Ann Lee 1");
  CHECK(with("name", "Does Not Contain", "ann") == "Bob Eve 2");
  CHECK(with("name", "Is", "Bob") == "Bob 1");
  CHECK(with("name", "Is Not", "Bob") == "Ann Lee Eve 2");
  CHECK(with("company", "Is", "Shop") == "Bob 1");
  CHECK(with("createTime", "Before", "2024-01-02T03:04:05.700Z") == "Ann Lee 1");
  CHECK(with("createTime", "After", "2024-01-02T03:04:05.678Z") == "Bob Eve 2");
  const ContactFilter filter =
      post(query_path, R"({"filterConditions":[{"fieldName":"Email","operator":"Is","value":"a"}]})")
          .asked<ListContacts>()
          .filter;
  CHECK(filter.kind == IdentityKind::email);
  CHECK(filter.value == "a");
  for (const char* wrong :
       {R"({"filterConditions":[{"fieldName":"name","operator":"Is More Than","value":"1"}]})",
        R"({"filterConditions":[{"fieldName":"name","operator":"Before","value":"2024-01-02T03:04:05Z"}]})",
        R"({"filterConditions":[{"fieldName":"createTime","operator":"Before","value":"soon"}]})",
        R"({"filterConditions":[{"fieldName":"Email","operator":"Contains","value":"a"}]})",
        R"({"filterConditions":{}})", R"({"pageIndex":0})", R"({"pageSize":"x"})"}) {
    CAPTURE(wrong);
    CHECK(post(query_path, wrong).refusal().code == Code::invalid_field);
  }
  String many = R"({"filterConditions":[{"fieldName":"name","operator":"Is","value":"a"})";
  for (int i = 0; i < 20; ++i) many += R"(,{"fieldName":"name","operator":"Is","value":"a"})";
  CHECK(post(query_path, (many + "]}").c_str()).refusal().code == Code::invalid_field);
}

TEST_CASE("an identity is shown, added, changed and removed") {
  const char* id = "1d3e5f70-8192-4a3b-8c4d-5e6f70819203";
  Call get(Method::get, identity_path);
  get.id(id);
  CHECK(get.asked<GetContact>().contact.identity.text == id);
  CHECK(get.answer(Ref<Contact>(ann())).body.view() == email_of_ann);

  Call add = post(
      identities_path,
      R"({"contactId":"8f14e45f-ceea-467f-a9d2-7b1c0e5a3d21","contactIdentityType":"Visitor","value":"3D59F909-24CD-43BC-89CB-00A320617C0A"})");
  const PutIdentity added = add.asked<PutIdentity>();
  CHECK(added.create);
  CHECK(added.contact.text == guid);
  CHECK(added.kind == IdentityKind::visitor);
  CHECK(added.value == Text(visitor_guid));
  CHECK(add.answer(Ref<Contact>(ann())).status == 201);
  CHECK(add.document(Ref<Contact>(ann())).find("value")->text == visitor_guid);

  Call put(Method::put, identity_path, {}, id, R"({"displayName":"Ann"})");
  const PutIdentity changed = put.asked<PutIdentity>();
  CHECK(changed.identity.text == id);
  CHECK_FALSE(changed.create);
  CHECK_FALSE(changed.kind.has_value());
  CHECK(changed.name == Text("Ann"));
  CHECK(put.answer(Ref<Contact>(ann())).body.view() == email_of_ann);

  Call removal(Method::del, identity_path);
  removal.id(id);
  CHECK(removal.asked<DeleteIdentity>().identity.text == id);
  CHECK(removal.answer(Ref<Contact>(ann())).status == 204);

  for (const char* lacking :
       {R"({"contactIdentityType":"Email","value":"x"})",
        R"({"contactId":"8f14e45f-ceea-467f-a9d2-7b1c0e5a3d21","value":"x"})",
        R"({"contactId":"8f14e45f-ceea-467f-a9d2-7b1c0e5a3d21","contactIdentityType":"Email"})"}) {
    CHECK(post(identities_path, lacking).refusal().code == Code::missing_field);
  }
  CHECK(post(identities_path, R"({"contactId":"x","contactIdentityType":"Email","value":"x"})").refusal().code ==
        Code::invalid_field);
  CHECK(post(identities_path,
             R"({"contactId":"8f14e45f-ceea-467f-a9d2-7b1c0e5a3d21","contactIdentityType":"x","value":"x"})")
            .refusal()
            .code == Code::invalid_field);
  CHECK(Call(Method::put, identity_path, {}, id, R"({"value":""})").refusal().code == Code::missing_field);
}

TEST_CASE("identities are found by value and type, or by ids") {
  Call query = post(identities_query_path, R"({"value":"ANN@shop.example","identityType":"email"})");
  const ContactFilter asked = query.asked<ListContacts>().filter;
  CHECK(asked.kind == IdentityKind::email);
  CHECK(asked.value == "ANN@shop.example");
  const Outcome both = Page<Contact>{{ann()}};
  CHECK(names(query.document(both), "contactIdentities") == "ann@shop.example 1");
  Call by_ids =
      post(identities_query_path, R"({"ids":["2e4f6081-92a3-4b4c-9d5e-6f7081920314"],"value":"x","identityType":"y"})");
  CHECK(by_ids.asked<ListContacts>().filter.value.empty());
  CHECK(names(by_ids.document(both), "contactIdentities") == String(visitor_guid) + " 1");

  Call identify(Method::get, identify_path, "value=3D59F909-24CD-43BC-89CB-00A320617C0A&identityType=Visitor");
  CHECK(identify.asked<ListContacts>().filter.value == visitor_guid);
  CHECK(names(identify.document(both), "contactIdentities") == String(visitor_guid) + " 1");
  CHECK(names(identify.document(Page<Contact>{}), "contactIdentities") == "0");
  CHECK(Call(Method::get, identify_path, "value=&identityType=Email").refusal().code == Code::missing_field);
  CHECK(Call(Method::get, identify_path, "value=a&identityType=Fax").refusal().code == Code::invalid_field);
  CHECK(post(identities_query_path, "{}").refusal().code == Code::missing_field);
  CHECK(post(identities_query_path, R"({"value":"a","identityType":"Fax"})").refusal().code == Code::invalid_field);
  CHECK(post(identities_query_path, R"({"ids":["x"]})").refusal().code == Code::invalid_field);
}

}  // namespace parley::test::comm100
