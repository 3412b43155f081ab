// The codecs of plain values.
#include "schemas/shape/codecs.hpp"

#include <charconv>

namespace parley::shape {

Fit TextCodec::read(const Node& node, Text& value, Reading& reading) {
  if (!node.is_text()) return reading.refuse(node, "a string");
  reading.keep(node.text, value);
  return Fit::exact;
}

Fit TextCodec::read(const Node& node, String& value, Reading& reading) {
  if (!node.is_text()) return reading.refuse(node, "a string");
  value.assign(node.text);
  return Fit::exact;
}

Fit IntegerCodec::read(const Node& node, std::int64_t& value, Reading& reading) {
  if (node.kind != NodeKind::number && node.kind != NodeKind::plain) return reading.refuse(node, "a whole number");
  std::int64_t read = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, fault] = std::from_chars(node.text.data(), end, read);
  if (fault != std::errc{}) return reading.refuse(node, "a whole number");
  std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  if (rest.starts_with('.')) rest.remove_prefix(std::min(rest.find_first_not_of('0', 1), rest.size()));
  if (!rest.empty()) return reading.refuse(node, "a whole number");
  value = read;
  char again[24];
  const auto printed = std::to_chars(again, again + sizeof again, read);
  return node.text == std::string_view(again, static_cast<std::size_t>(printed.ptr - again)) ? Fit::exact
                                                                                             : Fit::respelt;
}

Fit BooleanCodec::read(const Node& node, bool& value, Reading& reading) {
  const bool truth = node.kind == NodeKind::boolean || node.kind == NodeKind::plain;
  if (!truth || (node.text != "true" && node.text != "false")) return reading.refuse(node, "true or false");
  value = node.text == "true";
  return Fit::exact;
}

Fit Opposite::read(const Node& node, bool& value, Reading& reading) {
  bool said = false;
  const Fit fit = BooleanCodec::read(node, said, reading);
  if (fit != Fit::refused) value = !said;
  return fit;
}

Fit IsoTime::read(const Node& node, Time& value, Reading& reading) {
  if (node.kind == NodeKind::null) return Fit::respelt;  // not known; we would leave the member out
  bool exact = false;
  const std::optional<Time> time = node.is_text() ? parse_iso(node.text, exact) : std::nullopt;
  if (!time) return reading.refuse(node, "a time such as 2021-05-26T10:30:16.036Z");
  value = *time;
  return exact ? Fit::exact : Fit::respelt;
}

Fit JsonCodec::read(const Node& node, Json& value, Reading& reading) {
  value.text = reading.keep(node.raw);
  return Fit::exact;
}

int find_word(std::span<const std::string_view> words, std::string_view text) noexcept {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == text) return static_cast<int>(i);
  }
  return -1;
}

String list_words(std::span<const std::string_view> words) {
  String list = "one of ";
  bool first = true;
  for (const std::string_view word : words) {
    if (word.empty()) continue;
    if (!first) list += ", ";
    list.append("\"").append(word).append("\"");
    first = false;
  }
  return list;
}

void read_value(const Node& node, Attribute& attribute, const Reading& reading) {
  attribute.literal = node.kind != NodeKind::string;
  attribute.value = reading.keep(attribute.literal ? node.raw : node.text);
}

namespace {
constexpr std::array<std::string_view, 2> kinds = {"field", "variable"};

/// Returns `exact` only if AttributesCodec::write would write the same: name, value, then a url if it is not empty, then a kind if it is
/// not `field`.
Fit read_attribute(const Node& node, Attribute& attribute, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  int last = -1;
  bool usual = true;
  const auto in_place = [&](int place, bool written) {
    usual = usual && written && place > last && (place < 2 ? place == last + 1 : last >= 1);
    last = place;
  };
  for (const Node& member : node) {
    if (member.key == "name" && member.is_text()) {
      attribute.name = reading.keep(member.text);
      in_place(0, true);
    } else if (member.key == "value") {
      read_value(member, attribute, reading);
      in_place(1, true);
    } else if (member.key == "url" && member.is_text()) {
      attribute.url = reading.keep(member.text);
      in_place(2, !attribute.url.empty());
    } else if (const int kind = member.key == "kind" ? find_word(kinds, member.text) : -1; kind >= 0) {
      attribute.kind = static_cast<AttributeKind>(kind);
      in_place(3, attribute.kind != AttributeKind::field);
    } else {
      usual = false;
    }
  }
  if (attribute.name.empty()) return reading.refuse(node, "an object with a name");
  return usual && last >= 1 ? Fit::exact : Fit::respelt;
}
}  // namespace

Fit AttributesCodec::read(const Node& node, Attributes& value, Reading& reading) {
  if (!node.is_array()) return reading.refuse(node, "a list");
  Fit fit = Fit::exact;
  for (const Node& child : node) {
    const Fit one = read_attribute(child, value.emplace_back(), reading);
    if (one == Fit::refused) {
      value.clear();
      return one;
    }
    if (one == Fit::respelt) fit = one;
  }
  return fit;
}

namespace {

/// Reads an attribute as `write` spells it: name, value, then a url if it is not empty, then a kind if it is not `field`.
bool read_usual_attribute(JsonTokens& tokens, Attribute& attribute, Reading& reading) {
  std::string_view text;
  if (!tokens.take_if('{') || !tokens.text_member("\"name\":", text) || text.empty()) return false;
  reading.keep(text, attribute.name);
  Node value;
  if (!tokens.take_if(',') || tokens.next() != '"' || !tokens.take_text("\"value\":")) return false;
  const char byte = tokens.next();
  if (byte == '{' || byte == '[' || byte == '\0' || !tokens.scalar(value)) return false;
  read_value(value, attribute, reading);
  if (tokens.take_if('}')) return true;
  if (!tokens.take_if(',') || tokens.next() != '"') return false;
  if (tokens.take_text("\"url\":")) {
    if (tokens.next() != '"' || !tokens.string(text) || text.empty()) return false;
    reading.keep(text, attribute.url);
    if (tokens.take_if('}')) return true;
    if (!tokens.take_if(',')) return false;
  }
  attribute.kind = AttributeKind::variable;
  return tokens.text_member("\"kind\":", text) && text == kinds[1] && tokens.take_if('}');
}

}  // namespace

bool AttributesCodec::read_usual(JsonTokens& tokens, Attributes& value, Reading& reading) {
  const auto read_one = [&] { return read_usual_attribute(tokens, value.emplace_back(), reading); };
  if (tokens.elements(read_one)) return true;
  value.clear();
  return false;
}

void AttributesCodec::write(const Attributes& value, Writer& writer) {
  writer.begin_array();
  for (const Attribute& attribute : value) {
    writer.begin_object();
    writer.quoted_key("\"name\":");
    writer.string(attribute.name);
    writer.quoted_key("\"value\":");
    write_value(attribute, writer);
    if (!attribute.url.empty()) {
      writer.quoted_key("\"url\":");
      writer.string(attribute.url);
    }
    if (attribute.kind != AttributeKind::field) {
      writer.quoted_key("\"kind\":");
      writer.string(kinds[static_cast<std::size_t>(attribute.kind)]);
    }
    writer.end_object();
  }
  writer.end_array();
}

Fit ValueMap::read(const Node& node, Attributes& attributes, Reading& reading) {
  if (!node.is_object()) return reading.refuse(node, "an object");
  for (const Node& child : node) {
    Attribute& attribute = attributes.emplace_back();
    attribute.name = reading.keep(child.key);
    read_value(child, attribute, reading);
  }
  return Fit::exact;
}

void ValueMap::write(const Attributes& attributes, Writer& writer) {
  writer.begin_object();
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (repeats(attributes, i)) continue;
    writer.key(attributes[i].name);
    write_value(attributes[i], writer);
  }
  writer.end_object();
}

void ValueMap::losses(const Attributes& attributes, std::string_view member, Losses& losses) {
  bool narrowed = false;
  bool repeated = false;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    narrowed = narrowed || !attributes[i].url.empty() || attributes[i].kind != AttributeKind::field;
    repeated = repeated || repeats(attributes, i);
  }
  if (narrowed) losses.push_back({Label::constant(member), "a custom field has a key and a value: no link, no kind"});
  if (repeated)
    losses.push_back({Label::constant(member), "a custom field has one value: the first of a name is shown"});
}

}  // namespace parley::shape
