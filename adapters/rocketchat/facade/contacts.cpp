// See contacts.hpp. visitor_contacts.cpp has the older calls.
#include "adapters/rocketchat/facade/contacts.hpp"

#include <map>

#include "adapters/rocketchat/contact_bodies.hpp"
#include "adapters/rocketchat/facade/answer.hpp"
#include "adapters/rocketchat/facade/body_reader.hpp"
#include "adapters/rocketchat/facade/chat_texts.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::rocketchat {
namespace {

using http::Reply;
using http::Request;

constexpr std::string_view blank = "must pass \"isNotEmpty\" keyword validation";

bool is_blank(std::string_view text) noexcept { return trim(text).empty(); }

/// The vendor's schema wants each value once. It looks from the end, and names the later one first.
Result<void> check_unique(const List<Text>& values, std::string_view field) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t at = values.size(); at-- > 0;) {
    const auto [known, is_new] = places.emplace(values[at], at);
    if (is_new) continue;
    return schema::invalid("must NOT have duplicate items (items ## " + std::to_string(known->second) + " and " +
                               std::to_string(at) + " are identical)",
                           field);
  }
  return {};
}

Result<void> check_values(const List<Text>& values, std::string_view field) {
  for (const Text& value : values) {
    if (Result<void> good = check_text(value, field, too_long_of_agent); !good) return good;
  }
  return check_unique(values, field);
}

/// The whole of what `name`, `customFields` and `contactManager` say.
Result<PutContact> put(const Facade& facade, std::optional<Text> name, Attributes fields, std::optional<Text> manager) {
  if (name) {
    if (Result<void> good = check_text(*name, "name", too_long_of_agent); !good) return std::move(good).error();
  }
  for (const Attribute& field : fields) {
    if (facade.keeps(field.name)) continue;
    return Error{.code = Code::malformed_request,
                 .message = "Custom field " + field.name.str() + " is not allowed",
                 .field = "customFields"};
  }
  PutContact made{.name = std::move(name), .fields = std::move(fields)};
  if (manager) made.manager = AgentId{*std::move(manager)};
  return made;
}

/// Sets the addresses and numbers that were given.
Result<void> set_lists(PutContact& made, std::optional<List<Text>> emails, std::optional<List<Text>> phones) {
  if (emails) {
    if (Result<void> good = check_values(*emails, "emails"); !good) return good;
  }
  if (phones) {
    if (Result<void> good = check_values(*phones, "phones"); !good) return good;
  }
  made.emails = std::move(emails);
  made.phones = std::move(phones);
  return {};
}

Result<void> check_id(const Text& id) {
  if (is_blank(id)) return schema::invalid(blank, "contactId");
  return {};
}

/// The members of a room that a contact's history shows.
std::uint64_t history_rows(const shape::View& view) noexcept {
  std::uint64_t rows = 0;
  for (const std::string_view key :
       {"_id", "fname", "ts", "v", "msgs", "servedBy", "closedAt", "closedBy", "closer", "tags", "source"}) {
    if (const int row = view.find(key); row >= 0) rows |= std::uint64_t{1} << static_cast<unsigned>(row);
  }
  return rows;
}

/// A contact of a list: its manager is an object there. Only the id is known: it also stands for the names.
void write_listed(const Contact& one, shape::Writer& writer) {
  static const shape::View& view = shape::view<contact>;
  static const int manager = view.find("contactManager");
  const std::uint64_t rest = ~(std::uint64_t{1} << static_cast<unsigned>(manager));
  writer.begin_object();
  shape::write_rows(view, &one, rest, writer);
  if (!one.manager.empty()) {
    writer.key("contactManager");
    writer.begin_object();
    for (const std::string_view key : {"_id", "name", "username"}) member(writer, key, one.manager.text);
    writer.end_object();
  }
  writer.end_object();
}

/// What the vendor's schema says of one of the alternatives of contacts.checkExistence; empty: it fits.
String fault_of_alternative(const List<Parameter>& query, std::string_view wanted) {
  const auto is_wanted = [wanted](const Parameter& one) { return one.name == wanted; };
  const auto sent = std::ranges::find_if(query, is_wanted);
  if (sent == query.end()) return "must have required property '" + String(wanted) + "'";
  if (query.size() > 1) return "must NOT have additional properties";
  if (sent->form == Parameter::Form::object || !sent->more.empty()) return "must be string";
  return is_blank(sent->value) ? String(blank) : String();
}

}  // namespace

// --- requests ---------------------------------------------------------------------------------------------------------

Result<PutContact> create_contact(const Facade& facade, const Request& request) {
  Result<NewContactBody> body = read_body<new_contact_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  std::optional<Text> manager;
  if (!body->manager.empty()) manager = std::move(body->manager);
  Result<PutContact> made = put(facade, std::move(body->name), std::move(body->fields), std::move(manager));
  if (!made) return made;
  Result<void> good = set_lists(*made, std::move(body->emails), std::move(body->phones));
  if (!good) return std::move(good).error();
  made->create = true;
  return made;
}

Result<PutContact> update_contact(const Facade& facade, const Request& request) {
  Result<ChangedContactBody> body = read_body<changed_contact_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  Result<void> good = check_id(body->id);
  if (!good) return std::move(good).error();
  Result<PutContact> made = put(facade, std::move(body->name), std::move(body->fields), std::move(body->manager));
  if (!made) return made;
  good = set_lists(*made, std::move(body->emails), std::move(body->phones));
  if (!good) return std::move(good).error();
  made->contact.text = std::move(body->id);
  made->wipes_conflicts = body->wipe_conflicts;
  return made;
}

Result<PutContact> resolve_conflicts(const Facade& facade, const Request& request) {
  Result<ContactConflictsBody> body = read_body<contact_conflicts_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  if (Result<void> good = check_id(body->id); !good) return std::move(good).error();
  Result<PutContact> made = put(facade, std::move(body->name), std::move(body->fields), std::move(body->manager));
  if (!made) return made;
  made->contact.text = std::move(body->id);
  made->resolves = true;
  made->wipes_conflicts = body->wipe_conflicts;
  return made;
}

Result<DeleteContacts> delete_contact(const Facade&, const Request& request) {
  Result<DeletedContactBody> body = read_body<deleted_contact_body>(request, Validator::schema);
  if (!body) return std::move(body).error();
  if (Result<void> good = check_id(body->id); !good) return std::move(good).error();
  return DeleteContacts{.contacts = {{std::move(body->id)}}, .must_exist = true};
}

Result<GetContact> get_contact(const Facade&, const Request& request) {
  const Result<List<Parameter>> query = read_query(request, parameters::contact);
  if (!query) return query.error();
  String id = value_of(*query, "contactId");
  if (is_blank(id)) return schema::invalid(blank, "contactId");
  return GetContact{.contact = {.id = {std::move(id)}}};
}

Result<GetContact> check_contact(const Facade&, const Request& request) {
  const Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return query.error();
  String faults;
  for (const contract::QueryParameter& one : parameters::contact_existence) {
    String fault = fault_of_alternative(*query, one.name);
    if (!fault.empty()) {
      faults.append(fault).append("\n ");
      continue;
    }
    GetContact made;
    Text value(query->front().value);
    (one.name == "email"   ? made.contact.email
     : one.name == "phone" ? made.contact.phone
                           : made.contact.id.text) = std::move(value);
    return made;
  }
  return schema::invalid(faults + "must match exactly one schema in oneOf", {});
}

Result<ListContacts> search_contacts(const Facade&, const Request& request) {
  Result<ListQuery> query = read_list_request(request, parameters::contacts, &shape::view<contact>);
  if (!query) return std::move(query).error();
  const List<Parameter> sent = parse_query(request.query).value();
  if (const String text = value_of(sent, "searchText"); !text.empty()) {
    const auto contains = [&text](const char* list, const char* key) {
      return ListTest{.kind = ListTest::Kind::contains, .path = {list, key}, .any_element = true, .values = {text}};
    };
    ListTest named{.kind = ListTest::Kind::contains, .path = {"name"}, .values = {text}};
    query->conditions.push_back({{std::move(named), contains("emails", "address"), contains("phones", "phoneNumber")}});
  }
  const bool unknown = value_of(sent, "unknown") == "true";
  query->conditions.push_back({{{.kind = ListTest::Kind::is_true, .path = {"unknown"}, .negated = !unknown}}});
  if (query->order.empty()) query->order = {{{"name"}}};
  return ListContacts{.query = *std::move(query)};
}

Result<ListChats> list_contact_history(const Facade& facade, const Request& request) {
  Result<ListQuery> query = read_list_request(request, parameters::contact_history, &room_view(facade.profile()));
  if (!query) return std::move(query).error();
  String contact = value_of(parse_query(request.query).value(), "contactId");
  if (is_blank(contact)) return schema::invalid(blank, "contactId");
  if (query->order.empty()) query->order = {{{"closedAt"}, true}};
  query->asked = {};  // another call's parameters
  ListChats list{.domain = {}, .query = *std::move(query)};
  list.filter = {.state = ChatFilter::State::ended, .contact = {std::move(contact)}, .newest_first = true};
  return list;
}

// --- answers ----------------------------------------------------------------------------------------------------------

Result<void> show_created_contact(const Facade& facade, const Ref<Contact>& made, Reply& reply) {
  Answer answer(facade, reply);
  member(answer.writer(), "contactId", made->id.text);
  return answer.end();
}

Result<void> show_resolved_contact(const Facade& facade, const Ref<Contact>& resolved, Reply& reply) {
  Answer answer(facade, reply);
  answer.record("result", shape::view<contact>, resolved);
  return answer.end();
}

Result<void> show_deleted_contact(const Facade& facade, const DeletedContacts&, Reply& reply) {
  return Answer(facade, reply).end();
}

Result<void> show_existence(const Facade& facade, const Ref<Contact>&, Reply& reply) {
  Answer answer(facade, reply);
  answer.writer().key("exists");
  answer.writer().boolean(true);
  return answer.end();
}

Result<void> show_contacts(const Facade& facade, const ListContacts& asked, const Page<Contact>& contacts,
                           Reply& reply) {
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("contacts");
  writer.begin_array();
  for (const Ref<Contact>& one : contacts.records) {
    if (writer.out().overflowed()) break;
    write_listed(*one, writer);
    answer.find_losses(shape::view<contact>, one.get());
  }
  writer.end_array();
  answer.numbers(asked.query.limit, asked.query.offset,
                 contacts.matching());  // the number that was asked for, as the vendor does
  return answer.end();
}

Result<void> show_contact_history(const Facade& facade, const ListChats& asked, const Page<Chat>& rooms, Reply& reply) {
  const shape::View& view = room_view(facade.profile());
  const std::uint64_t shown = history_rows(view);
  Answer answer(facade, reply);
  shape::Writer& writer = answer.writer();
  writer.key("history");
  writer.begin_array();
  for (const Ref<Chat>& room : rooms.records) {
    if (writer.out().overflowed()) break;
    shape::write_members(view, room.get(), shown, writer);
  }
  writer.end_array();
  answer.numbers(rooms.records.size(), asked.query.offset, rooms.matching());
  return answer.end();
}

Result<void> Facade::show(const Ref<Contact>& shown, Reply& reply) const {
  Answer answer(*this, reply);
  answer.record("contact", shape::view<contact>, shown);
  return answer.end();
}

Result<void> Facade::show(const Page<Contact>& contacts, Reply& reply) const {
  return show_list(*this, "contacts", shape::view<contact>, 0, contacts, reply);
}

}  // namespace parley::rocketchat
