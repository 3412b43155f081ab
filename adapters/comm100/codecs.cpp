// The codecs of Comm100's tables; see codecs.hpp.
#include "adapters/comm100/codecs.hpp"

#include <algorithm>
#include <charconv>

#include "schemas/ascii.hpp"

namespace parley::comm100 {

using shape::Fit;
using shape::Node;
using shape::NodeKind;
using shape::Reading;

Fit LooseText::read(const Node& node, Text& value, Reading& reading) {
  if (node.is_text()) {
    reading.keep(node.text, value);
    return Fit::exact;
  }
  if (node.kind == NodeKind::null) {
    value.clear();
    return Fit::respelt;
  }
  if (reading.strict()) return reading.refuse(node, "a string");
  value = reading.keep(node.raw);
  return Fit::respelt;
}

Fit GuidId::read_text(const Node& node, Text& id, Reading& reading) {
  if (node.is_text() && ids::is_own_guid(node.text)) {
    reading.keep(node.text, id);
    return Fit::exact;
  }
  if (node.is_text() && node.text == ids::zero_guid) {
    id.clear();
    return Fit::exact;
  }
  const std::optional<ids::Guid> guid = node.is_text() ? ids::parse_guid(node.text) : std::nullopt;
  if (!guid) return reading.refuse(node, "a guid");
  id = *guid == ids::Guid{} ? Text() : Text(ids::from_guid(*guid));
  return node.text == ids::format(*guid) ? Fit::exact : Fit::respelt;
}

void GuidId::write_text(std::string_view id, shape::Writer& writer) {
  if (ids::is_lower_guid(id)) return writer.string(id);
  writer.string(ids::format(id.empty() ? ids::Guid{} : ids::to_guid(id)));
}

Fit VisitTime::read(const Node& node, Time& value, Reading& reading) {
  const bool is_never = node.is_text() && node.text == never;
  if (is_never || node.kind == NodeKind::null || (node.is_text() && node.text.empty())) {
    value = {};
    return is_never ? Fit::exact : Fit::respelt;
  }
  return shape::IsoTime::read(node, value, reading);
}

Fit VisitorName::read(const Node& node, Visitor& visitor, Reading& reading) {
  const Fit fit = shape::TextCodec::read(node, visitor.name, reading);
  return fit == Fit::exact && visitor.name.empty() ? Fit::respelt : fit;  // writing would put the address here
}

void VisitorName::losses(const Visitor& visitor, std::string_view member, shape::Losses& losses) {
  if (visitor.name.empty() && !visitor.ip.empty()) {
    losses.push_back({shape::Label::constant(member), "a visitor without a name is shown under the address"});
  }
}

Fit VisitorStatusWord::read(const Node& node, VisitorStatus& value, Reading& reading) {
  constexpr auto& words = shape::words_of<VisitorStatus>;
  if (node.is_text() && node.text.empty()) return Fit::respelt;  // not known
  if (node.kind == NodeKind::number) {
    std::size_t number = words.size();
    const char* end = node.text.data() + node.text.size();
    const auto read = std::from_chars(node.text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number + 1 >= words.size())
      return reading.refuse(node, shape::list_words(words));
    value = static_cast<VisitorStatus>(number + 1);
    return Fit::respelt;
  }
  for (std::size_t i = 1; node.is_text() && i < words.size(); ++i) {
    if (!ascii::same_ignoring_case(words[i], node.text)) continue;
    value = static_cast<VisitorStatus>(i);
    return words[i] == node.text ? Fit::exact : Fit::respelt;
  }
  if (node.is_text() && node.text == "mannullyInvitedByWindow") {
    value = VisitorStatus::manually_invited_by_window;
    return Fit::respelt;
  }
  return reading.refuse(node, shape::list_words(words));
}

void VisitorStatusWord::write(VisitorStatus value, shape::Writer& writer) {
  const VisitorStatus shown = value == VisitorStatus::unknown ? VisitorStatus::in_site : value;
  writer.string(shape::words_of<VisitorStatus>[static_cast<std::size_t>(shown)]);
}

void VisitorStatusWord::losses(VisitorStatus value, std::string_view member, shape::Losses& losses) {
  if (value == VisitorStatus::unknown)
    losses.push_back({shape::Label::constant(member), "a visitor of unknown status is shown as inSite"});
}

std::string_view canonical_status(std::string_view status) noexcept {
  for (const std::string_view known : {"Online", "Away", "Offline"}) {
    if (ascii::same_ignoring_case(known, status)) return known;
  }
  return status;
}

Fit AgentStatusName::read(const Node& node, Text& value, Reading& reading) {
  if (!node.is_text()) return reading.refuse(node, "a string");
  value.assign(canonical_status(node.text));
  return value == node.text ? Fit::exact : Fit::respelt;
}

namespace {

/// Adds an attribute, after the others of its kind. An attribute of the same kind and name is replaced instead. Returns whether
/// the name was new.
bool put(Attributes& attributes, Attribute attribute) {
  for (Attribute& present : attributes) {
    if (present.kind != attribute.kind || present.name != attribute.name) continue;
    present = std::move(attribute);
    return false;
  }
  auto at = attributes.end();
  if (attribute.kind == AttributeKind::field) {
    at = std::find_if(attributes.begin(), attributes.end(),
                      [](const Attribute& one) { return one.kind == AttributeKind::variable; });
  }
  attributes.insert(at, std::move(attribute));
  return true;
}

}  // namespace

template <AttributeKind Kind>
Fit AttributeList<Kind>::read(const Node& node, Attributes& value, Reading& reading) {
  if (node.kind == NodeKind::null) return Fit::respelt;  // older versions write null for an empty list
  if (!node.is_array()) return reading.refuse(node, "a list");
  constexpr auto& item_view = shape::view<shape::fields_of<FieldAndValue>>;
  Fit fit = Fit::exact;
  std::size_t index = 0;
  for (const Node& child : node) {  // first, so that a list which is refused changes nothing
    const Reading::Step step(reading, index++);
    const Node* name = child.find("name");
    const bool empty = name == nullptr || name->kind == NodeKind::null || (name->is_text() && name->text.empty());
    if (empty) return reading.refuse(child, "an object with a name");
  }
  value.reserve(value.size() + node.size);
  index = 0;
  for (const Node& child : node) {
    const Reading::Step step(reading, index++);
    FieldAndValue item;
    const Fit one = shape::read_object(item_view, child, &item, reading);
    if (one != Fit::exact || child.size != item_view.rows.size()) fit = Fit::respelt;
    const bool fresh =
        put(value,
            {.name = std::move(item.name), .value = std::move(item.value), .url = std::move(item.url), .kind = Kind});
    if (!fresh) fit = Fit::respelt;
  }
  return fit;
}

template <AttributeKind Kind>
bool AttributeList<Kind>::read_usual(shape::JsonTokens& tokens, Attributes& value, Reading& reading) {
  const auto& rows = shape::view<shape::fields_of<FieldAndValue>>.rows;
  const auto read_one = [&] {
    std::string_view name;
    std::string_view text;
    std::string_view url;
    if (!tokens.take_if('{') || !tokens.text_member(rows[0].quoted, name) || name.empty() || !tokens.take_if(',') ||
        !tokens.text_member(rows[1].quoted, text) || !tokens.take_if(',') || !tokens.text_member(rows[2].quoted, url) ||
        !tokens.take_if('}')) {
      return false;
    }
    if (value.empty()) value.reserve(4);  // most visitors have a few
    return put(value,
               {.name = reading.keep(name), .value = reading.keep(text), .url = reading.keep(url), .kind = Kind});
  };
  if (tokens.elements(read_one)) return true;
  std::erase_if(value, [](const Attribute& one) { return one.kind == Kind; });
  return false;
}

template <AttributeKind Kind>
void AttributeList<Kind>::write(const Attributes& value, shape::Writer& writer) {
  const auto& rows = shape::view<shape::fields_of<FieldAndValue>>.rows;
  writer.begin_array();
  for (const Attribute& attribute : value) {
    if (attribute.kind != Kind) continue;
    writer.begin_object();
    writer.quoted_key(rows[0].quoted);
    writer.string(attribute.name);
    writer.quoted_key(rows[1].quoted);
    writer.string(attribute.value);
    writer.quoted_key(rows[2].quoted);
    writer.string(attribute.url);
    writer.end_object();
  }
  writer.end_array();
}

template <AttributeKind Kind>
bool AttributeList<Kind>::empty(const Attributes& value) {
  return std::none_of(value.begin(), value.end(), [](const Attribute& one) { return one.kind == Kind; });
}

template <AttributeKind Kind>
void AttributeList<Kind>::losses(const Attributes& value, std::string_view member, shape::Losses& losses) {
  bool variable_seen = false;
  bool mixed = false;
  bool literal = false;
  for (const Attribute& attribute : value) {
    variable_seen = variable_seen || attribute.kind == AttributeKind::variable;
    mixed = mixed || (variable_seen && attribute.kind == AttributeKind::field);
    literal = literal || (attribute.literal && attribute.kind == Kind);
  }
  if (literal) losses.push_back({shape::Label::constant(member), "a value that is no text is shown as its JSON text"});
  if (mixed && Kind == AttributeKind::field)
    losses.push_back(
        {shape::Label::constant(member), "fields and variables stand in two lists: their common order is lost"});
}

template struct AttributeList<AttributeKind::field>;
template struct AttributeList<AttributeKind::variable>;

}  // namespace parley::comm100
