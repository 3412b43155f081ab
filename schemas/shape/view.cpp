// Faults, key look-up and losses of field tables.
#include "schemas/shape/view.hpp"

#include <cstring>

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

namespace {

/// Whether two keys are equal. Most have up to 16 bytes; a call of memcmp costs more than this.
bool is_same(std::string_view one, std::string_view other) noexcept {
  if (one.size() != other.size()) return false;
  const auto word = [](std::string_view text, std::size_t at, std::size_t size) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, size);
    return bytes;
  };
  const std::size_t size = one.size();
  if (size > 16) return one == other;
  if (size >= 8) return word(one, 0, 8) == word(other, 0, 8) && word(one, size - 8, 8) == word(other, size - 8, 8);
  if (size >= 4) return word(one, 0, 4) == word(other, 0, 4) && word(one, size - 4, 4) == word(other, size - 4, 4);
  for (std::size_t at = 0; at < size; ++at) {
    if (one[at] != other[at]) return false;
  }
  return true;
}

}  // namespace

int View::find(std::string_view key, std::size_t guess) const noexcept {
  if (guess < rows.size() && is_same(rows[guess].key, key)) return static_cast<int>(guess);
  const int found = index.slot[KeyIndex::place(key, index.seed)] - 1;
  return found >= 0 && is_same(rows[static_cast<std::size_t>(found)].key, key) ? found : -1;
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

void Reading::Step::add(std::string_view key) {
  if (length_ != 0) reading_.path_ += '.';
  reading_.path_.append(key);
}

void Reading::Step::add(std::size_t index) { reading_.path_ += '[' + std::to_string(index) + ']'; }

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
                     (extension.shape.size() == view.name.size() || extension.shape.view()[view.name.size()] == '.');
    if (own) continue;
    losses.push_back({String(extension.shape).append(".").append(extension.key),
                      String("only ").append(extension.shape).append(" has it")});
  }
}

}  // namespace parley::shape
