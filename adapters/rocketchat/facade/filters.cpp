// See filters.hpp. Each parameter has the meaning of the vendor's database query for it.
#include "adapters/rocketchat/facade/filters.hpp"

#include <algorithm>

#include "adapters/rocketchat/codecs.hpp"

namespace parley::rocketchat {
namespace {

using shape::Node;
using Kind = ListTest::Kind;
using Conditions = List<ListCondition>;

/// All values of a parameter.
List<String> all_of(const Parameter& parameter) {
  List<String> values = {parameter.value};
  values.insert(values.end(), parameter.more.begin(), parameter.more.end());
  return values;
}

/// The values of a parameter that can be ids. An empty one is none: a test for it would pass for records without the member.
List<String> ids_of(const Parameter& parameter) {
  List<String> values = all_of(parameter);
  std::erase(values, String());
  return values;
}

ListTest equals(DocumentPath path, List<String> values) {
  return {.kind = Kind::equals, .path = std::move(path), .values = std::move(values)};
}
ListTest contains(DocumentPath path, String part) {
  return {.kind = Kind::contains, .path = std::move(path), .values = {std::move(part)}};
}
ListTest is_there(std::string_view key) { return {.kind = Kind::is_there, .path = {String(key)}}; }
ListTest is_true(std::string_view key) { return {.kind = Kind::is_true, .path = {String(key)}}; }
ListTest is_not(ListTest test) {
  test.negated = true;
  return test;
}
ListTest for_an_element(ListTest test) {
  test.any_element = true;
  return test;
}
/// Conditions that a document meets if it passes all tests.
Conditions each(List<ListTest> tests) {
  Conditions made;
  for (ListTest& test : tests) made.push_back({{std::move(test)}});
  return made;
}
/// A condition that a document meets if it passes one of the tests.
Conditions one_of(List<ListTest> tests) { return {{std::move(tests)}}; }

// --- visitors ---------------------------------------------------------------------------------------------------------

/// A visitor matches whose e-mail address or phone number equals the term, or whose name or username contains it.
Result<Conditions> by_term(const Parameter& parameter) {
  const String& term = parameter.value;
  if (term.empty()) return Conditions();
  return one_of({for_an_element(equals({"visitorEmails", "address"}, {term})),
                 for_an_element(equals({"phone", "phoneNumber"}, {term})), contains({"name"}, term),
                 contains({"username"}, term)});
}

// --- agents -----------------------------------------------------------------------------------------------------------

Result<Conditions> by_text(const Parameter& parameter) {
  const String& part = parameter.value;
  if (part.empty()) return Conditions();
  return one_of(
      {contains({"username"}, part), contains({"name"}, part), for_an_element(contains({"emails", "address"}, part))});
}

Result<Conditions> only_available(const Parameter& parameter) {
  if (parameter.value != "true") return Conditions();
  return each({equals({"statusLivechat"}, {String(available)})});
}

Result<Conditions> but_not(const Parameter& parameter) {
  if (parameter.value.empty()) return Conditions();
  return each({is_not(equals({"_id"}, {parameter.value}))});
}

/// `false` leaves out agents whose status is offline or empty, except bots.
Result<Conditions> no_idle(const Parameter& parameter) {
  if (parameter.value != "false") return Conditions();
  return one_of({is_not(equals({"status"}, {"", "offline"})), for_an_element(equals({"roles"}, {"bot"}))});
}

// --- rooms ------------------------------------------------------------------------------------------------------------

Result<Conditions> by_agents(const Parameter& parameter) {
  return one_of({equals({"servedBy", "_id"}, ids_of(parameter)), equals({"servedBy", "username"}, ids_of(parameter))});
}

Result<Conditions> by_departments(const Parameter& parameter) {
  const bool is_text = parameter.form == Parameter::Form::text && parameter.more.empty();
  if (is_text && (parameter.value.empty() || parameter.value == "undefined")) return Conditions();
  return each({equals({"departmentId"}, ids_of(parameter))});
}

Result<Conditions> by_tags(const Parameter& parameter) {
  return each({for_an_element(equals({"tags"}, all_of(parameter)))});
}
Result<Conditions> by_units(const Parameter& parameter) {
  return each({for_an_element(equals({"departmentAncestors"}, all_of(parameter)))});
}

Result<Conditions> by_room_name(const Parameter& parameter) {
  if (parameter.value.empty()) return Conditions();
  return each({contains({"fname"}, parameter.value)});
}

/// Any value other than true and false filters nothing.
Result<Conditions> by_open(const Parameter& parameter) {
  if (parameter.value == "true") return each({is_there("open"), is_not(is_true("onHold"))});
  if (parameter.value == "false") return each({is_not(is_there("open")), is_not(is_true("onHold"))});
  return Conditions();
}

bool is_yes(std::string_view word) noexcept { return word == "true" || word == "t" || word == "1"; }

Result<Conditions> by_hold(const Parameter& parameter) {
  if (!is_yes(parameter.value)) return Conditions();
  return each({is_true("onHold")});
}

Result<Conditions> by_queue(const Parameter& parameter) {
  if (!is_yes(parameter.value)) return Conditions();
  return each({is_true("open"), is_not(is_there("servedBy")), is_not(is_true("onHold"))});
}

Error not_json(std::string_view name) {
  return Error{.code = Code::malformed_request,
               .message = "The \"" + String(name) + "\" query parameter must be a valid JSON.",
               .field = String(name)};
}

/// A bound of a range: a time, or a date without a time of day. An unknown Time: there is no bound. Errors: malformed_request.
Result<Time> bound_of(const Node& range, std::string_view name, std::string_view end) {
  const Node* node = range.find(end);
  if (node == nullptr || node->kind == shape::NodeKind::null || (node->is_text() && node->text.empty())) return Time();
  bool exact = false;
  std::optional<Time> time;
  if (node->is_text()) time = parse_iso(node->text, exact);
  if (!time && node->is_text()) time = parse_iso(String(node->text) + "T00:00:00Z", exact);
  if (time) return *time;
  return Error{.code = Code::malformed_request,
               .message = "The \"" + String(name) + '.' + String(end) + "\" query parameter must be a valid date.",
               .field = String(name)};
}

/// `{"start": …, "end": …}`, both included.
Result<Conditions> by_range(const Parameter& parameter, std::string_view key) {
  if (parameter.value.empty()) return Conditions();
  shape::Document range;
  if (!range.parse_json(parameter.value) || !range.root().is_object()) return not_json(parameter.name);
  const Result<Time> start = bound_of(range.root(), parameter.name, "start");
  if (!start) return start.error();
  const Result<Time> end = bound_of(range.root(), parameter.name, "end");
  if (!end) return end.error();
  if (!start->known() && !end->known()) return Conditions();
  return each({ListTest{.kind = Kind::between, .path = {String(key)}, .from = *start, .to = *end}});
}
Result<Conditions> by_begin(const Parameter& parameter) { return by_range(parameter, "ts"); }
Result<Conditions> by_end(const Parameter& parameter) { return by_range(parameter, "closedAt"); }

/// `{"key": "text"}`: each field must contain its text. At the vendor, the text is a regular expression.
Result<Conditions> by_custom_fields(const Parameter& parameter) {
  if (parameter.value.empty()) return Conditions();
  shape::Document fields;
  if (!fields.parse_json(parameter.value) || !fields.root().is_object()) return not_json(parameter.name);
  List<ListTest> tests;
  for (const Node& field : fields.root())
    tests.push_back(contains({"livechatData", String(field.key)}, String(field.text)));
  return each(std::move(tests));
}

/// `true`: rooms that somebody took.
Result<Conditions> only_served(const Parameter& parameter) {
  if (parameter.value != "true") return Conditions();
  return each({is_there("servedBy")});
}

Result<Conditions> by_source(const Parameter& parameter) {
  if (parameter.value.empty()) return Conditions();
  return one_of({contains({"source", "type"}, parameter.value), contains({"source", "alias"}, parameter.value)});
}

// --- departments ------------------------------------------------------------------------------------------------------

/// Any value other than true and false filters nothing.
Result<Conditions> by_enabled(const Parameter& parameter) {
  if (parameter.value == "true") return each({is_true("enabled")});
  if (parameter.value == "false") return each({is_not(is_true("enabled"))});
  return Conditions();
}

Result<Conditions> by_ids(const Parameter& parameter) { return each({equals({"_id"}, ids_of(parameter))}); }

/// `{"term": "text", "exceptions": ["id"]}`; JSON that is no object filters nothing.
Result<Conditions> by_selector(const Parameter& parameter) {
  shape::Document selector;
  if (!selector.parse_json(parameter.value)) return not_json(parameter.name);
  List<ListTest> tests;
  if (const Node* term = selector.root().find("term"); term != nullptr && term->is_text() && !term->text.empty()) {
    tests.push_back(contains({"name"}, String(term->text)));
  }
  if (const Node* exceptions = selector.root().find("exceptions"); exceptions != nullptr && exceptions->is_array()) {
    List<String> ids;
    for (const Node& id : *exceptions) ids.emplace_back(id.text);
    tests.push_back(is_not(equals({"_id"}, std::move(ids))));
  }
  return each(std::move(tests));
}

struct Filter {
  std::string_view parameter;
  Result<Conditions> (*make)(const Parameter& parameter);
  bool certain =
      false;  ///< a document that this filter excludes proves that the server ignored the parameter; see obeys
};
/// One table serves all lists: a parameter has the same meaning in each list that has it.
constexpr std::array filters = {
    Filter{"term", &by_term},
    Filter{"text", &by_text},
    Filter{"onlyAvailable", &only_available, true},
    Filter{"excludeId", &but_not, true},
    Filter{"showIdleAgents", &no_idle},
    Filter{"agents", &by_agents, true},
    Filter{"roomName", &by_room_name},
    Filter{"departmentId", &by_departments, true},
    Filter{"open", &by_open},
    Filter{"onhold", &by_hold, true},
    Filter{"queued", &by_queue, true},
    Filter{"tags", &by_tags, true},
    Filter{"units", &by_units},
    Filter{"createdAt", &by_begin},
    Filter{"closedAt", &by_end},
    Filter{"customFields", &by_custom_fields},
    Filter{"servedChatsOnly", &only_served},
    Filter{"source", &by_source},
    Filter{"enabled", &by_enabled},
    Filter{"excludeDepartmentId", &but_not},
    Filter{"ids", &by_ids},
    Filter{"selector", &by_selector},
};

const Filter* find_filter(std::string_view parameter) noexcept {
  const auto row = std::find_if(filters.begin(), filters.end(),
                                [parameter](const Filter& one) { return one.parameter == parameter; });
  return row == filters.end() ? nullptr : &*row;
}

/// The parameters of a query as the client sent them.
List<Parameter> parameters_of(const ListQuery::Asked& asked) {
  List<Parameter> sent;
  for (const auto& [name, value] : asked.parameters) {
    const bool listed = name.ends_with("[]");
    const String bare = listed ? name.substr(0, name.size() - 2) : name;
    if (!sent.empty() && sent.back().name == bare) {
      sent.back().more.push_back(value);
    } else {
      sent.push_back({bare, value, listed ? Parameter::Form::list : Parameter::Form::text});
    }
  }
  return sent;
}

}  // namespace

Result<List<ListCondition>> make_conditions(const Parameter& parameter) {
  const Filter* filter = find_filter(parameter.name);
  if (filter == nullptr) return Conditions();
  return filter->make(parameter);
}

bool obeys(const ListQuery::Asked& asked, const shape::Node& list) {
  for (const Parameter& one : parameters_of(asked)) {
    const Filter* filter = find_filter(one.name);
    if (filter == nullptr || !filter->certain) continue;
    const Result<Conditions> conditions = filter->make(one);
    if (!conditions) continue;
    for (const ListCondition& condition : *conditions) {
      for (const Node& document : list) {
        if (!holds(condition, document)) return false;
      }
    }
  }
  return true;
}

}  // namespace parley::rocketchat
