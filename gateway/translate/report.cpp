// Measures a translation: compares the source with what comes back, and the target with the record; see report.hpp.
#include "gateway/translate/report.hpp"

#include <algorithm>
#include <array>

#include "gateway/translate/comparison.hpp"
#include "gateway/translate/explain.hpp"
#include "gateway/translate/place.hpp"
#include "gateway/translate/unused.hpp"

namespace parley::gateway::translate {
namespace {

using shape::Document;
using shape::Node;

String not_said(std::string_view what) {
  while (what.ends_with('.')) what.remove_suffix(1);
  return String("the source does not say it (").append(what).append(")");
}

constexpr std::size_t most_named = 6;      // fields in a summary
constexpr std::size_t most_pointer = 100;  // bytes of a pointer in a summary

/// Explains the words that the report uses.
String legend(const Report& report) {
  constexpr std::array<std::pair<Change, std::string_view>, 3> meanings = {{
      {Change::lost, "lost: the result does not say it"},
      {Change::narrowed, "narrowed: the result says it less exactly, or as another value"},
      {Change::invented, "invented: the result says it, the source does not"},
  }};
  String text;
  for (const auto& [change, meaning] : meanings) {
    const bool used = std::any_of(report.entries.begin(), report.entries.end(),
                                  [what = change](const Entry& entry) { return entry.change == what; });
    if (used) text.append(text.empty() ? "(" : "; ").append(meaning);
  }
  return text.empty() ? text : text + ")\n";
}

/// Finds values of the target that the record does not have. `place` follows the record, `read` follows the record that the
/// target reads as. A placeholder that reads as nothing (a zero guid) does not count.
void find_invented(const Node& target, const Place& place, const Place& read, String& pointer, Report& report) {
  if (!place.known || says_nothing(target)) return;
  if (!place.rows.empty() && !place.held()) {
    if (!read.held()) return;
    const shape::Row& row = *place.rows.back().row;
    report.entries.push_back({Change::invented, pointer, place.name(), not_said(row.note)});
    return;
  }
  std::size_t index = 0;
  for (const Node& child : target) {
    const std::size_t length = pointer.size();
    if (target.is_object()) {
      shape::append_pointer(child.key, pointer);
      find_invented(child, place.member(child, index, target.size), read.member(child, index, target.size), pointer,
                    report);
    } else {
      pointer.append("/").append(std::to_string(index));
      find_invented(child, place.element(index), read.element(index), pointer, report);
    }
    ++index;
    pointer.resize(length);
  }
}

/// The object of a document, or the objects of a list.
List<const Node*> objects_of(const contract::WireShape& shape, const Node& document) {
  return shape.list ? children_of(document) : List<const Node*>{&document};
}

/// Visits each object of a document together with the same object of the canonical document.
template <class Visit>
void each_object(const contract::WireShape& shape, const Node& document, const Node& canon, String& pointer,
                 const Visit& visit) {
  const List<const Node*> objects = objects_of(shape, document);
  const List<const Node*> canons = objects_of(shape, canon);
  for (std::size_t index = 0; index < objects.size(); ++index) {
    const std::size_t length = pointer.size();
    if (shape.list) pointer.append("/").append(std::to_string(index));
    visit(*objects[index], index, Place::root(*shape.view, index < canons.size() ? canons[index] : nullptr));
    pointer.resize(length);
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

/// Finds the value of the target that an invented field comes from: without it the field would be different. Projections do not
/// name it.
String place_in_target(const Trip& trip, const Path& home, std::string_view member, const Node& field) {
  Document target;
  String pointer(trip.target_pointer);
  if (!target.parse_json(trip.target)) return pointer;
  const auto read_field = [&](std::string_view text) -> std::optional<String> {
    Document document;
    if (!document.parse_json(text)) return std::nullopt;
    const Result<Record> record = read_record(*trip.to.shape, document.root());
    if (!record) return std::nullopt;
    const Result<Record> carried = home.carry(*record);
    Document canon;
    if (!carried || !write_canonical(*carried, canon)) return std::nullopt;
    const Node* value = canon.root().find(member);
    return String(value == nullptr ? std::string_view{} : value->raw);
  };
  UnusedFinder(target.root(), field.raw, read_field, {}).point_at_trace(target.root(), pointer);
  return pointer;
}

/// Finds values that came back though the source does not have them. Projections invent them, so the target's table does not
/// show them.
void find_invented_fields(const Trip& trip, const Path& home_way, const Node& canon, const Node& home, Report& report) {
  if (!canon.is_object() || !home.is_object()) return;
  const String record(canonical_shape_of(trip.from.shape->kind).view->record);
  for (const contract::Projection& projection : trip.to.shape->projections) {
    if (projection.kind != trip.from.shape->kind) continue;
    for (const contract::Projection::Field& field : projection.fields) {
      const Node* before = canon.find(field.member);
      const Node* after = home.find(field.member);
      if (after == nullptr || says_nothing(*after) || (before != nullptr && !says_nothing(*before))) continue;
      report.entries.push_back({Change::invented, place_in_target(trip, home_way, field.member, *after),
                                String(record).append(".").append(field.member), not_said(field.where_or_why)});
    }
  }
}

/// Converts the record that the target reads as to the source's kind and compares it with the source.
Result<void> compare_with_source(const Trip& trip, const Path& home, const Record& returned, const Node& canon,
                                 const Explainer& explainer, Report& report) {
  Result<Record> record = home.carry(returned);
  if (!record) return broken(record.error());
  Buffer text;
  write_record(*trip.from.shape, *record, text);
  Document back;
  Document back_canon;
  if (auto parsed = back.parse_json(text.view()); !parsed) return broken(parsed.error());
  if (auto parsed = write_canonical(*record, back_canon); !parsed) return broken(parsed.error());

  Comparison comparison(explainer, report);
  String pointer(trip.source_pointer);
  const List<const Node*> others = objects_of(*trip.from.shape, back.root());
  const List<const Node*> other_canons = objects_of(*trip.from.shape, back_canon.root());
  const auto compare = [&](const Node& object, std::size_t index, const Place& place) {
    const bool there = index < others.size();
    const Place other = Place::root(*trip.from.shape->view, there ? other_canons[index] : nullptr);
    comparison.compare({&object, place}, {there ? others[index] : nullptr, other}, pointer);
  };
  each_object(*trip.from.shape, trip.source, canon, pointer, compare);
  if (!home.direct()) find_invented_fields(trip, home, canon, back_canon.root(), report);
  return {};
}

/// For a translation without a way back: a value is lost if the target is the same without it.
void find_unused_members(const Trip& trip, const Path& out, const Node& canon, const Explainer& explainer,
                         Report& report) {
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
  const auto look = [&](const Node& object, std::size_t, const Place& place) {
    finder.look_below(object, place, pointer);
  };
  each_object(*trip.from.shape, trip.source, canon, pointer, look);
}

}  // namespace

std::string_view name_of(Change change) noexcept {
  switch (change) {
    case Change::lost:
      return "lost";
    case Change::narrowed:
      return "narrowed";
    case Change::invented:
      return "invented";
  }
  return "";
}

bool Report::loses() const noexcept {
  return std::any_of(entries.begin(), entries.end(),
                     [](const Entry& entry) { return entry.change != Change::invented; });
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
  return text + legend(*this);
}

String Report::summary() const {
  const auto said = [this](Change change, std::string_view done) {
    String names;
    std::size_t count = 0;
    for (const Entry& entry : entries) {
      if (entry.change != change) continue;
      if (++count <= most_named) names.append(count == 1 ? "" : ", ").append(entry.pointer.substr(0, most_pointer));
    }
    if (count == 0) return String();
    if (count > most_named) names += " and " + std::to_string(count - most_named) + " more";
    return std::to_string(count) + (count == 1 ? " field was " : " fields were ") + String(done) + ": " + names;
  };
  const String lost = said(Change::lost, "lost");
  const String changed = said(Change::narrowed, "changed");
  if (lost.empty() && changed.empty()) return {};
  return lost + (lost.empty() || changed.empty() ? "" : "; ") + changed + "; --report says why";
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
  Document returned_canon;
  if (auto parsed = target.parse_json(trip.target); !parsed) return broken(parsed.error());
  const Result<Record> returned = read_record(*trip.to.shape, target.root());
  if (!returned) return broken(returned.error());
  if (auto parsed = write_canonical(trip.record, source_canon); !parsed) return broken(parsed.error());
  if (auto parsed = write_canonical(trip.carried, target_canon); !parsed) return broken(parsed.error());
  if (auto parsed = write_canonical(*returned, returned_canon); !parsed) return broken(parsed.error());

  const std::optional<Path> out = Path::find(*trip.from.shape, *trip.to.shape);
  if (!out)
    return Error{.code = Code::internal, .message = "no way from " + trip.from.name() + " to " + trip.to.name()};
  const Explainer explainer(trip.from, trip.to, trip.carried, out->direct());
  Report report;
  if (const std::optional<Path> home = Path::find(*trip.to.shape, *trip.from.shape)) {
    auto compared = compare_with_source(trip, *home, *returned, source_canon.root(), explainer, report);
    if (!compared) return compared.error();
  } else {
    find_unused_members(trip, *out, source_canon.root(), explainer, report);
  }

  String pointer(trip.target_pointer);
  const List<const Node*> read = objects_of(*trip.to.shape, returned_canon.root());
  const auto look = [&](const Node& object, std::size_t index, const Place& place) {
    find_invented(object, place, Place::root(*trip.to.shape->view, read[index]), pointer, report);
  };
  each_object(*trip.to.shape, target.root(), target_canon.root(), pointer, look);
  return report;
}

}  // namespace parley::gateway::translate
