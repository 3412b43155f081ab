// Reads nodes into a record by a table. Lenient reading loses nothing: what no row understands becomes an extension, and the record
// remembers values that we would write differently.
#include "schemas/shape/view.hpp"

namespace parley::shape {
namespace {

/// Follows the order of a document's members. From the first difference from our order or spelling on, it keeps a list of slots.
class Order {
 public:
  void known(int row) {
    if (row < last_) depart();
    last_ = row;
    seen_ |= std::uint64_t{1} << static_cast<unsigned>(row);
    if (slots_) slots_->push_back(Slot{.row = row, .key = {}, .raw = {}, .canonical = {}});
  }
  void unknown(std::string_view key) {
    depart();
    slots_->push_back(Slot{.row = -1, .key = String(key), .raw = {}, .canonical = {}});
  }
  /// We would write the value of the last known row differently.
  void respelt(std::string_view raw) {
    depart();
    slots_->back().raw.assign(raw);
  }
  /// The value of the last known row did not fit. It is kept as an extension.
  void misfit() { depart(); }

  [[nodiscard]] std::uint64_t seen() const noexcept { return seen_; }
  [[nodiscard]] bool departed() const noexcept { return slots_ != nullptr; }
  [[nodiscard]] const std::shared_ptr<List<Slot>>& slots() const noexcept { return slots_; }

 private:
  void depart() {
    if (slots_) return;
    slots_ = std::make_shared<List<Slot>>();
    for (int row = 0; row < 64; ++row) {  // so far the order was ours
      if ((seen_ >> static_cast<unsigned>(row) & 1U) != 0) {
        slots_->push_back(Slot{.row = row, .key = {}, .raw = {}, .canonical = {}});
      }
    }
  }

  std::uint64_t seen_ = 0;
  int last_ = -1;
  std::shared_ptr<List<Slot>> slots_;
};

constexpr std::string_view extensions_key = "extensions";

/// Reads the member `extensions` of a canonical document: shape -> key -> JSON. Returns false if it does not have that form.
bool read_extensions(const Node& node, Extensions& extensions) {
  if (!node.is_object()) return false;
  for (const Node& shape : node) {
    if (!shape.is_object()) return false;
  }
  for (const Node& shape : node) {
    for (const Node& member : shape) {
      extensions.push_back({String(shape.key), String(member.key), String(member.raw)});
    }
  }
  return true;
}

/// Stores in the slots of respelt rows what we would write for them. Call it when the record is complete.
void remember_spellings(const View& view, const void* object, List<Slot>& slots) {
  Buffer text;
  for (Slot& slot : slots) {
    if (slot.raw.empty()) continue;
    text.clear();
    Writer writer(text);
    view.rows[static_cast<std::size_t>(slot.row)].write(object, {}, true, writer);
    writer.finish();
    slot.canonical.assign(text.view());
  }
}

}  // namespace

Fit read_object(const View& view, const Node& node, void* object, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  Order order;
  std::size_t guess = 0;
  Extensions* extensions = view.extensions != nullptr ? &view.extensions(object) : nullptr;
  bool lost = false;  // a member was not kept, or did not fit

  for (const Node& child : node) {
    const int found = view.find(child.key, guess);
    if (found < 0) {
      if (child.repaired && view.wire != nullptr) reading.repaired(child, view, nullptr);
      if (reading.strict()) {
        reading.unknown(child, view);
      } else if (extensions == nullptr) {
        lost = true;
      } else if (view.canonical && child.key == extensions_key && read_extensions(child, *extensions)) {
        order.unknown(child.key);
      } else {
        extensions->push_back({String(view.name), String(child.key), String(child.raw)});
        order.unknown(child.key);
      }
      continue;
    }
    const Row& row = view.rows[static_cast<std::size_t>(found)];
    order.known(found);
    const Reading::Step step(reading, child.key);
    const std::size_t told = reading.repairs();
    const Fit fit = row.read(child, object, reading);
    // The innermost struct with a `wire` reports the repair: the structs without one have no canonical names.
    if (child.repaired && view.wire != nullptr && reading.repairs() == told) reading.repaired(child, view, &row);
    switch (fit) {
      case Fit::exact:
        break;
      case Fit::respelt:
        order.respelt(child.raw);
        break;
      case Fit::refused:
        if (extensions != nullptr && !reading.strict()) {
          extensions->push_back({String(view.name), String(child.key), String(child.raw)});
          order.misfit();
        }
        lost = true;
        break;
    }
    guess = static_cast<std::size_t>(found) + 1;
  }

  if (reading.strict()) {
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
      const bool seen = (order.seen() >> i & 1U) != 0;
      if (view.rows[i].need == Need::required && !seen) reading.missing(node, view.rows[i].key);
    }
  }
  if (view.finish != nullptr) view.finish(object);
  if (view.wire == nullptr) return lost || order.departed() ? Fit::respelt : Fit::exact;

  Wire& wire = view.wire(object);
  wire.shape = &view;
  wire.seen = order.seen();
  if (order.departed()) {
    remember_spellings(view, object, *order.slots());
    wire.slots = order.slots();
  } else {
    wire.slots = nullptr;
  }
  return Fit::exact;
}

}  // namespace parley::shape
