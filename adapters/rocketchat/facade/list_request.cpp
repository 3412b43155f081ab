// See list_request.hpp. Checks a request as the vendor's validators and then its handlers do, in the same order.
#include "adapters/rocketchat/facade/list_request.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/filters.hpp"
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
constexpr std::size_t most_sort_keys = 32;  // as in MongoDB; each key costs time and memory for every record

/// The number that the whole text is; nullopt: it is not a number.
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
  // The vendor converts a list of one value to that value, and an empty value to null, which is allowed.
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

/// The keys of a path such as `v.name`.
DocumentPath split(std::string_view path) {
  DocumentPath keys;
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    keys.emplace_back(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return keys;
}

/// The parameters that a backend with the same API is sent: those that have an effect, and `offset` and `count` of `asked`.
ListQuery::Asked pass_on(const List<Parameter>& query, std::span<const QueryParameter> known, const ListQuery& asked) {
  ListQuery::Asked passed{.api = api_name, .parameters = {}};
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
  passed.parameters.emplace_back("count", std::to_string(asked.limit));
  return passed;
}

}  // namespace

Result<List<Parameter>> read_query(const http::Request& request, std::span<const QueryParameter> known) {
  Result<List<Parameter>> query = parse_query(request.query);
  return query ? check_query(*std::move(query), known) : query;
}

Result<List<Parameter>> read_visitors_query(const http::Request& request, std::span<const QueryParameter> known) {
  Result<List<Parameter>> query = parse_query(request.query);
  if (!query) return query;
  std::erase_if(*query,
                [](const Parameter& one) { return one.value == "undefined" && one.name != parameters::token.name; });
  return check_query(*std::move(query), known);
}

Result<List<Parameter>> check_query(List<Parameter> query, std::span<const QueryParameter> known) {
  for (const QueryParameter& row : known) {
    const auto same = [&row](const Parameter& one) { return one.name == row.name; };
    if (row.required && std::none_of(query.begin(), query.end(), same)) return schema::missing(row.name, {});
  }
  const auto row_of = [known](const Parameter& sent) {
    return std::find_if(known.begin(), known.end(),
                        [&sent](const QueryParameter& row) { return row.name == sent.name; });
  };
  for (const Parameter& one : query) {
    if (row_of(one) == known.end()) return schema::unknown(one.name, {});
  }
  for (const Parameter& one : query) {
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

std::size_t number_of(const List<Parameter>& query, std::string_view name, std::size_t otherwise) {
  const std::optional<double> number = number_in(value_of(query, name));
  return number ? static_cast<std::size_t>(std::min(*number, largest_number)) : otherwise;
}

Error no_such_order(const String& text) {
  return fault(by_sort, Code::invalid_field, "Invalid sort parameter provided: \"" + text + '"', "sort");
}

Result<List<SortKey>> read_order(const String& text) {
  List<SortKey> order;
  if (text.empty()) return order;
  shape::Document document;
  if (!document.parse_json(text) || !document.root().is_object()) return no_such_order(text);
  if (document.root().size > most_sort_keys) return no_such_order(text);
  for (const Node& member : document.root()) {
    const std::optional<double> way = member.kind == NodeKind::number ? number_in(member.text) : std::nullopt;
    if (way != 1.0 && way != -1.0) return no_such_order(text);
    order.push_back({split(member.key), way == -1.0});
  }
  return order;
}

Result<bool> is_oldest_first(const List<Parameter>& query) {
  const String text = value_of(query, parameters::sort.name);
  const Result<List<SortKey>> order = read_order(text);
  if (!order) return order.error();
  if (order->empty()) return false;
  if (order->size() != 1 || order->front().path != DocumentPath{"ts"}) return no_such_order(text);
  return !order->front().descending;
}

AskedPage page_of(const List<Parameter>& query) {
  return {number_of(query, parameters::offset.name, 0),
          std::min(number_of(query, parameters::count.name, default_count), largest_count)};
}

Result<ListQuery> read_list_request(const http::Request& request, std::span<const QueryParameter> known,
                                    const shape::View* shape) {
  Result<List<Parameter>> query = read_query(request, known);
  if (!query) return std::move(query).error();
  ListQuery asked;
  asked.shape = shape;
  const AskedPage page = page_of(*query);
  asked.offset = page.offset;
  asked.limit = page.limit;
  Result<List<SortKey>> order = read_order(value_of(*query, parameters::sort.name));
  if (!order) return std::move(order).error();
  asked.order = *std::move(order);
  for (const Parameter& one : *query) {
    Result<List<ListCondition>> conditions = make_conditions(one);
    if (!conditions) return std::move(conditions).error();
    std::move(conditions->begin(), conditions->end(), std::back_inserter(asked.conditions));
  }
  asked.asked = pass_on(*query, known, asked);
  return asked;
}

}  // namespace parley::rocketchat
