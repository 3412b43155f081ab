// Writes a line for each member.
#include "tests/support/operations.hpp"

#include "tests/support/records_of.hpp"

namespace parley::test {
namespace {

class Describer {
 public:
  void operator()(const GetChatContact& one) {
    add("chat", one.chat.text), add("domain", one.domain), add("ended too", one.ended_too ? "yes" : "no");
  }
  void operator()(const ListVisitors& one) { add("on site", one.on_site ? "yes" : "no"); }
  void operator()(const GetVisitor& one) { add("visitor", one.visitor.text), add("token", one.token); }
  void operator()(const SetVisitorVariables& one) {
    add("visitor", one.visitor.text), add("token", one.token);
    for (const Attribute& variable : one.variables) add(variable.name, variable.value + "|" + variable.url);
    for (const CustomField& field : one.fields) add(field);
  }
  void operator()(const ListAgents&) {}
  void operator()(const GetAgent& one) { add("agent", one.agent.text); }
  void operator()(const SetAgentStatus& one) { add("agent", one.agent.text), add("status", one.status); }
  void operator()(const RegisterVisitor& one) {
    add("token", one.token), add("name", shown(one.name)), add("email", shown(one.email));
    add("phone", shown(one.phone)), add("department", shown(one.department)), add("username", one.username),
        add("id", one.id.text);
    for (const CustomField& field : one.fields) add(field);
    add("by agent", one.by_agent ? "yes" : "no"), add("manager", one.manager);
    for (const shape::Extension& member : one.extensions) add(member.key, member.json);
  }
  void operator()(const RecordPageVisit& one) {
    add("token", one.token), add("chat", one.chat.text), add("change", one.change), add("title", one.title);
    add("url", one.url), add("verify", one.verify ? "yes" : "no");
  }
  void operator()(const ListContactChannels& one) { add("contact", one.contact.text); }
  void operator()(const OpenChat& one) {
    add("token", one.token), add("chat", one.chat.text), add("agent", one.agent.text), add("source", one.source);
  }
  void operator()(const ListChats& one) { add("domain", one.domain), add(one.filter); }
  void operator()(const GetChat& one) { add(one.chat); }
  void operator()(const PostMessage& one) {
    add(one.chat), add(one.author), add("id", one.id.text), add("text", one.text), add("reply to", one.reply_to.text);
    add("kind", shape::words_of<MessageKind>[static_cast<std::size_t>(one.kind)]);
    add("reopen", one.reopen ? "yes" : "no");
  }
  void operator()(const EditMessage& one) {
    add(one.chat), add(one.author), add("id", one.id.text), add("text", one.text);
  }
  void operator()(const DeleteMessage& one) { add(one.chat), add(one.author), add("id", one.id.text); }
  void operator()(const GetMessage& one) { add(one.chat), add("id", one.id.text); }
  void operator()(const ListMessages& one) {
    add(one.chat);
    const MessageQuery& query = one.query;
    add("after", query.after), add("before", query.before), add("text", query.text);
    add("order", query.newest_first ? "newest first" : "oldest first"),
        add("written", query.written_only ? "yes" : "no"), add("notes", query.notes ? "yes" : "no");
    add("offset", std::to_string(query.offset)), add("limit", std::to_string(query.limit));
  }
  void operator()(const ListTranscripts& one) {
    add("domain", one.domain), add(one.filter), add("limit", std::to_string(one.limit));
  }
  void operator()(const CloseChat& one) {
    add(one.chat), add(one.closer), add("reason", one.reason), add("comment", one.comment);
    for (const Text& tag : one.tags) add("tag", tag);
  }
  void operator()(const CloseAllChats& one) { add("domain", one.domain), add(one.closer), add("reason", one.reason); }
  void operator()(const AssignChat& one) {
    add(one.chat), add(one.by), add("agent", one.agent.text), add("department", one.department.text);
    add("comment", one.comment), add("transfer", one.transfer ? "yes" : "no");
  }
  void operator()(const RateChat& one) {
    add(one.chat), add("grade", std::to_string(one.rating.grade)), add("comment", one.rating.comment);
    for (const Attribute& answer : one.rating.answers) add(answer.name, answer.value);
  }
  void operator()(const DeleteChats& one) {
    for (const ChatRef& chat : one.chats) add(chat);
  }

  void operator()(const ListDepartments&) {}
  void operator()(const GetDepartment& one) { add("department", one.department.text); }
  void operator()(const PutDepartment& one) {
    add("create", one.create ? "yes" : "no"), add("department", one.department.text);
    add("name", shown(one.name)), add("description", shown(one.description)), add("email", shown(one.email));
    add("disabled", shown(one.disabled)), add("hidden on registration", shown(one.hidden_on_registration));
    add("hidden on offline form", shown(one.hidden_on_offline_form));
    if (one.agents) {
      for (const Text& agent : *one.agents) add("agent", agent);
    }
    for (const Text& agent : one.joining) add("joins", agent);
    for (const Text& agent : one.leaving) add("leaves", agent);
    for (const shape::Extension& member : one.extensions) add(member.key, member.json);
  }
  void operator()(const DeleteDepartment& one) { add("department", one.department.text); }
  void operator()(const LeaveOfflineMessage& one) { add_record(shape::canonical_view<OfflineMessage>, &one.message); }
  void operator()(const ListOfflineMessages& one) {
    const OfflineMessageFilter& filter = one.filter;
    add("from", filter.from), add("to", filter.to);
    add("department", filter.department ? std::string_view(filter.department->text) : "(absent)");
    add("order", filter.newest_first ? "newest first" : "oldest first");
  }
  void operator()(const GetOfflineMessage& one) { add(one.message); }
  void operator()(const ChangeOfflineMessage& one) {
    add(one.message), add("name", shown(one.name)), add("email", shown(one.email)), add("phone", shown(one.phone));
    add("company", shown(one.company)), add("subject", shown(one.subject)), add("text", shown(one.text));
    if (one.department) add("department", one.department->text);
    if (one.agent) add("agent", one.agent->text);
    if (one.ticket) add("ticket", std::to_string(*one.ticket));
  }
  void operator()(const DeleteOfflineMessages& one) {
    for (const OfflineMessageRef& message : one.messages) add(message);
  }
  void operator()(const SetPresence& one) {
    add("token", one.token), add("presence", shape::words_of<Presence>[static_cast<std::size_t>(one.presence)]);
  }
  void operator()(const DeleteVisitor& one) { add("visitor", one.visitor.text), add("token", one.token); }
  void operator()(const GetSite& one) { add("token", one.token), add("department", one.department.text); }
  void operator()(const ListContacts& one) {
    const ContactFilter& filter = one.filter;
    add("kind", shape::words_of<IdentityKind>[static_cast<std::size_t>(filter.kind)]), add("value", filter.value);
    for (const IdentityId& identity : filter.identities) add("identity", identity.text);
  }
  void operator()(const GetContact& one) {
    add("contact", one.contact.id.text), add("identity", one.contact.identity.text);
    add("email", one.contact.email), add("phone", one.contact.phone);
  }
  void operator()(const PutContact& one) {
    add("contact", one.contact.text), add("create", one.create ? "yes" : "no"), add("name", shown(one.name));
    add("first name", shown(one.first_name)), add("last name", shown(one.last_name));
    const auto texts = [this](std::string_view name, const std::optional<List<Text>>& all) {
      add(name, all ? "given" : "(absent)");
      for (const Text& text : all.value_or(List<Text>())) add(name, text);
    };
    texts("email", one.emails), texts("phone", one.phones);
    add("identities", one.identities ? "given" : "(absent)");
    for (const Identity& identity : one.identities.value_or(List<Identity>())) {
      add_record(shape::canonical_view<Identity>, &identity);
    }
    add("manager", one.manager ? std::string_view(one.manager->text) : "(absent)");
    for (const Attribute& field : one.fields) add(field.name, field.value);
    add("unique", one.unique ? "yes" : "no"), add("resolves", one.resolves ? "yes" : "no");
    add("wipes conflicts", one.wipes_conflicts ? "yes" : "no");
    for (const shape::Extension& member : one.extensions) add(member.key, member.json);
  }
  void operator()(const PutIdentity& one) {
    add("identity", one.identity.text), add("contact", one.contact.text), add("create", one.create ? "yes" : "no");
    if (one.kind) add("kind", shape::words_of<IdentityKind>[static_cast<std::size_t>(*one.kind)]);
    add("value", shown(one.value)), add("name", shown(one.name)), add("avatar", shown(one.avatar));
    add("info", shown(one.info_url)), add("page", shown(one.page_url));
  }
  void operator()(const DeleteIdentity& one) { add("identity", one.identity.text); }
  void operator()(const MergeContacts& one) { add("contact", one.contact.text), add("other", one.other.text); }
  void operator()(const DeleteContacts& one) {
    for (const ContactId& contact : one.contacts) add("contact", contact.text);
    add("must exist", one.must_exist ? "yes" : "no");
  }
  void operator()(const PostMessages& one) {
    add("token", one.token), add("ip", one.ip), add("user agent", one.user_agent), add("host", one.host);
    add("identity", one.identity == IdentityRule::token_email ? "old" : "new");
    add("source", one.source), add("destination", one.source_destination);
    for (const Text& text : one.texts) add("text", text);
  }
  void operator()(const ChangeChat& one) {
    add(one.chat), add("topic", shown(one.topic)), add("tags", one.tags ? "given" : "(absent)");
    if (one.tags) {
      for (const Text& tag : *one.tags) add("tag", tag);
    }
    for (const CustomField& field : one.fields) add(field);
    add("visitor", one.visitor.text), add("name", shown(one.name)), add("email", shown(one.email));
    add("phone", shown(one.phone));
    for (const CustomField& field : one.visitor_fields) add(field);
  }
  void operator()(const RequestTranscript& one) {
    add(one.chat), add(one.by), add("email", one.email), add("subject", one.subject);
    add("withdraw", one.withdraw ? "yes" : "no");
  }
  void operator()(const PostFile& one) {
    add(one.chat), add(one.author), add("file", one.file.id.text), add("name", one.file.name);
    add("type", one.file.type), add("claimed type", one.file.claimed_type), add("size", std::to_string(one.file.size));
    add("parts", std::to_string(one.file.parts)), add("sha256", one.file.sha256), add("url", one.url);
    add("caption", one.caption);
  }
  void operator()(const GetFile& one) {
    add("file", one.file.text), add(one.chat);
    add("any chat", one.any_chat ? "yes" : "no");
  }

  [[nodiscard]] const String& text() const noexcept { return text_; }

 private:
  void add(std::string_view name, std::string_view value) { text_.append(name).append("=").append(value).append("\n"); }
  static std::string_view shown(const std::optional<Text>& value) {
    return value ? std::string_view(*value) : std::string_view("(absent)");
  }
  static std::string_view shown(const std::optional<bool>& value) {
    return !value ? "(absent)" : *value ? "yes" : "no";
  }
  void add(std::string_view name, Time time) {
    Buffer text;
    if (time.known()) append_iso(time, text);
    add(name, text.view());
  }
  void add(const OfflineMessageRef& message) {
    add("message", message.id.text), add("number", std::to_string(message.number));
  }
  void add_record(const shape::View& view, const void* record) {
    Buffer text;
    shape::Writer writer(text);
    shape::write_object(view, record, writer);
    writer.finish();
    add("record", text.view());
  }
  void add(const ChatRef& chat) {
    add("chat", chat.id.text), add("sequence", std::to_string(chat.sequence)), add("token", shown(chat.token));
    constexpr std::string_view musts[] = {"exist", "be open", "have ended"};
    add("domain", chat.domain), add("must", musts[static_cast<std::size_t>(chat.must)]);
  }
  void add(const Actor& actor) {
    add("actor", shape::words_of<ActorKind>[static_cast<std::size_t>(actor.kind)]);
    add("actor's id", actor.id), add("actor's name", actor.name);
  }
  void add(const ChatFilter& filter) {
    constexpr std::string_view states[] = {"open", "ended", "any"};
    add("state", states[static_cast<std::size_t>(filter.state)]), add("from", filter.from), add("to", filter.to);
    add("visitor", filter.visitor.text), add("contact", filter.contact.text), add("agent", filter.agent.text);
    add("department", filter.department.text), add("service", filter.service),
        add("order", filter.newest_first ? "newest first" : "oldest first");
    for (const Attribute& value : filter.values) add(value.name, value.value);
  }
  void add(const CustomField& field) { add(field.name, field.value + (field.overwrite ? "|overwrite" : "|keep")); }

  String text_;
};

}  // namespace

String describe(const Operation& operation) {
  Describer describer;
  std::visit(describer, operation);
  return String(name_of(kind_of(operation))) + '\n' + describer.text();
}

Outcome answer(const Operation& operation, const Outcome& all) {
  const auto of = [&all]<class Op>(const Op& one) {
    if constexpr (is_page<typename Op::Answer>) {
      return Outcome(select(records_of(std::get<typename Op::Answer>(all)), one.query));
    } else {
      static_cast<void>(one);
      return all;
    }
  };
  return std::visit(of, operation);
}

}  // namespace parley::test
