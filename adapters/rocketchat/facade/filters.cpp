// See filters.hpp. What each parameter means is what the vendor's database query for it means.
#include "adapters/rocketchat/facade/filters.hpp"

#include <algorithm>

#include "adapters/rocketchat/codecs.hpp"
#include "schemas/ascii.hpp"
#include "schemas/time.hpp"

namespace parley::rocketchat {
namespace {

using shape::Node;
using shape::NodeKind;

/// Whether `part` stands in `text`, the case of ASCII letters ignored.
bool contains(std::string_view text, std::string_view part) noexcept {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); }) != text.end();
}

std::string_view text_at(const Node& document, std::string_view path) noexcept {
  const Node* node = find_path(document, path);
  return node != nullptr ? node->text : std::string_view();
}

bool is_true(const Node* node) noexcept {
  return node != nullptr && node->kind == NodeKind::boolean && node->text == "true";
}

bool is_there(const Node* node) noexcept { return node != nullptr && node->kind != NodeKind::null; }

/// The values of a parameter that may come more than once.
List<String> all_of(const Parameter& parameter) {
  List<String> values = {parameter.value};
  values.insert(values.end(), parameter.more.begin(), parameter.more.end());
  return values;
}

bool has(const List<String>& values, std::string_view text) {
  return std::find(values.begin(), values.end(), text) != values.end();
}

/// Whether an element of the list under `key`, or the member `inside` of one, satisfies `wanted`.
template <class Wanted>
bool any_element(const Node& document, std::string_view key, std::string_view inside, const Wanted& wanted) {
  const Node* list = document.find(key);
  if (list == nullptr || !list->is_array()) return false;
  for (const Node& element : *list) {
    const Node* node = inside.empty() ? &element : element.find(inside);
    if (node != nullptr && node->is_text() && wanted(node->text)) return true;
  }
  return false;
}

// --- agents ---------------------------------------------------------------------------------------------

Result<Filter> by_text(const Parameter& parameter) {
  if (parameter.value.empty()) return Filter();
  return Filter([part = parameter.value](const Node& agent) {
    return contains(text_at(agent, "username"), part) || contains(text_at(agent, "name"), part) ||
           any_element(agent, "emails", "address", [&part](std::string_view text) { return contains(text, part); });
  });
}

Result<Filter> only_available(const Parameter& parameter) {
  if (parameter.value != "true") return Filter();
  return Filter([](const Node& agent) { return text_at(agent, "statusLivechat") == available; });
}

Result<Filter> but_not(const Parameter& parameter) {
  if (parameter.value.empty()) return Filter();
  return Filter([id = parameter.value](const Node& agent) { return text_at(agent, "_id") != id; });
}

/// Bots are never idle.
Result<Filter> no_idle(const Parameter& parameter) {
  if (parameter.value != "false") return Filter();
  return Filter([](const Node& agent) {
    const std::string_view status = text_at(agent, "status");
    return (!status.empty() && status != "offline") ||
           any_element(agent, "roles", {}, [](std::string_view role) { return role == "bot"; });
  });
}

// --- rooms -----------------------------------------------------------------------------------------------------------

Result<Filter> by_agents(const Parameter& parameter) {
  return Filter([agents = all_of(parameter)](const Node& room) {
    return has(agents, text_at(room, "servedBy._id")) || has(agents, text_at(room, "servedBy.username"));
  });
}

Result<Filter> by_departments(const Parameter& parameter) {
  if (parameter.more.empty() && (parameter.value.empty() || parameter.value == "undefined")) return Filter();
  return Filter(
      [departments = all_of(parameter)](const Node& room) { return has(departments, text_at(room, "departmentId")); });
}

/// `tags` and `units`: any of them.
Filter by_list(const Parameter& parameter, std::string_view key) {
  return [wanted = all_of(parameter), key](const Node& room) {
    return any_element(room, key, {}, [&wanted](std::string_view one) { return has(wanted, one); });
  };
}
Result<Filter> by_tags(const Parameter& parameter) { return by_list(parameter, "tags"); }
Result<Filter> by_units(const Parameter& parameter) { return by_list(parameter, "departmentAncestors"); }

Result<Filter> by_name(const Parameter& parameter) {
  if (parameter.value.empty()) return Filter();
  return Filter([part = parameter.value](const Node& room) { return contains(text_at(room, "fname"), part); });
}

/// Another word than true and false filters nothing.
Result<Filter> by_open(const Parameter& parameter) {
  const bool open = parameter.value == "true";
  if (!open && parameter.value != "false") return Filter();
  return Filter(
      [open](const Node& room) { return is_there(room.find("open")) == open && !is_true(room.find("onHold")); });
}

bool is_yes(std::string_view word) noexcept { return word == "true" || word == "t" || word == "1"; }

Result<Filter> by_hold(const Parameter& parameter) {
  if (!is_yes(parameter.value)) return Filter();
  return Filter([](const Node& room) { return is_true(room.find("onHold")); });
}

Result<Filter> by_queue(const Parameter& parameter) {
  if (!is_yes(parameter.value)) return Filter();
  return Filter([](const Node& room) {
    return is_true(room.find("open")) && !is_there(room.find("servedBy")) && !is_true(room.find("onHold"));
  });
}

Error not_json(std::string_view name) {
  return Error{.code = Code::malformed_request,
               .message = "The \"" + String(name) + "\" query parameter must be a valid JSON.",
               .field = String(name)};
}

/// A time as clients write it: with or without the time of day. null and nothing are no bound.
Result<Time> bound_of(const Node& range, std::string_view name, std::string_view end) {
  const Node* node = range.find(end);
  if (!is_there(node) || (node->is_text() && node->text.empty())) return Time();
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
Result<Filter> by_range(const Parameter& parameter, std::string_view key) {
  if (parameter.value.empty()) return Filter();
  shape::Document range;
  if (!range.parse_json(parameter.value) || !range.root().is_object()) return not_json(parameter.name);
  const Result<Time> start = bound_of(range.root(), parameter.name, "start");
  if (!start) return start.error();
  const Result<Time> end = bound_of(range.root(), parameter.name, "end");
  if (!end) return end.error();
  if (!start->known() && !end->known()) return Filter();
  return Filter([from = *start, to = *end, key](const Node& room) {
    bool exact = false;
    const std::optional<Time> at = parse_iso(text_at(room, key), exact);
    return at && *at >= from && (!to.known() || *at <= to);
  });
}
Result<Filter> by_begin(const Parameter& parameter) { return by_range(parameter, "ts"); }
Result<Filter> by_end(const Parameter& parameter) { return by_range(parameter, "closedAt"); }

/// `{"key": "text"}`: each field must contain its text. The vendor takes the text for a regular expression; here it is a text.
Result<Filter> by_custom_fields(const Parameter& parameter) {
  if (parameter.value.empty()) return Filter();
  shape::Document fields;
  if (!fields.parse_json(parameter.value) || !fields.root().is_object()) return not_json(parameter.name);
  List<std::pair<String, String>> wanted;
  for (const Node& field : fields.root()) wanted.emplace_back(field.key, field.text);
  if (wanted.empty()) return Filter();
  return Filter([wanted = std::move(wanted)](const Node& room) {
    const Node* data = room.find("livechatData");
    return data != nullptr && std::all_of(wanted.begin(), wanted.end(), [data](const auto& field) {
             const Node* value = data->find(field.first);
             return value != nullptr && contains(value->text, field.second);
           });
  });
}

struct Row {
  std::string_view parameter;
  Result<Filter> (*make)(const Parameter& parameter);
  bool certain = false;  ///< no server that obeys can give a document that this filter leaves out
};
/// No two lists have parameters of one name that mean different things.
constexpr std::array rows = {
    Row{"text", &by_text},
    Row{"onlyAvailable", &only_available, true},
    Row{"excludeId", &but_not, true},
    Row{"showIdleAgents", &no_idle},
    Row{"agents", &by_agents, true},
    Row{"roomName", &by_name},
    Row{"departmentId", &by_departments, true},
    Row{"open", &by_open},
    Row{"onhold", &by_hold, true},
    Row{"queued", &by_queue, true},
    Row{"tags", &by_tags, true},
    Row{"units", &by_units},
    Row{"createdAt", &by_begin},
    Row{"closedAt", &by_end},
    Row{"customFields", &by_custom_fields},
};

const Row* find_row(std::string_view parameter) noexcept {
  const auto row =
      std::find_if(rows.begin(), rows.end(), [parameter](const Row& one) { return one.parameter == parameter; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace

Result<Filter> make_filter(const Parameter& parameter) {
  const Row* row = find_row(parameter.name);
  if (row == nullptr) return Filter();
  return row->make(parameter);
}

bool matches(const Visitor& visitor, std::string_view term) {
  return term.empty() || has(visitor.emails, term) || has(visitor.phones, term) || contains(visitor.name, term) ||
         contains(visitor.username, term);
}

bool obeys(const ListQuery& query, const shape::Node& list) {
  List<Parameter> sent;  // as the client had them
  for (const auto& [name, value] : query.parameters) {
    const String bare = name.ends_with("[]") ? name.substr(0, name.size() - 2) : name;
    if (!sent.empty() && sent.back().name == bare) {
      sent.back().more.push_back(value);
    } else {
      sent.push_back({bare, value});
    }
  }
  for (const Parameter& one : sent) {
    const Row* row = find_row(one.name);
    if (row == nullptr || !row->certain) continue;
    const Result<Filter> filter = row->make(one);
    if (!filter || !*filter) continue;
    for (const Node& document : list) {
      if (!(*filter)(document)) return false;
    }
  }
  return true;
}

const shape::Node* find_path(const shape::Node& document, std::string_view path) noexcept {
  const Node* node = &document;
  for (;;) {
    if (node->is_array()) {
      if (node->size == 0) return nullptr;
      node = &*node->begin();
    }
    if (path.empty()) return node;
    const std::size_t dot = std::min(path.find('.'), path.size());
    node = node->find(path.substr(0, dot));
    if (node == nullptr) return nullptr;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
}

}  // namespace parley::rocketchat
