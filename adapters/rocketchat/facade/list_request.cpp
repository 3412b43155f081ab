// See list_request.hpp. The checks are those of the vendor's validators, then those of its handlers, in their order.
#include "adapters/rocketchat/facade/list_request.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/parameters.hpp"

namespace parley::rocketchat {
namespace {

using contract::QueryParameter;
using contract::QueryValue;
using shape::Node;
using shape::NodeKind;

constexpr std::size_t default_count = 50;
constexpr std::size_t largest_count = 100;
constexpr double largest_number = 1e15;
constexpr std::size_t most_sort_keys = 32;  // MongoDB's limit, too: each costs time and memory for every record

/// All of the text as a number; nullopt: it is none.
std::optional<double> number_in(std::string_view text) noexcept {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return {};
  return number;
}

Result<void> check_value(const Parameter& sent, QueryValue wanted) {
  if (wanted == QueryValue::list) {
    if (sent.form == Parameter::Form::object) return schema::invalid("must be array", sent.name);
    return {};
  }
  // A list of one is coerced to its element, and nothing to null, which is allowed.
  const bool one = sent.form != Parameter::Form::object && sent.more.empty();
  if (wanted == QueryValue::text) return one ? Result<void>() : schema::not_a_string(sent.name);
  if (one && sent.value.empty()) return {};
  if (wanted == QueryValue::boolean) {
    const bool word = sent.value == "true" || sent.value == "false";
    return one && word ? Result<void>() : schema::invalid("must be boolean", sent.name);
  }
  const std::optional<double> number = one ? number_in(sent.value) : std::nullopt;
  if (!number) return schema::invalid("must be number", sent.name);
  if (*number < 0) return schema::invalid("must be >= 0", sent.name);
  return {};
}

std::size_t count_in(const List<Parameter>& query, std::string_view name, std::size_t otherwise) {
  const std::optional<double> number = number_in(value_of(query, name));
  return number ? static_cast<std::size_t>(std::min(*number, largest_number)) : otherwise;
}

/// `{"ts": -1, "fname": 1}`.
Result<List<SortKey>> read_order(const String& text) {
  List<SortKey> order;
  if (text.empty()) return order;
  const auto refuse = [&text] {
    return Error{.code = Code::invalid_field,
                 .message = "Invalid sort parameter provided: \"" + text + '"',
                 .field = "sort",
                 .detail = {},
                 .source = by_sort};
  };
  shape::Document document;
  if (!document.parse_json(text) || !document.root().is_object()) return refuse();
  if (document.root().size > most_sort_keys) return refuse();
  for (const Node& member : document.root()) {
    const std::optional<double> way = member.kind == NodeKind::number ? number_in(member.text) : std::nullopt;
    if (way != 1.0 && way != -1.0) return refuse();
    order.push_back({String(member.key), way == -1.0});
  }
  return order;
}

/// What a backend of this API is sent: all that has an effect, and the page as it is counted here.
ListQuery pass_on(const List<Parameter>& query, std::span<const QueryParameter> known, const ListRequest& asked) {
  ListQuery passed{.api = api_name, .parameters = {}};
  for (const Parameter& sent : query) {
    const auto row =
        std::find_if(known.begin(), known.end(), [&sent](const QueryParameter& one) { return one.name == sent.name; });
    if (!row->ignored.empty() || row->value == QueryValue::number) continue;
    const bool list =
        row->value == QueryValue::list && (sent.form == Parameter::Form::list || row->name != "departmentId");
    const String name = list ? sent.name + "[]" : sent.name;
    passed.parameters.emplace_back(name, sent.value);
    for (const String& other : sent.more) passed.parameters.emplace_back(name, other);
  }
  passed.parameters.emplace_back("offset", std::to_string(asked.offset));
  passed.parameters.emplace_back("count", std::to_string(asked.count));
  return passed;
}

/// What a document is sorted by, in MongoDB's order of types: nothing, numbers, texts, objects, lists, booleans.
struct Key {
  int rank = 0;
  double number = 0;
  String text;

  [[nodiscard]] int compare(const Key& other) const noexcept {
    if (rank != other.rank) return rank < other.rank ? -1 : 1;
    if (number != other.number) return number < other.number ? -1 : 1;
    return text.compare(other.text);
  }
};

Key key_of(const Node* node) {
  if (node == nullptr) return {};
  switch (node->kind) {
    case NodeKind::null:
      return {};
    case NodeKind::number:
      return {1, number_in(node->text).value_or(0), {}};
    case NodeKind::string:
    case NodeKind::plain:
      return {2, 0, String(node->text)};
    case NodeKind::object:
      return {3, 0, String(node->raw)};
    case NodeKind::array:
      return {4, 0, String(node->raw)};
    case NodeKind::boolean:
      return {5, 0, String(node->text)};
  }
  return {};
}

struct Keyed {
  std::size_t place = 0;
  List<Key> keys;
};

}  // namespace

Result<List<Parameter>> read_query(const http::Request& request, std::span<const QueryParameter> known) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return query;
  for (const QueryParameter& row : known) {
    const auto same = [&row](const Parameter& one) { return one.name == row.name; };
    if (row.required && std::none_of(query->begin(), query->end(), same)) return schema::missing(row.name, {});
  }
  const auto row_of = [known](const Parameter& sent) {
    return std::find_if(known.begin(), known.end(),
                        [&sent](const QueryParameter& row) { return row.name == sent.name; });
  };
  for (const Parameter& one : *query) {
    if (row_of(one) == known.end()) return schema::unknown(one.name, {});
  }
  for (const Parameter& one : *query) {
    if (Result<void> good = check_value(one, row_of(one)->value); !good) return std::move(good).error();
  }
  return query;
}

String value_of(const List<Parameter>& query, std::string_view name) {
  for (const Parameter& one : query) {
    if (one.name == name) return one.value;
  }
  return {};
}

Result<ListRequest> read_list_request(const http::Request& request, std::span<const QueryParameter> known) {
  Result<List<Parameter>> query = read_query(request, known);
  if (!query) return std::move(query).error();
  ListRequest asked;
  asked.offset = count_in(*query, parameters::offset.name, 0);
  asked.count = std::min(count_in(*query, parameters::count.name, default_count), largest_count);
  Result<List<SortKey>> order = read_order(value_of(*query, parameters::sort.name));
  if (!order) return std::move(order).error();
  asked.order = *std::move(order);
  asked.term = value_of(*query, "term");
  for (const Parameter& one : *query) {
    Result<Filter> filter = make_filter(one);
    if (!filter) return std::move(filter).error();
    if (*filter) asked.filters.push_back(*std::move(filter));
  }
  asked.query = pass_on(*query, known, asked);
  return asked;
}

ListRequest list_request_of(const http::Request& request) {
  if (!is_endpoint(request.endpoint)) return {};
  Result<ListRequest> asked = read_list_request(request, request.endpoint->query);
  return asked ? *std::move(asked) : ListRequest{};
}

Selection select(const ListRequest& asked, std::size_t size, const Wants& wants, const WriteDocument& write) {
  List<Keyed> found;
  Buffer text;
  shape::Document document;
  const bool looks_inside = !asked.filters.empty() || !asked.order.empty();
  for (std::size_t place = 0; place < size; ++place) {
    if (!wants(place)) continue;
    Keyed& one = found.emplace_back();
    one.place = place;
    if (!looks_inside) continue;
    text.clear();
    shape::Writer writer(text);
    write(place, writer);
    writer.finish();
    const bool readable = static_cast<bool>(document.parse_json(text.view()));  // it was just written
    const auto passes = [&document](const Filter& filter) { return filter(document.root()); };
    if (!readable || !std::all_of(asked.filters.begin(), asked.filters.end(), passes)) {
      found.pop_back();
      continue;
    }
    for (const SortKey& key : asked.order) one.keys.push_back(key_of(find_path(document.root(), key.path)));
  }
  const auto before = [&asked](const Keyed& a, const Keyed& b) {
    for (std::size_t i = 0; i < asked.order.size(); ++i) {
      const int way = a.keys[i].compare(b.keys[i]);
      if (way != 0) return asked.order[i].descending ? way > 0 : way < 0;
    }
    return false;
  };
  if (!asked.order.empty()) std::stable_sort(found.begin(), found.end(), before);
  Selection page;
  page.total = found.size();
  for (std::size_t i = std::min(asked.offset, found.size()); i < found.size(); ++i) {
    if (asked.count != 0 && page.shown.size() == asked.count) break;
    page.shown.push_back(found[i].place);
  }
  return page;
}

}  // namespace parley::rocketchat
