// The law of the fast readers of JSON: what they take, the thorough reader takes, with the same result. For tests and for libFuzzer.
#pragma once

#include <memory>
#include <span>
#include <stdexcept>
#include <string_view>

#include "gateway/translate/catalogue.hpp"
#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/contact.hpp"
#include "schemas/canonical/message.hpp"
#include "schemas/canonical/visitor.hpp"
#include "schemas/shape/read_plain.hpp"

namespace parley::test {

/// What came of reading a document twice.
struct Readings {
  bool taken = false;      ///< the fast reader took the document
  std::uint64_t rows = 0;  ///< the rows that it read into the record, as bits
  String
      difference;  ///< the first difference from the thorough reader; empty if there is none, or if the fast one did not take it
};

/// How the trees differ; empty if they are the same.
inline String tree_difference(const List<shape::Node>& fast, const List<shape::Node>& thorough) {
  if (fast.size() != thorough.size()) return "the number of nodes";
  for (std::size_t i = 0; i < fast.size(); ++i) {
    const shape::Node& one = fast[i];
    const shape::Node& other = thorough[i];
    const String node = "node " + std::to_string(i) + ": ";
    if (one.kind != other.kind) return node + "kind";
    if (one.span != other.span) return node + "span";
    if (one.size != other.size) return node + "size";
    if (one.key != other.key) return node + "key";
    if (one.text != other.text) return node + "text";
    if (one.raw != other.raw) return node + "raw";
    if (one.text_repaired || one.key_repaired || one.repaired) return node + "marked as repaired";
    if (other.text_repaired || other.key_repaired || other.repaired) return node + "marked as repaired by RapidJSON";
    if (one.mark.line != other.mark.line || one.mark.column != other.mark.column) return node + "mark";
  }
  return {};
}

/// Reads `json` as trees. The readers get a copy of exactly its bytes, so that a sanitizer sees each byte that is read beyond it.
inline Readings read_trees(std::string_view json) {
  const std::unique_ptr<char[]> copy(new char[json.size()]);
  if (!json.empty()) std::memcpy(copy.get(), json.data(), json.size());
  const std::string_view text(copy.get(), json.size());
  shape::Arena texts;
  List<shape::Node> nodes;
  Readings made{.taken = shape::scan_json(text, texts, nodes), .rows = 0, .difference = {}};
  if (!made.taken) return made;
  shape::Document document;
  shape::Arena thorough;
  if (const Result<void> parsed = document.parse_thoroughly(text, thorough, shape::NotText::refuse); !parsed) {
    made.difference = "refused: " + String(parsed.error().message);
  } else {
    made.difference = tree_difference(nodes, document.nodes());
  }
  return made;
}

template <class T>
String written(const shape::View& view, const T& record) {
  Buffer out;
  shape::Writer writer(out);
  write_object(view, &record, writer);
  writer.finish();
  return String(out.view());
}

template <class T>
String losses_as_text(const shape::View& view, const T& record) {
  shape::Losses losses;
  find_losses(view, &record, losses);
  String text;
  for (const shape::Loss& loss : losses) text.append(loss.member).append(": ").append(loss.reason).append("\n");
  return text;
}

inline bool same_slots(const shape::Wire& one, const shape::Wire& other) {
  if (!one.slots || !other.slots) return !one.slots && !other.slots;
  const auto same = [](const shape::Slot& slot, const shape::Slot& another) {
    return slot.row == another.row && slot.key == another.key && slot.raw == another.raw &&
           slot.canonical == another.canonical;
  };
  return std::equal(one.slots->begin(), one.slots->end(), other.slots->begin(), other.slots->end(), same);
}

/// How two records that were read by `view` differ, or their documents in any of `views`; empty if they do not.
template <class T>
String record_difference(const shape::View& view, const T& fast, const T& thorough,
                         std::span<const shape::View* const> views) {
  if (!(fast == thorough)) return "the record";
  if (fast.wire.shape != &view || thorough.wire.shape != &view) return "the shape";
  if (fast.wire.seen != thorough.wire.seen) return "the rows that were seen";
  if (!same_slots(fast.wire, thorough.wire)) return "order and spelling";
  for (const shape::View* one : views) {
    if (written(*one, fast) != written(*one, thorough)) return "the document of " + String(one->name);
    if (losses_as_text(*one, fast) != losses_as_text(*one, thorough)) return "the losses of " + String(one->name);
  }
  return {};
}

/// Reads `json` into records of type T. `views`: every table of T; all of them write the records, and must write the same. A copy of the
/// record and a record that was moved must do so without the texts that the first one borrowed.
template <class T>
Readings read_records(const shape::View& view, std::string_view json, std::span<const shape::View* const> views) {
  shape::Document fast_document;
  shape::Losses losses;
  auto fast = std::make_unique<T>();
  Readings made{.taken = shape::read_plain(view, json, fast_document, &losses, *fast), .rows = 0, .difference = {}};
  if (!losses.empty()) made.difference = "a loss";
  if (!made.taken) {
    if (!(*fast == T()) || fast->wire.shape != nullptr || fast->wire.seen != 0 || fast->wire.slots || fast->wire.texts)
      made.difference = "what was not taken left something in the record";
    return made;
  }
  made.rows = fast->wire.seen;

  T thorough;
  {
    shape::Document document;
    shape::Arena texts;
    const Result<void> parsed = document.parse_thoroughly(json, texts, shape::NotText::refuse);
    shape::Reading reading(&losses);
    if (!parsed || read_object(view, document.root(), &thorough, reading) == shape::Fit::refused) {
      made.difference = "refused by the thorough reader";
      return made;
    }
  }
  if (!losses.empty()) made.difference = "a loss of the thorough reader";
  if (made.difference.empty()) made.difference = record_difference(view, *fast, thorough, views);
  if (!made.difference.empty()) return made;

  if (!fast->wire.texts) made.difference = "no texts to borrow";
  T moved = std::move(*fast);
  fast.reset();
  auto original = std::make_unique<T>(std::move(moved));
  made.difference += record_difference(view, *original, thorough, views);
  const T copied = *original;
  *original = *std::addressof(*original);
  made.difference += record_difference(view, *original, thorough, views);
  T assigned;
  assigned = *original;
  original.reset();
  if (copied.wire.texts || assigned.wire.texts) made.difference += "a copy that borrows";
  made.difference += record_difference(view, copied, thorough, views.first(1));
  made.difference += record_difference(view, assigned, thorough, views.first(1));
  return made;
}

/// A table of the catalogue, and how to read by it.
struct ViewOfRecord {
  const shape::View* view = nullptr;
  String name;  ///< STYLE:SHAPE
  Readings (*read)(const shape::View& view, std::string_view json) = nullptr;
};

template <class T>
std::span<const shape::View* const> views_of() {
  static const List<const shape::View*> views = [] {
    List<const shape::View*> made;
    for (const gateway::translate::NamedShape& shape : gateway::translate::catalogue()) {
      const shape::View* view = shape.shape->view;
      const bool known = std::find(made.begin(), made.end(), view) != made.end();
      if (!known && view->record == shape::canonical_view<T>.record) made.push_back(view);
    }
    return made;
  }();
  return views;
}

template <class T>
ViewOfRecord view_of_record(const gateway::translate::NamedShape& shape) {
  const auto read = [](const shape::View& view, std::string_view json) {
    return read_records<T>(view, json, views_of<T>());
  };
  return {.view = shape.shape->view, .name = shape.name(), .read = read};
}

/// The tables of all shapes of the catalogue, each once.
inline const List<ViewOfRecord>& views_of_records() {
  static const List<ViewOfRecord> views = [] {
    List<ViewOfRecord> made;
    for (const gateway::translate::NamedShape& shape : gateway::translate::catalogue()) {
      const std::string_view record = shape.shape->view->record;
      const auto is_known = [&shape](const ViewOfRecord& one) { return one.view == shape.shape->view; };
      if (std::any_of(made.begin(), made.end(), is_known)) continue;
      if (record == shape::canonical_view<Chat>.record) {
        made.push_back(view_of_record<Chat>(shape));
      } else if (record == shape::canonical_view<Visitor>.record) {
        made.push_back(view_of_record<Visitor>(shape));
      } else if (record == shape::canonical_view<Agent>.record) {
        made.push_back(view_of_record<Agent>(shape));
      } else if (record == shape::canonical_view<Channel>.record) {
        made.push_back(view_of_record<Channel>(shape));
      } else if (record == shape::canonical_view<Message>.record) {
        made.push_back(view_of_record<Message>(shape));
      } else if (record == shape::canonical_view<Department>.record) {
        made.push_back(view_of_record<Department>(shape));
      } else if (record == shape::canonical_view<OfflineMessage>.record) {
        made.push_back(view_of_record<OfflineMessage>(shape));
      } else if (record == shape::canonical_view<Contact>.record) {
        made.push_back(view_of_record<Contact>(shape));
      } else {
        throw std::runtime_error("no test of the fast reader for " + shape.name());
      }
    }
    return made;
  }();
  return views;
}

}  // namespace parley::test
