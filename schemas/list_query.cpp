// Defines the meaning of a query. Every backend must give the same answer, however it computes it.
#include "schemas/list_query.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "schemas/ascii_search.hpp"

namespace parley {
namespace {

using shape::Node;
using shape::NodeKind;
using Path = std::span<const String>;

/// The node at a path, or nullptr.
const Node* find_path(const Node& document, Path path) noexcept {
  const Node* node = &document;
  for (;;) {
    if (node->is_array()) {
      if (node->size == 0) return nullptr;
      node = &*node->begin();
    }
    if (path.empty()) return node;
    node = node->find(path.front());
    if (node == nullptr) return nullptr;
    path = path.subspan(1);
  }
}

bool is_between(std::string_view text, Time from, Time to) noexcept {
  bool exact = false;
  const std::optional<Time> at = parse_iso(text, exact);
  return at && *at >= from && (!to.known() || *at <= to);
}

/// Whether a test passes for the node at its path; nullptr = there is none.
bool passes_at(const ListTest& test, const Node* node) {
  const std::string_view text = node != nullptr ? node->text : std::string_view();
  switch (test.kind) {
    case ListTest::Kind::equals:
      return std::find(test.values.begin(), test.values.end(), text) != test.values.end();
    case ListTest::Kind::contains:
      return !text.empty() && ascii::contains_ignoring_case(text, test.values.front());
    case ListTest::Kind::is_there:
      return node != nullptr && node->kind != NodeKind::null;
    case ListTest::Kind::is_true:
      return node != nullptr && node->kind == NodeKind::boolean && text == "true";
    case ListTest::Kind::between:
      return is_between(text, test.from, test.to);
  }
  return false;
}

bool passes_for_an_element(const ListTest& test, const Node& document) {
  const Node* list = document.find(test.path.front());
  if (list == nullptr || !list->is_array()) return false;
  for (const Node& element : *list) {
    const Node* node = &element;
    for (std::size_t i = 1; i < test.path.size() && node != nullptr; ++i) node = node->find(test.path[i]);
    if (node != nullptr && node->is_text() && passes_at(test, node)) return true;
  }
  return false;
}

bool passes(const ListTest& test, const Node& document) {
  const bool passed =
      test.any_element ? passes_for_an_element(test, document) : passes_at(test, find_path(document, test.path));
  return passed != test.negated;
}

SortValue sort_value(const Node* node) {
  if (node == nullptr) return {};
  switch (node->kind) {
    case NodeKind::null:
      return {};
    case NodeKind::number: {
      double number = 0;
      const auto [end, error] = std::from_chars(node->text.data(), node->text.data() + node->text.size(), number);
      const bool whole = error == std::errc{} && end == node->text.data() + node->text.size();
      return {1, whole && std::isfinite(number) ? number : 0, {}};
    }
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

int compare(const SortValue& a, const SortValue& b) noexcept {
  if (a.rank != b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.number != b.number) return a.number < b.number ? -1 : 1;
  return a.text.compare(b.text);
}

/// A record that matches.
struct Found {
  std::size_t place = 0;
  SortValues values;
};

/// The key of the canonical row that writes the same member with the same codec and presence as the row of `key`, or nullptr. Rows with
/// the same function write the same member with the same codec. nullptr for a list: a canonical document that has another value in its place
/// shows that value, and the vendor's document shows an empty list.
const std::string_view* canonical_key(const shape::View& shape, const shape::View& canonical, std::string_view key) {
  const int at = shape.find(key);
  if (at < 0) return nullptr;
  const shape::Row& row = shape.rows[static_cast<std::size_t>(at)];
  if (row.type->form == shape::Form::list) return nullptr;
  for (const shape::Row& other : canonical.rows) {
    if (other.write == row.write && other.need == row.need) return &other.key;
  }
  return nullptr;
}

/// Whether the row of `key` writes texts of the record unchanged, and nothing else.
bool keeps_texts(const shape::View& shape, std::string_view key) noexcept {
  const int at = shape.find(key);
  if (at < 0) return false;
  const shape::Row& row = shape.rows[static_cast<std::size_t>(at)];
  const bool texts = row.type->form == shape::Form::text || row.type->form == shape::Form::list;
  return texts && row.fidelity == shape::Fidelity::exact;
}

/// The text that all tests of a condition look for. Empty if there is no single one.
std::string_view text_of(const ListCondition& condition, const shape::View& shape) noexcept {
  std::string_view text;
  for (const ListTest& test : condition.any_of) {
    const bool looks_for_text = test.kind == ListTest::Kind::equals || test.kind == ListTest::Kind::contains;
    if (!looks_for_text || test.negated || test.values.size() != 1 || test.path.empty()) return {};
    if (!keeps_texts(shape, test.path.front())) return {};
    if (!text.empty() && text != test.values.front()) return {};
    text = test.values.front();
  }
  return text;
}

}  // namespace

bool holds(const ListCondition& condition, const Node& document) {
  return std::any_of(condition.any_of.begin(), condition.any_of.end(),
                     [&document](const ListTest& test) { return passes(test, document); });
}

bool before(const SortValues& a, const SortValues& b, std::span<const SortKey> order) noexcept {
  for (std::size_t i = 0; i < order.size(); ++i) {
    const int way = compare(a[i], b[i]);
    if (way != 0) return order[i].descending ? way > 0 : way < 0;
  }
  return false;
}

bool ListMatcher::wants(const Node& document) const {
  return std::all_of(query_.conditions.begin(), query_.conditions.end(),
                     [&document](const ListCondition& condition) { return holds(condition, document); });
}

SortValues ListMatcher::sort_values(const Node& document) const {
  SortValues values;
  values.reserve(query_.order.size());
  for (const SortKey& key : query_.order) values.push_back(sort_value(find_path(document, key.path)));
  return values;
}

const Node& ListMatcher::parse() {
  static constexpr Node nothing;
  return document_.parse_json(text_.view()) ? document_.root() : nothing;  // never fails: we have just written it
}

Selection select(const ListQuery& query, std::size_t size, const WriteDocument& write) {
  List<Found> found;
  ListMatcher matcher(query);
  for (std::size_t place = 0; place < size; ++place) {
    if (query.takes_all()) {
      found.push_back({place, {}});
      continue;
    }
    const Node& document = matcher.document_from([&write, place](shape::Writer& writer) { write(place, writer); });
    if (matcher.wants(document)) found.push_back({place, matcher.sort_values(document)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [&query](const Found& a, const Found& b) { return before(a.values, b.values, query.order); });
  Selection selection;
  selection.total = found.size();
  for (std::size_t i = std::min(query.offset, found.size()); i < found.size(); ++i) {
    if (query.limit != 0 && selection.places.size() == query.limit) break;
    selection.places.push_back(found[i].place);
  }
  return selection;
}

std::optional<ListQuery> in_canonical_terms(const ListQuery& query, const shape::View& canonical,
                                            std::span<const std::string_view> changed) {
  ListQuery same = query;
  same.shape = &canonical;
  const auto rename = [&query, &canonical, changed](DocumentPath& path) {
    if (path.empty()) return false;
    const std::string_view* key = canonical_key(*query.shape, canonical, path.front());
    if (key == nullptr || std::find(changed.begin(), changed.end(), *key) != changed.end()) return false;
    path.front().assign(*key);
    return true;
  };
  for (ListCondition& condition : same.conditions) {
    for (ListTest& test : condition.any_of) {
      if (!rename(test.path)) return std::nullopt;
    }
  }
  for (SortKey& key : same.order) {
    if (!rename(key.path)) return std::nullopt;
  }
  return same;
}

std::string_view text_in_every_match(const ListQuery& query) noexcept {
  for (const ListCondition& condition : query.conditions) {
    const std::string_view text = text_of(condition, *query.shape);
    if (!text.empty()) return text;
  }
  return {};
}

}  // namespace parley
