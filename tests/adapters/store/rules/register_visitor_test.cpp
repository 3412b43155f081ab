// Which visitor a registration looks for, and what it changes.
#include "adapters/store/rules/register_visitor.hpp"

#include "tests/adapters/store/decisions.hpp"

using namespace parley;
using namespace parley::store;
using namespace parley::store::test;

namespace {

using Kind = VisitorHandle::Kind;

RegisterVisitor full(IdentityRule identity = IdentityRule::token_phone_email) {
  RegisterVisitor operation = registration("t");
  operation.phone = "555";
  operation.email = "ann@x.example";
  operation.identity = identity;
  return operation;
}

/// The handles of the first question, in their order.
List<Kind> asked(const RegisterVisitor& operation) {
  Gathered gathered;
  gather(operation, gathered);
  List<Kind> kinds;
  gathered.each_answer([&kinds](const auto& key, const auto*) {
    if constexpr (std::is_same_v<decltype(key), const VisitorKey&>) {
      for (const VisitorHandle& handle : key.handles()) kinds.push_back(handle.kind);
    }
  });
  return kinds;
}

}  // namespace

TEST_CASE("a registration looks by the given token, phone and e-mail, by its vendor's rule") {
  struct Case {
    const char* name;
    RegisterVisitor operation;
    List<Kind> kinds;
  };
  RegisterVisitor empty = full();
  empty.phone = empty.email = "";
  RegisterVisitor no_token = full();
  no_token.token.clear();
  for (const Case& one : std::initializer_list<Case>{
           {"all", full(), {Kind::token, Kind::id_without_token, Kind::phone, Kind::email}},
           {"0.70", full(IdentityRule::token_email), {Kind::token, Kind::id_without_token, Kind::email}},
           {"empty phone and e-mail", empty, {Kind::token, Kind::id_without_token}},
           {"no token", no_token, {Kind::phone, Kind::email}}}) {
    CAPTURE(one.name);
    CHECK((asked(one.operation) == one.kinds));
  }
}

TEST_CASE("the records for a new visitor are asked for only if the visitor is new") {
  RegisterVisitor operation = full();
  operation.id.text = "id";
  Gathered gathered;
  gather(operation, gathered);
  gathered.ask([](const auto&, auto&) {});
  const RegisterVisitorRecords nobody = gather(operation, gathered);
  CHECK(nobody.known == nullptr);
  CHECK(gathered.wants());

  Gathered recognised;
  gather(operation, recognised);
  recognised.ask([](const auto& key, auto& place) {
    if constexpr (std::is_same_v<decltype(key), const VisitorKey&>) place = found(visitor_named("ann"));
  });
  CHECK(gather(operation, recognised).known->value.id.text == "ann");
  CHECK_FALSE(recognised.wants());
}

TEST_CASE("guest numbers begin with two and continue above the highest so far") {
  struct Case {
    const char* name;
    const char* username;
    std::int64_t guests;
    const char* named;
    std::optional<std::int64_t> counter;  // what it is set to
  };
  for (const Case& one :
       std::initializer_list<Case>{{"the first", "", 0, "guest-2", 2},
                                   {"the next", "", 7, "guest-8", 8},
                                   {"a name of its own", "ann", 7, "ann", std::nullopt},
                                   {"a number that is chosen", "guest-20", 7, "guest-20", 20},
                                   {"one that is used up", "guest-5", 7, "guest-5", std::nullopt},
                                   {"too many digits", "guest-1000000000", 7, "guest-1000000000", {}},
                                   {"nine digits", "guest-999999999", 7, "guest-999999999", 999999999},
                                   {"no number", "guest-5x", 1, "guest-5x", std::nullopt},
                                   {"a negative one", "guest--5", 1, "guest--5", std::nullopt}}) {
    CAPTURE(one.name);
    RegisterVisitor operation = registration("t");
    operation.username = one.username;
    const Decision decision = made(decide(operation, {.guests = &one.guests}, fixed()));
    CHECK(std::get<Ref<Visitor>>(decision.outcome)->username == one.named);
    const auto* set = change_of<SetCounter>(decision);
    CHECK((set != nullptr) == one.counter.has_value());
    if (set != nullptr) CHECK(set->value == *one.counter);
  }
}

TEST_CASE("a new visitor has its vendor's kind of id, the time and the address") {
  RegisterVisitor operation = full();
  operation.ip = "::1";
  const Decision decision = made(decide(operation, {}, fixed()));
  const auto* put = change_of<Put<Visitor>>(decision);
  REQUIRE(put != nullptr);
  CHECK(put->before == nullptr);
  CHECK(put->after.get() == std::get<Ref<Visitor>>(decision.outcome).get());
  const Visitor& visitor = *put->after;
  CHECK(visitor.id.text == "object");
  CHECK(visitor.created_at == now);
  CHECK(visitor.updated_at == now);
  CHECK(visitor.ip == "::1");
  CHECK(visitor.status == VisitorStatus::in_site);
  const Decision old = made(decide(full(IdentityRule::token_email), {}, fixed()));
  CHECK(std::get<Ref<Visitor>>(old.outcome)->id.text == "rocket");
  operation.id.text = "own";
  CHECK(std::get<Ref<Visitor>>(made(decide(operation, {}, fixed())).outcome)->id.text == "own");
}

TEST_CASE("a known visitor gets the given values, and the token only if found by e-mail") {
  struct Case {
    const char* name;
    Kind handle;
    const char* token;  // of the registration
    const char* kept;   // after it
  };
  for (const Case& one : {Case{"token", Kind::token, "old", "old"}, Case{"phone", Kind::phone, "new", "old"},
                          Case{"e-mail", Kind::email, "new", "new"}, Case{"e-mail alone", Kind::email, "", "old"}}) {
    CAPTURE(one.name);
    Visitor before = visitor_named("ann", "old");
    before.name = "Ann";
    before.created_at = Time::at(1);
    before.username = "guest-3";
    const FoundVisitor known = found(before, one.handle);
    RegisterVisitor operation = full();
    operation.token = one.token;
    operation.name = "";
    operation.username = "other";
    operation.ip = "10.0.0.1";
    const Decision decision = made(decide(operation, {.known = &known}, fixed()));
    REQUIRE(decision.changes.size() == 1);
    const auto* put = change_of<Put<Visitor>>(decision);
    CHECK(put->before == &known);
    CHECK(put->after->token == one.kept);
    CHECK(put->after->name == "Ann");
    CHECK(put->after->phones == List<Text>{"555"});
    CHECK(put->after->username == "guest-3");
    CHECK(put->after->ip.empty());
    CHECK(put->after->created_at == Time::at(1));
    CHECK(put->after->updated_at == now);
  }
}

TEST_CASE("a refused registration changes nothing") {
  const FoundVisitor other = found(visitor_named("own"));
  RegisterVisitor operation = full();
  operation.id.text = "own";
  const auto taken = decide(operation, {.same_id = &other}, fixed());
  REQUIRE(taken.has_error());
  CHECK(taken.error().code == Code::invalid_field);
  CHECK(taken.error().field == "id");
  for (int at = 0; at <= 1000; ++at) operation.fields.push_back({"field " + std::to_string(at), "v", true});
  const auto many = decide(operation, {}, fixed());
  REQUIRE(many.has_error());
  CHECK(many.error().field == "attributes");
}
