// What every wire shape in the registry must do: the vendor's own documents are unchanged after reading and writing,
// and a table carries exactly what it declares.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "gateway/pipeline/loss.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/filler.hpp"
#include "tests/support/requests.hpp"
#include "tests/support/shapes.hpp"

namespace {

using namespace parley;
using contract::Adapter;
using contract::WireShape;
using shape::Fidelity;
using shape::Row;
using shape::Type;
using shape::View;
using test::Value;

template <class Check>
void for_each_shape(Check check) {
  for (const Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    if (adapter->shapes.empty()) MESSAGE("skipped: ", adapter->name, " brings no shapes");
    for (const WireShape& shape : adapter->shapes) {
      CAPTURE(shape.name);
      check(*adapter, shape);
    }
  }
}

const WireShape* shape_of(const Adapter& adapter, std::string_view sample) {
  for (const WireShape& shape : adapter.shapes) {
    if (String(shape.name) + ".json" == sample) return &shape;
  }
  return nullptr;
}

/// The table of an object in a row's type, however deep in lists; nullptr if there is none.
const View* table_below(const Type* type) {
  while (type != nullptr && type->view == nullptr) type = type->element;
  return type == nullptr ? nullptr : type->view;
}

void collect(const View& view, std::set<const View*>& views) {
  if (!views.insert(&view).second) return;
  for (const Row& row : view.rows) {
    if (const View* below = table_below(row.type)) collect(*below, views);
  }
}

bool names(std::string_view members, std::string_view member) {
  while (!members.empty()) {
    const std::size_t comma = members.find(',');
    if (members.substr(0, comma) == member) return true;
    members = comma == std::string_view::npos ? std::string_view{} : members.substr(comma + 1);
  }
  return false;
}

void prune(const View& view, Value& before, Value& after);

/// If a member is itself a record or a list of records, also removes what its table drops. If several tables carry the
/// member (a room's visitor and its agent), each record follows one of them.
void prune_below(const std::vector<const View*>& tables, Value& before, Value& after) {
  if (before.kind == test::Kind::array) {
    for (std::size_t i = 0; i < std::min(before.children.size(), after.children.size()); ++i) {
      prune_below(tables, before.children[i], after.children[i]);
    }
  }
  if (before.kind != test::Kind::object || after.kind != test::Kind::object) return;
  const Value full = before;
  const Value read = after;
  for (const View* table : tables) {
    before = full;
    after = read;
    prune(*table, before, after);
    if (test::difference(before, after, test::Order::ignored).empty()) return;
  }
}

/// Removes from both documents what the table does not claim to carry. A dropped member must not have come back, so it stays in `after`.
void prune(const View& view, Value& before, Value& after) {
  for (const shape::Drop& drop : view.drops) {
    before.erase(drop.member);
    // The canonical document of a record shows a required member, also if it is empty.
    const Value* shown = after.find(drop.member);
    if (shown != nullptr && shown->kind == test::Kind::string && shown->text.empty()) after.erase(drop.member);
  }
  for (const shape::Elsewhere& other : view.elsewhere) {
    before.erase(other.member);
    after.erase(other.member);
  }
  for (std::size_t i = before.children.size(); i-- > 0;) {
    const String key = before.children[i].key;
    std::vector<const View*> tables;
    bool derived = false;
    for (const Row& row : view.rows) {
      if (!names(row.members, key)) continue;
      derived = derived || row.fidelity == Fidelity::derived;
      const View* below = table_below(row.type);
      const bool inner = below != nullptr && below->record == view.record;  // has members of this record
      if (below != nullptr && !below->canonical && !inner) tables.push_back(below);
    }
    if (derived) {
      before.erase(key);
      after.erase(key);
    } else if (Value* other = after.find(key); other != nullptr && !tables.empty()) {
      prune_below(tables, before.children[i], *other);
    }
  }
}

/// Removes from a canonical document what the shape reports as lost below the record itself, and what its inexact rows report of the record.
void prune_reported(const View& canonical, const View* shape, const std::set<String>& reported, Value& value) {
  for (const Row& row : canonical.rows) {
    Value* child = value.find(row.key);
    if (child == nullptr) continue;
    const auto inexact = [&row](const Row& one) {
      return one.fidelity != Fidelity::exact && names(one.members, row.key);
    };
    const bool may_lose = shape == nullptr || std::any_of(shape->rows.begin(), shape->rows.end(), inexact);
    if (may_lose && reported.count(String(canonical.record) + '.' + String(row.key)) == 1) {
      value.erase(row.key);
      continue;
    }
    const View* below = table_below(row.type);
    if (below == nullptr) continue;
    if (child->kind == test::Kind::object) prune_reported(*below, nullptr, reported, *child);
    for (Value& element : child->children) {
      if (child->kind == test::Kind::array) prune_reported(*below, nullptr, reported, element);
    }
  }
}

/// Which of Comm100's two lists holds a value is tested by that vendor's own tests.
void forget_kinds(Value& value) {
  if (value.find("name") != nullptr && value.find("value") != nullptr) value.erase("kind");
  for (Value& child : value.children) forget_kinds(child);
}

/// Removes the visitor's values that a chat shows among its own named values (Enghouse's callData).
void forget_the_visitors_values(const Value& before, Value& after) {
  const Value* own = before.find("call_data");
  Value* read = after.find("call_data");
  if (own == nullptr || read == nullptr) return;
  std::erase_if(read->children, [own](const Value& one) {
    const auto same = [&one](const Value& other) { return other.find("name")->text == one.find("name")->text; };
    return std::none_of(own->children.begin(), own->children.end(), same);
  });
}

}  // namespace

TEST_CASE("conformance: the vendor's own documents are the same after reading and writing") {
  for (const Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    if (adapter->samples == nullptr || adapter->samples().empty()) {
      MESSAGE("skipped: ", adapter->name, " brings no samples");
      continue;
    }
    for (const contract::Sample& sample : adapter->samples()) {
      CAPTURE(sample.name);
      const Value document = test::parse(sample.text);
      const WireShape* shape = shape_of(*adapter, sample.name);
      if (shape == nullptr && sample.name.starts_with("request.")) continue;  // request_bodies_test.cpp
      if (shape == nullptr) {
        MESSAGE("skipped: ", adapter->name, "/samples/", sample.name, " is an answer without a shape");
        continue;
      }
      const Value* inner = shape->envelope_key.empty() ? nullptr : document.find(shape->envelope_key);
      const Value bare = inner == nullptr ? document : *inner;
      const contract::Record from_answer = test::read_wire(*shape, sample.text);
      CHECK(test::difference(test::print(bare), test::write_wire(*shape, from_answer)) == "");
      const contract::Record from_bare = test::read_wire(*shape, test::print(bare));
      CHECK(test::difference(test::print(bare), test::write_wire(*shape, from_bare)) == "");
      if (inner != nullptr) CHECK(test::difference(sample.text, test::write_wire(*shape, from_answer, true)) == "");
    }
  }
}

TEST_CASE("conformance: tables are complete") {
  std::set<const View*> views;
  for_each_shape([&](const Adapter&, const WireShape& shape) { collect(*shape.view, views); });
  for (const View* view : views) {
    CAPTURE(view->name);
    CHECK(view->name != "");
    std::set<std::string_view> keys;
    for (const Row& row : view->rows) {
      CAPTURE(row.key);
      CHECK(keys.insert(row.key).second);
      CHECK(row.note.size() > 3);
      CHECK(row.members != "");
      CHECK(row.type != nullptr);
      CHECK(row.fidelity != Fidelity::dropped);
      CHECK(view->find(row.key) == &row - view->rows.data());
    }
    for (const shape::Drop& drop : view->drops) {
      CAPTURE(drop.member);
      CHECK(drop.reason.size() > 10);
      for (const Row& row : view->rows) CHECK_FALSE(names(row.members, drop.member));
    }
    for (const shape::Elsewhere& other : view->elsewhere) CHECK(other.where != "");
  }
}

TEST_CASE("conformance: declared fidelity is measured fidelity") {
  for_each_shape([](const Adapter&, const WireShape& shape) {
    Value before = test::filled(test::canonical_view(shape.kind));
    const String document = test::print(shape.list ? test::array({before}) : before);
    const contract::Record full = test::read_canonical(shape.kind, document);
    REQUIRE(test::difference(document, test::write_canonical(full)) == "");
    const String wire = test::write_wire(shape, full);
    CAPTURE(wire);
    const Value back = test::parse(test::write_canonical(test::read_wire(shape, wire)));
    Value after = shape.list ? back.children.at(0) : back;
    std::set<String> reported;
    for (const shape::Loss& loss : test::losses(shape, full)) reported.emplace(loss.member);
    prune(*shape.view, before, after);
    prune_reported(test::canonical_view(shape.kind), shape.view, reported, before);
    // What a table drops must not have come back; what a codec loses may have come back as another value.
    std::set<const View*> tables;
    collect(*shape.view, tables);
    // One table may drop what another one of the same record carries: an agent in a chat, and its visitor.
    const auto carried = [&tables](const View& of, std::string_view member) {
      return std::any_of(tables.begin(), tables.end(), [&](const View* table) {
        return table->record == of.record && std::any_of(table->rows.begin(), table->rows.end(),
                                                         [&](const Row& row) { return names(row.members, member); });
      });
    };
    for (const View* table : tables) {
      for (const shape::Drop& drop : table->drops) {
        if (!carried(*table, drop.member)) reported.erase(String(drop.lossy));
      }
    }
    prune_reported(test::canonical_view(shape.kind), shape.view, reported, after);
    forget_kinds(before);
    forget_kinds(after);
    forget_the_visitors_values(before, after);
    CHECK(test::difference(before, after, test::Order::ignored) == "");
  });
}

TEST_CASE("conformance: the dropped members of a full record are reported, and none of an empty record") {
  for_each_shape([](const Adapter&, const WireShape& shape) {
    const Value full = test::filled(test::canonical_view(shape.kind));
    const contract::Record record =
        test::read_canonical(shape.kind, test::print(shape.list ? test::array({full}) : full));
    std::set<String> reported;
    for (const shape::Loss& loss : test::losses(shape, record)) {
      CHECK(loss.reason != "");
      reported.emplace(loss.member);
    }
    for (const shape::Drop& drop : shape.view->drops) {
      CAPTURE(drop.member);
      CHECK(reported.count(String(shape.view->record) + '.' + String(drop.member)) == 1);
    }
    for (const shape::Loss& loss : test::losses(shape, test::empty_record(shape.kind))) {
      for (const shape::Drop& drop : shape.view->drops)
        CHECK(loss.member != String(shape.view->record) + '.' + String(drop.member));
    }
  });
}

TEST_CASE("conformance: every facade encodes each outcome, or says that it has no document for it") {
  const auto some = [](contract::RecordKind kind) {
    const Value one = test::filled(test::canonical_view(kind));
    return test::read_canonical(kind, test::print(kind == contract::RecordKind::messages ? test::array({one}) : one));
  };
  const Ref<Chat> chat(std::get<Chat>(some(contract::RecordKind::chat)));
  const Ref<Visitor> visitor(std::get<Visitor>(some(contract::RecordKind::visitor)));
  const Ref<Agent> agent(std::get<Agent>(some(contract::RecordKind::agent)));
  const Ref<Message> message(std::get<List<Message>>(some(contract::RecordKind::messages)).at(0));
  const Ref<Department> department(std::get<Department>(some(contract::RecordKind::department)));
  const Ref<OfflineMessage> offline_message(std::get<OfflineMessage>(some(contract::RecordKind::offline_message)));
  const Ref<Contact> contact(std::get<Contact>(some(contract::RecordKind::contact)));
  const Outcome outcomes[] = {chat,
                              visitor,
                              Page<Visitor>{{*visitor, {}}},
                              agent,
                              Page<Agent>{{*agent, {}}},
                              List<Channel>{{}},
                              OpenedChat(*chat, true),
                              RecordedPage{},
                              Page<Chat>{{*chat, {}}},
                              PostedMessage{message, true},
                              message,
                              Transcript{chat, Page<Message>{{*message}}},
                              List<Transcript>{{chat, Page<Message>{{*message}}}},
                              ClosedChats{{chat->id}},
                              DeletedChats{1},
                              Page<Department>{{*department}},
                              department,
                              offline_message,
                              Page<OfflineMessage>{{*offline_message}},
                              DeletedOfflineMessages{1},
                              ErasedVisitor{.visitor = visitor->id, .at = visitor->updated_at},
                              Site{.online = true, .departments = {department}, .visitor = visitor, .chat = chat},
                              OpenedFile{Ref<File>(File{}), nullptr},
                              contact,
                              Page<Contact>{{*contact}},
                              DeletedContacts{1}};
  for (const Adapter* adapter : contract::registry()) {
    CAPTURE(adapter->name);
    if (adapter->make_facade == nullptr) continue;
    const auto facade = adapter->make_facade(test::route_of(*adapter));
    std::size_t encoded = 0;
    for (const Outcome& outcome : outcomes) {
      CAPTURE(outcome.index());
      for (const char* query : {"", "callback=answer"}) {
        test::OwnedRequest request(http::Method::get, "/", query);
        http::Reply reply;
        const Result<void> done = facade->encode(outcome, request.get(), reply);
        if (done.has_value()) {
          ++encoded;
          if (!std::holds_alternative<OpenedFile>(outcome))
            CHECK(test::fault_of(reply) == "");  // its bytes are anything
          const String first(reply.body.view());
          for (const char* again : {"kept", "from what was kept"}) {
            CAPTURE(again);
            http::Reply repeated;
            REQUIRE(facade->encode(outcome, request.get(), repeated).has_value());
            CHECK(repeated.body.view() == first);
            CHECK(gateway::pipeline::list_losses(repeated.losses) == gateway::pipeline::list_losses(reply.losses));
          }
        } else {
          CHECK(done.error().code == Code::unsupported_operation);
          CHECK(done.error().message != "");
        }
      }
    }
    CHECK(encoded > 0);
  }
}
