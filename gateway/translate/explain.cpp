// Looks up reasons; see explain.hpp.
#include "gateway/translate/explain.hpp"

namespace parley::gateway::translate {
namespace {

using shape::View;

/// The table of the objects under a row, or nullptr.
const View* table_below(const shape::Row& row) noexcept {
  const shape::Type* type = row.type;
  while (type != nullptr && type->view == nullptr) type = type->element;
  return type != nullptr ? type->view : nullptr;
}

const shape::Row* find_row(const View& view, std::string_view member) noexcept {
  for (const shape::Row& row : view.rows) {
    if (any_member(row.members, [member](std::string_view name) { return name == member; })) return &row;
  }
  return nullptr;
}

std::optional<String> dropped_or_elsewhere(const View& view, std::string_view members) {
  std::optional<String> reason;
  any_member(members, [&](std::string_view member) {
    for (const shape::Drop& drop : view.drops) {
      if (drop.member == member) reason = String(drop.reason);
    }
    for (const shape::Elsewhere& elsewhere : view.elsewhere) {
      if (!reason && elsewhere.member == member) reason = "it stands elsewhere: " + String(elsewhere.where);
    }
    return reason.has_value();
  });
  return reason;
}

/// The record of a kind: `visitor` for a list of visitors.
std::string_view record_of(RecordKind kind) { return canonical_shape_of(kind).view->record; }

}  // namespace

Explainer::Explainer(const NamedShape& from, const NamedShape& to, const Record& carried, bool direct)
    : from_(from), to_(to), direct_(direct) {
  find_losses(*to.shape, carried, losses_);
}

String Explainer::why(const Place& place) const {
  String reason = find(place);
  if (reason.ends_with('.')) reason.pop_back();  // more text may follow here
  return reason;
}

String Explainer::find(const Place& place) const {
  if (!place.known || place.rows.empty()) {
    return to_.canonical() ? String("Parley's model has no place for it") : String(to_.style) + " has no such member";
  }
  if (!place.held()) {
    return from_.name() + " has another kind of value here; only " + String(from_.style) + " can keep this one";
  }
  if (direct_) {
    if (auto reason = from_table(place)) return *reason;
  } else {
    if (auto reason = from_projection(place)) return *reason;
  }
  if (auto reason = from_losses(place)) return *reason;
  return {};
}

String Explainer::otherwise() const {
  return to_.name() + " is " + String(describe(to_.shape->kind)) + " and has no place for it";
}

std::optional<String> Explainer::from_table(const Place& place) const {
  const View* view = to_.shape->view;
  for (const Landmark& mark : place.rows) {
    if (view == nullptr || view->record != mark.view->record) return std::nullopt;
    if (auto reason = dropped_or_elsewhere(*view, mark.row->members)) return reason;
    const shape::Row* row = nullptr;
    any_member(mark.row->members, [&](std::string_view member) { return (row = find_row(*view, member)) != nullptr; });
    view = row != nullptr ? table_below(*row) : nullptr;
  }
  return std::nullopt;
}

std::optional<String> Explainer::from_losses(const Place& place) const {
  const Landmark& mark = place.rows.back();
  std::optional<String> reason;
  any_member(mark.row->members, [&](std::string_view member) {
    const String name = String(mark.view->record).append(".").append(member);
    for (const shape::Loss& loss : losses_) {
      if (loss.member == name) reason = String(loss.reason);
    }
    return reason.has_value();
  });
  return reason;
}

std::optional<String> Explainer::from_projection(const Place& place) const {
  // First the reason in the target's projection, …
  for (const contract::Projection& projection : to_.shape->projections) {
    if (record_of(projection.kind) != place.rows.front().view->record) continue;
    for (const auto& field : projection.fields) {
      const bool meant =
          any_member(place.rows.front().row->members, [&](std::string_view m) { return m == field.member; });
      if (!meant || field.fidelity == shape::Fidelity::exact) continue;
      const bool said = field.fidelity != shape::Fidelity::dropped;
      return (said ? "it is told by " : "") + String(field.where_or_why);
    }
  }
  // … else the reason in the target's table for a member of the same name.
  return dropped_or_elsewhere(*to_.shape->view, place.rows.back().row->members);
}

}  // namespace parley::gateway::translate
