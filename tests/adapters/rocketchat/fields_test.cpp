// Reads and writes Rocket.Chat's documents by the tables: they are written back unchanged, odd ones too, and losses are reported.
#include <doctest/doctest.h>

#include <algorithm>

#include "adapters/rocketchat/fields.hpp"
#include "schemas/shape/node.hpp"
#include "tests/adapters/rocketchat/support.hpp"
#include "tests/support/mutate.hpp"

namespace parley::test::rocketchat {
namespace {

template <class T>
T read(const shape::View& view, std::string_view json) {
  shape::Document document;
  if (const Result<void> parsed = document.parse_json(json); !parsed) throw std::runtime_error(parsed.error().message);
  T made;
  shape::Reading reading;
  shape::read_object(view, document.root(), &made, reading);
  return made;
}

template <class T>
String write(const shape::View& view, const T& record) {
  Buffer out;
  shape::Writer writer(out);
  shape::write_object(view, &record, writer);
  writer.finish();
  return String(out.view());
}

template <class T>
bool loses(const shape::View& view, const T& record, std::string_view member) {
  shape::Losses losses;
  shape::find_losses(view, &record, losses);
  return std::any_of(losses.begin(), losses.end(), [member](const shape::Loss& loss) { return loss.member == member; });
}

const shape::View& visitor_today = shape::view<parley::rocketchat::visitor>;
const shape::View& visitor_0_70 = shape::view<parley::rocketchat::visitor_0_70>;
const shape::View& channel = shape::view<parley::rocketchat::channel>;
const shape::View& room = shape::view<parley::rocketchat::room>;
const shape::View& room_0_70 = shape::view<parley::rocketchat::room_0_70>;
const shape::View& agent = shape::view<parley::rocketchat::agent>;
const shape::View& department = shape::view<parley::rocketchat::department>;

// Documents as current servers write them, with members that the tables do not have.
constexpr const char* today_visitor =
    R"({"_id":"66f1a2b3c4d5e6f708192a3b","username":"guest-12","status":"online","ts":"2024-11-22T14:53:36.400Z",)"
    R"("token":"5c1f0e9d8b7a6f5e","_updatedAt":"2024-11-22T14:53:36.500Z","phone":null,)"
    R"("visitorEmails":[{"address":"a@example.com"},{"address":"b@example.com","verified":true}],)"
    R"("livechatData":{"timeZone":"UTC","address":"street","company":"ACME","age":41.50,"language":""},)"
    R"("lastChat":{"_id":"sdfgjhgfdfeG","ts":"2024-11-22T14:53:36.500Z","more":[1]},)"
    R"("activity":["2024-11"],"contactManager":{"username":"ann"},"disabled":false})";
constexpr const char* today_room =
    R"({"_id":"vp3D9H8ud6HYvRpvq","msgs":2,"usersCount":1,"lm":"2024-11-22T14:53:36.500Z","fname":"Ada","t":"l",)"
    R"("ts":"2024-11-22T14:53:30.000Z","v":{"_id":"66f1a2b3c4d5e6f708192a3b","username":"guest-12","token":"5c1f",)"
    R"("status":"away","name":"Ada","activity":["2024-11"]},"cl":false,"open":true,"waitingResponse":true,)"
    R"("verified":false,"source":{"type":"app","id":"app-1","alias":"WhatsApp","destination":"example.com"},)"
    R"("queuedAt":"2024-11-22T14:53:30.000Z","livechatData":{"order":"A-7"},"departmentId":"66f1a2b3c4d5e6f708192a3c",)"
    R"("servedBy":{"_id":"rbAXPnMktTFbNpwtJ","username":"ann","ts":"2024-11-22T14:53:31.000Z"},)"
    R"("contactId":"673653b997f0fbcd657f0ebf","priorityWeight":99,"_updatedAt":"2024-11-22T14:53:36.500Z"})";
/// A room of which an agent noted something: topic, and a transcript by e-mail.
constexpr const char* noted_room =
    R"({"_id":"vp3D9H8ud6HYvRpvq","t":"l","msgs":2,"topic":"A parcel","transcriptRequest":)"
    R"({"requestedAt":"2024-11-22T14:53:36.500Z","requestedBy":{"_id":"a","username":"ann","name":"Ann","utcOffset":1},)"
    R"("email":"a@example.com","subject":"Your chat"},"tags":["late"]})";
constexpr const char* today_channel =
    R"({"name":"WhatsApp","visitor":{"visitorId":"66f1","source":{"type":"app","id":"app-1","label":"x"},"extra":1},)"
    R"("blocked":true,"verified":false,"details":{"id":"app-1","type":"app","label":"WhatsApp","destination":7},)"
    R"("lastChat":{"ts":"2024-11-22T14:53:36Z","_id":"r"}})";
constexpr const char* today_department =
    R"({"_id":"66f1a2b3c4d5e6f708192a3c","enabled":true,"name":"Sales","description":"","email":"sales@shop.example",)"
    R"("showOnRegistration":true,"showOnOfflineForm":false,"numAgents":3,"offlineMessageChannelName":"",)"
    R"("requestTagBeforeClosingChat":false,"chatClosingTags":["refund"],"departmentsAllowedToForward":[],)"
    R"("fallbackForwardDepartment":"","archived":false,"_updatedAt":"2024-11-22T14:53:36.500Z"})";
constexpr const char* today_agent =
    R"({"_id":"a","name":"Ann","username":"ann","emails":[{"address":"ann@shop.example","verified":true}],)"
    R"("phone":[{"phoneNumber":"0815"},{"phoneNumber":"0816"}],"status":"online","statusLivechat":"available",)"
    R"("livechat":{"maxNumberSimultaneousChat":5,"more":1},"livechatCount":3,"lastRoutingTime":"2024-11-22T14:53:36Z",)"
    R"("departments":["66f1a2b3c4d5e6f708192a3c"]})";

/// The JSON of an extension; empty = there is none.
String extension(const shape::Extensions& extensions, std::string_view shape, std::string_view key) {
  const shape::Extension* found = parley::rocketchat::find_extension(extensions, shape, key);
  return found == nullptr ? String() : found->json.str();
}

}  // namespace

TEST_CASE("rocketchat fields: the vendor's samples are written back unchanged") {
  for (const contract::Sample& sample : parley::rocketchat::adapter.samples()) {
    CAPTURE(sample.name);
    const Value answer = parse(sample.text);
    for (const contract::WireShape& shape : parley::rocketchat::adapter.shapes) {
      const Value* inner = answer.find(shape.envelope_key);
      if (inner == nullptr) continue;
      CAPTURE(shape.name);
      const auto check = [&shape](const Value& document) {
        const String json = print(document);
        if (shape.view->record == "visitor") CHECK(write(*shape.view, read<Visitor>(*shape.view, json)) == json);
        if (shape.view->record == "chat") CHECK(write(*shape.view, read<Chat>(*shape.view, json)) == json);
        if (shape.view->record == "agent") CHECK(write(*shape.view, read<Agent>(*shape.view, json)) == json);
        if (shape.view->record == "department") CHECK(write(*shape.view, read<Department>(*shape.view, json)) == json);
        if (shape.view->record == "channel") CHECK(write(*shape.view, read<Channel>(*shape.view, json)) == json);
        if (shape.view->record == "message") CHECK(write(*shape.view, read<Message>(*shape.view, json)) == json);
      };
      if (inner->kind == Kind::object) check(*inner);
      for (const Value& element : inner->children) {
        if (inner->kind == Kind::array) check(element);
      }
    }
  }
}

TEST_CASE("rocketchat fields: documents of current servers are written back unchanged, with unknown members") {
  CHECK(write(visitor_today, read<Visitor>(visitor_today, today_visitor)) == today_visitor);
  CHECK(write(visitor_0_70, read<Visitor>(visitor_0_70, today_visitor)) == today_visitor);
  CHECK(write(room, read<Chat>(room, today_room)) == today_room);
  CHECK(write(room_0_70, read<Chat>(room_0_70, today_room)) == today_room);
  CHECK(write(channel, read<Channel>(channel, today_channel)) == today_channel);
  CHECK(write(room, read<Chat>(room, noted_room)) == noted_room);
  CHECK(write(room_0_70, read<Chat>(room_0_70, noted_room)) == noted_room);
}

TEST_CASE("rocketchat fields: random odd documents are written back unchanged") {
  const struct {
    const shape::View& view;
    const char* json;
  } documents[] = {{visitor_today, today_visitor},
                   {visitor_0_70, today_visitor},
                   {room, today_room},
                   {room_0_70, today_room},
                   {room, noted_room},
                   {channel, today_channel},
                   {department, today_department},
                   {agent, R"({"_id":"a","username":"u","name":"n","status":"busy","livechatCount":3})"},
                   {agent, today_agent}};
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    for (const auto& one : documents) {
      Value tree = parse(one.json);
      mutate(tree, 1 + random.below(4), random);
      const String json = respell(tree, random);
      CAPTURE(json);
      String back;
      if (one.view.record == "visitor") back = write(one.view, read<Visitor>(one.view, json));
      if (one.view.record == "chat") back = write(one.view, read<Chat>(one.view, json));
      if (one.view.record == "channel") back = write(one.view, read<Channel>(one.view, json));
      if (one.view.record == "department") back = write(one.view, read<Department>(one.view, json));
      if (one.view.record == "agent") back = write(one.view, read<Agent>(one.view, json));
      REQUIRE(difference(json, back) == "");
    }
  }
}

TEST_CASE("rocketchat fields: the meaning of an agent's and of a department's document") {
  const Agent ann = read<Agent>(agent, today_agent);
  CHECK(ann.emails == List<Text>{"ann@shop.example"});
  CHECK(ann.phone == "0815");
  CHECK(ann.most_chats == 5);
  CHECK(ann.departments == List<Text>{"66f1a2b3c4d5e6f708192a3c"});
  CHECK(write(agent, ann) == today_agent);
  Department sales = read<Department>(department, today_department);
  CHECK(sales.name == "Sales");
  CHECK_FALSE(sales.disabled);
  CHECK(sales.email == "sales@shop.example");
  CHECK_FALSE(sales.hidden_on_registration);
  CHECK(sales.hidden_on_offline_form);
  CHECK(sales.agents.empty());
  CHECK(write(department, sales) == today_department);
  CHECK_FALSE(loses(department, sales, "department.agents"));
  sales.agents = {"a", "b"};
  CHECK(loses(department, sales, "department.agents"));
}

TEST_CASE("rocketchat fields: the meaning of a visitor's document") {
  const auto one = read<Visitor>(visitor_today, today_visitor);
  CHECK(one.id.text == "66f1a2b3c4d5e6f708192a3b");
  CHECK(one.presence == Presence::online);
  CHECK(one.phones.empty());
  CHECK(one.emails == List<Text>{"a@example.com", "b@example.com"});
  CHECK(one.time_zone == "UTC");
  CHECK(one.company == "ACME");
  CHECK(one.language == "");
  CHECK(one.last_chat.text == "sdfgjhgfdfeG");
  REQUIRE(one.attributes.size() == 3);
  CHECK(one.attributes[0] == attribute("address", "street"));
  CHECK(one.attributes[1].name == "age");
  CHECK(one.attributes[1].value == "41.50");
  CHECK(one.attributes[1].literal);
  CHECK(one.attributes[2] == attribute("language", ""));
  CHECK(extension(one.extensions, "rocketchat.visitor", "activity") == R"(["2024-11"])");
  CHECK(extension(one.extensions, "rocketchat.visitor.lastChat", "more") == "[1]");
}

TEST_CASE(
    "rocketchat fields: a token that equals the id is kept, and a document of this vendor gets no invented token") {
  const char* same = R"({"_id":"abc","token":"abc"})";
  CHECK(read<Visitor>(visitor_today, same).token == "abc");
  const auto without = read<Visitor>(visitor_today, R"({"_id":"abc"})");
  CHECK(without.token == "");
  CHECK(write(visitor_today, without) == R"({"_id":"abc"})");
  CHECK_FALSE(loses(visitor_today, without, "visitor.token"));
  const Visitor foreign = visitor("abc");
  CHECK(write(visitor_today, foreign) == same);
  CHECK(loses(visitor_today, foreign, "visitor.token"));
}

TEST_CASE("rocketchat fields: well-known keys of livechatData are members of the visitor") {
  Visitor made = visitor("a", "t");
  made.language = "pt-BR";
  made.company = "c";
  made.time_zone = "UTC";
  made.city = "Porto Alegre";
  made.state = "RS";
  made.country = "Brazil";
  made.product_service = "p";
  made.attributes = {attribute("address", "street")};
  const char* json =
      R"({"_id":"a","token":"t","livechatData":{"address":"street","language":"pt-BR","company":"c","timeZone":"UTC",)"
      R"("city":"Porto Alegre","state":"RS","country":"Brazil","productService":"p"}})";
  CHECK(write(visitor_today, made) == json);
  CHECK(read<Visitor>(visitor_today, json) == made);
  shape::Losses losses;
  shape::find_losses(visitor_today, &made, losses);
  CHECK(losses.empty());
}

TEST_CASE("rocketchat fields: what custom fields cannot carry is reported") {
  const auto with = [](Attribute second) {
    Visitor made = visitor("a", "t");
    made.attributes = {attribute("plain", "v"), std::move(second)};
    return made;
  };
  CHECK_FALSE(loses(visitor_today, with(attribute("b", "v")), "visitor.attributes"));
  Attribute linked = attribute("b", "v");
  linked.url = "https://example.com";
  Attribute variable = attribute("b", "v");
  variable.kind = AttributeKind::variable;
  CHECK(loses(visitor_today, with(linked), "visitor.attributes"));
  CHECK(loses(visitor_today, with(variable), "visitor.attributes"));
  CHECK(loses(visitor_today, with(attribute("plain", "w")), "visitor.attributes"));
  CHECK(loses(visitor_today, with(attribute("company", "w")), "visitor.attributes"));
  CHECK(write(visitor_today, with(attribute("plain", "w"))) ==
        R"({"_id":"a","token":"t","livechatData":{"plain":"v"}})");
  Visitor shadowed = with(attribute("company", "field"));
  shadowed.company = "member";
  CHECK(write(visitor_today, shadowed) == R"({"_id":"a","token":"t","livechatData":{"plain":"v","company":"member"}})");
}

TEST_CASE("rocketchat fields: the meaning of a room's document") {
  const auto one = read<Chat>(room, today_room);
  CHECK(one.kind == "chat");
  CHECK(one.title == "Ada");
  CHECK(one.state == ChatState::queued);
  CHECK(one.messages == 2);
  CHECK(one.visitor.text == "66f1a2b3c4d5e6f708192a3b");
  CHECK(one.agent.text == "rbAXPnMktTFbNpwtJ");
  CHECK(one.contact.text == "673653b997f0fbcd657f0ebf");
  CHECK(one.source == "app");
  CHECK(one.source_destination == "example.com");
  REQUIRE(one.participants.size() == 2);
  CHECK_FALSE(one.participants[0].is_agent);
  CHECK(one.participants[0].online);
  CHECK(one.participants[0].token == "5c1f");
  CHECK(one.participants[1].is_agent);
  CHECK(one.participants[1].begin_at.known());
  CHECK(one.call_data == Attributes{attribute("order", "A-7")});
  CHECK(extension(one.extensions, "rocketchat.room", "priorityWeight") == "99");
  CHECK(extension(one.extensions, "rocketchat.room.source", "alias") == "\"WhatsApp\"");

  CHECK(read<Chat>(room, R"({"open":true})").state == ChatState::active);
  CHECK(read<Chat>(room, R"({"waitingResponse":true,"open":true})").state == ChatState::queued);
  CHECK(read<Chat>(room, R"({"open":true,"waitingResponse":true})").state == ChatState::queued);
  CHECK(read<Chat>(room, R"({"_id":"a"})").state == ChatState::ended);
}

TEST_CASE("rocketchat fields: how a room waited, was answered and was closed") {
  constexpr const char* json =
      R"({"_id":"r","tags":["vip","parcel"],"queuedAt":"2024-11-22T14:53:30.000Z","metrics":{"v":{"lq":1},)"
      R"("response":{"ft":4.2,"fd":"2024-11-22T14:53:34.200Z"}},"closedAt":"2024-11-22T14:59:00.000Z","closer":"user",)"
      R"("closedBy":{"_id":"rbAXPnMktTFbNpwtJ","username":"ann"}})";
  const auto one = read<Chat>(room, json);
  CHECK(one.tags == List<Text>{"vip", "parcel"});
  CHECK(one.queued_at == Time::at(1732287210000));
  CHECK(one.first_reply_at == Time::at(1732287214200));
  CHECK(one.closed_by.kind == ActorKind::agent);
  CHECK(one.closed_by.id == "rbAXPnMktTFbNpwtJ");
  CHECK(one.closed_by.username == "ann");
  CHECK(write(room, one) == json);
  const auto old = read<Chat>(room_0_70, json);
  CHECK(old.tags == one.tags);
  CHECK(old.closed_by == one.closed_by);
  CHECK(write(room_0_70, old) == json);

  Chat chat;
  chat.id.text = "r";
  chat.state = ChatState::ended;
  chat.closed_by.kind = ActorKind::visitor;
  chat.closed_by.id = "v";
  chat.closed_by.name = "Ada";
  chat.closed_by.username = "guest-1";
  CHECK(write(room, chat) ==
        R"({"_id":"r","t":"l","msgs":0,"closer":"visitor","closedBy":{"_id":"v","username":"guest-1"}})");
  CHECK(loses(room, chat, "actor.name"));
  CHECK_FALSE(loses(room, chat, "actor.kind"));
  CHECK_FALSE(loses(room, chat, "chat.closed_by"));
  Chat named;  // of whom neither `closer` nor `closedBy` shows anything
  named.closed_by.name = "Ada";
  CHECK(loses(room, named, "chat.closed_by"));
  chat.closed_by.kind = ActorKind::system;
  CHECK(loses(room, chat, "actor.kind"));
  chat.rating.grade = 5;
  chat.comment = "Solved";
  CHECK(loses(room, chat, "chat.rating"));
  CHECK(loses(room, chat, "chat.comment"));
}

TEST_CASE("rocketchat fields: what agents noted of a room, and the losses of a request for a transcript") {
  const Chat chat = read<Chat>(room, noted_room);
  CHECK(chat.topic == "A parcel");
  const TranscriptRequest& request = chat.transcript_request;
  CHECK(request.email == "a@example.com");
  CHECK(request.subject == "Your chat");
  CHECK(request.at == Time::at(1'732'287'216'500));
  CHECK(request.by.kind == ActorKind::agent);
  CHECK(request.by.id == "a");
  CHECK(request.by.username == "ann");
  CHECK(request.by.name == "Ann");
  CHECK_FALSE(loses(room, chat, "actor.kind"));
  CHECK(loses(room_0_70, chat, "chat.transcript_request"));
  Chat by_visitor = chat;
  by_visitor.transcript_request.by.kind = ActorKind::visitor;
  CHECK(loses(room, by_visitor, "actor.kind"));
  by_visitor.transcript_request.by = {};
  CHECK_FALSE(loses(room, by_visitor, "actor.kind"));
  by_visitor.transcript_request.by.token = "t";
  CHECK(loses(room, by_visitor, "actor.token"));
}

TEST_CASE("rocketchat fields: a record without its document keeps unknown members of small objects") {
  auto one = read<Channel>(channel, today_channel);
  one.wire = {};  // as from a store
  CHECK(
      difference(
          R"({"name":"WhatsApp","visitor":{"visitorId":"66f1","source":{"type":"app","id":"app-1","label":"x"},"extra":1},)"
          R"("blocked":true,"verified":false,"details":{"type":"app","destination":7,"id":"app-1","label":"WhatsApp"},)"
          R"("lastChat":{"_id":"r","ts":"2024-11-22T14:53:36.000Z"}})",
          write(channel, one)) == "");
  CHECK_FALSE(loses(channel, one, "rocketchat.channel.details.label"));
}

TEST_CASE("rocketchat fields: a room shows one visitor and one agent; others are losses") {
  Chat chat;
  chat.id.text = "r";
  chat.state = ChatState::active;
  chat.visitor.text = "v";
  Participant visitor_in;
  visitor_in.id = "v";
  visitor_in.token = "t";
  chat.participants = {visitor_in};
  CHECK_FALSE(loses(room, chat, "chat.participants"));
  CHECK_FALSE(loses(room, chat, "chat.visitor"));
  chat.participants = {visitor_in, visitor_in};
  CHECK(loses(room, chat, "chat.participants"));
  chat.participants = {visitor_in};
  chat.visitor.text = "other";
  CHECK(loses(room, chat, "chat.visitor"));
  chat.participants = {};
  CHECK(loses(room, chat, "chat.participants"));
  Participant left;
  left.id = "a";
  left.is_agent = true;
  left.end_at = Time::at(1);
  Participant serves = left;
  serves.id = "b";
  serves.end_at = {};
  chat.participants = {visitor_in, left, serves};
  chat.agent.text = "b";
  CHECK(write(room, chat).find(R"("servedBy":{"_id":"b"})") != String::npos);
  chat.agent.text.clear();
  chat.participants = {visitor_in, left};
  CHECK(write(room, chat).find("servedBy") == String::npos);
  CHECK(loses(room, chat, "chat.participants"));
  chat.participants = {};
  CHECK(write(room, chat).find(R"("v":{"_id":"other","token":"other","status":"offline"})") != String::npos);
}

}  // namespace parley::test::rocketchat
