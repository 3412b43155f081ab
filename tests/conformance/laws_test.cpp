// Laws of translation over generated documents of every shape of every adapter: identity, round trip, stability, no
// silent loss. A failure shows the seed; PARLEY_SEED=N repeats it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "gateway/translate/fidelity.hpp"
#include "gateway/translate/place.hpp"
#include "gateway/translate/translate.hpp"
#include "schemas/shape/json_schema.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/mutate.hpp"
#include "tests/support/shapes.hpp"

namespace parley::test {
namespace {

using contract::RecordKind;
using gateway::translate::Change;
using gateway::translate::Entry;
using gateway::translate::NamedShape;
using gateway::translate::Path;
using shape::Fidelity;

/// Runs `law` with `count` seeds, or with that of PARLEY_SEED.
template <class Law>
void with_seeds(std::uint64_t count, const Law& law) {
  const char* only = std::getenv("PARLEY_SEED");
  const std::uint64_t first = only != nullptr ? std::strtoull(only, nullptr, 10) : 1;
  for (std::uint64_t seed = first; seed < first + (only != nullptr ? 1 : count); ++seed) {
    CAPTURE(seed);
    Random random(seed);
    law(random);
  }
}

bool is_list(RecordKind kind) {
  return kind == RecordKind::visitors || kind == RecordKind::agents || kind == RecordKind::channels ||
         kind == RecordKind::messages || kind == RecordKind::departments || kind == RecordKind::offline_messages ||
         kind == RecordKind::contacts;
}

/// Sets a chat's state by its end, because no vendor can show a chat that is open and has an end.
void settle(Value& chat, Random& random) {
  chat.erase("state");
  const Value* end = chat.find("end_at");
  const char* state = end != nullptr ? "ended" : random.chance(50) ? "active" : "queued";
  chat.children.push_back(member("state", string(state)));
}

/// A canonical document with random values that are hard to carry. A list has one to three elements, or one.
Value random_document(RecordKind kind, bool one, Random& random) {
  if (!is_list(kind)) {
    Value record = random_record(canonical_view(kind), random);
    if (kind == RecordKind::chat) settle(record, random);
    return record;
  }
  Value list = array();
  const std::size_t size = one ? 1 : 1 + random.below(3);
  for (std::size_t i = 0; i < size; ++i) list.children.push_back(random_record(canonical_view(kind), random));
  return list;
}

/// A vendor's document of such a record.
String random_wire(const NamedShape& shape, bool one, Random& random) {
  const contract::Record record =
      read_canonical(shape.shape->kind, print(random_document(shape.shape->kind, one, random)));
  return write_wire(*shape.shape, record);
}

String translated(const NamedShape& from, const NamedShape& to, std::string_view document) {
  const auto made = gateway::translate::translate(from, to, document);
  if (!made) throw std::runtime_error(from.name() + " to " + to.name() + ": " + made.error().message);
  return String(made->text.view());
}

gateway::translate::Report reported(const NamedShape& from, const NamedShape& to, std::string_view document) {
  auto made = gateway::translate::translate(from, to, document, {.callback = {}, .report = true});
  if (!made) throw std::runtime_error(from.name() + " to " + to.name() + ": " + made.error().message);
  return std::move(made->report);
}

/// Whether a list must hold exactly one element, because the two shapes have different kinds of record.
bool needs_one(const NamedShape& from, const NamedShape& to) {
  return is_list(from.shape->kind) != is_list(to.shape->kind) || from.shape->kind != to.shape->kind;
}

/// Calls `visit(from, to)` for every two different shapes with a translation in both directions.
template <class Visit>
void each_pair(const Visit& visit) {
  for (const NamedShape& from : gateway::translate::catalogue()) {
    for (const NamedShape& to : gateway::translate::catalogue()) {
      if (&from == &to || !Path::find(*from.shape, *to.shape) || !Path::find(*to.shape, *from.shape)) continue;
      const String pair = from.name() + " -> " + to.name();
      CAPTURE(pair);
      visit(from, to);
    }
  }
}

bool says_nothing(const Value& value) {
  switch (value.kind) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return value.text == "false";
    case Kind::number:
      return value.text == "0";
    case Kind::string:
      return value.text.empty();
    default:
      return value.children.empty();
  }
}

/// The scalars of a document that have a value, by JSON Pointer. If `other` has another number of elements in a list,
/// the whole list is one entry (nobody can tell which element is gone), or none if each element is still there.
using Leaves = std::map<String, String>;
void collect(const Value& value, const Value* other, const String& pointer, Leaves& leaves);

/// Whether `whole` has every value that `part` has.
bool says_all(const Value& whole, const Value& part) {
  Leaves said;
  Leaves wanted;
  collect(whole, nullptr, "", said);
  collect(part, nullptr, "", wanted);
  return std::includes(said.begin(), said.end(), wanted.begin(), wanted.end());
}

void collect(const Value& value, const Value* other, const String& pointer, Leaves& leaves) {
  if (says_nothing(value)) return;
  if (value.kind == Kind::array && other != nullptr && other->children.size() != value.children.size()) {
    const bool all = std::all_of(value.children.begin(), value.children.end(), [other](const Value& element) {
      return std::any_of(other->children.begin(), other->children.end(),
                         [&element](const Value& one) { return says_all(one, element); });
    });
    if (!all) leaves[pointer] = print(value);
    return;
  }
  std::size_t index = 0;
  for (const Value& child : value.children) {
    String below = pointer;
    if (value.kind == Kind::object) {
      shape::append_pointer(child.key, below);
    } else {
      below += '/' + std::to_string(index);
    }
    const Value* match = nullptr;
    if (other != nullptr && value.kind == Kind::object) match = other->find(child.key);
    if (other != nullptr && value.kind == Kind::array && index < other->children.size())
      match = &other->children[index];
    collect(child, match, below, leaves);
    ++index;
  }
  if (value.kind != Kind::array && value.kind != Kind::object) leaves[pointer] = print(value);
}

bool below(std::string_view pointer, std::string_view parent) {
  return pointer.starts_with(parent) && (pointer.size() == parent.size() || pointer[parent.size()] == '/');
}

/// The canonical members of the outermost row on the pointer's path.
std::string_view outermost_members(const NamedShape& shape, std::string_view pointer) {
  if (shape.shape->list) pointer.remove_prefix(std::min(pointer.find('/', 1), pointer.size()));
  const std::string_view key = pointer.substr(1, pointer.find('/', 1) - 1);
  const int row = shape.shape->view->find(key);
  return row < 0 ? std::string_view{} : shape.shape->view->rows[static_cast<std::size_t>(row)].members;
}

/// Whether every table below `view` for that type of record carries the member exactly.
bool exact_below(const shape::View& view, std::string_view record, std::string_view member) {
  for (const shape::View* one : shape::tables_below(view)) {
    if (one->record == record && gateway::translate::cell_of(*one, member).fidelity != Fidelity::exact) return false;
  }
  return true;
}

/// Whether the tables of the two shapes declare that the value may change: for a member of the record, or for one below it.
bool may_change(const NamedShape& from, const NamedShape& to, const Entry& entry) {
  if (entry.member.empty()) return true;  // unknown to every table: an extension
  const bool outer =
      gateway::translate::any_member(outermost_members(from, entry.pointer), [&](std::string_view member) {
        return gateway::translate::cell_of(*to.shape->view, member).fidelity != Fidelity::exact ||
               gateway::translate::cell_of(*from.shape->view, member).fidelity != Fidelity::exact;
      });
  const std::size_t dot = entry.member.find('.');
  const std::string_view record = std::string_view(entry.member).substr(0, dot);
  return outer ||
         gateway::translate::any_member(std::string_view(entry.member).substr(dot + 1), [&](std::string_view member) {
           return !exact_below(*to.shape->view, record, member) || !exact_below(*from.shape->view, record, member);
         });
}

/// Whether the entry is of a map whose keys are ids, and this key cannot stand as it is in another form of ids.
bool is_renamed(const Entry& entry) {
  const String key = entry.pointer.substr(entry.pointer.rfind('/') + 1);
  return ids::kind_of(key) == ids::Kind::free_text && key.find('@') != String::npos;
}

/// Whether a member of the records in this list of the record is announced: a document may show it in a member of its own.
bool announced_below(const shape::View& canonical, std::string_view member, const std::set<String>& announced) {
  const int at = canonical.find(member);
  const shape::Type* type = at < 0 ? nullptr : canonical.rows[static_cast<std::size_t>(at)].type;
  if (type == nullptr || type->form != shape::Form::list || type->element->view == nullptr) return false;
  const String below = String(type->element->view->record) + '.';
  const auto found = announced.lower_bound(below);
  return found != announced.end() && found->starts_with(below);
}

/// Removes the canonical members that the other side's projection computes anew or drops.
void erase_derived(const NamedShape& shape, const NamedShape& other, Value& canonical) {
  const auto erase_from = [&](Value& object) {
    for (const contract::Projection& projection : other.shape->projections) {
      if (&canonical_view(projection.kind) != &canonical_view(shape.shape->kind)) continue;
      for (const contract::Projection::Field& field : projection.fields) {
        if (field.fidelity == Fidelity::derived || field.fidelity == Fidelity::dropped) object.erase(field.member);
      }
    }
  };
  if (!shape.shape->list) return erase_from(canonical);
  for (Value& element : canonical.children) erase_from(element);
}

}  // namespace

TEST_CASE("law 1: a document read and written as its own shape is the same JSON") {
  with_seeds(150, [](Random& random) {
    for (const NamedShape& shape : gateway::translate::catalogue()) {
      const String name = shape.name();
      CAPTURE(name);
      Value document = parse(random_wire(shape, false, random));
      mutate(document, random.below(6), random);
      if (shape.shape->list) {  // if an element is no object, it is another document
        std::erase_if(document.children, [](const Value& element) { return element.kind != Kind::object; });
      }
      const String text = respell(document, random);
      CAPTURE(text);
      CHECK(difference(text, translated(shape, shape, text)) == "");
    }
  });
}

TEST_CASE("law 1: the vendors' own examples, in their envelopes") {
  for (const NamedShape& shape : gateway::translate::catalogue()) {
    if (shape.canonical() || shape.adapter->samples == nullptr) continue;
    for (const contract::Sample& sample : shape.adapter->samples()) {
      if (sample.name != String(shape.shape->name) + ".json") continue;
      const String name = shape.name();
      CAPTURE(name);
      CHECK(difference(sample.text, translated(shape, shape, sample.text)) == "");
    }
  }
}

TEST_CASE("law 3: a round trip loses exactly what the tables declare") {
  // From vendor to vendor, with the same kind of record: the cells of the fidelity matrix decide.
  with_seeds(12, [](Random& random) {
    each_pair([&](const NamedShape& from, const NamedShape& to) {
      if (!Path::find(*from.shape, *to.shape)->direct()) return;
      const String document = random_wire(from, needs_one(from, to), random);
      CAPTURE(document);
      const gateway::translate::Report report = reported(from, to, document);
      const String text = report.text();
      CAPTURE(text);

      // Not too much: what is reported as lost or narrowed is declared as not carried exactly.
      for (const Entry& entry : report.entries) {
        if (entry.change == Change::invented || may_change(from, to, entry)) continue;
        FAIL_CHECK("not declared: " << name_of(entry.change) << ' ' << entry.pointer << " (" << entry.reason << ')');
      }

      // Not too little: a value that the target drops is reported with the table's reason. (Not if the same value comes
      // back: then the document had the vendor's word for an empty value.)
      const Value tree = parse(document);
      const Value back = parse(translated(to, from, translated(from, to, document)));
      const auto check_object = [&](const Value& object, const Value& returned, const String& prefix) {
        for (const Value& member : object.children) {
          const int found = from.shape->view->find(member.key);
          const Value* same = returned.find(member.key);
          if (found < 0 || says_nothing(member) || (same != nullptr && difference(member, *same).empty())) continue;
          const shape::Row& row = from.shape->view->rows[static_cast<std::size_t>(found)];
          if (row.fidelity == Fidelity::derived || row.members.find(',') != std::string_view::npos) continue;
          const gateway::translate::Cell cell = gateway::translate::cell_of(*to.shape->view, row.members);
          if (cell.fidelity != Fidelity::dropped || to.canonical()) continue;
          String pointer = prefix;
          shape::append_pointer(member.key, pointer);
          const bool told = std::any_of(report.entries.begin(), report.entries.end(), [&](const Entry& entry) {
            return entry.change == Change::lost && below(entry.pointer, pointer) &&
                   entry.reason.find(cell.note.substr(0, cell.note.find_last_not_of('.') + 1)) != String::npos;
          });
          if (!told) FAIL_CHECK("declared and not reported: " << pointer << " (" << cell.note << ')');
        }
      };
      if (!from.shape->list) return check_object(tree, back, "");
      for (std::size_t i = 0; i < tree.children.size(); ++i) {
        check_object(tree.children[i], back.children[i], '/' + std::to_string(i));
      }
    });
  });
}

TEST_CASE("law 4: a second round trip changes nothing more") {
  with_seeds(12, [](Random& random) {
    each_pair([&](const NamedShape& from, const NamedShape& to) {
      const String document = random_wire(from, needs_one(from, to), random);
      CAPTURE(document);
      const String there = translated(from, to, document);
      const String back = translated(to, from, there);
      CAPTURE(there);
      CAPTURE(back);
      const String again = translated(from, to, back);
      if (Path::find(*from.shape, *to.shape)->direct()) {
        CHECK(difference(there, again, Order::ignored) == "");
        return;
      }
      // Between different kinds of record, compares only what the projection carries.
      Value first = parse(write_canonical(read_wire(*to.shape, there)));
      Value second = parse(write_canonical(read_wire(*to.shape, again)));
      erase_derived(to, from, first);
      erase_derived(to, from, second);
      CHECK(difference(first, second, Order::ignored) == "");
    });
  });
}

namespace {

/// Whether a mutated document still has a member of the shape. If it has none, it is refused.
bool has_member_of(const NamedShape& shape, const Value& document) {
  return std::any_of(document.children.begin(), document.children.end(), [&shape](const Value& child) {
    return shape.shape->view->find(child.key) >= 0 || (shape.canonical() && child.key == "extensions");
  });
}

}  // namespace

TEST_CASE("law 5: every value that does not come back is in the report") {
  with_seeds(12, [](Random& random) {
    each_pair([&](const NamedShape& from, const NamedShape& to) {
      Value tree = parse(random_wire(from, needs_one(from, to), random));
      if (!from.shape->list) mutate(tree, random.below(3), random);
      if (!from.shape->list && from.shape != to.shape && !has_member_of(from, tree)) {
        const auto refused = gateway::translate::translate(from, to, print(tree));
        REQUIRE(refused.has_error());
        CHECK(refused.error().code == Code::invalid_field);
        return;
      }
      const String document = print(tree);
      CAPTURE(document);
      const gateway::translate::Report report = reported(from, to, document);
      const String text = report.text();
      CAPTURE(text);

      const Value back = parse(translated(to, from, translated(from, to, document)));
      Leaves before;
      Leaves after;
      collect(tree, &back, "", before);
      collect(back, nullptr, "", after);
      for (const auto& [pointer, value] : before) {
        const auto found = after.find(pointer);
        if (found != after.end() && found->second == value) continue;
        const String at = pointer;
        const bool told = std::any_of(report.entries.begin(), report.entries.end(), [&](const Entry& entry) {
          return entry.change != Change::invented && (below(at, entry.pointer) || below(entry.pointer, at));
        });
        if (!told) FAIL_CHECK("silently lost: " << pointer << " = " << value);
      }
    });
  });
}

TEST_CASE("law 5: values that the target shows of an empty record are reported as invented") {
  each_pair([](const NamedShape& from, const NamedShape& to) {
    if (from.shape->list || to.shape->list || !Path::find(*from.shape, *to.shape)->direct()) return;
    const String document = write_wire(*from.shape, empty_record(from.shape->kind));
    // What the source's own document shows of an empty record is not invented by the translation.
    const String known = write_canonical(read_wire(*from.shape, document));
    const String text = translated(from, to, document);
    const Value target = parse(text);
    const Value read = parse(write_canonical(read_wire(*to.shape, text)));
    const gateway::translate::Report report = reported(from, to, document);
    for (const Value& member : target.children) {
      if (says_nothing(member)) continue;
      const int row = to.shape->view->find(member.key);
      if (row < 0) continue;
      const Value canonical = parse(known);
      const auto says = [&](const Value& record) {
        return gateway::translate::any_member(to.shape->view->rows[static_cast<std::size_t>(row)].members,
                                              [&](std::string_view name) {
                                                const Value* value = record.find(name);
                                                return value != nullptr && !says_nothing(*value);
                                              });
      };
      if (says(canonical) || !says(read)) continue;  // shown by the source; or a placeholder that is read as empty
      String pointer;
      shape::append_pointer(member.key, pointer);
      CAPTURE(pointer);
      CHECK(std::any_of(report.entries.begin(), report.entries.end(), [&](const Entry& entry) {
        return entry.change == Change::invented && below(entry.pointer, pointer);
      }));
    }
  });
}

TEST_CASE("law 5: the losses that a facade announces include those that the report measures") {
  with_seeds(12, [](Random& random) {
    each_pair([&](const NamedShape& from, const NamedShape& to) {
      if (!Path::find(*from.shape, *to.shape)->direct() || to.canonical()) return;
      const String document = random_wire(from, needs_one(from, to), random);
      CAPTURE(document);
      const auto carried = Path::find(*from.shape, *to.shape)->carry(read_wire(*from.shape, document));
      REQUIRE(carried.has_value());
      std::set<String> announced;
      for (const shape::Loss& loss : losses(*to.shape, *carried)) announced.emplace(loss.member);
      for (const Entry& entry : reported(from, to, document).entries) {
        if (entry.change != Change::lost || entry.member.empty()) continue;
        const String record = entry.member.substr(0, entry.member.find('.'));
        if (record != to.shape->view->record) continue;  // a member below: its own table announces it
        const bool told = gateway::translate::any_member(
            std::string_view(entry.member).substr(record.size() + 1), [&](std::string_view member) {
              return announced.count(record + '.' + String(member)) != 0 ||
                     announced_below(canonical_view(to.shape->kind), member, announced);
            });
        if (is_renamed(entry)) continue;
        if (!told) FAIL_CHECK("not announced: " << entry.pointer << ' ' << entry.member << " (" << entry.reason << ')');
      }
    });
  });
}

}  // namespace parley::test
