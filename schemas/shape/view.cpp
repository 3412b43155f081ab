// Faults, key look-up and losses of field tables.
#include "schemas/shape/view.hpp"

namespace parley::shape {

std::string_view name_of(Fidelity fidelity) noexcept {
  switch (fidelity) {
    case Fidelity::exact:
      return "exact";
    case Fidelity::converted:
      return "converted";
    case Fidelity::derived:
      return "derived";
    case Fidelity::dropped:
      return "dropped";
  }
  return "";
}

int View::find(std::string_view key, std::size_t guess) const noexcept {
  if (guess < rows.size() && rows[guess].key == key) return static_cast<int>(guess);
  const int found = index.slot[KeyIndex::place(key, index.seed)] - 1;
  return found >= 0 && rows[static_cast<std::size_t>(found)].key == key ? found : -1;
}

Fit Reading::refuse(const Node& node, std::string_view expected, std::string_view hint) {
  if (strict_) {
    faults_.push_back(Fault{.path = path_,
                            .mark = node.mark,
                            .expected = String(expected),
                            .got = String(name_of(node.kind)),
                            .hint = String(hint)});
  }
  return Fit::refused;
}

void Reading::missing(const Node& parent, std::string_view key) {
  if (!strict_) return;
  const Step step(*this, key);
  faults_.push_back(
      Fault{.path = path_, .mark = parent.mark, .expected = "a value", .got = {}, .hint = {}, .missing = true});
}

void Reading::unknown(const Node& child, const View& view) {
  if (!strict_) return;
  const Step step(*this, child.key);
  String known;
  for (const Row& row : view.rows) {
    if (!known.empty()) known += ", ";
    known += row.key;
  }
  faults_.push_back(Fault{.path = path_,
                          .mark = child.mark,
                          .expected = std::move(known),
                          .got = String(child.key),
                          .hint = {},
                          .missing = false,
                          .unknown = true});
}

void Reading::repaired(const Node& child, const View& view, const Row* row) {
  ++repairs_;
  if (losses_ == nullptr) return;
  const auto note = [&](std::string_view record, std::string_view member) {
    losses_->push_back({String(record).append(".").append(member), Label::constant(repaired_reason)});
  };
  if (row == nullptr || row->members.empty()) return note(view.name, child.key);
  for (std::string_view rest = row->members; !rest.empty();) {
    const std::size_t comma = rest.find(',');
    note(view.record, rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
}

Reading::Step::Step(Reading& reading, std::string_view key) : reading_(reading), length_(reading.path_.size()) {
  if (!reading.strict_) return;  // only faults need the path
  if (length_ != 0) reading.path_ += '.';
  reading.path_.append(key);
}

Reading::Step::Step(Reading& reading, std::size_t index) : reading_(reading), length_(reading.path_.size()) {
  if (!reading.strict_) return;
  reading.path_ += '[' + std::to_string(index) + ']';
}

void find_losses(const View& view, const void* object, Losses& losses) {
  for (const Drop& drop : view.drops) {
    if (!drop.empty(object)) losses.push_back({Label::constant(drop.lossy), Label::constant(drop.reason)});
  }
  for (const Row& row : view.rows) {
    if (row.losses != nullptr) row.losses(object, row.lossy, losses);
  }
  if (view.extensions == nullptr || view.canonical) return;
  for (const Extension& extension : view.extensions(const_cast<void*>(object))) {
    // `<name>.<key>`: an extension of an object within this shape, which the codec of that row writes.
    const bool own = extension.shape.starts_with(view.name) &&
                     (extension.shape.size() == view.name.size() || extension.shape[view.name.size()] == '.');
    if (own) continue;
    losses.push_back({extension.shape + '.' + extension.key, "only " + extension.shape + " has it"});
  }
}

}  // namespace parley::shape
