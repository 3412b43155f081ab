#include "schemas/shape/member_reader.hpp"

namespace parley::shape {
namespace {

constexpr std::string_view extensions_key = "extensions";

/// Reads the member `extensions` of a canonical document: shape -> key -> JSON. Returns false if it does not have that form.
bool read_extensions(const Node& node, Extensions& extensions, const Reading& reading) {
  if (!node.is_object()) return false;
  for (const Node& shape : node) {
    if (!shape.is_object()) return false;
  }
  for (const Node& shape : node) {
    for (const Node& member : shape) {
      extensions.push_back({reading.keep(shape.key), reading.keep(member.key), reading.keep(member.raw)});
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
    slot.canonical = text.view();
  }
}

}  // namespace

void MemberReader::unknown(const Node& member) {
  if (member.repaired && view_.wire != nullptr) reading_.repaired(member, view_, nullptr);
  if (reading_.strict()) {
    reading_.unknown(member, view_);
  } else if (extensions_ == nullptr) {
    lost_ = true;
  } else if (view_.canonical && member.key == extensions_key && read_extensions(member, *extensions_, reading_)) {
    order_.unknown(member.key);
  } else {
    extensions_->push_back({Text::borrow(view_.name), reading_.keep(member.key), reading_.keep(member.raw)});
    order_.unknown(member.key);
  }
}

void MemberReader::known(std::size_t at, const Node& member) {
  const Row& row = view_.rows[at];
  passed(at);
  if (!reading_.strict() && !member.repaired) [[likely]] {
    if (const Fit fit = row.read(member, object_, reading_); fit != Fit::exact) unfit(member, fit);
    return;
  }
  const Reading::Step step(reading_, member.key);
  const std::size_t told = reading_.repairs();
  const Fit fit = row.read(member, object_, reading_);
  // The innermost struct with a `wire` reports the repair: the structs without one have no canonical names.
  if (member.repaired && view_.wire != nullptr && reading_.repairs() == told) reading_.repaired(member, view_, &row);
  if (fit != Fit::exact) unfit(member, fit);
}

void MemberReader::unfit(const Node& member, Fit fit) {
  if (fit == Fit::respelt) return order_.respelt(member.raw);
  if (extensions_ != nullptr && !reading_.strict()) {
    extensions_->push_back({Text::borrow(view_.name), reading_.keep(member.key), reading_.keep(member.raw)});
    order_.misfit();
  }
  lost_ = true;
}

Fit MemberReader::finish() {
  if (view_.finish != nullptr) view_.finish(object_);
  if (view_.wire == nullptr) return lost_ || order_.departed() ? Fit::respelt : Fit::exact;
  Wire& wire = view_.wire(object_);
  wire.shape = &view_;
  wire.texts = reading_.texts();
  wire.seen = order_.seen();
  if (order_.departed()) {
    remember_spellings(view_, object_, *order_.slots());
    wire.slots = order_.slots();
  } else {
    wire.slots = nullptr;
  }
  return Fit::exact;
}

Fit read_object(const View& view, const Node& node, void* object, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  MemberReader members(view, object, reading);
  for (const Node& child : node) {
    const int found = view.find(child.key, members.guess());
    found < 0 ? members.unknown(child) : members.known(static_cast<std::size_t>(found), child);
  }
  if (reading.strict()) {
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
      const bool seen = (members.seen() >> i & 1U) != 0;
      if (view.rows[i].need == Need::required && !seen) reading.missing(node, view.rows[i].key);
    }
  }
  return members.finish();
}

}  // namespace parley::shape
