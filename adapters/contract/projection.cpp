// Finds what a projection loses: its fields have the order of the canonical table.
#include "adapters/contract/projection.hpp"

namespace parley::contract {

void find_losses(const Projection& projection, const shape::View& view, const void* record, shape::Losses& losses) {
  for (std::size_t i = 0; i < projection.fields.size(); ++i) {
    const Projection::Field& field = projection.fields[i];
    const bool dropped = field.fidelity == shape::Fidelity::dropped;
    if (!dropped && field.lost == nullptr) continue;
    if (view.rows[i].empty(record) || (!dropped && !field.lost(record))) continue;
    losses.push_back({shape::Label::constant(field.lossy), shape::Label::constant(field.where_or_why)});
  }
}

}  // namespace parley::contract
