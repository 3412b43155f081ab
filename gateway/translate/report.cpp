// Measuring a translation: the source against what comes back, the target against the record; see report.hpp.
#include "gateway/translate/report.hpp"

#include <algorithm>

#include "gateway/translate/explain.hpp"
#include "gateway/translate/place.hpp"
#include "gateway/translate/unused.hpp"

namespace parley::gateway {
namespace {

using shape::Document;
using shape::Node;
using shape::NodeKind;

bool is_scalar(const Node& node) noexcept { return !node.is_array() && !node.is_object(); }
bool same_scalar(const Node& a, const Node& b) noexcept {
  return is_scalar(a) && a.kind == b.kind && a.text == b.text;
}

/// Whether two elements of lists are the same thing, perhaps changed: equal scalars, objects that agree in some value.
bool akin(const Node& a, const Node& b) noexcept {
  if (is_scalar(a) || is_scalar(b)) return same_scalar(a, b);
  for (const Node& child : a) {
    if (!is_scalar(child) || child.kind == NodeKind::boolean || says_nothing(child)) continue;
    const Node* other = b.find(child.key);
    if (other != nullptr && same_scalar(child, *other)) return true;
  }
  return a.size == 0 && b.size == 0;
}

/// A value in a message: short.
String show(const Node& node) {
  constexpr std::size_t most = 40;
  if (node.raw.size() <= most) return String(node.raw);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(node.raw[end]) & 0xc0U) == 0x80U) --end;
  return String(node.raw.substr(0, end)).append("…");
}

/// Walks the source beside what came back, each with its place in its table.
class Comparison {
 public:
  Comparison(const Explainer& explainer, Report& report) : explainer_(explainer), report_(report) {}

  struct Side {
    const Node* node;
    Place place;
  };

  /// `back.node` is nullptr where nothing came back.
  void compare(const Side& source, const Side& back, String& pointer) {
    const Node& node = *source.node;
    if (source.place.known && says_nothing(node)) return;  // what stands there now is the target's invention
    if (back.node == nullptr || (source.place.known && says_nothing(*back.node))) {
      note(Change::lost, pointer, source.place, nullptr);
    } else if (node.is_object() && back.node->is_object()) {
      compare_members(source, back, pointer);
    } else if (node.is_array() && back.node->is_array()) {
      compare_elements(source, back, pointer);
    } else if (!same_scalar(node, *back.node)) {
      // A vendor's stand-in for nothing is nothing: a zero guid, a date of 1970.
      const bool gone = source.place.known && !back.place.held();
      note(gone ? Change::lost : Change::narrowed, pointer, source.place, gone ? nullptr : back.node);
    }
  }

 private:
  void compare_members(const Side& source, const Side& back, String& pointer) {
    std::size_t index = 0;
    for (const Node& child : *source.node) {
      const std::size_t length = pointer.size();
      shape::append_pointer(child.key, pointer);
      const std::optional<std::size_t> other = index_of(*back.node, child.key);
      compare({&child, source.place.member(child, index, source.node->size)},
              other ? member_of(back, *other) : Side{nullptr, {}}, pointer);
      pointer.resize(length);
      ++index;
    }
  }

  /// What is missing was taken out of the middle as often as off the end, and what was added, put in front: elements are
  /// matched by what they share.
  void compare_elements(const Side& source, const Side& back, String& pointer) {
    std::size_t at = 0;
    for (std::size_t index = 0; index < source.node->size; ++index) {
      const Node& child = *child_at(source.node, index);
      const std::size_t left = source.node->size - index;
      while (back.node->size - at > left && !akin(child, *child_at(back.node, at))) ++at;
      const Node* other = child_at(back.node, at);
      if (other != nullptr && back.node->size - at < left && !akin(child, *other)) other = nullptr;
      const std::size_t length = pointer.size();
      pointer.append("/").append(std::to_string(index));
      const Place place = source.place.element(index);
      if (other == nullptr) {
        note(Change::lost, pointer, place, nullptr);
      } else {
        compare({&child, place}, {other, back.place.element(at++)}, pointer);
      }
      pointer.resize(length);
    }
  }

  static std::optional<std::size_t> index_of(const Node& object, std::string_view key) {
    std::size_t index = 0;
    for (const Node& child : object) {
      if (child.key == key) return index;
      ++index;
    }
    return std::nullopt;
  }
  static Side member_of(const Side& object, std::size_t index) {
    const Node* child = child_at(object.node, index);
    return {child, object.place.member(*child, index, object.node->size)};
  }

  void note(Change change, const String& pointer, const Place& place, const Node* back) {
    String reason = explainer_.why(place);
    if (back != nullptr) reason.append(reason.empty() ? "" : "; ").append("comes back as ").append(show(*back));
    if (reason.empty()) reason = explainer_.otherwise();
    report_.entries.push_back({change, pointer, place.name(), std::move(reason)});
  }

  const Explainer& explainer_;
  Report& report_;
};

/// Finds what the target says of which the record knows nothing.
void find_invented(const Node& target, const Place& place, String& pointer, Report& report) {
  if (!place.known || says_nothing(target)) return;
  if (!place.rows.empty() && !place.held()) {
    const shape::Row& row = *place.rows.back().row;
    report.entries.push_back({Change::invented, pointer, place.name(), String("the source does not say it: ").append(row.note)});
    return;
  }
  if (is_scalar(target) || (place.view == nullptr && place.type == nullptr && !place.rows.empty())) return;
  std::size_t index = 0;
  for (const Node& child : target) {
    const std::size_t length = pointer.size();
    if (target.is_object()) {
      shape::append_pointer(child.key, pointer);
      find_invented(child, place.member(child, index, target.size), pointer, report);
    } else {
      pointer.append("/").append(std::to_string(index));
      find_invented(child, place.element(index), pointer, report);
    }
    ++index;
    pointer.resize(length);
  }
}

/// Visits the document or each element of a list, beside the same of the canonical document.
template <class Visit>
void each_object(const adapters::WireShape& shape, const Node& document, const Node& canon, String& pointer,
                 const Visit& visit) {
  if (!shape.list) return visit(document, 0, Place::root(*shape.view, &canon));
  std::size_t index = 0;
  for (const Node& child : document) {
    const std::size_t length = pointer.size();
    pointer.append("/").append(std::to_string(index));
    visit(child, index, Place::root(*shape.view, child_at(&canon, index)));
    pointer.resize(length);
    ++index;
  }
}

Error broken(const Error& cause) {
  return Error{.code = Code::internal, .message = "the translated document cannot be read back: " + cause.message};
}

/// The canonical document of a record.
Result<void> write_canonical(const Record& record, Document& document) {
  Buffer text;
  write_record(canonical_shape_of(static_cast<RecordKind>(record.index())), record, text);
  return document.parse_json(text.view());
}

/// Carries the target home and compares it with the source.
Result<void> compare_with_source(const Trip& trip, const Path& home, const Node& target, const Node& canon,
                                 const Explainer& explainer, Report& report) {
  Result<Record> returned = read_record(*trip.to.shape, target);
  if (!returned) return broken(returned.error());
  Result<Record> record = home.carry(*returned);
  if (!record) return broken(record.error());
  Buffer text;
  write_record(*trip.from.shape, *record, text);
  Document back;
  Document back_canon;
  if (auto parsed = back.parse_json(text.view()); !parsed) return broken(parsed.error());
  if (auto parsed = write_canonical(*record, back_canon); !parsed) return broken(parsed.error());

  Comparison comparison(explainer, report);
  String pointer(trip.source_pointer);
  const bool list = trip.from.shape->list;
  const auto compare = [&](const Node& object, std::size_t index, const Place& place) {
    const Node* other = list ? child_at(&back.root(), index) : &back.root();
    const Node* other_canon = list ? child_at(&back_canon.root(), index) : &back_canon.root();
    comparison.compare({&object, place}, {other, Place::root(*trip.from.shape->view, other_canon)}, pointer);
  };
  each_object(*trip.from.shape, trip.source, canon, pointer, compare);
  return {};
}

/// Where there is no way home: what can be taken out of the source without a trace in the target is lost.
void find_unused_members(const Trip& trip, const Path& out, const Node& canon, const Explainer& explainer, Report& report) {
  const auto translate = [&](std::string_view source) -> std::optional<String> {
    Document document;
    if (!document.parse_json(source)) return std::nullopt;
    const Result<Record> record = read_record(*trip.from.shape, document.root());
    if (!record) return std::nullopt;
    const Result<Record> carried = out.carry(*record);
    if (!carried) return std::nullopt;
    Buffer text;
    write_record(*trip.to.shape, *carried, text);
    return String(text.view());
  };
  const auto note = [&](const String& pointer, const Place& place) {
    String reason = explainer.why(place);
    if (reason.empty()) reason = explainer.otherwise();
    report.entries.push_back({Change::lost, pointer, place.name(), std::move(reason)});
  };
  const UnusedFinder finder(trip.source, trip.target, translate, note);
  String pointer(trip.source_pointer);
  const auto look = [&](const Node& object, std::size_t, const Place& place) { finder.look_below(object, place, pointer); };
  each_object(*trip.from.shape, trip.source, canon, pointer, look);
}

}  // namespace

std::string_view name_of(Change change) noexcept {
  switch (change) {
    case Change::lost: return "lost";
    case Change::narrowed: return "narrowed";
    case Change::invented: return "invented";
  }
  return "";
}

bool Report::loses() const noexcept {
  return std::any_of(entries.begin(), entries.end(), [](const Entry& entry) { return entry.change != Change::invented; });
}

String Report::text() const {
  std::size_t width = 0;
  for (const Entry& entry : entries) width = std::max(width, entry.pointer.size());
  String text;
  for (const Entry& entry : entries) {
    const std::string_view change = name_of(entry.change);
    text.append(change).append(10 - change.size(), ' ').append(entry.pointer);
    text.append(width + 2 - entry.pointer.size(), ' ').append(entry.reason).append("\n");
  }
  return text;
}

String Report::json() const {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_array();
  for (const Entry& entry : entries) {
    writer.begin_object();
    writer.key("change");
    writer.string(name_of(entry.change));
    writer.key("pointer");
    writer.string(entry.pointer);
    writer.key("member");
    writer.string(entry.member);
    writer.key("reason");
    writer.string(entry.reason);
    writer.end_object();
  }
  writer.end_array();
  writer.finish();
  return String(out.view());
}

Result<Report> measure(const Trip& trip) {
  Document target;
  Document source_canon;
  Document target_canon;
  if (auto parsed = target.parse_json(trip.target); !parsed) return broken(parsed.error());
  if (auto parsed = write_canonical(trip.record, source_canon); !parsed) return broken(parsed.error());
  if (auto parsed = write_canonical(trip.carried, target_canon); !parsed) return broken(parsed.error());

  const std::optional<Path> out = Path::find(*trip.from.shape, *trip.to.shape);
  if (!out) return Error{.code = Code::internal, .message = "no way from " + trip.from.name() + " to " + trip.to.name()};
  const Explainer explainer(trip.from, trip.to, trip.carried, out->direct());
  Report report;
  if (const std::optional<Path> home = Path::find(*trip.to.shape, *trip.from.shape)) {
    auto compared = compare_with_source(trip, *home, target.root(), source_canon.root(), explainer, report);
    if (!compared) return compared.error();
  } else {
    find_unused_members(trip, *out, source_canon.root(), explainer, report);
  }

  String pointer(trip.target_pointer);
  const auto look = [&](const Node& object, std::size_t, const Place& place) {
    find_invented(object, place, pointer, report);
  };
  each_object(*trip.to.shape, target.root(), target_canon.root(), pointer, look);
  return report;
}

}  // namespace parley::gateway
