// The chain law: a gateway on the store serves vendor V. A second gateway calls it through V's connector and serves
// vendor W. W's client must see exactly V's answer, translated. Tested over generated worlds and real HTTP.
#include <doctest/doctest.h>

#include <cstdlib>

#include "gateway/translate/translate.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"
#include "tests/support/shapes.hpp"

namespace parley::test {
namespace {

using contract::RecordKind;

const bool all_three = built_with({"enghouse", "comm100", "rocketchat", "sqlite"});

template <class T>
T record_from(RecordKind kind, const Value& value) {
  return std::get<T>(read_canonical(kind, print(value)));
}

/// Sets a string member of a canonical document.
void set(Value& record, std::string_view key, std::string_view text) {
  record.erase(key);
  record.children.push_back(member(key, string(text)));
}

/// Visitors that differ from each other, agents, and open chats between them.
contract::Records random_world(Random& random) {
  contract::Records world;
  const std::size_t visitors = 2 + random.below(3);
  for (std::size_t i = 0; i < visitors; ++i) {
    const String number = std::to_string(i);
    Value visitor = random_record(canonical_view(RecordKind::visitor), random);
    set(visitor, "token", "token-" + number);
    set(visitor, "username", "guest-" + number);
    visitor.erase("emails");
    visitor.children.push_back(member("emails", array({string("visitor" + number + "@example.com")})));
    visitor.erase("phones");
    visitor.children.push_back(member("phones", array({string("+1555000" + number)})));
    world.visitors.push_back(record_from<Visitor>(RecordKind::visitor, visitor));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    Value agent = random_record(canonical_view(RecordKind::agent), random);
    set(agent, "username", "agent-" + std::to_string(i));
    world.agents.push_back(record_from<Agent>(RecordKind::agent, agent));
  }
  for (std::size_t i = 0; i + 1 < visitors; ++i) {  // the last visitor never chatted
    Value chat = random_record(canonical_view(RecordKind::chat), random);
    chat.erase("end_at");
    chat.erase("participants");
    set(chat, "state", "active");
    Chat made = record_from<Chat>(RecordKind::chat, chat);
    made.visitor.text = world.visitors[i].id.text;
    made.agent.text = world.agents[i % 2].id.text;
    Participant visitor;
    visitor.id = made.visitor.text;
    Participant agent;
    agent.id = made.agent.text;
    agent.is_agent = true;
    made.participants = {std::move(visitor), std::move(agent)};
    world.chats.push_back(std::move(made));
  }
  return world;
}

constexpr std::string_view own_routes = R"(
routes:
  - {facade: enghouse, backend: local, auth: none}
  - {facade: comm100, backend: local, auth: none, visitors: all}
  - {facade: rocketchat, backend: local, auth: none}
)";

/// A store, a gateway that serves all three vendors from it, and a second gateway that has these three as upstreams.
/// The second gateway serves the upstream of vendor V under the prefix /V, in all three styles.
class Chain {
 public:
  explicit Chain(const contract::Records& world) : store_(filled(world)), far_(behind(store_.port())) {}

  /// Asks the first gateway.
  [[nodiscard]] String direct(const String& target) const { return body(store_.ask("GET", target), target); }
  /// Asks the second gateway, through vendor V's connector.
  [[nodiscard]] String through(std::string_view vendor, const String& target) const {
    const String path = '/' + String(vendor) + target;
    return body(far_.ask("GET", path), path);
  }
  [[nodiscard]] const Running& far() const noexcept { return far_; }
  [[nodiscard]] const Running& store() const noexcept { return store_; }

 private:
  static String body(const Answer& answer, const String& target) {
    if (answer.status == 200) return answer.body;
    return R"({"status":)" + std::to_string(answer.status) + R"(,"target":")" + target + R"(","body":)" +
           print(string(answer.body)) + '}';
  }
  std::string filled(const contract::Records& world) {
    const std::string path = scratch_ / "parley.db";
    fill_store(path, world);
    return "server: {listen: [\"127.0.0.1:0\"], workers: 1}\nbackends: {local: {kind: sqlite, path: \"" + path +
           "\"}}" + std::string(own_routes);
  }
  static std::string behind(std::uint16_t port) {
    std::string yaml = "server: {listen: [\"127.0.0.1:0\"], workers: 2}\nbackends:\n";
    std::string routes = "routes:\n";
    for (const std::string vendor : {"enghouse", "comm100", "rocketchat"}) {
      yaml += "  " + vendor + ": {kind: " + vendor + ", url: \"http://127.0.0.1:" + std::to_string(port) +
              "\", auth: none, quota: {calls: 1000000, per: 1ms}}\n";
      for (const std::string style : {"enghouse", "comm100", "rocketchat"}) {
        routes += "  - {name: " + vendor + '-' + style + ", facade: " + style + ", prefix: /" + vendor +
                  ", backend: " + vendor + ", auth: none}\n";
      }
    }
    return yaml + routes;
  }

  Scratch scratch_;
  Running store_;
  Running far_;
};

/// A vendor's answer, translated by `translate` without a server.
String translated(std::string_view from, std::string_view to, const String& document) {
  const auto source = gateway::translate::find_shape(from);
  const auto target = gateway::translate::find_shape(to);
  if (!source || !target) throw std::runtime_error("no such shape");
  const auto made = gateway::translate::translate(**source, **target, document);
  if (!made) throw std::runtime_error(made.error().message + " in " + document.substr(0, 200));
  return String(made->text.view());
}

/// Runs `law` with `count` worlds, or with that of PARLEY_SEED.
template <class Law>
void with_worlds(std::uint64_t count, const Law& law) {
  const char* only = std::getenv("PARLEY_SEED");
  const std::uint64_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 1;
  for (std::uint64_t seed = first; seed < first + (only != nullptr ? 1 : count); ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const contract::Records world = random_world(random);
    law(world, Chain(world));
  }
}

/// The elements of a list answer, each as text.
List<String> elements(const String& body, std::string_view key = {}) {
  const Value document = parse(body);
  const Value* list = key.empty() ? &document : document.find(key);
  List<String> found;
  if (list != nullptr) {
    for (const Value& one : list->children) found.push_back(print(one));
  }
  return found;
}

}  // namespace

TEST_CASE("chain law: a vendor over itself gives the same answers" * doctest::skip(!all_three)) {
  with_worlds(6, [](const contract::Records& world, const Chain& chain) {
    const auto same = [&chain](std::string_view vendor, const String& target) {
      CAPTURE(target);
      CHECK(difference(chain.direct(target), chain.through(vendor, target)) == "");
    };
    same("comm100", "/v4/livechat/visitors");
    same("comm100", "/v4/livechat/agents");
    for (const String& visitor : elements(chain.direct("/v4/livechat/visitors"))) {
      same("comm100", "/v4/livechat/visitors/" + value_at(visitor, "/id"));
    }
    for (const String& agent : elements(chain.direct("/v4/livechat/agents"))) {
      same("comm100", "/v4/livechat/agents/" + value_at(agent, "/id"));
    }
    for (const Visitor& visitor : world.visitors) same("rocketchat", "/api/v1/livechat/visitor/" + visitor.token);
    same("rocketchat", "/api/v1/livechat/users/agent");
    same("enghouse", "/livechat/getActiveContactsID");
    const List<String> chats = elements(chain.direct("/livechat/getActiveContactsID"), "contacts");
    CHECK(chats.size() == world.chats.size());
    for (const String& id : chats) same("enghouse", "/livechat/getContactByChatID/" + parse(id).text);
  });
}

TEST_CASE("chain law: Comm100 upstream, other clients" * doctest::skip(!all_three)) {
  with_worlds(6, [](const contract::Records&, const Chain& chain) {
    for (const String& visitor : elements(chain.direct("/v4/livechat/visitors"))) {
      CAPTURE(visitor);
      const String contact = translated("comm100:visitor", "enghouse:contact", visitor);
      const String shown = chain.through("comm100", "/livechat/getContactByChatID/" + value_at(contact, "/id"));
      CHECK(difference(R"({"result":true,"contact":)" + contact + R"(,"error":null})", shown) == "");

      const String guest = translated("comm100:visitor", "rocketchat:visitor", visitor);
      const String found = chain.through("comm100", "/api/v1/livechat/visitor/" + value_at(guest, "/_id"));
      CHECK(difference(R"({"visitor":)" + guest + R"(,"success":true})", found) == "");
    }
    for (const String& agent : elements(chain.direct("/v4/livechat/agents"))) {
      CAPTURE(agent);
      const String user = translated("comm100:agent", "rocketchat:user", agent);
      const String found = chain.through("comm100", "/api/v1/livechat/users/agent/" + value_at(user, "/_id"));
      CHECK(difference(R"({"user":)" + user + R"(,"success":true})", found) == "");
    }
  });
}

TEST_CASE("chain law: Rocket.Chat upstream, Comm100 clients" * doctest::skip(!all_three)) {
  with_worlds(6, [](const contract::Records& world, const Chain& chain) {
    for (const Visitor& visitor : world.visitors) {
      const String found = chain.direct("/api/v1/livechat/visitor/" + visitor.token);
      CAPTURE(found);
      const String expected = translated("rocketchat:visitor", "comm100:visitor", found);
      CHECK(difference(expected, chain.through("rocketchat", "/v4/livechat/visitors/" + value_at(expected, "/id"))) ==
            "");
    }
    for (const String& user : elements(chain.direct("/api/v1/livechat/users/agent"), "users")) {
      CAPTURE(user);
      const String expected = translated("rocketchat:user", "comm100:agent", user);
      CHECK(difference(expected, chain.through("rocketchat", "/v4/livechat/agents/" + value_at(expected, "/id"))) ==
            "");
    }
    CHECK(elements(chain.through("rocketchat", "/v4/livechat/visitors")).size() == world.visitors.size());
    CHECK(elements(chain.through("rocketchat", "/v4/livechat/agents")).size() == world.agents.size());
  });
}

TEST_CASE("chain law: Enghouse upstream, other clients" * doctest::skip(!all_three)) {
  with_worlds(6, [](const contract::Records& world, const Chain& chain) {
    for (const String& id : elements(chain.direct("/livechat/getActiveContactsID"), "contacts")) {
      const String contact = chain.direct("/livechat/getContactByChatID/" + parse(id).text);
      CAPTURE(contact);
      const String visitor = translated("enghouse:contact", "comm100:visitor", contact);
      CHECK(difference(visitor, chain.through("enghouse", "/v4/livechat/visitors/" + value_at(visitor, "/id"))) == "");
      const String guest = translated("enghouse:contact", "rocketchat:visitor", contact);
      const String found = chain.through("enghouse", "/api/v1/livechat/visitor/" + value_at(guest, "/visitor/_id"));
      CAPTURE(guest);
      CAPTURE(found);
      CHECK(difference(guest, found) == "");
    }
    CHECK(elements(chain.through("enghouse", "/v4/livechat/visitors")).size() == world.chats.size());
  });
}

TEST_CASE("chain law: Rocket.Chat upstream, an Enghouse page" * doctest::skip(!all_three)) {
  // The chat is put together from a room, its visitor and its agent. It must show all that the three documents have.
  with_worlds(6, [](const contract::Records& world, const Chain& chain) {
    for (const Chat& chat : world.chats) {
      CAPTURE(chat.id.text);
      const auto token_of = [&](const Visitor& visitor) { return visitor.id.text == chat.visitor.text; };
      const auto visitor = std::find_if(world.visitors.begin(), world.visitors.end(), token_of);
      const String guest = chain.direct("/api/v1/livechat/visitor/" + visitor->token);
      const String native = chain.direct("/livechat/getActiveContactsID");
      String id;
      for (const String& one : elements(native, "contacts")) {
        const String contact = chain.direct("/livechat/getContactByChatID/" + parse(one).text);
        if (value_at(contact, "/contact/callData/email") == value_at(guest, "/visitor/visitorEmails/0/address"))
          id = parse(one).text;
      }
      REQUIRE(!id.empty());
      const String there = chain.direct("/livechat/getContactByChatID/" + id);
      const String here = chain.through("rocketchat", "/livechat/getContactByChatID/" + id);
      CAPTURE(here);
      const std::string user = value_at(there, "/contact/userID");
      for (const std::string& path :
           {std::string("/result"), std::string("/contact/id"), std::string("/contact/userID"),
            std::string("/contact/agentID"), std::string("/contact/beginTime"), std::string("/contact/endTime"),
            std::string("/contact/callData/_NICK_"), std::string("/contact/callData/email"),
            std::string("/contact/callData/phone_number"), "/contact/users/" + user + "/nickname",
            "/contact/users/" + user + "/isAgent",
            "/contact/users/" + value_at(there, "/contact/agentID") + "/isAgent"}) {
        CAPTURE(path);
        CHECK(value_at(here, path) == value_at(there, path));
      }
    }
  });
}

}  // namespace parley::test
