// Reads, writes and converts records; see records.hpp.
#include "gateway/translate/records.hpp"

#include <array>
#include <type_traits>
#include <utility>

namespace parley::gateway::translate {
namespace {

using contract::Projection;
using contract::WireShape;

constexpr std::size_t kind_count = std::variant_size_v<Record>;
constexpr std::array<std::string_view, kind_count> descriptions = {"a chat",
                                                                   "a visitor",
                                                                   "an agent",
                                                                   "a list of visitors",
                                                                   "a list of agents",
                                                                   "a list of channels",
                                                                   "the messages of a chat",
                                                                   "a department",
                                                                   "a list of departments",
                                                                   "an offline message",
                                                                   "a list of offline messages",
                                                                   "a contact",
                                                                   "a list of contacts"};

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<List<T>> = true;

template <std::size_t... Is>
Record make(RecordKind kind, std::index_sequence<Is...>) {
  Record record;
  (void)((static_cast<std::size_t>(kind) == Is ? (record.emplace<Is>(), true) : false) || ...);
  return record;
}

/// A kind and the kind of its list.
constexpr std::array<std::pair<RecordKind, RecordKind>, 5> lists = {
    std::pair{RecordKind::visitor, RecordKind::visitors}, std::pair{RecordKind::agent, RecordKind::agents},
    std::pair{RecordKind::department, RecordKind::departments},
    std::pair{RecordKind::offline_message, RecordKind::offline_messages},
    std::pair{RecordKind::contact, RecordKind::contacts}};

/// The record as a list of one. It is of a kind that has a list.
Record list_of_one(const Record& record) {
  if (const Visitor* visitor = std::get_if<Visitor>(&record)) return List<Visitor>{*visitor};
  if (const Agent* agent = std::get_if<Agent>(&record)) return List<Agent>{*agent};
  if (const Department* department = std::get_if<Department>(&record)) return List<Department>{*department};
  if (const Contact* contact = std::get_if<Contact>(&record)) return List<Contact>{*contact};
  return List<OfflineMessage>{std::get<OfflineMessage>(record)};
}

template <class T>
Result<Record> only_one(const List<T>& list, RecordKind kind) {
  if (list.size() == 1) return Record(list.front());
  return Error{.code = Code::invalid_field,
               .message = "the list holds " + std::to_string(list.size()) + " records where exactly one is needed (" +
                          String(describe(kind)) + ")"};
}
Result<Record> only_element(const Record& record, RecordKind kind) {
  if (const auto* visitors = std::get_if<List<Visitor>>(&record)) return only_one(*visitors, kind);
  if (const auto* agents = std::get_if<List<Agent>>(&record)) return only_one(*agents, kind);
  if (const auto* departments = std::get_if<List<Department>>(&record)) return only_one(*departments, kind);
  if (const auto* contacts = std::get_if<List<Contact>>(&record)) return only_one(*contacts, kind);
  return only_one(std::get<List<OfflineMessage>>(record), kind);
}

Error misfit(const shape::Node& node, std::string_view expected) {
  return Error{.code = Code::invalid_field,
               .message = "expected " + String(expected) + ", got " + String(shape::name_of(node.kind))};
}

}  // namespace

std::string_view describe(RecordKind kind) noexcept { return descriptions[static_cast<std::size_t>(kind)]; }

Record make_record(RecordKind kind) { return make(kind, std::make_index_sequence<kind_count>()); }

const WireShape& canonical_shape_of(RecordKind kind) {
  for (const NamedShape& one : catalogue()) {
    if (one.canonical() && one.shape->kind == kind) return *one.shape;
  }
  return *catalogue().front().shape;
}

Result<Record> read_record(const WireShape& shape, const shape::Node& node, const shape::Node** bad) {
  Record record = make_record(shape.kind);
  shape::Reading reading;
  const auto fail = [bad](const shape::Node& at, std::string_view expected) {
    if (bad != nullptr) *bad = &at;
    return misfit(at, expected);
  };
  if (!shape.list) {
    if (!node.is_object()) return fail(node, "an object");
    std::visit([&](auto& object) { read_object(*shape.view, node, &object, reading); }, record);
    return record;
  }
  if (!node.is_array()) return fail(node, "a list");
  for (const shape::Node& child : node) {
    if (!child.is_object()) return fail(child, "an object");
  }
  const auto fill = [&]<class T>(T& list) {
    if constexpr (is_list<T>) {
      list.reserve(node.size);
      for (const shape::Node& child : node) read_object(*shape.view, child, &list.emplace_back(), reading);
    }
  };
  std::visit(fill, record);
  return record;
}

void write_record(const WireShape& shape, const Record& record, Buffer& out) {
  shape::Writer writer(out);
  const auto write = [&]<class T>(const T& value) {
    if constexpr (is_list<T>) {
      writer.begin_array();
      for (const auto& element : value) write_object(*shape.view, &element, writer);
      writer.end_array();
    } else {
      write_object(*shape.view, &value, writer);
    }
  };
  std::visit(write, record);
  writer.finish();
}

void find_losses(const WireShape& shape, const Record& record, shape::Losses& losses) {
  const auto find = [&]<class T>(const T& value) {
    if constexpr (is_list<T>) {
      for (const auto& element : value) shape::find_losses(*shape.view, &element, losses);
    } else {
      shape::find_losses(*shape.view, &value, losses);
    }
  };
  std::visit(find, record);
}

std::optional<Path> Path::find(const WireShape& from, const WireShape& to) {
  // Breadth-first search over the kinds: reaches each by the shortest path.
  std::array<std::optional<Path>, kind_count> reached;
  const auto slot = [&reached](RecordKind kind) -> std::optional<Path>& {
    return reached[static_cast<std::size_t>(kind)];
  };
  List<RecordKind> queue{from.kind};
  slot(from.kind).emplace();
  const auto go = [&](RecordKind at, const Leg& leg) {
    if (slot(leg.to)) return;
    Path longer = *slot(at);
    longer.legs_.push_back(leg);
    longer.projects_ = longer.projects_ || leg.step == Step::project;
    slot(leg.to) = std::move(longer);
    queue.push_back(leg.to);
  };
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const RecordKind at = queue[next];
    if (at == to.kind) return slot(at);
    for (const auto& [one, many] : lists) {
      if (at == one) go(at, {Step::wrap, many, nullptr});
      if (at == many) go(at, {Step::unwrap, one, nullptr});
    }
    for (const Projection& projection : from.projections) {
      if (at == from.kind && projection.to != nullptr) go(at, {Step::project, projection.kind, projection.to});
    }
    for (const Projection& projection : to.projections) {
      if (at == projection.kind && projection.from != nullptr) go(at, {Step::project, to.kind, projection.from});
    }
  }
  return std::nullopt;
}

Result<Record> Path::carry(const Record& record) const {
  Record now = record;
  for (const Leg& leg : legs_) {
    switch (leg.step) {
      case Step::wrap:
        now = list_of_one(now);
        break;
      case Step::unwrap: {
        Result<Record> one = only_element(now, leg.to);
        if (!one) return one;
        now = std::move(*one);
        break;
      }
      case Step::project:
        now = leg.project(now);
        break;
    }
  }
  return now;
}

List<const NamedShape*> targets_of(const NamedShape& from) {
  List<const NamedShape*> targets;
  for (const NamedShape& to : catalogue()) {
    if (&to != &from && Path::find(*from.shape, *to.shape)) targets.push_back(&to);
  }
  return targets;
}

}  // namespace parley::gateway::translate
