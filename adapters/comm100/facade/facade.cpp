// The Comm100 facade: checks credentials, names statuses, writes documents.
#include "adapters/comm100/facade/facade.hpp"

#include <algorithm>

#include "adapters/comm100/facade/chats.hpp"
#include "adapters/comm100/facade/global.hpp"
#include "adapters/comm100/facade/offline_messages.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/contract/file_reply.hpp"
#include "adapters/http/base64.hpp"
#include "adapters/http/body_cutter.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/secret.hpp"
#include "adapters/login/credentials.hpp"
#include "schemas/ascii.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace parley::comm100 {
namespace {

using http::Reply;
using http::Request;

constexpr std::size_t longest_status = 100;

/// The credentials after `Bearer ` or `Basic `, in any case; nullopt for another scheme.
std::optional<std::string_view> credentials(std::string_view header, std::string_view scheme) {
  if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return {};
  if (!ascii::starts_ignoring_case(header, scheme)) return {};
  return ascii::trim(header.substr(scheme.size()));
}

/// Writes the document for each type of answer. The document of a chat is its visitor.
class Document {
 public:
  Document(Reply& reply, bool report) : reply_(reply), told_(reply.losses), writer_(reply.body), report_(report) {
    reply.status = 200;
    reply.content_type = json_type;
  }

  Result<void> operator()(const Ref<Visitor>& record) { return shared(shape::view<visitor>, record); }
  Result<void> operator()(const Ref<Agent>& record) { return shared(shape::view<agent>, record); }
  Result<void> operator()(const Page<Visitor>& page) { return list(shape::view<visitor>, page); }
  Result<void> operator()(const Page<Agent>& page) { return list(shape::view<agent>, page); }
  Result<void> operator()(const Ref<Chat>& record) { return visitor_in(*record); }
  Result<void> operator()(const OpenedChat& opened) { return visitor_in(*opened.chat); }
  Result<void> operator()(const Page<Chat>& chats) {
    List<Visitor> shown;
    shown.reserve(chats.records.size());
    for (const Ref<Chat>& one : chats.records) {
      note_chat_losses(*one);
      shown.push_back(visitor_of(*one));
    }
    return list(shape::view<visitor>, Page<Visitor>(std::move(shown)));
  }
  Result<void> operator()(const List<Channel>&) { return none("a list of channels"); }
  Result<void> operator()(const RecordedPage&) { return none("a page visit"); }

 private:
  template <class T>
  Result<void> shared(const shape::View& view, const Ref<T>& record) {
    record.write(view, writer_, report_ ? &reply_.losses : nullptr);
    return finish();
  }
  Result<void> object(const shape::View& view, const void* record) {
    shape::write_object(view, record, writer_);
    if (report_) told_.find(view, record);
    return finish();
  }
  template <class T>
  Result<void> list(const shape::View& view, const Page<T>& page) {
    http::BodyCutter cutter(reply_, page.records.size());
    writer_.begin_array();
    for (const Ref<T>& record : page.records) {
      if (!cutter.next()) break;
      told_.write(record, view, writer_, report_);
    }
    writer_.end_array();
    writer_.finish();
    cutter.finish();
    return {};
  }
  Result<void> visitor_in(const Chat& record) {
    note_chat_losses(record);
    const Visitor shown = visitor_of(record);
    return object(shape::view<visitor>, &shown);
  }
  void note_chat_losses(const Chat& record) {
    if (!report_) return;
    told_.find(shape::view<chat_as_visitor>, &record);
    if (record.participants.size() > 1) told_.add({"chat.participants", "only the visitor is shown"});
  }
  static Result<void> none(std::string_view what) {
    return fault(Code::unsupported_operation, "Comm100 has no document for " + String(what) + '.');
  }
  Result<void> finish() {
    writer_.finish();
    return {};
  }

  Reply& reply_;
  shape::DistinctLosses told_;
  shape::Writer writer_;
  bool report_;
};

VisitorStatus visitor_status_of(const Chat& chat) {
  if (chat.state == ChatState::ended || chat.end_at.known()) return VisitorStatus::chat_ended;
  const auto answers = [](const Participant& one) { return one.is_agent && !one.end_at.known(); };
  const bool answered = !chat.agent.empty() || std::any_of(chat.participants.begin(), chat.participants.end(), answers);
  return answered ? VisitorStatus::chatting : VisitorStatus::waiting_for_chat;
}

}  // namespace

Visitor visitor_of(const Chat& chat) {
  Visitor made;
  made.id = chat.visitor;
  made.language = chat.language;
  made.department = chat.department;
  made.status = visitor_status_of(chat);
  made.visit_at = chat.begin_at;
  const Participant* found = nullptr;
  for (const Participant& one : chat.participants) {
    if (!one.is_agent && (found == nullptr || one.id == chat.visitor.text)) found = &one;
  }
  if (found == nullptr) return made;
  made.id.text = found->id;
  if (found->begin_at.known()) made.visit_at = found->begin_at;
  made.token = found->token;
  made.username = found->username;
  made.name = found->name;
  made.emails = found->emails;
  made.phones = found->phones;
  made.attributes = found->attributes;
  made.user_agent = found->user_agent;
  made.landing_page = found->landing_page;
  made.landing_title = found->landing_title;
  made.page_history = found->page_history;
  if (!found->page_history.empty()) made.current_page = found->page_history.back();
  made.channel = found->channel;
  made.ip = found->ip;
  return made;
}

Facade::Facade(const config::Route& route)
    : open_(route.auth.none),
      auth_(config::settings_of<RouteAuth>(route)),
      logins_("comm100", config::settings_of<login::Settings>(route)),
      away_statuses_(config::settings_of<RouteSettings>(route).away_statuses),
      lists_on_site_(config::settings_of<RouteSettings>(route).visitors == "on_site"),
      report_losses_(route.loss != config::LossPolicy::allow) {
  for (std::size_t i = 0; i < auth_.bearer.size(); ++i) token_names_.push_back("bearer[" + std::to_string(i) + ']');
  const bool takes_tokens = auth_.basic.empty() || !auth_.bearer.empty() || !logins_.empty();
  challenge_ = takes_tokens ? R"(Bearer realm="comm100")" : "";
  if (auth_.basic.empty()) return;
  if (!challenge_.empty()) challenge_ += ", ";
  challenge_ += R"(Basic realm="comm100")";
}

// Both compare with every entry, so that the time does not reveal which credential nearly matched.
std::optional<std::string_view> Facade::holder_of_token(std::string_view token) const {
  std::optional<std::string_view> holder;
  for (std::size_t i = 0; i < auth_.bearer.size(); ++i) {
    if (http::same_secret(token, auth_.bearer[i].value)) holder = token_names_[i];
  }
  if (holder) return holder;
  const login::Logins::User* user = logins_.holder(login::TokenKind::access, token);
  return user != nullptr ? std::optional<std::string_view>(user->id) : std::nullopt;
}
std::optional<std::string_view> Facade::holder_of_key(std::string_view encoded) const {
  const std::optional<String> decoded = http::base64_decode(encoded);
  if (!decoded) return {};
  const std::size_t colon = decoded->find(':');
  if (colon == String::npos) return {};
  const std::string_view user = std::string_view(*decoded).substr(0, colon);
  const std::string_view key = std::string_view(*decoded).substr(colon + 1);
  std::optional<std::string_view> holder;
  for (const login::Basic& one : auth_.basic) {
    const bool right_user = http::same_secret(user, one.user);
    const bool right_key = http::same_secret(key, one.password.value);
    if (right_user && right_key) holder = one.user;
  }
  return holder;
}

Result<std::string_view> Facade::admit(const Request& request) const {
  if (open_) return std::string_view();
  if (login::comes_twice(request, "Authorization")) {
    return fault(Code::unauthorized, "The header Authorization is there twice.");
  }
  const std::string_view header = ascii::trim(request.header("Authorization").value_or(""));
  if (const auto token = credentials(header, "Bearer")) {
    if (const auto holder = holder_of_token(*token)) return *holder;
  }
  const auto key = credentials(header, "Basic");
  const auto holder = key ? holder_of_key(*key) : std::nullopt;
  if (!holder) return fault(Code::unauthorized, "No valid access token or API key.");
  const std::optional<String> site = http::query_value(request.query, "siteId", true);
  if (!site || site->empty()) return fault(Code::missing_field, "Parameter 'siteId' is required.", "siteId");
  if (*site != auth_.site_id) return fault(Code::forbidden, "The API key is not for this site.", "siteId");
  return *holder;
}

List<String> Facade::names_of_caller(const Request& request) const {
  const Result<std::string_view> principal = admit(request);
  if (!principal || principal->empty()) return {};
  const std::string_view header = ascii::trim(request.header("Authorization").value_or(""));
  const auto token = credentials(header, "Bearer");
  if (!token) return {String(*principal)};  // an API key: its agent's address
  const login::Logins::User* user = logins_.holder(login::TokenKind::access, *token);
  return user == nullptr ? List<String>() : List<String>{user->id, user->email};
}

Result<void> Facade::encode(const Outcome& outcome, const Request&, Reply& reply) const {
  return contract::encode_any(outcome, [this, &reply](const auto& answer) -> decltype(this->show(answer, reply)) {
    return show(answer, reply);
  });
}

Result<void> Facade::show(const Ref<Visitor>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const Page<Visitor>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const Ref<Agent>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const Page<Agent>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const Ref<Chat>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const Page<Chat>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const OpenedChat& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const List<Channel>& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}
Result<void> Facade::show(const RecordedPage& answer, Reply& reply) const {
  return Document(reply, report_losses_)(answer);
}

Result<void> Facade::show(const Transcript& answer, Reply& reply) const {
  return write_chat(*this, Includes::all(), answer, reply);
}

Result<void> Facade::show(const Ref<Department>& answer, Reply& reply) const {
  return write_department(*this, {}, answer, reply);
}
Result<void> Facade::show(const Page<Department>& answer, Reply& reply) const {
  return write_departments(*this, {}, answer, reply);
}
Result<void> Facade::show(const Ref<OfflineMessage>& answer, Reply& reply) const {
  return write_offline_message(*this, answer, reply);
}
Result<void> Facade::show(const Page<OfflineMessage>& answer, Reply& reply) const {
  return write_offline_messages(*this, {}, answer, reply);
}

Result<void> Facade::show(const OpenedFile& file, Reply& reply) const {
  contract::show_file(file, reply);
  return {};
}

Result<String> Facade::status_name(std::string_view sent) const {
  const std::string_view name = ascii::trim(sent);
  if (name.empty()) return fault(Code::missing_field, "Parameter 'status' is required.", "status");
  const std::string_view known = canonical_status(name);
  if (known != name || known == "Online" || known == "Away" || known == "Offline") return String(known);
  for (const String& custom : away_statuses_) {
    if (ascii::same_ignoring_case(custom, name)) return custom;
  }
  const bool shown =
      std::none_of(name.begin(), name.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x20; });
  if (away_statuses_.empty() && name.size() <= longest_status && shown) return String(name);
  return fault(Code::invalid_field, "Parameter 'status' is not a known status.", "status");
}

}  // namespace parley::comm100
