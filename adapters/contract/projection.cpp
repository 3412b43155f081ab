// Finds what a projection loses: the canonical tables compare two records member by member.
#include "adapters/contract/projection.hpp"

namespace parley::contract {
namespace {

const Projection::Field* find_field(const Projection& projection, std::string_view member) {
  for (const Projection::Field& field : projection.fields) {
    if (field.member == member) return &field;
  }
  return nullptr;
}

std::string_view text_of(const shape::Row& row, const void* object, Buffer& scratch) {
  scratch.clear();
  shape::Writer writer(scratch);
  row.write(object, {}, true, writer);
  return scratch.view();
}

void compare(const Projection& projection, const shape::View& view, const void* record, const void* back,
             shape::Losses& losses) {
  Buffer before;
  Buffer after;
  for (const shape::Row& row : view.rows) {
    const Projection::Field* field = find_field(projection, row.key);
    if (field == nullptr || row.empty(record)) continue;
    if (field->fidelity != shape::Fidelity::dropped && text_of(row, record, before) == text_of(row, back, after))
      continue;
    losses.push_back({String(view.record).append(".").append(row.key), String(field->where_or_why)});
  }
}

}  // namespace

void find_losses(const Projection& projection, const Record& record, const Record& back, shape::Losses& losses) {
  const auto visit = [&]<class T, class U>(const T& one, const U& other) {
    if constexpr (std::is_same_v<T, U> && shape::detail::Remembers<T>) {
      compare(projection, shape::canonical_view<T>, &one, &other, losses);
    }
  };
  std::visit(visit, record, back);
}

}  // namespace parley::contract
