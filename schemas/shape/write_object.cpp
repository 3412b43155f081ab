// Writes a record as JSON by a table. A record that was read in the same shape is written as it was, where it is unchanged.
#include "schemas/shape/view.hpp"
#include "schemas/shape/write_members.hpp"

namespace parley::shape {
namespace {

const Extension* find(const Extensions& extensions, std::string_view shape, std::string_view key) noexcept {
  for (const Extension& extension : extensions) {
    if (extension.key == key && extension.shape == shape) return &extension;
  }
  return nullptr;
}

/// The same, but begins at `next`, and moves it behind what it found. Extensions are in the order of the document, unless somebody has changed
/// them: so a document with very many unknown members is not searched from its begin for each.
const Extension* find_from(std::size_t& next, const Extensions& extensions, std::string_view shape,
                           std::string_view key) noexcept {
  for (std::size_t looked = 0; looked < extensions.size(); ++looked) {
    const std::size_t at = (next + looked) % extensions.size();
    if (extensions[at].key != key || extensions[at].shape != shape) continue;
    next = at + 1;
    return &extensions[at];
  }
  return nullptr;
}

/// Writes this shape's extensions whose key has no row.
void write_unknown(const View& view, const Extensions& extensions, Writer& writer) {
  for (const Extension& extension : extensions) {
    if (extension.shape != view.name || view.find(extension.key) >= 0) continue;
    writer.key(extension.key);
    writer.raw(extension.json);
  }
}

/// Writes `"extensions":{"zendesk.visitor":{…}}` of a canonical document.
void write_extensions(const View& view, const Extensions& extensions, Writer& writer) {
  bool open = false;
  for (std::size_t i = 0; i < extensions.size(); ++i) {
    const std::string_view shape = extensions[i].shape;
    bool done = shape == view.name;
    for (std::size_t j = 0; j < i && !done; ++j) done = extensions[j].shape == shape;
    if (done) continue;
    if (!open) {
      writer.quoted_key("\"extensions\":");
      writer.begin_object();
      open = true;
    }
    writer.key(shape);
    writer.begin_object();
    for (std::size_t j = i; j < extensions.size(); ++j) {
      if (extensions[j].shape != shape) continue;
      writer.key(extensions[j].key);
      writer.raw(extensions[j].json);
    }
    writer.end_object();
  }
  if (open) writer.end_object();
}

/// Writes the value of a row. If it is empty and the document had a value that did not fit, writes that value.
void write_row(const View& view, const Row& row, const void* object, bool force, const Extensions& extensions,
               Writer& writer) {
  if (!extensions.empty() && row.empty(object)) {
    if (const Extension* misfit = find(extensions, view.name, row.key)) {
      writer.quoted_key(row.quoted);
      writer.raw(misfit->json);
      return;
    }
  }
  row.write(object, row.quoted, force, writer);
}

/// Writes the document's spelling of the value if the value has not changed. Returns whether it wrote.
bool write_spelling(const Row& row, const void* object, const Slot& slot, Writer& writer) {
  if (slot.raw.empty()) return false;
  Buffer now;
  Writer scratch(now);
  row.write(object, {}, true, scratch);
  scratch.finish();
  if (now.view() != slot.canonical) return false;
  writer.quoted_key(row.quoted);
  writer.raw(slot.raw);
  return true;
}

void write_slots(const View& view, const void* object, const List<Slot>& slots, const Extensions& extensions,
                 Writer& writer) {
  std::uint64_t written = 0;
  std::size_t next = 0;  // of the extensions
  bool canonical_extensions = false;
  for (const Slot& slot : slots) {
    if (slot.row >= 0) {
      const Row& row = view.rows[static_cast<std::size_t>(slot.row)];
      written |= std::uint64_t{1} << static_cast<unsigned>(slot.row);
      if (!write_spelling(row, object, slot, writer)) write_row(view, row, object, true, extensions, writer);
    } else if (const Extension* extension = find_from(next, extensions, view.name, slot.key)) {
      writer.key(slot.key);
      writer.raw(extension->json);
    } else if (view.canonical) {
      write_extensions(view, extensions, writer);
      canonical_extensions = true;
    }
  }
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    if ((written >> i & 1U) == 0) view.rows[i].write(object, view.rows[i].quoted, false, writer);
  }
  if (view.canonical && !canonical_extensions) write_extensions(view, extensions, writer);
}

}  // namespace

void write_object(const View& view, const void* object, Writer& writer) {
  write_members(view, object, ~std::uint64_t{0}, writer);
}

void write_members(const View& view, const void* object, std::uint64_t rows, Writer& writer) {
  writer.begin_object();
  write_rows(view, object, rows, writer);
  writer.end_object();
}

void write_rows(const View& view, const void* object, std::uint64_t rows, Writer& writer) {
  static const Extensions none;
  void* mutable_object = const_cast<void*>(object);  // the accessors take a non-const object; nothing is changed here
  const Extensions& extensions = view.extensions != nullptr ? view.extensions(mutable_object) : none;
  const Wire* wire = view.wire != nullptr ? &view.wire(mutable_object) : nullptr;
  const bool remembers = wire != nullptr && wire->shape == &view;
  if (remembers && wire->slots) return write_slots(view, object, *wire->slots, extensions, writer);

  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    if ((rows >> i & 1U) == 0) continue;
    const Row& row = view.rows[i];
    const bool force = remembers ? (wire->seen >> i & 1U) != 0 : row.need != Need::optional;
    if (extensions.empty()) [[likely]] {
      row.write(object, row.quoted, force, writer);
    } else {
      write_row(view, row, object, force, extensions, writer);
    }
  }
  if (extensions.empty()) return;
  write_unknown(view, extensions, writer);
  if (view.canonical) write_extensions(view, extensions, writer);
}

}  // namespace parley::shape
