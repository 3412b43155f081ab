// The engines with a small vendor table: unusual documents stay the same, rows and keys, strict faults, losses.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace shape = parley::shape;
using parley::Buffer;
using parley::String;
using parley::Visitor;
using shape::Need;

namespace test {
inline constexpr auto agent = shape::shape<parley::Agent, "test.agent">(
    shape::row<&parley::Agent::id>("_id", Need::required, "Id."),
    shape::row<&parley::Agent::name>("label", Need::always, "Name."),
    shape::row<&parley::Agent::ongoing_chats>("n", Need::optional, "Count."),
    shape::elsewhere<&parley::Agent::username>("in another table"),
    shape::dropped<&parley::Agent::status>("the vendor has no status"),
    shape::dropped<&parley::Agent::first_name, &parley::Agent::last_name, &parley::Agent::emails, &parley::Agent::phone,
                   &parley::Agent::title, &parley::Agent::bio, &parley::Agent::time_zone, &parley::Agent::most_chats,
                   &parley::Agent::departments, &parley::Agent::administrator, &parley::Agent::disabled,
                   &parley::Agent::created_at>("the vendor says no more"));
}  // namespace test

namespace {

const shape::View& view = shape::view<test::agent>;

parley::Agent read(std::string_view json, shape::Reading& reading) {
  shape::Document document;
  REQUIRE(document.parse_json(json).has_value());
  parley::Agent agent;
  shape::read_object(view, document.root(), &agent, reading);
  return agent;
}
parley::Agent read(std::string_view json) {
  shape::Reading reading;
  return read(json, reading);
}
String write(const shape::View& table, const void* object) {
  Buffer out;
  shape::Writer writer(out);
  shape::write_object(table, object, writer);
  writer.finish();
  return String(out.view());
}

}  // namespace

TEST_CASE("view: it has the names, rows and drops of its table") {
  CHECK(view.name == "test.agent");
  CHECK(view.record == "agent");
  REQUIRE(view.rows.size() == 3);
  CHECK(view.rows[1].quoted == "\"label\":");
  CHECK(view.rows[1].members == "name");
  REQUIRE(view.drops.size() == 13);
  CHECK(view.drops[0].member == "status");
  REQUIRE(view.elsewhere.size() == 1);
  CHECK(view.elsewhere[0].member == "username");
  CHECK(view.find("n") == 2);
  CHECK(view.find("n", 2) == 2);
  CHECK(view.find("label", 7) == 1);
  CHECK(view.find("nn") == -1);
}

TEST_CASE("view: every key of the largest table is found, and no other") {
  const shape::View& table = shape::canonical_view<Visitor>;
  CHECK(table.rows.size() == 41);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    CHECK(table.find(table.rows[i].key) == static_cast<int>(i));
    CHECK(table.find(String(table.rows[i].key) + "x") == -1);
  }
  CHECK(table.find("") == -1);
}

TEST_CASE("a document read and written in one shape is the same document") {
  for (const char* json : {
           R"({"_id":"a","label":"b","n":3})",
           R"({"_id":"a","label":""})",
           R"({"_id":"a"})",                                       // an absent row stays absent
           R"({"label":"b","_id":"a"})",                           // order
           R"({"n":3,"x":1.0,"label":"b","_id":"a","y":[1, 2]})",  // unknown members in their places
           R"({"_id":"a","label":"b","n":3.0})",                   // a number in another spelling
           R"({"_id":"a","label":"b","n":"three"})",               // does not fit
           R"({"_id":7,"label":null,"n":1e300})",
           R"({"zz":{"a":{"b":[]}},"_id":"a","n":-0,"label":"b"})",
           R"({})",
       }) {
    CAPTURE(json);
    const parley::Agent agent = read(json);
    CHECK(write(view, &agent) == json);
    const parley::Agent copy = agent;
    CHECK(write(view, &copy) == json);
  }
}

TEST_CASE("a document's spelling is kept only while the value is unchanged") {
  parley::Agent agent = read(R"({"n":3.0,"_id":"a","x":1})");
  agent.ongoing_chats = 4;
  CHECK(write(view, &agent) == R"({"n":4,"_id":"a","x":1})");
  agent.name = "new";
  CHECK(write(view, &agent) == R"({"n":4,"_id":"a","x":1,"label":"new"})");
}

TEST_CASE("a new value replaces one that did not fit") {
  parley::Agent agent = read(R"({"_id":"a","label":"b","n":"three"})");
  agent.ongoing_chats = 4;
  CHECK(write(view, &agent) == R"({"_id":"a","label":"b","n":4})");
}

TEST_CASE("unknown members and values that do not fit survive the canonical form, in our order") {
  const parley::Agent agent = read(R"({"x":1.50,"label":"b","n":"three","_id":"a","y":{}})");
  const String canonical = write(shape::canonical_view<parley::Agent>, &agent);
  CHECK(canonical == R"({"id":"a","name":"b","extensions":{"test.agent":{"x":1.50,"n":"three","y":{}}}})");

  shape::Document document;
  REQUIRE(document.parse_json(canonical).has_value());
  parley::Agent stored;
  shape::Reading reading;
  shape::read_object(shape::canonical_view<parley::Agent>, document.root(), &stored, reading);
  CHECK(stored == agent);
  CHECK(write(shape::canonical_view<parley::Agent>, &stored) == canonical);
  CHECK(write(view, &stored) == R"({"_id":"a","label":"b","n":"three","x":1.50,"y":{}})");
}

TEST_CASE("strict reading reports every fault with its path") {
  shape::Reading reading(true);
  read(R"({"label":5,"n":"x","z":1})", reading);
  REQUIRE(reading.faults().size() == 4);
  CHECK(reading.faults()[0].path == "label");
  CHECK(reading.faults()[0].expected == "a string");
  CHECK(reading.faults()[0].got == "a number");
  CHECK(reading.faults()[1].path == "n");
  CHECK(reading.faults()[2].path == "z");
  CHECK(reading.faults()[2].unknown);
  CHECK(reading.faults()[3].path == "_id");
  CHECK(reading.faults()[3].missing);
}

TEST_CASE("losses: dropped members, and extensions of other shapes") {
  parley::Agent agent;
  agent.id = {"a"};
  agent.username = "u";
  agent.name = "b";
  agent.status = "Online";
  agent.ongoing_chats = 1;
  agent.extensions.push_back({"comm100.agent", "team", "1"});
  agent.extensions.push_back({"test.agent", "own", "1"});
  shape::Losses losses;
  shape::find_losses(view, &agent, losses);
  REQUIRE(losses.size() == 2);
  CHECK(losses[0].member == "agent.status");
  CHECK(losses[0].reason == "the vendor has no status");
  CHECK(losses[1].member == "comm100.agent.team");

  losses.clear();
  agent.status.clear();
  agent.extensions.clear();
  shape::find_losses(view, &agent, losses);
  CHECK(losses.empty());
}

TEST_CASE("a document with very many unknown members is written in the time of its length") {
  parley::String document = "{\"odd\":0";
  for (int i = 0; i < 200'000; ++i) document += ",\"member" + std::to_string(i) + "\":1";
  document += ",\"label\":\"b\",\"last\":2}";
  parley::Agent agent = read(document);
  // A search from the begin for each of them took 2.8 s for 40,000, and four times as long for twice as many.
  const auto begin = std::chrono::steady_clock::now();
  CHECK(write(view, &agent) == document);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));

  // Whatever somebody does to the extensions, each member has its own value.
  std::reverse(agent.extensions.begin(), agent.extensions.end());
  agent.extensions.resize(3);
  CHECK(write(view, &agent) == R"({"member199998":1,"member199999":1,"label":"b","last":2})");
}

TEST_CASE("losses of a list: each member once, also with very many members") {
  parley::Agent agent;
  agent.id = {"a"};
  agent.name = "b";
  agent.status = "Online";
  agent.ongoing_chats = 1;
  shape::Losses losses = {{"agent.id", "told before"}};
  shape::DistinctLosses list(losses);
  list.add({"agent.id", "again"});
  list.find(view, &agent);
  list.find(view, &agent);
  REQUIRE(losses.size() == 2);
  CHECK(losses[0].reason == "told before");
  CHECK(losses[1].member == "agent.status");

  // A linear search for each of them took a minute.
  constexpr std::size_t many = 100'000;
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < many; ++i) {
    agent.extensions = {{"comm100.agent", "member" + std::to_string(i), "1"}};
    list.find(view, &agent);
  }
  CHECK(losses.size() == 2 + many);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}
