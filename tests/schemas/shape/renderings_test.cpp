// A record that is written often: each time the same JSON and losses, written by its table twice at most.
#include "schemas/shape/renderings.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "schemas/canonical/agent.hpp"
#include "schemas/ref.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace shape = parley::shape;
using parley::Buffer;
using parley::String;
using shape::Need;

namespace test {

int written = 0;

/// Counts how often a table writes it.
struct CountedName : shape::TextCodec {
  static void write(std::string_view name, shape::Writer& writer) {
    ++written;
    writer.string(name);
  }
};
inline constexpr auto counted = shape::shape<parley::Agent, "test.counted">(
    shape::row<&parley::Agent::name, CountedName>("label", Need::always, "Name."),
    shape::dropped<&parley::Agent::id, &parley::Agent::username, &parley::Agent::status, &parley::Agent::ongoing_chats,
                   &parley::Agent::first_name, &parley::Agent::last_name, &parley::Agent::emails, &parley::Agent::phone,
                   &parley::Agent::title, &parley::Agent::bio, &parley::Agent::time_zone, &parley::Agent::most_chats,
                   &parley::Agent::departments, &parley::Agent::administrator, &parley::Agent::disabled,
                   &parley::Agent::created_at>("not here"));
inline constexpr auto other = shape::shape<parley::Agent, "test.other">(
    shape::row<&parley::Agent::id>("id", Need::always, "Id."),
    shape::dropped<&parley::Agent::name, &parley::Agent::username, &parley::Agent::status,
                   &parley::Agent::ongoing_chats, &parley::Agent::first_name, &parley::Agent::last_name,
                   &parley::Agent::emails, &parley::Agent::phone, &parley::Agent::title, &parley::Agent::bio,
                   &parley::Agent::time_zone, &parley::Agent::most_chats, &parley::Agent::departments,
                   &parley::Agent::administrator, &parley::Agent::disabled, &parley::Agent::created_at>("not here"));

}  // namespace test

namespace {

parley::Agent some_agent() {
  parley::Agent agent;
  agent.id.text = "a";
  agent.name = "Ann";
  agent.status = "Online";
  return agent;
}

String names(const shape::Losses& losses) {
  String all;
  for (const shape::Loss& loss : losses) all.append(loss.member.view()).append(" ");
  return all;
}

}  // namespace

TEST_CASE("renderings: each call gives the same JSON and losses, and the third no longer writes the record") {
  const parley::Agent agent = some_agent();
  shape::Renderings renderings;
  test::written = 0;
  Buffer out;
  shape::Writer writer(out);
  for (int round = 1; round <= 4; ++round) {
    CAPTURE(round);
    shape::Losses losses;
    out.clear();
    renderings.write(shape::view<test::counted>, &agent, writer, &losses, nullptr);
    CHECK(out.view() == R"({"label":"Ann"},)");
    CHECK(names(losses) == "agent.id agent.status ");
    CHECK(test::written == std::min(round, 2));
    losses.clear();
    out.clear();
    renderings.write(shape::view<test::other>, &agent, writer, &losses, nullptr);
    CHECK(out.view() == R"({"id":"a"},)");
    CHECK(names(losses) == "agent.name agent.status ");
  }
  out.clear();
  renderings.write(shape::view<test::counted>, &agent, writer, nullptr, nullptr);
  CHECK(out.view() == R"({"label":"Ann"},)");
}

TEST_CASE("renderings: what did not fit a bounded buffer is not kept") {
  parley::Agent agent = some_agent();
  agent.name = String(1000, 'n');
  shape::Renderings renderings;
  for (int round = 0; round < 3; ++round) {
    Buffer small;
    small.bound(100);
    shape::Writer writer(small);
    renderings.write(shape::view<test::counted>, &agent, writer, nullptr, nullptr);
    CHECK(small.overflowed());
  }
  Buffer out;
  shape::Writer writer(out);
  renderings.write(shape::view<test::counted>, &agent, writer, nullptr, nullptr);
  CHECK(out.view() == "{\"label\":\"" + String(1000, 'n') + "\"},");
}

TEST_CASE("renderings: what a check says of the JSON is remembered") {
  static int checks = 0;
  const auto has_ann = [](std::string_view json) noexcept {
    ++checks;
    return json.find("Ann") != std::string_view::npos;
  };
  const parley::Agent agent = some_agent();
  shape::Renderings renderings;
  Buffer out;
  shape::Writer writer(out);
  for (int round = 0; round < 4; ++round)
    CHECK(renderings.write(shape::view<test::counted>, &agent, writer, nullptr, has_ann));
  CHECK(checks == 2);
}

TEST_CASE("distinct losses: those of shared records are added once, in the order in which they were found") {
  shape::Losses losses{{"agent.status", "known before"}};
  shape::DistinctLosses distinct(losses);
  parley::Agent agent = some_agent();
  agent.extensions.push_back({"vendor.agent", "team", "1"});
  const parley::Ref<parley::Agent> shared(agent);
  Buffer out;
  shape::Writer writer(out);
  distinct.write(shared, shape::view<test::other>, writer, false);
  CHECK(losses.size() == 1);
  for (int round = 0; round < 3;
       ++round) {  // the second call keeps the losses of the view, the third uses what is kept
    distinct.write(shared, shape::view<test::counted>, writer, true);
    distinct.write(shared, shape::view<test::other>, writer, true);
    CHECK(names(losses) == "agent.status agent.id vendor.agent.team agent.name ");
  }
  CHECK(String(losses[2].reason) == "only vendor.agent has it");
}

TEST_CASE("distinct losses: constants are told apart by address and length, made labels by their text") {
  static constexpr char text[] = "agent.name.first";
  shape::Losses losses;
  shape::DistinctLosses distinct(losses);
  for (int round = 0; round < 2; ++round) {
    distinct.add({shape::Label::constant(std::string_view(text, 10)), ""});
    distinct.add({shape::Label::constant(text), ""});
    for (int at = 0; at < 1000; ++at) distinct.add({"made " + std::to_string(at), ""});
    distinct.add({String("agent.name"), ""});  // the same text elsewhere
  }
  REQUIRE(losses.size() == 1002);
  CHECK(losses[0].member == "agent.name");
  CHECK(losses[1].member == "agent.name.first");
  CHECK(losses[1001].member == "made 999");
  // A label may have the address of an older one that is gone.
  for (const char byte : {'a', 'a', 'b'}) distinct.add({String(200, byte), ""});
  CHECK(losses.size() == 1004);
}
