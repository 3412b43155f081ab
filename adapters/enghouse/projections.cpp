// The tables of what a contact says about its visitor and its agents. Members of the visitor that a contact does not have go into callData
// under their canonical names, because clients of this vendor expect unknown names there.
#include "adapters/enghouse/projections.hpp"

#include "adapters/contract/projection.hpp"
#include "adapters/enghouse/entries.hpp"
#include "adapters/enghouse/fields.hpp"
#include "schemas/canonical/visitor_texts.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::enghouse {
namespace {

using contract::carried;
using contract::Projection;
using contract::Record;
using contract::RecordKind;
using shape::dropped;

/// A contact that is read, and the participant who is its visitor.
struct ShownContact {
  const Chat& chat;
  const Participant& visitor;
  bool known;  ///< false: no participant is the visitor, and `visitor` is empty
};
/// What of a made contact its own members hold, and the participant who is its visitor.
struct MadeHead {
  Chat& chat;
  Participant& visitor;
};
/// A contact that is made.
struct MadeContact : MadeHead {};

// --- callData -------------------------------------------------------------------------------------------------------

/// The text under `name` in callData; empty = there is none.
std::string_view text_of(const Attributes& call_data, std::string_view name) noexcept {
  const Attribute* found = find(call_data, name);
  return found != nullptr && !found->literal ? std::string_view(found->value) : std::string_view{};
}

// A codec that stores something in callData has, beside `from`: template <class Entries> void enter(const Visitor&, Entries&).

/// A text under its canonical name.
template <auto Member>
struct NamedText {
  static constexpr std::string_view name = shape::detail::member_name<Member>();
  static constexpr EntryName entry{name, shape::quoted_name<Member>};
  static Text& text(Visitor& visitor) {
    if constexpr (std::is_same_v<decltype(Member), DepartmentId Visitor::*>) {
      return (visitor.*Member).text;
    } else {
      return visitor.*Member;
    }
  }
  static void to(const ShownContact& own, Visitor& visitor) { text(visitor) = text_of(own.chat.call_data, name); }
  template <class Entries>
  static void enter(const Visitor& visitor, Entries& entries) {
    const Text& value = text(const_cast<Visitor&>(visitor));  // only read
    if (!value.empty()) entries.text(entry, value);
  }
};
template <auto Member>
consteval auto in_call_data() {
  return carried<Member, NamedText<Member>>(Fidelity::converted, "callData, under the canonical name");
}

/// Every entry that is no member of the visitor.
struct NamedValues {
  static void to(const ShownContact& own, Visitor& visitor) {
    for (const Attribute& entry : own.chat.call_data) {
      if (!entry.literal && is_reserved(entry.name)) continue;
      visitor.attributes.push_back(entry);
      visitor.attributes.back().name = from_key(entry.name);
    }
  }
  template <class Entries>
  static void enter(const Visitor& visitor, Entries& entries) {
    entries.attributes(visitor.attributes);
  }
};

// --- users[userID] and callData -------------------------------------------------------------------------------------

/// A member of the participant that has the visitor's type.
template <auto Member, auto Of>
struct UserMember {
  static void to(const ShownContact& own, Visitor& visitor) { visitor.*Member = own.visitor.*Of; }
  static void from(const Visitor& visitor, MadeHead& own) { own.visitor.*Of = lend(visitor.*Member); }
};
template <auto Member, auto Of>
consteval auto in_user(std::string_view where) {
  return carried<Member, UserMember<Member, Of>>(Fidelity::exact, where);
}

struct UserName {
  static void to(const ShownContact& own, Visitor& visitor) {
    visitor.name = own.visitor.name.empty() ? text_of(own.chat.call_data, nickname_key) : own.visitor.name.view();
  }
  static void from(const Visitor& visitor, MadeHead& own) { own.visitor.name = lend(visitor.name); }
  template <class Entries>
  static void enter(const Visitor& visitor, Entries& entries) {
    if (!visitor.name.empty()) entries.text({nickname_key, "\"_NICK_\":"}, visitor.name);
  }
};

/// The value of the first field of this type in the forms that is filled in.
std::string_view form_value(const Chat& chat, std::string_view type) noexcept {
  for (const DataCollection& form : chat.data_collections) {
    for (const FormField& field : form.fields) {
      if (field.type == type && !field.value.empty()) return field.value;
    }
  }
  return {};
}

/// The participant's addresses, else the one in callData, else the one in the forms, under their `type` of field.
template <auto Member, auto Of, const EntryName& Entry, const std::string_view& Type>
struct Addresses {
  static void to(const ShownContact& own, Visitor& visitor) {
    visitor.*Member = own.visitor.*Of;
    if (!(visitor.*Member).empty()) return;
    std::string_view text = text_of(own.chat.call_data, Entry.name);
    if (text.empty()) text = form_value(own.chat, Type);
    if (!text.empty()) (visitor.*Member).emplace_back(text);
  }
  static void from(const Visitor& visitor, MadeContact& own) { own.visitor.*Of = lend(visitor.*Member); }
  template <class Entries>
  static void enter(const Visitor& visitor, Entries& entries) {
    if (!(visitor.*Member).empty()) entries.text(Entry, (visitor.*Member).front());
  }
};
constexpr EntryName email_entry{email_key, "\"email\":"};
constexpr EntryName phone_entry{phone_key, "\"phone_number\":"};
constexpr std::string_view email_type = "email";
constexpr std::string_view phone_type = "phone";
using Emails = Addresses<&Visitor::emails, &Participant::emails, email_entry, email_type>;
using Phones = Addresses<&Visitor::phones, &Participant::phones, phone_entry, phone_type>;

struct UserOnline {
  static void to(const ShownContact& own, Visitor& visitor) {
    if (own.known) visitor.presence = own.visitor.online ? Presence::online : Presence::offline;
  }
  static void from(const Visitor& visitor, MadeHead& own) {
    own.visitor.online = visitor.presence != Presence::offline;
  }
  static bool lost(const Visitor& visitor) {
    return visitor.presence != Presence::online && visitor.presence != Presence::offline;
  }
};

// --- the contact itself ---------------------------------------------------------------------------------------------

struct UserId {
  static void to(const ShownContact& own, Visitor& visitor) {
    visitor.id.text = own.chat.visitor.empty() ? own.visitor.id : own.chat.visitor.text;
  }
  static void from(const Visitor& visitor, MadeHead& own) {
    own.chat.visitor.text = lend(visitor.id.text);
    own.visitor.id = lend(visitor.id.text);
  }
};

struct ChatLanguage {
  static void to(const ShownContact& own, Visitor& visitor) { visitor.language = own.chat.language; }
  static void from(const Visitor& visitor, MadeHead& own) { own.chat.language = lend(visitor.language); }
};

struct StateOfChat {
  static void to(const ShownContact& own, Visitor& visitor) {
    switch (own.chat.state) {
      case ChatState::unknown:
        return;
      case ChatState::ended:
        visitor.status = VisitorStatus::chat_ended;
        return;
      case ChatState::queued:
      case ChatState::active:
        break;
    }
    const List<Participant>& all = own.chat.participants;
    const bool served =
        std::any_of(all.begin(), all.end(), [](const Participant& one) { return one.is_agent && !one.end_at.known(); });
    visitor.status = served ? VisitorStatus::chatting : VisitorStatus::waiting_for_chat;
  }
  static void from(const Visitor& visitor, MadeHead& own) {
    switch (visitor.status) {
      case VisitorStatus::unknown:
        return;
      case VisitorStatus::chat_ended:
        own.chat.state = ChatState::ended;
        return;
      case VisitorStatus::waiting_for_chat:
        own.chat.state = ChatState::queued;
        return;
      default:
        own.chat.state = ChatState::active;
    }
  }
  static bool lost(const Visitor& visitor) {
    return visitor.status != VisitorStatus::chat_ended && visitor.status != VisitorStatus::waiting_for_chat;
  }
};

/// Whether the contact of this visitor is a chat: a visitor who never chatted is shown as a chat with the visitor's own id.
bool shown_by_chat(const Visitor& visitor) noexcept {
  return !visitor.last_chat.empty() && visitor.last_chat.text != visitor.id.text;
}

/// Reads the visitor's id, so its row comes first.
struct LastChat {
  static void to(const ShownContact& own, Visitor& visitor) {
    if (own.chat.id.text != visitor.id.text) visitor.last_chat = own.chat.id;
  }
  static void from(const Visitor& visitor, MadeHead& own) {
    own.chat.id.text = lend(visitor.last_chat.empty() ? visitor.id.text : visitor.last_chat.text);
  }
  static bool lost(const Visitor& visitor) { return !shown_by_chat(visitor); }
};
struct LastChatBegin {
  static void to(const ShownContact& own, Visitor& visitor) {
    if (own.chat.id.text != visitor.id.text) visitor.last_chat_at = own.chat.begin_at;
  }
  static void from(const Visitor& visitor, MadeHead& own) {
    own.chat.begin_at = visitor.last_chat.empty() ? visitor.visit_at : visitor.last_chat_at;
  }
  static bool lost(const Visitor& visitor) { return !shown_by_chat(visitor); }
};

// Rows that add to callData stand in the order of its entries.
constexpr auto contact_as_visitor = contract::projection<Visitor, "enghouse.contact as visitor">(
    carried<&Visitor::id, UserId>(Fidelity::converted, "userID"),
    carried<&Visitor::name, UserName>(Fidelity::exact, "users[userID].nickname"),
    carried<&Visitor::emails, Emails>(Fidelity::converted, "callData.email: the first only"),
    carried<&Visitor::phones, Phones>(Fidelity::converted, "callData.phone_number: the first only"),
    carried<&Visitor::language, ChatLanguage>(Fidelity::exact, "lang"), in_call_data<&Visitor::company>(),
    in_call_data<&Visitor::time_zone>(), in_call_data<&Visitor::country>(), in_call_data<&Visitor::state>(),
    in_call_data<&Visitor::city>(), in_call_data<&Visitor::product_service>(), in_call_data<&Visitor::department>(),
    in_call_data<&Visitor::host>(), in_call_data<&Visitor::browser>(), in_call_data<&Visitor::operating_system>(),
    in_call_data<&Visitor::screen_resolution>(), in_call_data<&Visitor::flash_version>(),
    in_call_data<&Visitor::current_page>(), in_call_data<&Visitor::referrer>(), in_call_data<&Visitor::search_engine>(),
    in_call_data<&Visitor::search_keywords>(),
    carried<&Visitor::attributes, NamedValues>(Fidelity::converted,
                                               "callData: name and value, neither kind nor address"),
    carried<&Visitor::status, StateOfChat>(Fidelity::derived, "endTime, and whether an agent takes part"),
    carried<&Visitor::presence, UserOnline>(Fidelity::derived, "users[userID].isOnline: online or offline"),
    in_user<&Visitor::ip, &Participant::ip>("users[userID].firstIP"),
    in_user<&Visitor::user_agent, &Participant::user_agent>("users[userID].userAgent"),
    in_user<&Visitor::channel, &Participant::channel>("users[userID].channel"),
    in_user<&Visitor::landing_page, &Participant::landing_page>("users[userID].firstUri"),
    in_user<&Visitor::landing_title, &Participant::landing_title>("users[userID].firstTitle"),
    in_user<&Visitor::page_history, &Participant::page_history>("users[userID].uriHistory"),
    carried<&Visitor::visit_at, UserMember<&Visitor::visit_at, &Participant::begin_at>>(Fidelity::converted,
                                                                                        "users[userID].beginTime"),
    carried<&Visitor::last_chat, LastChat>(Fidelity::converted, "id"),
    carried<&Visitor::last_chat_at, LastChatBegin>(Fidelity::converted, "beginTime"),
    dropped<&Visitor::token>("Enghouse users have no secret handle."),
    dropped<&Visitor::username>("Enghouse users have one name, the nickname."),
    dropped<&Visitor::first_visit_at, &Visitor::visits, &Visitor::chats, &Visitor::page_views>(
        "A contact tells of one chat; it counts neither visits nor chats nor pages."),
    dropped<&Visitor::created_at, &Visitor::updated_at>(
        "A contact does not say when the visitor's record was made or changed."));

// --- agents ---------------------------------------------------------------------------------------------------------

struct AgentUserId {
  static void to(const Participant& own, Agent& agent) { agent.id.text = own.id; }
};
struct AgentNickname {
  static void to(const Participant& own, Agent& agent) { agent.name = own.name; }
};
struct AgentOnline {
  static void to(const Participant& own, Agent& agent) { agent.status = own.online ? "Online" : "Offline"; }
};

constexpr auto user_as_agent = contract::projection<Agent, "enghouse.contact as agents">(
    carried<&Agent::id, AgentUserId>(Fidelity::converted, "users[…].id where isAgent"),
    carried<&Agent::name, AgentNickname>(Fidelity::exact, "users[…].nickname"),
    carried<&Agent::status, AgentOnline>(Fidelity::derived, "users[…].isOnline: Online or Offline"),
    dropped<&Agent::username>("Enghouse users have one name, the nickname."),
    dropped<&Agent::first_name, &Agent::last_name, &Agent::emails, &Agent::phone, &Agent::title, &Agent::bio,
            &Agent::time_zone, &Agent::departments, &Agent::administrator, &Agent::disabled, &Agent::created_at>(
        "Enghouse users say no more about an agent."),
    dropped<&Agent::ongoing_chats, &Agent::most_chats>("A contact tells of one chat."));

Record visitor_of_record(const Record& own) { return to_visitor(std::get<Chat>(own)); }
Record chat_of_record(const Record& other) {
  const Chat borrowing = to_chat(std::get<Visitor>(other));
  return Chat(borrowing);
}
Record agents_of_record(const Record& own) { return to_agents(std::get<Chat>(own)); }

/// Fills a new contact with what the visitor has outside of callData. `Made` is MadeHead or MadeContact.
template <class Made>
void fill(const Visitor& visitor, Chat& chat) {
  Made own{MadeHead{.chat = chat, .visitor = chat.participants.emplace_back()}};
  contact_as_visitor.from(visitor, own);
  own.visitor.extensions = visitor.extensions;
}

/// Adds all that the visitor has in callData, in its order there.
template <class Entries>
void enter(const Visitor& visitor, Entries entries) {
  contact_as_visitor.each_codec([&visitor, &entries]<class Codec>() {
    if constexpr (requires { Codec::enter(visitor, entries); }) Codec::enter(visitor, entries);
  });
}

constexpr auto visitor_fields = contact_as_visitor.fields();
constexpr auto agent_fields = user_as_agent.fields();

}  // namespace

constinit const std::array<Projection, 2> projections = {{
    {.kind = RecordKind::visitor, .fields = visitor_fields, .to = &visitor_of_record, .from = &chat_of_record},
    {.kind = RecordKind::agents, .fields = agent_fields, .to = &agents_of_record, .from = nullptr},
}};

Visitor to_visitor(const Chat& chat) {
  static const Participant nobody;
  const Participant* found = visitor_of(chat);
  const ShownContact own{.chat = chat, .visitor = found != nullptr ? *found : nobody, .known = found != nullptr};
  Visitor visitor;
  contact_as_visitor.to(own, visitor);
  visitor.extensions = own.visitor.extensions;
  return visitor;
}

Chat to_chat(const Visitor& visitor) {
  Chat chat;
  fill<MadeContact>(visitor, chat);
  chat.call_data.reserve(3 + visitor_texts.size() + visitor.attributes.size());
  enter(visitor, EntryList(chat.call_data));
  return chat;
}

void write_contact(const Visitor& visitor, shape::Writer& writer, shape::Losses* losses) {
  constexpr const shape::View& view = shape::view<contact>;
  constexpr std::size_t last = view.rows.size() - 1;
  static_assert(view.rows[last].key == "callData", "the entries are written behind all other members");
  Chat head;
  fill<MadeHead>(visitor, head);
  writer.begin_object();
  shape::write_rows(view, &head, ~(std::uint64_t{1} << last), writer);
  writer.quoted_key(view.rows[last].quoted);
  writer.begin_object();
  enter(visitor, EntryWriter(writer));
  writer.end_object();
  writer.end_object();
  if (losses == nullptr) return;
  contract::find_losses(projections.front(), shape::canonical_view<Visitor>, &visitor, *losses);
  shape::find_losses(view, &head, *losses);
  entry_losses(visitor.attributes, view.rows[last].lossy, *losses);
  address_losses(visitor.emails, visitor.phones, *losses);
}

List<Agent> to_agents(const Chat& chat) {
  List<Agent> agents;
  for (const Participant& participant : chat.participants) {
    if (participant.is_agent) user_as_agent.to(participant, agents.emplace_back());
  }
  return agents;
}

}  // namespace parley::enghouse
