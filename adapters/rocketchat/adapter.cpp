// The Rocket.Chat adapter for the registry: facade, connector, wire shapes, bodies, demo records.
#include "adapters/contract/adapter.hpp"

#include <algorithm>

#include "adapters/rocketchat/chat_bodies.hpp"
#include "adapters/rocketchat/connector/connector.hpp"
#include "adapters/rocketchat/contact_bodies.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "adapters/rocketchat/settings.hpp"
#include "adapters/rocketchat/site_bodies.hpp"
#include "adapters/rocketchat/unserved.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/settings.hpp"

namespace parley::rocketchat {

std::span<const contract::Sample> samples();

namespace {

using contract::RecordKind;
using contract::WireShape;

/// `{"<key>":<json>,"success":true}`.
template <shape::Literal Key, shape::Literal Rest = "">
void wrap(std::string_view json, Buffer& out) {
  out.append("{\"");
  out.append(Key.view());
  out.append("\":");
  out.append(json);
  out.append(Rest.view());
  out.append(",\"success\":true}");
}

/// The same for a list, with `count`, `offset` and `total` of a page that holds the whole list.
template <shape::Literal Key>
void wrap_page(std::string_view json, Buffer& out) {
  shape::Document document;
  const bool parsed = static_cast<bool>(document.parse_json(json));
  const String count = std::to_string(parsed ? document.root().size : 0);
  out.append("{\"");
  out.append(Key.view());
  out.append("\":");
  out.append(json);
  out.append(",\"count\":" + count + ",\"offset\":0,\"total\":" + count + ",\"success\":true}");
}

constexpr WireShape make(std::string_view name, RecordKind kind, const shape::View& view, bool list,
                         std::string_view key, void (*around)(std::string_view, Buffer&)) {
  return {
      .name = name, .kind = kind, .view = &view, .list = list, .envelope_key = key, .wrap = around, .projections = {}};
}

constexpr std::array shapes = {
    make("visitor", RecordKind::visitor, shape::view<visitor>, false, "visitor", &wrap<"visitor">),
    make("visitor-0.70", RecordKind::visitor, shape::view<visitor_0_70>, false, "visitor", &wrap<"visitor">),
    make("visitors", RecordKind::visitors, shape::view<visitor>, true, "visitors", &wrap_page<"visitors">),
    make("channels", RecordKind::channels, shape::view<channel>, true, "channels", &wrap<"channels">),
    make("contact", RecordKind::contact, shape::view<contact>, false, "contact", &wrap<"contact">),
    make("contacts", RecordKind::contacts, shape::view<contact>, true, "contacts", &wrap_page<"contacts">),
    make("room", RecordKind::chat, shape::view<room>, false, "room", &wrap<"room", ",\"newRoom\":false">),
    make("room-0.70", RecordKind::chat, shape::view<room_0_70>, false, "room", &wrap<"room", ",\"newRoom\":false">),
    make("messages", RecordKind::messages, shape::view<message>, true, "messages", &wrap<"messages">),
    make("messages-0.70", RecordKind::messages, shape::view<message_0_70>, true, "messages", &wrap<"messages">),
    make("user", RecordKind::agent, shape::view<agent>, false, "user", &wrap<"user">),
    make("users", RecordKind::agents, shape::view<agent>, true, "users", &wrap_page<"users">),
    make("department", RecordKind::department, shape::view<department>, false, "department", &wrap<"department">),
    make("departments", RecordKind::departments, shape::view<department>, true, "departments",
         &wrap_page<"departments">),
};

constexpr contract::BodyShape make_body(std::string_view name, const shape::View& view, std::string_view pattern,
                                        std::string_view profile = {}, http::Method method = http::Method::post) {
  return {.name = name, .view = &view, .method = method, .pattern = pattern, .profile = profile};
}

constexpr std::array bodies = {
    make_body("request.login", shape::view<login_body>, path::login),
    make_body("request.visitor", shape::view<registration_body>, path::visitor),
    make_body("request.custom-field", shape::view<set_field_body>, path::custom_field),
    make_body("request.custom-fields", shape::view<set_fields_body>, path::custom_fields, "8"),
    make_body("request.custom-fields-0.70", shape::view<set_fields_body_0_70>, path::custom_fields, "0.70"),
    make_body("request.page-visited", shape::view<page_body>, path::page_visited, "8"),
    make_body("request.page-visited-0.70", shape::view<page_body_0_70>, path::page_visited, "0.70"),
    make_body("request.agent-status", shape::view<agent_status_body>, path::agent_status),
    make_body("request.message", shape::view<message_body>, path::message, "8"),
    make_body("request.message-0.70", shape::view<message_body_0_70>, path::message, "0.70"),
    make_body("request.new-text", shape::view<new_text_body>, path::message_by_id, {}, http::Method::put),
    make_body("request.removed-message", shape::view<removed_message_body>, path::message_by_id, {}, http::Method::del),
    make_body("request.close-room", shape::view<close_room_body>, path::room_close),
    make_body("request.survey", shape::view<survey_body>, path::room_survey),
    make_body("request.department-transfer", shape::view<new_department_body>, path::department_transfer, "8"),
    make_body("request.room-transfer", shape::view<new_department_body>, path::room_transfer, "0.70"),
    make_body("request.send-message", shape::view<send_message_body>, path::send_message),
    make_body("request.post-message", shape::view<post_message_body>, path::post_message),
    make_body("request.update-message", shape::view<update_message_body>, path::update_message),
    make_body("request.delete-message", shape::view<delete_message_body>, path::delete_message),
    make_body("request.take", shape::view<take_body>, path::take),
    make_body("request.forward", shape::view<forward_body>, path::room_forward),
    make_body("request.close-by-user", shape::view<close_by_user_body>, path::close_by_user),
    make_body("request.visitor-status", shape::view<visitor_status_body>, path::visitor_status),
    make_body("request.visitors-status", shape::view<visitor_status_body>, path::visitors_status),
    make_body("request.offline-message", shape::view<offline_message_body>, path::offline_message),
    make_body("request.send-transcript", shape::view<send_transcript_body>, path::transcript),
    make_body("request.transcript", shape::view<transcript_body>, path::transcript_of_room),
    make_body("request.messages", shape::view<messages_body>, path::messages),
    make_body("request.save-info", shape::view<save_info_body>, path::save_info),
    make_body("request.department", shape::view<department_body>, path::departments),
    make_body("request.changed-department", shape::view<changed_department_body>, path::department, {},
              http::Method::put),
    make_body("request.visitor-contact", shape::view<visitor_contact_body>, path::visitor_contact, "8"),
    make_body("request.contact", shape::view<new_contact_body>, path::contacts, "8"),
    make_body("request.changed-contact", shape::view<changed_contact_body>, path::contact_update, "8"),
    make_body("request.contact-conflicts", shape::view<contact_conflicts_body>, path::contact_conflicts, "8"),
    make_body("request.deleted-contact", shape::view<deleted_contact_body>, path::contact_delete, "8"),
    make_body("request.department-agents", shape::view<department_agents_body>, path::department_agents),
};

std::unique_ptr<contract::Facade> make_facade(const config::Route& route) { return std::make_unique<Facade>(route); }

constexpr std::string_view profiles[] = {"8", "0.70", "pimenta"};

// --- demo ------------------------------------------------------------------------------------------------------------

/// The contact in the vendor's example request of contacts.channels.
constexpr std::string_view demo_contact = "673653b997f0fbcd657f0ebf";

/// Puts every agent of the demo into the departments from `first` on that take chats. The last agent, of this vendor's sample, says so, too.
void staff(std::size_t first, contract::Records& records) {
  for (std::size_t at = first; at < records.departments.size() && !records.agents.empty(); ++at) {
    Department& staffed = records.departments[at];
    if (staffed.disabled) continue;
    for (const Agent& one : records.agents) staffed.agents.push_back(one.id.text);
    records.agents.back().departments.push_back(staffed.id.text);
  }
}

/// Adds the visitor, the room with its messages, and the contact of the vendor's examples; an agent and departments of our own.
void demo(contract::Records& records) {
  const std::size_t first_department = records.departments.size();
  shape::Document document;
  shape::Reading reading;
  for (const contract::Sample& sample : samples()) {
    if (!document.parse_json(sample.text)) continue;  // the tests parse every sample
    const shape::Node& root = document.root();
    if (sample.name == "visitor.json") {
      shape::read_object(shape::view<visitor>, *root.find("visitor"), &records.visitors.emplace_back(), reading);
    } else if (sample.name == "room.json") {
      shape::read_object(shape::view<room>, *root.find("room"), &records.chats.emplace_back(), reading);
    } else if (sample.name == "channels.json") {
      Contact& contact = records.contacts.emplace_back();
      contact.id.text = demo_contact;
      for (const shape::Node& node : *root.find("channels")) {
        shape::read_object(shape::view<channel>, node, &contact.channels.emplace_back(), reading);
      }
    } else if (sample.name == "user.json") {
      shape::read_object(shape::view<agent>, *root.find("user"), &records.agents.emplace_back(), reading);
      records.agents.back().ongoing_chats = 0;     // the demo's room waits
      records.agents.back().wire = shape::Wire{};  // shown whole, not with the sample's members only
    } else if (sample.name == "departments.json") {
      for (const shape::Node& node : *root.find("departments")) {
        shape::read_object(shape::view<department>, node, &records.departments.emplace_back(), reading);
      }
    } else if (sample.name == "messages.json") {
      for (const shape::Node& node : *root.find("messages")) {
        shape::read_object(shape::view<message>, node, &records.messages.emplace_back(), reading);
      }
      std::reverse(records.messages.begin(), records.messages.end());  // the vendor has the newest first
    }
  }
  staff(first_department, records);
}

constexpr const config::OwnTable* tables[] = {&config::own_table<upstream::Settings>, &config::own_table<BackendAuth>,
                                              &config::own_table<RouteSettings>, &config::own_table<RouteAuth>,
                                              &config::own_table<login::Settings>};
constexpr std::string_view demo_credentials[] = {"demo-rocket-token"};

}  // namespace

extern const contract::Adapter adapter;
constinit const contract::Adapter adapter{
    .name = "rocketchat",
    .make_facade = &make_facade,
    .profiles = profiles,
    .check_route = &check_route,
    .open_backend = &Connector::open,
    .check_backend = &check_backend,
    .shapes = shapes,
    .bodies = bodies,
    .unserved = unserved,
    .samples = &samples,
    .demo = &demo,
    .to_script = nullptr,
    .support = &support,
    .tables = tables,
    .demo_credentials = demo_credentials,
    .files = &upstream::files_of,
    .try_backend = &upstream::try_settings,
};

}  // namespace parley::rocketchat
