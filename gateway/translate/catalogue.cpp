// Every wire shape by its full name; see catalogue.hpp.
#include "gateway/translate/catalogue.hpp"

#include <array>

namespace parley::gateway::translate {
namespace {

using contract::RecordKind;
using contract::WireShape;
using shape::canonical_view;

constexpr WireShape canonical_shape(std::string_view name, RecordKind kind, const shape::View& view, bool list) {
  return {
      .name = name, .kind = kind, .view = &view, .list = list, .envelope_key = {}, .wrap = nullptr, .projections = {}};
}
constexpr std::array canonical_shapes = {
    canonical_shape("chat", RecordKind::chat, canonical_view<Chat>, false),
    canonical_shape("visitor", RecordKind::visitor, canonical_view<Visitor>, false),
    canonical_shape("agent", RecordKind::agent, canonical_view<Agent>, false),
    canonical_shape("visitors", RecordKind::visitors, canonical_view<Visitor>, true),
    canonical_shape("agents", RecordKind::agents, canonical_view<Agent>, true),
    canonical_shape("channels", RecordKind::channels, canonical_view<Channel>, true),
    canonical_shape("messages", RecordKind::messages, canonical_view<Message>, true),
    canonical_shape("department", RecordKind::department, canonical_view<Department>, false),
    canonical_shape("departments", RecordKind::departments, canonical_view<Department>, true),
    canonical_shape("offline_message", RecordKind::offline_message, canonical_view<OfflineMessage>, false),
    canonical_shape("offline_messages", RecordKind::offline_messages, canonical_view<OfflineMessage>, true),
    canonical_shape("contact", RecordKind::contact, canonical_view<Contact>, false),
    canonical_shape("contacts", RecordKind::contacts, canonical_view<Contact>, true),
};

List<NamedShape> collect() {
  List<NamedShape> all;
  for (const WireShape& shape : canonical_shapes) all.push_back({"canonical", &shape, nullptr});
  for (const contract::Adapter* adapter : contract::registry()) {
    for (const WireShape& shape : adapter->shapes) all.push_back({adapter->name, &shape, adapter});
  }
  return all;
}

List<NamedBody> collect_bodies() {
  List<NamedBody> all;
  for (const contract::Adapter* adapter : contract::registry()) {
    for (const contract::BodyShape& body : adapter->bodies) all.push_back({adapter->name, &body});
  }
  return all;
}

}  // namespace

String NamedShape::name() const { return String(style).append(":").append(shape->name); }

std::span<const NamedShape> catalogue() {
  static const List<NamedShape> all = collect();
  return all;
}

Result<const NamedShape*> find_shape(std::string_view name) {
  List<String> names;
  for (const NamedShape& known : catalogue()) {
    names.push_back(known.name());
    if (names.back() == name) return &known;
  }
  return unknown_shape(name, names);
}

String NamedBody::name() const { return String(style).append(":").append(body->name); }

std::span<const NamedBody> bodies() {
  static const List<NamedBody> all = collect_bodies();
  return all;
}

Error unknown_shape(std::string_view name, std::span<const String> known) {
  const List<std::string_view> views(known.begin(), known.end());
  String message = "unknown shape \"" + String(name) + '"';
  if (const auto near = config::nearest(name, views)) {
    message.append("; did you mean ").append(*near).append("?");
  } else {
    message += "; known:";
    for (const String& one : known) message.append(" ").append(one);
  }
  return Error{.code = Code::invalid_field, .message = std::move(message)};
}

String join_names(std::span<const NamedShape* const> shapes) {
  String text;
  for (const NamedShape* one : shapes) text.append(text.empty() ? "" : ", ").append(one->name());
  return text;
}

}  // namespace parley::gateway::translate
