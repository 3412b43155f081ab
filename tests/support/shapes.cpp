// A generic function that reads, and one that writes, any alternative of the record variant.
#include "tests/support/shapes.hpp"

#include <stdexcept>
#include <type_traits>

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/contact.hpp"
#include "schemas/canonical/message.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::test {
namespace {

using contract::Record;
using contract::RecordKind;
using contract::WireShape;

template <class T>
struct ElementOf {
  using type = T;
  static constexpr bool list = false;
};
template <class T>
struct ElementOf<List<T>> {
  using type = T;
  static constexpr bool list = true;
};

void read_into(const shape::View& view, const shape::Node& node, Record& record) {
  shape::Reading reading;
  const auto one = [&](const shape::Node& from, void* object) {
    if (read_object(view, from, object, reading) == shape::Fit::refused)
      throw std::runtime_error("no object: " + String(from.raw));
  };
  std::visit(
      [&](auto& value) {
        if constexpr (ElementOf<std::remove_cvref_t<decltype(value)>>::list) {
          if (!node.is_array()) throw std::runtime_error("no list: " + String(node.raw));
          for (const shape::Node& child : node) one(child, &value.emplace_back());
        } else {
          one(node, &value);
        }
      },
      record);
}

String write_from(const shape::View& view, const Record& record) {
  Buffer out;
  shape::Writer writer(out);
  std::visit(
      [&](const auto& value) {
        if constexpr (ElementOf<std::remove_cvref_t<decltype(value)>>::list) {
          writer.begin_array();
          for (const auto& element : value) write_object(view, &element, writer);
          writer.end_array();
        } else {
          write_object(view, &value, writer);
        }
      },
      record);
  writer.finish();
  return String(out.view());
}

void parse_document(shape::Document& document, std::string_view json) {
  if (const Result<void> parsed = document.parse_json(json); !parsed) throw std::runtime_error(parsed.error().message);
}

}  // namespace

const shape::View& canonical_view(RecordKind kind) {
  switch (kind) {
    case RecordKind::chat:
      return shape::canonical_view<Chat>;
    case RecordKind::visitor:
    case RecordKind::visitors:
      return shape::canonical_view<Visitor>;
    case RecordKind::agent:
    case RecordKind::agents:
      return shape::canonical_view<Agent>;
    case RecordKind::channels:
      return shape::canonical_view<Channel>;
    case RecordKind::messages:
      return shape::canonical_view<Message>;
    case RecordKind::department:
    case RecordKind::departments:
      return shape::canonical_view<Department>;
    case RecordKind::offline_message:
    case RecordKind::offline_messages:
      return shape::canonical_view<OfflineMessage>;
    case RecordKind::contact:
    case RecordKind::contacts:
      return shape::canonical_view<Contact>;
  }
  throw std::runtime_error("no such record kind");
}

Record empty_record(RecordKind kind) {
  switch (kind) {
    case RecordKind::chat:
      return Chat{};
    case RecordKind::visitor:
      return Visitor{};
    case RecordKind::agent:
      return Agent{};
    case RecordKind::visitors:
      return List<Visitor>{};
    case RecordKind::agents:
      return List<Agent>{};
    case RecordKind::channels:
      return List<Channel>{};
    case RecordKind::messages:
      return List<Message>{};
    case RecordKind::department:
      return Department{};
    case RecordKind::departments:
      return List<Department>{};
    case RecordKind::offline_message:
      return OfflineMessage{};
    case RecordKind::offline_messages:
      return List<OfflineMessage>{};
    case RecordKind::contact:
      return Contact{};
    case RecordKind::contacts:
      return List<Contact>{};
  }
  throw std::runtime_error("no such record kind");
}

Record read_wire(const WireShape& shape, std::string_view json) {
  shape::Document document;
  parse_document(document, json);
  const shape::Node* node = &document.root();
  if (!shape.envelope_key.empty()) {
    if (const shape::Node* inner = node->find(shape.envelope_key)) node = inner;
  }
  Record record = empty_record(shape.kind);
  read_into(*shape.view, *node, record);
  return record;
}

String write_wire(const WireShape& shape, const Record& record, bool enveloped) {
  String json = write_from(*shape.view, record);
  if (!enveloped || shape.wrap == nullptr) return json;
  Buffer out;
  shape.wrap(json, out);
  return String(out.view());
}

shape::Losses losses(const WireShape& shape, const Record& record) {
  shape::Losses found;
  std::visit(
      [&](const auto& value) {
        if constexpr (ElementOf<std::remove_cvref_t<decltype(value)>>::list) {
          for (const auto& element : value) find_losses(*shape.view, &element, found);
        } else {
          find_losses(*shape.view, &value, found);
        }
      },
      record);
  return found;
}

Record read_canonical(RecordKind kind, std::string_view json) {
  shape::Document document;
  parse_document(document, json);
  Record record = empty_record(kind);
  read_into(canonical_view(kind), document.root(), record);
  return record;
}

String write_canonical(const Record& record) {
  return write_from(canonical_view(static_cast<RecordKind>(record.index())), record);
}

}  // namespace parley::test
