// The requests about contacts as operations; see contacts.hpp. write_contacts.cpp has the answers.
#include "adapters/comm100/facade/contacts.hpp"

#include "adapters/comm100/contact_bodies.hpp"
#include "adapters/comm100/facade/read_request.hpp"
#include "adapters/comm100/fields.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

using http::Request;

constexpr std::size_t most_ids = 1000;        // of one call; the vendor names no number
constexpr std::size_t most_conditions = 20;   // each is looked up in every contact
constexpr std::size_t most_identified = 500;  // contacts of one answer without pages

/// Reads a body by its table.
template <const auto& table, class Body>
Result<void> read_into(const Request& request, Body& into) {
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return parsed;
  shape::Reading reading(true);
  shape::read_object(shape::view<table>, body.root(), &into, reading);
  if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
  return {};
}

String value_of(const Request& request, std::string_view name) {
  return http::query_value(request.query, name, true).value_or("");
}

ListTest contains(DocumentPath path, String text, bool any_element = false) {
  return {.kind = ListTest::Kind::contains,
          .path = std::move(path),
          .any_element = any_element,
          .values = {std::move(text)}};
}

/// Sets the filter to a value of a type; an empty type is any. A visitor's guid names the visitor.
Result<void> ask_for(std::string_view type, String value, const char* member, ContactFilter& filter) {
  Identity asked;
  asked.value = std::move(value);
  if (!type.empty()) {
    const Result<IdentityKind> kind = kind_of(type, member);
    if (!kind) return kind.error();
    asked.kind = *kind;
  }
  finish_value(asked);
  filter.kind = asked.kind;
  filter.value = std::move(asked.value);
  return {};
}

Result<void> read_contact_order(const Request& request, ListQuery& query) {
  Result<Order> order = read_order(request, shape::view<contact>, "createTime", false, "a contact");
  if (!order) return std::move(order).error();
  query.shape = &shape::view<contact>;
  query.order = std::move(order->keys);
  if (order->falling && query.order.empty()) query.order = {{{"createTime"}, true}};
  return {};
}

Error no_condition(const String& what) { return fault(Code::invalid_field, what, "filterConditions"); }

/// The time of a condition, and how far the bound is from it: neither Before nor After includes the time itself.
Result<Time> bound(const Text& value, int step) {
  bool exact = false;
  const std::optional<Time> time = parse_iso(value, exact);
  if (!time || !time->known()) return no_condition("A condition with Before or After needs an ISO 8601 time.");
  return Time::at(time->since_epoch + step);
}

/// Adds a condition on a member of the document, or on a custom field.
Result<void> add_condition(ContactCondition&& asked, ListContacts& operation) {
  const auto is = [&asked](std::string_view op) { return ascii::same_ignoring_case(ascii::trim(asked.op), op); };
  if (const IdentityKind kind = identity_kind(ascii::trim(asked.field)); kind != IdentityKind::unknown) {
    if (!is("Is") || operation.filter.kind != IdentityKind::unknown || asked.value.empty()) {
      return no_condition("A query has at most one condition on a type of identity, with the operator Is and a value.");
    }
    return ask_for(asked.field, asked.value.str(), "filterConditions", operation.filter);
  }
  const shape::Row* row = nullptr;
  for (const shape::Row& one : shape::view<contact>.rows) {
    if (ascii::same_ignoring_case(one.key, ascii::trim(asked.field)) && one.type->element == nullptr) row = &one;
  }
  ListTest test;
  test.path = row != nullptr ? DocumentPath{String(row->key)} : DocumentPath{"customFields", asked.field.str()};
  test.values = {asked.value.str()};
  const bool time = row != nullptr && row->type->form == shape::Form::date_time;
  if (is("Contains") || is("Does Not Contain")) {
    test.kind = ListTest::Kind::contains;
    test.negated = is("Does Not Contain");
  } else if (is("Is") || is("Is Not")) {
    test.negated = is("Is Not");
  } else if (time && (is("Before") || is("After"))) {
    test.kind = ListTest::Kind::between;
    const Result<Time> limit = bound(asked.value, is("Before") ? -1 : 1);
    if (!limit) return limit.error();
    (is("Before") ? test.to : test.from) = *limit;
  } else {
    return no_condition("The operator '" + asked.op.str() + "' cannot be used with '" + asked.field.str() + "'.");
  }
  operation.query.conditions.push_back({{std::move(test)}});
  return {};
}

/// A page from the body, if it names one.
Result<void> set_page(const ContactSearch& search, ListQuery& query, AskedPage& page) {
  constexpr std::int64_t most = 1'000'000'000;
  for (const std::optional<std::int64_t>& one : {search.index, search.size}) {
    if (one && (*one < 1 || *one > most)) {
      const char* const name = one == search.index ? "pageIndex" : "pageSize";
      return fault(Code::invalid_field, String("Parameter '") + name + "' must be an integer from 1.", name);
    }
  }
  if (search.size) page.size = std::min<std::size_t>(static_cast<std::size_t>(*search.size), 500);
  if (search.index) page.index = static_cast<std::size_t>(*search.index);
  query.offset = (page.index - 1) * page.size;
  query.limit = page.size;
  return {};
}

}  // namespace

// --- contacts ---------------------------------------------------------------------------------------------------------

Result<ListContacts> list_contacts(const Facade&, const Request& request, AskedPage& page) {
  ListContacts operation;
  if (Result<void> read = read_contact_order(request, operation.query); !read) return std::move(read).error();
  if (Result<void> read = read_page(request, operation.query, page); !read) return std::move(read).error();
  Result<void> asked = ask_for(value_of(request, "contactIdentityType"), value_of(request, "contactIdentityValue"),
                               "contactIdentityType", operation.filter);
  if (!asked) return std::move(asked).error();
  List<ListCondition>& conditions = operation.query.conditions;
  if (String text = value_of(request, "contactIdentityValueSearch"); !text.empty())
    conditions.push_back({{contains({"contactIdentities", "value"}, std::move(text), true)}});
  if (String text = value_of(request, "contactIdentityName"); !text.empty())
    conditions.push_back({{contains({"contactIdentities", "displayName"}, std::move(text), true)}});
  if (const String text = value_of(request, "contactKeywords"); !text.empty()) {
    conditions.push_back({{contains({"name"}, text), contains({"firstName"}, text), contains({"lastName"}, text),
                           contains({"contactIdentities", "value"}, text, true)}});
  }
  return operation;
}

Result<ListContacts> query_contacts(const Facade&, const Request& request, AskedPage& page) {
  ListContacts operation;
  if (Result<void> read = read_contact_order(request, operation.query); !read) return std::move(read).error();
  if (Result<void> read = read_page(request, operation.query, page); !read) return std::move(read).error();
  ContactSearch search;
  if (!request.body.empty()) {
    if (Result<void> read = read_into<contact_search>(request, search); !read) return std::move(read).error();
  }
  if (search.conditions.size() > most_conditions) return no_condition("A query has at most 20 conditions.");
  if (Result<void> set = set_page(search, operation.query, page); !set) return std::move(set).error();
  for (ContactCondition& one : search.conditions) {
    if (Result<void> added = add_condition(std::move(one), operation); !added) return std::move(added).error();
  }
  return operation;
}

Result<GetContact> read_contact(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetContact{.contact = {.id = {std::move(*id)}}};
}

Result<PutContact> add_contact(const Facade&, const Request& request) {
  ContactUpdate body;
  if (Result<void> read = read_into<contact_update>(request, body); !read) return std::move(read).error();
  return operation_of(std::move(body), ContactId{});
}

Result<PutContact> put_contact(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  ContactUpdate body;
  if (Result<void> read = read_into<contact_update>(request, body); !read) return std::move(read).error();
  return operation_of(std::move(body), ContactId{std::move(*id)});
}

Result<MergeContacts> merge_contacts(const Facade&, const Request& request) {
  constexpr std::string_view action = ":merge";
  std::string_view segment = request.parameters.front();
  const std::size_t at = segment.size() < action.size() ? 0 : segment.size() - action.size();
  if (!ascii::same_ignoring_case(segment.substr(at), action)) {
    return fault(Code::no_such_endpoint, "A contact has no such action.");
  }
  const std::optional<ids::Guid> guid = ids::parse_guid(segment.substr(0, at));
  if (!guid) return fault(Code::invalid_field, "Parameter 'id' must be a guid.", "id");
  ContactMerge body;
  if (Result<void> read = read_into<contact_merge>(request, body); !read) return std::move(read).error();
  return MergeContacts{.contact = {ids::from_guid(*guid)}, .other = std::move(body.contact)};
}

Result<DeleteContacts> delete_contact(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return DeleteContacts{.contacts = {{std::move(*id)}}, .must_exist = true};
}

Result<DeleteContacts> delete_contacts(const Facade&, const Request& request) {
  shape::Document body;
  if (Result<void> parsed = parse_body(request, body); !parsed) return std::move(parsed).error();
  const shape::Node& root = body.root();
  if (!root.is_array()) return fault(Code::invalid_field, "The request body must be a list of ids.");
  if (root.size > most_ids) return fault(Code::invalid_field, "The request body must have at most 1000 ids.");
  DeleteContacts operation;
  shape::Reading reading(true);
  for (const shape::Node& child : root) {
    const shape::Reading::Step step(reading, operation.contacts.size());
    ContactKey key;
    if (child.is_object()) {  // clients send back what a list has shown
      shape::read_object(shape::view<contact_key>, child, &key, reading);
    } else {
      GuidId::read(child, key.id, reading);
    }
    if (std::optional<Error> found = first_fault(reading)) return std::move(*found);
    operation.contacts.push_back(std::move(key.id));
  }
  return operation;
}

// --- identities -------------------------------------------------------------------------------------------------------

Result<GetContact> read_identity(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return GetContact{.contact = {.id = {}, .identity = {std::move(*id)}}};
}

Result<PutIdentity> add_identity(const Facade&, const Request& request) {
  IdentityUpdate body;
  if (Result<void> read = read_into<new_identity>(request, body); !read) return std::move(read).error();
  return operation_of(std::move(body), IdentityId{});
}

Result<PutIdentity> put_identity(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  IdentityUpdate body;
  if (Result<void> read = read_into<changed_identity>(request, body); !read) return std::move(read).error();
  return operation_of(std::move(body), IdentityId{std::move(*id)});
}

Result<DeleteIdentity> delete_identity(const Facade&, const Request& request) {
  Result<String> id = path_id(request);
  if (!id) return std::move(id).error();
  return DeleteIdentity{.identity = {std::move(*id)}};
}

Result<ListContacts> query_identities(const Facade&, const Request& request) {
  IdentitySearch body;
  if (Result<void> read = read_into<identity_search>(request, body); !read) return std::move(read).error();
  ListContacts operation;
  operation.query.limit = most_identified;
  if (body.ids && !body.ids->empty()) {
    if (body.ids->size() > most_ids) return fault(Code::invalid_field, "Parameter 'ids' has at most 1000 ids.", "ids");
    operation.filter.identities = *std::move(body.ids);
    return operation;
  }
  if (ascii::trim(body.value).empty()) return fault(Code::missing_field, "Parameter 'value' is required.", "value");
  Result<void> asked = ask_for(body.type, body.value.str(), "identityType", operation.filter);
  if (!asked) return std::move(asked).error();
  return operation;
}

Result<ListContacts> identify(const Facade&, const Request& request) {
  String value = value_of(request, "value");
  if (ascii::trim(value).empty()) return fault(Code::missing_field, "Parameter 'value' is required.", "value");
  ListContacts operation;
  operation.query.limit = most_identified;
  Result<void> asked = ask_for(value_of(request, "identityType"), std::move(value), "identityType", operation.filter);
  if (!asked) return std::move(asked).error();
  return operation;
}

}  // namespace parley::comm100
