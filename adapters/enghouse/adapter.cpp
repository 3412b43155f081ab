// The Enghouse adapter for the registry: facade, connector, shapes, bodies, demo records.
#include "adapters/contract/adapter.hpp"

#include <algorithm>

#include "adapters/enghouse/bodies.hpp"
#include "adapters/enghouse/connector/connector.hpp"
#include "adapters/enghouse/connector/unwrap.hpp"
#include "adapters/enghouse/facade/facade.hpp"
#include "adapters/enghouse/facade/jsonp.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/messages.hpp"
#include "adapters/enghouse/projections.hpp"
#include "adapters/enghouse/settings.hpp"
#include "adapters/enghouse/unserved.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::enghouse {

std::span<const contract::Sample> samples();

namespace {

/// The ended chat of a transcript: what its messages say of it.
Chat chat_of(const List<Message>& messages) {
  Chat chat;
  chat.id = messages.front().chat;
  chat.kind = "chat";
  chat.state = ChatState::ended;
  chat.begin_at = messages.front().at;
  chat.end_at = messages.back().at;
  for (const Message& message : messages) {
    const Actor& author = message.author;
    const auto known = [&author](const Participant& one) { return one.id == author.id; };
    if (std::any_of(chat.participants.begin(), chat.participants.end(), known)) continue;
    Participant& one = chat.participants.emplace_back();
    one.id = author.id;
    one.name = author.name;
    one.is_agent = author.kind == ActorKind::agent;
    one.begin_at = chat.begin_at;
    one.end_at = chat.end_at;
    (one.is_agent ? chat.agent.text : chat.visitor.text) = author.id;
  }
  return chat;
}

/// Adds a sample of a transcript, as the chat of the demo that has ended.
void add_transcript(const shape::Node& list, contract::Records& records) {
  List<Message> messages;
  shape::Reading reading;
  for (const shape::Node& node : list) {
    shape::read_object(shape::view<message>, node, &messages.emplace_back(), reading);
  }
  if (messages.empty()) return;
  Chat chat = chat_of(messages);
  chat.call_data.emplace_back().name = "order";
  chat.call_data.back().value = "4711";
  records.chats.push_back(std::move(chat));
  records.messages.insert(records.messages.end(), messages.begin(), messages.end());
}

/// Skips a sample that does not parse. The samples are compiled in, and the tests fail when one of them does not parse.
void demo(contract::Records& records) {
  for (const contract::Sample& sample : samples()) {
    shape::Document document;
    if (!document.parse_json(sample.text)) continue;
    if (const shape::Node* list = document.root().find("chatTranscript")) add_transcript(*list, records);
    const shape::Node* node = document.root().find("contact");
    if (node == nullptr) continue;
    Chat chat;
    shape::Reading reading;
    shape::read_object(shape::view<contact>, *node, &chat, reading);
    records.visitors.push_back(to_visitor(chat));
    for (Agent& agent : to_agents(chat)) {
      agent.ongoing_chats = 1;  // a contact does not give this number; the demo has one chat
      records.agents.push_back(std::move(agent));
    }
    records.chats.push_back(std::move(chat));
  }
}

constexpr contract::WireShape list_of_messages(std::string_view name, std::string_view key,
                                               void (*wrap)(std::string_view, Buffer&)) {
  return {.name = name,
          .kind = contract::RecordKind::messages,
          .view = &shape::view<message>,
          .list = true,
          .envelope_key = key,
          .wrap = wrap,
          .projections = {}};
}

constexpr std::array<contract::WireShape, 3> shapes = {{
    {.name = "contact",
     .kind = contract::RecordKind::chat,
     .view = &shape::view<contact>,
     .list = false,
     .envelope_key = "contact",
     .wrap = &wrap_contact,
     .projections = projections},
    list_of_messages("transcript", "chatTranscript", &wrap_transcript),
    list_of_messages("history", "messages", &wrap_history),
}};

using http::Method;

// A service with two paths has an entry for each.
constexpr contract::BodyShape bodies[] = {
    {"request.text-message", &shape::view<text_message_body>, Method::post,
     "/livechat/sendTextMessageToActiveChat/:chatId"},
    {"request.text-message", &shape::view<text_message_body>, Method::post,
     "/livechat/:domain/sendTextMessageToActiveChat/:chatId"},
    {"request.external-text-message", &shape::view<external_message_body>, Method::post,
     "/livechat/sendExternalTextMessageToActiveChat"},
    {"request.external-text-message", &shape::view<external_message_body>, Method::post,
     "/livechat/:domain/sendExternalTextMessageToActiveChat"},
    {"request.end-contact", &shape::view<end_contact_body>, Method::post, "/livechat/endContactByChatID"},
    {"request.end-contact", &shape::view<end_contact_body>, Method::post, "/livechat/:domain/endContactByChatID"},
    {"request.time-range", &shape::view<time_range_body>, Method::post,
     "/livechat/:domain/getChatTranscriptByTimeRangeAndServiceID"},
    {"request.call-data", &shape::view<call_data_body>, Method::post, "/livechat/:domain/getChatTranscriptByCalldata"},
};

constexpr const config::OwnTable* tables[] = {&config::own_table<upstream::Settings>,
                                              &config::own_table<BackendSettings>, &config::own_table<BackendAuth>,
                                              &config::own_table<RouteSettings>, &config::own_table<RouteAuth>};
constexpr std::string_view demo_credentials[] = {"demo-enghouse-token"};

}  // namespace

extern const contract::Adapter adapter;
constinit const contract::Adapter adapter{
    .name = "enghouse",
    .make_facade = &make_facade,
    .check_route = &check_route,
    .open_backend = &Connector::open,
    .check_backend = &check_backend,
    .shapes = shapes,
    .bodies = bodies,
    .unserved = unserved,
    .samples = &samples,
    .demo = &demo,
    .to_script = &to_script,
    .from_script = &unwrap,
    .support = &support,
    .tables = tables,
    .demo_credentials = demo_credentials,
    .files = &upstream::files_of,
    .try_backend = &upstream::try_settings,
};

}  // namespace parley::enghouse
