// Which visitor a registration finds, and what it changes (vendors' rules: Rocket.Chat 8 and 0.70).
#include "tests/adapters/store/world.hpp"

using namespace parley;
using namespace parley::store::test;

namespace {

RegisterVisitor full(std::string_view token, IdentityRule rule, const char* phone, const char* email) {
  RegisterVisitor operation = registration(token);
  operation.identity = rule;
  if (phone != nullptr) operation.phone = phone;
  if (email != nullptr) operation.email = email;
  return operation;
}

constexpr auto by_all = IdentityRule::token_phone_email;
constexpr auto by_two = IdentityRule::token_email;

contract::Records one(const Visitor& visitor) {
  contract::Records records;
  records.visitors.push_back(visitor);
  return records;
}

}  // namespace

EVERY_STORE("identity: token, then phone, then e-mail") {
  struct Case {
    const char* name;
    IdentityRule rule;
    const char* token;
    const char* phone;
    const char* email;
    bool same;               // as the visitor registered with t1, 555, ann@x.example
    const char* answers_to;  // token of the result
  };
  const Case cases[] = {
      {"same token", by_all, "t1", nullptr, nullptr, true, "t1"},
      {"token goes before another's phone", by_all, "t1", "666", nullptr, true, "t1"},
      {"phone: the visitor keeps its token", by_all, "t2", "555", nullptr, true, "t1"},
      {"phone goes before e-mail", by_all, "t2", "555", "bob@x.example", true, "t1"},
      {"e-mail: the visitor takes the new token", by_all, "t2", nullptr, "ann@x.example", true, "t2"},
      {"e-mail in another case", by_all, "t2", nullptr, "ANN@x.EXAMPLE", true, "t2"},
      {"nothing fits", by_all, "t2", "777", "carl@x.example", false, "t2"},
      {"empty phone and e-mail fit nobody", by_all, "t2", "", "", false, "t2"},
      {"0.70: phone does not count", by_two, "t2", "555", nullptr, false, "t2"},
      {"0.70: e-mail, case ignored", by_two, "t2", nullptr, "Ann@X.example", true, "t2"},
      {"0.70: token", by_two, "t1", nullptr, nullptr, true, "t1"},
  };
  for (const Case& test : cases) {
    CAPTURE(test.name);
    World world(kind);
    world->visitor(full("other", by_all, "666", "bob@x.example"));
    const Visitor ann = world->visitor(full("t1", by_all, "555", "ann@x.example"));
    const Visitor found = world->visitor(full(test.token, test.rule, test.phone, test.email));
    CHECK((found.id == ann.id) == test.same);
    CHECK(found.token == test.answers_to);
    CHECK(world->visitor(by_token(test.answers_to)) == found);
    CHECK(world->visitor(by_id(found.id.text)) == found);
    if (found.token != "t1" && test.same) CHECK(world->refused(by_token("t1")) == Code::no_such_visitor);
    if (test.same) {
      CHECK(found.username == ann.username);
      CHECK(found.created_at == ann.created_at);
      CHECK(found.ip == ann.ip);
    }
  }
}

EVERY_STORE("a new visitor") {
  World world(kind);
  RegisterVisitor operation = full("tok", by_all, "55 51 5555-5555", "visitor@pimenta.chat");
  operation.name = "Livechat Visitor";
  operation.department = "sales";
  operation.ip = "::1";
  operation.user_agent = "UA";
  operation.host = "shop.example";
  operation.fields = {{"address", "street", true}};
  const Time before = Time::now();
  const Visitor visitor = world->visitor(operation);
  CHECK(ids::kind_of(visitor.id.text) == ids::Kind::object24);
  CHECK(visitor.username == "guest-2");
  CHECK(visitor.name == "Livechat Visitor");
  CHECK(visitor.token == "tok");
  CHECK(visitor.phones == List<Text>{"55 51 5555-5555"});
  CHECK(visitor.emails == List<Text>{"visitor@pimenta.chat"});
  CHECK(visitor.department.text == "sales");
  REQUIRE(visitor.attributes.size() == 1);
  CHECK(visitor.attributes[0] == Attribute{"address", "street", "", AttributeKind::field, false});
  CHECK(visitor.status == VisitorStatus::in_site);
  CHECK(visitor.presence == Presence::online);
  CHECK(visitor.channel == "web");
  CHECK(visitor.visits == 1);
  CHECK(visitor.ip == "::1");
  CHECK(visitor.user_agent == "UA");
  CHECK(visitor.host == "shop.example");
  CHECK(visitor.created_at >= before);
  CHECK(visitor.created_at == visitor.visit_at);
  CHECK(visitor.created_at == visitor.first_visit_at);
  CHECK(visitor.created_at == visitor.updated_at);

  // Address, agent and host belong to the first registration; the other values are replaced.
  operation.ip = "10.0.0.1";
  operation.user_agent = "other";
  operation.host = "other.example";
  operation.name = "Ann";
  operation.email = "ann@x.example";
  operation.phone = "1";
  const Visitor again = world->visitor(operation);
  CHECK(again.id == visitor.id);
  CHECK(again.ip == "::1");
  CHECK(again.user_agent == "UA");
  CHECK(again.host == "shop.example");
  CHECK(again.name == "Ann");
  CHECK(again.emails == List<Text>{"ann@x.example"});
  CHECK(again.phones == List<Text>{"1"});
  // The old phone and e-mail no longer find it.
  CHECK(world->visitor(full("x", by_all, "55 51 5555-5555", nullptr)).id != visitor.id);
  CHECK(world->visitor(full("y", by_all, nullptr, "visitor@pimenta.chat")).id != visitor.id);

  // Values that are absent or empty stay.
  RegisterVisitor bare = registration("tok");
  bare.name = "";
  bare.email = "";
  const Visitor third = world->visitor(bare);
  CHECK(third.name == "Ann");
  CHECK(third.emails == again.emails);
  CHECK(third.phones == again.phones);
  CHECK(third.department == visitor.department);
}

EVERY_STORE("a new visitor's id and username") {
  World world(kind);
  RegisterVisitor old = registration("a");
  old.identity = by_two;
  CHECK(ids::kind_of(world->visitor(old).id.text) == ids::Kind::random17);
  RegisterVisitor chosen = registration("b");
  chosen.id.text = "free text";
  chosen.username = "ann";
  const Visitor ann = world->visitor(chosen);
  CHECK(ann.id.text == "free text");
  CHECK(ann.username == "ann");
  CHECK(world->visitor(registration("c")).username == "guest-3");  // ann used up no number

  chosen.token = "another";
  CHECK(world->refused(chosen) == Code::invalid_field);  // the id is ann's
  CHECK(world->refused(by_token("another")) == Code::no_such_visitor);
  chosen.token = "b";
  chosen.username = "ben";
  CHECK(world->visitor(chosen).username == "ann");  // only set for a new visitor
}

EVERY_STORE("guest numbers continue above the highest so far") {
  World world(kind);
  Visitor seed;
  seed.id.text = "sGtcfEYz852uguxaS";
  seed.username = "guest-7";
  seed.token = "iNKE8a6k6cjbqWhWd";
  world.load(one(seed));
  CHECK(world->visitor(registration("a")).username == "guest-8");
  RegisterVisitor chosen = registration("b");
  chosen.username = "guest-20";
  world->visitor(chosen);
  CHECK(world->visitor(registration("c")).username == "guest-21");
  chosen.token = "d";
  for (const char* greedy :
       {"guest-9223372036854775807", "guest-99999999999999999999", "guest-", "guest-5x", "guest--5"}) {
    chosen.token = chosen.token + "d";
    chosen.username = greedy;
    world->visitor(chosen);
  }
  CHECK(world->visitor(registration("e")).username == "guest-22");
  world->restart();
  CHECK(world->visitor(registration("f")).username == "guest-23");
}

EVERY_STORE("custom fields overwrite, or fill only empty values") {
  World world(kind);
  RegisterVisitor operation = registration("t");
  operation.fields = {{"a", "1", false}, {"b", "", false}, {"c", "3", true}};
  world->visitor(operation);
  operation.fields = {{"a", "new", false}, {"b", "new", false}, {"c", "new", true}, {"d", "new", false}};
  const Visitor visitor = world->visitor(operation);
  REQUIRE(visitor.attributes.size() == 4);
  CHECK(visitor.attributes[0].value == "1");
  CHECK(visitor.attributes[1].value == "new");
  CHECK(visitor.attributes[2].value == "new");
  CHECK(visitor.attributes[3].name == "d");
}

EVERY_STORE("a visitor's attributes are limited, and a write beyond the limit changes nothing") {
  World world(kind);
  RegisterVisitor many = registration("t");
  for (int at = 0; at < 1000; ++at) many.fields.push_back({"field " + std::to_string(at), "v", true});
  const Visitor full_one = world->visitor(many);
  CHECK(full_one.attributes.size() == 1000);
  RegisterVisitor more = registration("t");
  more.name = "Ann";
  more.fields = {{"one more", "v", true}};
  CHECK(world->refused(more) == Code::invalid_field);
  SetVisitorVariables variables;
  variables.visitor = full_one.id;
  variables.variables.emplace_back().name = "one more";
  CHECK(world->refused(variables) == Code::invalid_field);
  CHECK(world->visitor(by_token("t")) == full_one);
  more.fields = {{"field 7", "other", true}};
  CHECK(world->visitor(more).name == "Ann");  // no more attributes than before
  more.fields = {{"field 7", String(1024 * 1024, 'x'), true}};
  CHECK(world->refused(more) == Code::invalid_field);
}

EVERY_STORE("variables are set by name, with case, apart from fields of the same name") {
  World world(kind);
  RegisterVisitor operation = registration("t");
  operation.fields = {{"plan", "gold", true}};
  const Visitor before = world->visitor(operation);
  SetVisitorVariables set;
  set.visitor = before.id;
  set.variables = {{"plan", "silver", "https://x.example", AttributeKind::variable, false},
                   {"Plan", "P", "", AttributeKind::field, false}};
  const Visitor after = world->visitor(set);
  REQUIRE(after.attributes.size() == 3);
  CHECK(after.attributes[0] == Attribute{"plan", "gold", "", AttributeKind::field, false});
  CHECK(after.attributes[1] == Attribute{"plan", "silver", "https://x.example", AttributeKind::variable, false});
  CHECK(after.attributes[2] == Attribute{"Plan", "P", "", AttributeKind::variable, false});
  CHECK(after.updated_at >= before.updated_at);

  set.variables = {{"plan", "", "", AttributeKind::variable, false}};
  CHECK(world->visitor(set).attributes[1] == Attribute{"plan", "", "", AttributeKind::variable, false});
  CHECK(world->visitor(by_id(before.id.text)).attributes.size() == 3);

  set.variables = {};
  const Visitor kept = world->visitor(by_token("t"));
  CHECK(world->visitor(set) == kept);  // nothing to do, so the time stays, too
  set.visitor.text = "nobody";
  CHECK(world->refused(set) == Code::no_such_visitor);
}

EVERY_STORE("custom fields are set by token, each with its own overwrite flag, apart from variables") {
  World world(kind);
  RegisterVisitor operation = registration("t");
  operation.fields = {{"plan", "gold", true}};
  world->visitor(operation);
  SetVisitorVariables set;
  set.token = "t";
  set.fields = {{"plan", "silver", false}, {"size", "4", false}};
  const Visitor after = world->visitor(set);
  REQUIRE(after.attributes.size() == 2);
  CHECK(after.attributes[0] == Attribute{"plan", "gold", "", AttributeKind::field, false});
  CHECK(after.attributes[1] == Attribute{"size", "4", "", AttributeKind::field, false});
  set.fields = {{"plan", "silver", true}};
  CHECK(world->visitor(set).attributes[0].value == "silver");
  set.token = "nobody's";
  CHECK(world->refused(set) == Code::no_such_visitor);
}

EVERY_STORE("a visitor without a token is found by its id as a token, one with a token is not") {
  World world(kind);
  Visitor bare;
  bare.id.text = "0f8fad5b-d9cb-469f-a165-70867728950e";
  bare.name = "From Comm100";
  world.load(one(bare));
  const Visitor owner = world->visitor(registration("secret"));

  CHECK(world->visitor(by_token(bare.id.text)).name == "From Comm100");
  CHECK(world->refused(by_token(owner.id.text)) == Code::no_such_visitor);
  RegisterVisitor operation = registration(bare.id.text);
  operation.name = "Renamed";
  const Visitor renamed = world->visitor(operation);
  CHECK(renamed.id == bare.id);
  CHECK(renamed.token.empty());
  CHECK(world->visitor(by_token(bare.id.text)).name == "Renamed");
  CHECK(world->get<OpenedChat>(opening(bare.id.text)).chat->visitor == bare.id);
  CHECK(world->get<RecordedPage>(page_of(bare.id.text, "https://x.example/")).stored);
  CHECK(world->visitor(by_id(bare.id.text)).page_views == 1);
}

EVERY_STORE("texts are unchanged byte for byte") {
  const String pieces[] = {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
                           "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
                           "\"\\/\b\n",
                           "\xE2\x80\xA8\xE2\x80\xA9",
                           "</script>",
                           String("nul\0in it", 9),
                           "\x7F\x01"};
  String name;
  while (name.size() < 10 * 1024) {
    for (const String& piece : pieces) name += piece;
  }
  World world(kind);
  RegisterVisitor operation = registration("tok\xE2\x80\xA8" + String("\0x", 2));
  operation.name = name;
  operation.email = pieces[1] + "@x.example";
  operation.fields = {{pieces[2], name, true}};
  world->visitor(operation);
  world->restart();
  const Visitor visitor = world->visitor(by_token(operation.token));
  CHECK(visitor.name == name);
  CHECK(visitor.token == operation.token);
  CHECK(visitor.emails.at(0) == *operation.email);
  CHECK(visitor.attributes.at(0).name == pieces[2]);
  CHECK(visitor.attributes.at(0).value == name);
  CHECK(world->refused(by_token("tok\xE2\x80\xA8")) == Code::no_such_visitor);
  CHECK(world->list<Visitor>(ListVisitors{}).at(0) == visitor);
}
