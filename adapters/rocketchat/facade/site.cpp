// See site.hpp. The members of livechat/config are in the order in which the vendor's server writes them.
#include "adapters/rocketchat/facade/site.hpp"

#include <algorithm>

#include "adapters/rocketchat/errors.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/encode_chat.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/facade/vendor_validators.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "adapters/rocketchat/site_bodies.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;
using shape::Writer;

constexpr std::string_view not_sent = "Error sending Omnichannel transcript";

void flag(Writer& writer, std::string_view key, bool value) {
  writer.key(key);
  writer.boolean(value);
}

void raw(Writer& writer, std::string_view key, std::string_view json) {
  writer.key(key);
  writer.raw(json);
}

/// `settings`. Parley has no calls, transcripts by e-mail, hidden agents and hidden messages.
void write_settings(const Widget& widget, bool takes_files, Writer& writer) {
  writer.key("settings");
  writer.begin_object();
  flag(writer, "registrationForm", widget.registration_form);
  flag(writer, "allowSwitchingDepartments", widget.switch_departments);
  flag(writer, "nameFieldRegistrationForm", widget.ask_name);
  flag(writer, "emailFieldRegistrationForm", widget.ask_email);
  flag(writer, "displayOfflineForm", widget.offline_form);
  flag(writer, "videoCall", false);
  flag(writer, "fileUpload", takes_files);
  member(writer, "language", widget.language);
  flag(writer, "transcript", false);
  member(writer, "historyMonitorType", "url");
  flag(writer, "forceAcceptDataProcessingConsent", widget.ask_consent);
  flag(writer, "showConnecting", widget.show_connecting);
  flag(writer, "agentHiddenInfo", false);
  flag(writer, "clearLocalStorageWhenChatEnded", widget.forget_ended);
  writer.key("limitTextLength");
  widget.text_limit == 0 ? writer.boolean(false) : writer.integer(widget.text_limit);
  raw(writer, "hiddenSystemMessages", "[]");
  writer.key("livechatLogo");
  writer.begin_object();
  member(writer, "url", widget.logo);
  member(writer, "defaultUrl", "");
  writer.end_object();
  flag(writer, "hideWatermark", widget.hide_watermark);
  flag(writer, "visitorsCanCloseChat", widget.visitors_can_close);
  writer.end_object();
}

void write_theme(const Widget& widget, Writer& writer) {
  writer.key("theme");
  writer.begin_object();
  member(writer, "title", widget.title);
  member(writer, "color", widget.color);
  member(writer, "offlineTitle", widget.offline_title);
  member(writer, "offlineColor", widget.offline_color);
  member(writer, "position", widget.position);
  member(writer, "background", widget.background);
  flag(writer, "hideExpandChat", widget.hide_expand);
  raw(writer, "actionLinks", "[]");
  writer.end_object();
}

void write_texts(const Widget& widget, Writer& writer) {
  writer.key("messages");
  writer.begin_object();
  member(writer, "offlineMessage", widget.offline_message);
  member(writer, "offlineSuccessMessage", widget.offline_success_message);
  member(writer, "offlineUnavailableMessage", widget.offline_unavailable_message);
  member(writer, "conversationFinishedMessage", widget.finished_message);
  member(writer, "conversationFinishedText", widget.finished_text);
  member(writer, "transcriptMessage", "");
  member(writer, "registrationFormMessage", widget.registration_message);
  member(writer, "dataProcessingConsentText", widget.consent_text);
  writer.end_object();
}

void write_departments(const List<Ref<Department>>& departments, Writer& writer) {
  writer.key("departments");
  writer.begin_array();
  for (const Ref<Department>& one : departments) {
    writer.begin_object();
    member(writer, "_id", one->id.text);
    member(writer, "name", one->name);
    flag(writer, "showOnRegistration", !one->hidden_on_registration);
    flag(writer, "showOnOfflineForm", !one->hidden_on_offline_form);
    for (const shape::Extension& other : one->extensions) {
      if (other.key == "departmentsAllowedToForward" && other.shape == shape::view<department>.name) {
        raw(writer, other.key, other.json);
      }
    }
    writer.end_object();
  }
  writer.end_array();
}

/// Writes those members of a record that the call shows.
void write_part(std::string_view key, const shape::View& view, const void* record,
                std::initializer_list<std::string_view> shown, Writer& writer) {
  std::uint64_t rows = 0;
  for (const std::string_view one : shown) rows |= std::uint64_t{1} << view.find(one);
  writer.key(key);
  writer.begin_object();
  shape::write_rows(view, record, rows, writer);
  writer.end_object();
}

void write_visitor(const Site& site, Writer& writer) {
  if (!site.visitor) return;
  write_part("guest", shape::view<visitor>, site.visitor->get(),
             {"_id", "username", "token", "visitorEmails", "name", "department"}, writer);
  if (!site.chat) return;
  const Chat& chat = **site.chat;
  write_part("room", shape::view<room>, &chat, {"_id", "open", "departmentId", "servedBy"}, writer);
  if (const Participant* agent = serving_agent(chat)) {
    writer.key("agent");
    write_agent(*agent, writer);
  }
}

}  // namespace

Result<GetSite> get_site(const Facade& facade, const Request& request) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return std::move(query).error();
  // Old clients send `undefined` for a missing value.
  std::erase_if(*query, [](const Parameter& one) { return one.value == "undefined"; });
  if (facade.profile() == Profile::pimenta) {
    for (const Parameter& one : *query) {
      const bool known =
          std::ranges::find(parameters::config, one.name, &contract::QueryParameter::name) != parameters::config.end();
      if (!known) return check::unknown_key(one.name);
      if (one.form != Parameter::Form::text) return check::wrong_optional(one.name);
    }
  } else {
    query = check_query(*std::move(query), parameters::config);
    if (!query) return std::move(query).error();
  }
  return GetSite{.token = value_of(*query, "token"), .department = {value_of(*query, "department")}};
}

Result<void> show_site(const Facade& facade, const Site& site, Reply& reply) {
  const Widget& widget = facade.widget();
  Answer answer(facade, reply);
  Writer& writer = answer.writer();
  writer.key("config");
  writer.begin_object();
  flag(writer, "enabled", widget.enabled);
  if (widget.enabled) {
    const bool old = facade.profile() == Profile::pimenta;
    write_settings(widget, site.files && facade.files().enabled, writer);
    write_theme(widget, writer);
    write_texts(widget, writer);
    raw(writer, "survey",
        R"({"items":["satisfaction","agentKnowledge","agentResposiveness","agentFriendliness"],)"  // as by the vendor
        R"("values":["1","2","3","4","5"]})");
    if (!old) raw(writer, "triggers", "[]");
    write_departments(site.departments, writer);
    if (!old) {
      writer.key("resources");
      writer.begin_object();
      member(writer, "sound", widget.sound);
      raw(writer, "emojis", "[]");
      writer.end_object();
    }
    flag(writer, "online", site.online);
    write_visitor(site, writer);
  }
  writer.end_object();
  return answer.end();
}

Result<void> answer_routing(const Facade& facade, const Request&, Reply& reply) {
  Answer answer(facade, reply);
  raw(answer.writer(), "config",
      R"({"previewRoom":true,"showConnecting":false,"showQueue":false,"showQueueLink":true,"returnQueue":true,)"
      R"("enableTriggerAction":false,"autoAssignAgent":false})");
  return answer.end();
}

Result<void> refuse_transcript(const Facade& facade, const Request& request, Reply& reply) {
  const Result<SendTranscriptBody> body = read_body<send_transcript_body>(request, validator_of(facade));
  if (!body) return body.error();
  facade.render(fault(by_mail, Code::invalid_field, String(not_sent), "email"), request, reply);
  return {};
}

Result<void> Facade::show(const Site& site, Reply& reply) const { return show_site(*this, site, reply); }

}  // namespace parley::rocketchat
