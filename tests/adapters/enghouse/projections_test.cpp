// A contact as a visitor and back.
#include "adapters/enghouse/projections.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "adapters/contract/projection.hpp"
#include "tests/adapters/enghouse/facade/facade.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/shapes.hpp"

using namespace parley;

namespace {

const contract::WireShape& wire() { return enghouse::adapter.shapes.front(); }

/// A random visitor as a backend may have it: a time of the latest chat only with a latest chat, no empty addresses.
Visitor random_visitor(test::Random& random) {
  const String json = test::print(test::random_record(shape::canonical_view<Visitor>, random));
  Visitor visitor = std::get<Visitor>(test::read_canonical(contract::RecordKind::visitor, json));
  if (visitor.last_chat.empty()) visitor.last_chat_at = {};
  const auto empty = [](const Text& text) { return text.empty(); };
  visitor.emails.erase(std::remove_if(visitor.emails.begin(), visitor.emails.end(), empty), visitor.emails.end());
  visitor.phones.erase(std::remove_if(visitor.phones.begin(), visitor.phones.end(), empty), visitor.phones.end());
  // Names with a meaning in callData.
  static constexpr std::array<std::string_view, 8> names = {
      "_NICK_",   "email", "phone_number", "city", "attribute.city", "attribute.x", "attribute.attribute.email",
      "__proto__"};
  for (const std::string_view name : names) {
    if (!random.chance(30)) continue;
    visitor.attributes.push_back(
        {.name = String(name), .value = "7", .url = {}, .kind = AttributeKind::variable, .literal = random.chance(50)});
  }
  return visitor;
}

String text_of(const shape::Row& row, const Visitor& visitor) {
  Buffer out;
  shape::Writer writer(out);
  row.write(&visitor, {}, true, writer);
  return String(out.view());
}

const contract::Projection& as_visitor() { return wire().projections[0]; }

}  // namespace

TEST_CASE("enghouse: the projection decides on every canonical field of a visitor") {
  const auto rows = shape::canonical_view<Visitor>.rows;
  REQUIRE(as_visitor().kind == contract::RecordKind::visitor);
  CHECK(as_visitor().fields.size() == rows.size());
  for (const shape::Row& row : rows) {
    CAPTURE(row.key);
    const auto same = [&row](const auto& field) { return field.member == row.key; };
    CHECK(std::count_if(as_visitor().fields.begin(), as_visitor().fields.end(), same) == 1);
  }
}

TEST_CASE("enghouse: a visitor made from its contact has every member that the projection carries") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    test::Random random(seed);
    const Visitor visitor = random_visitor(random);
    const Visitor back = enghouse::to_visitor(enghouse::to_chat(visitor));
    CAPTURE(seed);
    for (const shape::Row& row : shape::canonical_view<Visitor>.rows) {
      const auto field = std::find_if(as_visitor().fields.begin(), as_visitor().fields.end(),
                                      [&row](const auto& one) { return one.member == row.key; });
      CAPTURE(row.key);
      switch (field->fidelity) {
        case shape::Fidelity::exact:
        case shape::Fidelity::converted:
          REQUIRE(text_of(row, back) == text_of(row, visitor));
          break;
        case shape::Fidelity::dropped:
          REQUIRE(row.empty(&back));
          break;
        case shape::Fidelity::derived:
          break;
      }
    }
  }
}

TEST_CASE("enghouse: write_contact writes the contact of to_chat, and tells the losses of both steps") {
  const auto as_texts = [](const shape::Losses& losses) {
    List<String> texts;
    for (const shape::Loss& loss : losses) texts.push_back(String(loss.member) + ": " + String(loss.reason));
    std::sort(texts.begin(), texts.end());
    return texts;
  };
  std::size_t with_repeats = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    test::Random random(seed);
    Visitor visitor = random_visitor(random);
    if (seed % 5 == 0) visitor.emails = {Text(), Text("second@shop.example")};
    if (seed % 7 == 0) visitor.extensions.clear();
    if (seed % 3 == 0) {  // a field and a variable of the same name, which needs a prefix
      visitor.attributes.push_back({.name = "company", .value = "one", .url = {}});
      visitor.attributes.push_back(
          {.name = "company", .value = "2", .url = {}, .kind = AttributeKind::variable, .literal = true});
      ++with_repeats;
    }
    CAPTURE(seed);
    shape::Losses losses;
    Buffer written;
    shape::Writer writer(written);
    enghouse::write_contact(visitor, writer, &losses);
    writer.finish();

    const Chat chat = enghouse::to_chat(visitor);
    shape::Losses expected;
    contract::find_losses(as_visitor(), shape::canonical_view<Visitor>, &visitor, expected);
    shape::find_losses(*wire().view, &chat, expected);
    REQUIRE(String(written.view()) == test::write_wire(wire(), chat));
    REQUIRE(as_texts(losses) == as_texts(expected));
  }
  CHECK(with_repeats > 100);
}

TEST_CASE("enghouse: a visitor that passes the wire as a contact loses only what is reported") {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    test::Random random(seed);
    Visitor visitor = random_visitor(random);
    visitor.extensions.clear();
    const Chat chat = enghouse::to_chat(visitor);
    const Visitor back = enghouse::to_visitor(std::get<Chat>(test::read_wire(wire(), test::write_wire(wire(), chat))));
    shape::Losses losses;
    Buffer written;
    shape::Writer writer(written);
    enghouse::write_contact(visitor, writer, &losses);
    CAPTURE(seed);
    for (const shape::Row& row : shape::canonical_view<Visitor>.rows) {
      if (row.empty(&visitor) || text_of(row, back) == text_of(row, visitor)) continue;
      const String names[] = {"visitor." + String(row.key), "participant." + String(row.key),
                              row.key == "attributes" ? "chat.call_data"
                              : row.key == "status"   ? "chat.state"
                                                      : ""};
      CAPTURE(row.key);
      REQUIRE(std::any_of(losses.begin(), losses.end(), [&names](const shape::Loss& loss) {
        return std::find(std::begin(names), std::end(names), loss.member) != std::end(names);
      }));
    }
    // A second pass changes nothing.
    const String once = test::write_wire(wire(), enghouse::to_chat(back));
    const Visitor again = enghouse::to_visitor(std::get<Chat>(test::read_wire(wire(), once)));
    REQUIRE(test::difference(test::write_canonical(back), test::write_canonical(again)) == "");
  }
}

TEST_CASE("enghouse: the visitor of a contact is the participant who started it, else the first who is not an agent") {
  Chat chat;
  chat.participants.resize(3);
  chat.participants[0].id = "agent";
  chat.participants[0].is_agent = true;
  chat.participants[1].id = "friend";
  chat.participants[2].id = "starter";
  CHECK(enghouse::to_visitor(chat).id.text == "friend");
  chat.visitor.text = "starter";
  CHECK(enghouse::to_visitor(chat).id.text == "starter");
  chat.visitor.text = "gone";
  CHECK(enghouse::to_visitor(chat).id.text == "gone");
  CHECK(enghouse::to_visitor(Chat{}).id.empty());
}

TEST_CASE("enghouse: names and addresses come from the participant, else from callData, else from forms") {
  Chat chat;
  chat.visitor.text = "a";
  chat.participants.emplace_back().id = "a";
  DataCollection& form = chat.data_collections.emplace_back();
  for (const auto& [type, value] :
       {std::pair{"email", ""}, {"email", "form@x.example"}, {"phone", "2"}, {"nickname", "Form"}}) {
    FormField& field = form.fields.emplace_back();
    field.type = type;
    field.value = value;
  }
  CHECK(enghouse::to_visitor(chat).emails == List<Text>{"form@x.example"});
  CHECK(enghouse::to_visitor(chat).phones == List<Text>{"2"});
  chat.call_data = {{"_NICK_", "Call", ""}, {"email", "call@x.example", ""}, {"phone_number", "", ""}};
  CHECK(enghouse::to_visitor(chat).name == "Call");
  CHECK(enghouse::to_visitor(chat).emails == List<Text>{"call@x.example"});
  CHECK(enghouse::to_visitor(chat).phones == List<Text>{"2"});
  chat.participants[0].name = "Live";
  chat.participants[0].emails = {"one@x.example", "two@x.example"};
  CHECK(enghouse::to_visitor(chat).name == "Live");
  CHECK(enghouse::to_visitor(chat).emails.size() == 2);
  CHECK(enghouse::to_visitor(chat).attributes.empty());
}

TEST_CASE("enghouse: the visitor's status follows from the state of the chat") {
  Chat chat;
  CHECK(enghouse::to_visitor(chat).status == VisitorStatus::unknown);
  chat.state = ChatState::active;
  CHECK(enghouse::to_visitor(chat).status == VisitorStatus::waiting_for_chat);
  chat.participants.emplace_back().is_agent = true;
  CHECK(enghouse::to_visitor(chat).status == VisitorStatus::chatting);
  chat.participants[0].end_at = Time::at(1);
  CHECK(enghouse::to_visitor(chat).status == VisitorStatus::waiting_for_chat);
  chat.state = ChatState::ended;
  CHECK(enghouse::to_visitor(chat).status == VisitorStatus::chat_ended);
}

TEST_CASE("enghouse: the contact of a visitor who never chatted has the visitor's id") {
  Visitor visitor;
  visitor.id.text = "fef5015b-8102-457e-b69b-471a55487837";
  visitor.visit_at = Time::at(5);
  const Chat chat = enghouse::to_chat(visitor);
  CHECK(chat.id.text == visitor.id.text);
  CHECK(chat.begin_at == visitor.visit_at);
  CHECK(enghouse::to_visitor(chat).last_chat.empty());
  CHECK_FALSE(enghouse::to_visitor(chat).last_chat_at.known());
}

TEST_CASE("enghouse: agents of a contact") {
  Chat chat;
  chat.participants.resize(2);
  Participant& agent = chat.participants[1];
  agent.id = "USER_gverde1@acd.enghouse.com";
  agent.is_agent = true;
  agent.name = "Gabriele Verde";
  CHECK(enghouse::to_agents(chat).at(0).status == "Offline");
  agent.online = true;
  REQUIRE(enghouse::to_agents(chat).size() == 1);
  CHECK(enghouse::to_agents(chat)[0].id.text == agent.id);
  CHECK(enghouse::to_agents(chat)[0].name == "Gabriele Verde");
  CHECK(enghouse::to_agents(chat)[0].status == "Online");
  const bool one_way = wire().projections[1].from == nullptr;
  CHECK(one_way);
}

TEST_CASE("projections: exactly the members that do not come back are lost") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    test::Random random(seed);
    Visitor visitor = random_visitor(random);
    if (random.chance(20)) visitor.last_chat.text = visitor.id.text;
    if (random.chance(20)) visitor.last_chat_at = Time::at(7);
    const Visitor back = enghouse::to_visitor(enghouse::to_chat(visitor));
    shape::Losses losses;
    contract::find_losses(as_visitor(), shape::canonical_view<Visitor>, &visitor, losses);
    List<String> lost;
    for (const shape::Loss& loss : losses) lost.emplace_back(loss.member);
    List<String> differing;
    for (const shape::Row& row : shape::canonical_view<Visitor>.rows) {
      if (!row.empty(&visitor) && text_of(row, back) != text_of(row, visitor)) {
        differing.push_back("visitor." + String(row.key));
      }
    }
    CAPTURE(seed);
    REQUIRE(lost == differing);
  }
}

TEST_CASE("projections: a loss tells why") {
  Visitor visitor;
  visitor.token = "t";
  visitor.name = "n";
  visitor.status = VisitorStatus::in_site;
  shape::Losses losses;
  contract::find_losses(as_visitor(), shape::canonical_view<Visitor>, &visitor, losses);
  REQUIRE(losses.size() == 2);
  CHECK(losses[0].member == "visitor.token");
  CHECK(losses[0].reason == "Enghouse users have no secret handle.");
  CHECK(losses[1].member == "visitor.status");
  CHECK(losses[1].reason == "endTime, and whether an agent takes part");
}
