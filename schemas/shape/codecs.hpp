// The codecs: each converts one member to one JSON value and back. Codecs for one vendor's formats are in that vendor's folder.
#pragma once

#include "schemas/attribute.hpp"
#include "schemas/id.hpp"
#include "schemas/shape/read_plain.hpp"
#include "schemas/shape/shape.hpp"
#include "schemas/time.hpp"

namespace parley::shape {

// --- text, numbers, truth -------------------------------------------------------------------------------------------

struct TextCodec {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Text& value, Reading& reading);
  static Fit read(const Node& node, String& value, Reading& reading);
  static void write(std::string_view value, Writer& writer) { writer.string(value); }
  static bool empty(std::string_view value) { return value.empty(); }
};

template <>
inline constexpr bool borrows_text<TextCodec> = true;

struct IntegerCodec {
  static constexpr Type type{.form = Form::integer};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, std::int64_t& value, Reading& reading);
  static void write(std::int64_t value, Writer& writer) { writer.integer(value); }
  static bool empty(std::int64_t value) { return value == 0; }
};

struct BooleanCodec {
  static constexpr Type type{.form = Form::boolean};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, bool& value, Reading& reading);
  static void write(bool value, Writer& writer) { writer.boolean(value); }
  static bool empty(bool value) { return !value; }
};

/// A truth that the document says the other way round.
struct Opposite {
  static constexpr Type type{.form = Form::boolean};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, bool& value, Reading& reading);
  static void write(bool value, Writer& writer) { writer.boolean(!value); }
  static bool empty(bool value) { return !value; }
};

/// ISO 8601. Written in UTC with three fraction digits; null reads as not known.
struct IsoTime {
  static constexpr Type type{.form = Form::date_time};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Time& value, Reading& reading);
  static void write(Time value, Writer& writer) { writer.iso(value); }
  static bool empty(Time value) { return !value.known(); }
};

/// Any JSON value, kept as its text.
struct JsonCodec {
  static constexpr Type type{.form = Form::json};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Json& value, Reading& reading);
  static void write(const Json& value, Writer& writer) { value.text.empty() ? writer.null() : writer.raw(value.text); }
  static bool empty(const Json& value) { return value.text.empty(); }
};

/// An id as its canonical text: for the canonical model, and for vendors whose ids are opaque strings.
struct OpaqueId {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  template <class Tag>
  static Fit read(const Node& node, Id<Tag>& value, Reading& reading) {
    return TextCodec::read(node, value.text, reading);
  }
  template <class Tag>
  static void write(const Id<Tag>& value, Writer& writer) {
    writer.string(value.text);
  }
  template <class Tag>
  static bool empty(const Id<Tag>& value) {
    return value.empty();
  }
};
template <>
inline constexpr bool borrows_text<OpaqueId> = true;

/// The index of `text` in `words`, or -1. Case-sensitive.
[[nodiscard]] int find_word(std::span<const std::string_view> words, std::string_view text) noexcept;
/// The words for the text of a fault: `one of "online", "away"`. Leaves out the empty word.
[[nodiscard]] String list_words(std::span<const std::string_view> words);

template <class E>
struct WordCodec {
  static constexpr Type type{.form = Form::word, .words = words_of<E>};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, E& value, Reading& reading) {
    const int found = node.is_text() ? find_word(words_of<E>, node.text) : -1;
    if (found < 0) return reading.refuse(node, list_words(words_of<E>));
    value = static_cast<E>(found);
    return Fit::exact;
  }
  static void write(E value, Writer& writer) { writer.string(words_of<E>[static_cast<std::size_t>(value)]); }
  static bool empty(E value) { return value == E{}; }
};

[[nodiscard]] constexpr Type nullable(Type type) {
  type.nullable = true;
  return type;
}

/// A value that may be null. Null leaves the member unchanged.
template <class Inner>
struct Nullable {
  static constexpr Type type = nullable(Inner::type);
  static constexpr Fidelity fidelity = Inner::fidelity;
  template <class T>
  static Fit read(const Node& node, T& value, Reading& reading) {
    return node.kind == NodeKind::null ? Fit::respelt : Inner::read(node, value, reading);
  }
  template <class T>
  static void write(const T& value, Writer& writer) {
    Inner::write(value, writer);
  }
  template <class T>
  static bool empty(const T& value) {
    return Inner::empty(value);
  }
};

// --- objects and lists ----------------------------------------------------------------------------------------------

/// An object that another table describes.
template <const auto& TableRef>
struct Object {
  using T = typename std::remove_cvref_t<decltype(TableRef)>::object;
  static constexpr Type type{.form = Form::object, .view = &view<TableRef>};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, T& value, Reading& reading) {
    return read_object(view<TableRef>, node, &value, reading);
  }
  static bool read_usual(JsonTokens& tokens, T& value, Reading& reading) {
    if (read_plain_object(view<TableRef>, tokens, &value, reading)) return true;
    value = T{};
    return false;
  }
  static void write(const T& value, Writer& writer) { write_object(view<TableRef>, &value, writer); }
  static bool empty(const T& value) { return value == T{}; }
  static void losses(const T& value, std::string_view, Losses& losses) { find_losses(view<TableRef>, &value, losses); }
};

/// An array. Lenient: one element that does not fit makes the whole array not fit. Strict: each such element is a fault.
template <class Element>
struct ListOf {
  static constexpr Type type{.form = Form::list, .element = &Element::type};
  static constexpr Fidelity fidelity = Element::fidelity;
  template <class T>
  static Fit read(const Node& node, List<T>& value, Reading& reading) {
    if (!node.is_array()) return reading.refuse(node, "a list");
    Fit fit = Fit::exact;
    value.reserve(node.size);
    for (const Node& child : node) {
      const Reading::Step step(reading, value.size());
      const Fit one = Element::read(child, value.emplace_back(), reading);
      if (one == Fit::refused && !reading.strict()) {
        value.clear();
        return one;
      }
      if (one != Fit::exact) fit = one;
    }
    return fit;
  }
  template <class T>
    requires(ReadsUsual<Element, T> || borrows_text<Element>)
  static bool read_usual(JsonTokens& tokens, List<T>& value, Reading& reading) {
    const auto read_one = [&] {
      if constexpr (borrows_text<Element>) {
        std::string_view text;
        if (tokens.next() != '"' || !tokens.string(text)) return false;
        reading.keep(text, value.emplace_back());
        return true;
      } else {
        return Element::read_usual(tokens, value.emplace_back(), reading);
      }
    };
    if (tokens.elements(read_one)) return true;
    value.clear();
    return false;
  }
  template <class T>
  static void write(const List<T>& value, Writer& writer) {
    writer.begin_array();
    for (const T& element : value) Element::write(element, writer);
    writer.end_array();
  }
  template <class T>
  static bool empty(const List<T>& value) {
    return value.empty();
  }
  template <class T>
    requires Losing<Element, T>
  static void losses(const List<T>& value, std::string_view member, Losses& losses) {
    for (const T& element : value) Element::losses(element, member, losses);
  }
};

/// A plain value within an object of one member, `{"<Key>": value}`: `[{"phoneNumber": "…"}]`. Other members are not read (`respelt`).
template <Literal Key, class Inner = TextCodec>
struct Wrapped {
  static constexpr Type type{.form = Form::map, .words = {}, .view = nullptr, .element = &Inner::type};
  static constexpr Fidelity fidelity = Inner::fidelity;
  template <class T>
  static Fit read(const Node& node, T& value, Reading& reading) {
    const Node* inner = node.find(Key.view());
    if (inner == nullptr) return reading.refuse(node, "an object with a member");
    const Fit fit = Inner::read(*inner, value, reading);
    return fit == Fit::exact && node.size != 1 ? Fit::respelt : fit;
  }
  template <class T>
  static void write(const T& value, Writer& writer) {
    writer.begin_object();
    writer.key(Key.view());
    Inner::write(value, writer);
    writer.end_object();
  }
  template <class T>
  static bool empty(const T& value) {
    return Inner::empty(value);
  }
};

/// The first element of a list as a single value. More elements are reported as a loss.
template <class Inner = TextCodec>
struct FirstOf {
  static constexpr Type type = Inner::type;
  static constexpr Fidelity fidelity = Fidelity::converted;
  template <class T>
  static Fit read(const Node& node, List<T>& value, Reading& reading) {
    T one{};
    const Fit fit = Inner::read(node, one, reading);
    if (fit != Fit::refused && !Inner::empty(one)) value.push_back(std::move(one));
    return fit;
  }
  template <class T>
  static void write(const List<T>& value, Writer& writer) {
    value.empty() ? Inner::write(T{}, writer) : Inner::write(value.front(), writer);
  }
  template <class T>
  static bool empty(const List<T>& value) {
    return value.empty();
  }
  template <class T>
  static void losses(const List<T>& value, std::string_view member, Losses& losses) {
    if (value.size() > 1) losses.push_back({Label::constant(member), "only the first is shown"});
  }
};

/// Named values in the canonical form: `[{"name","value","url"?,"kind"?}]`. A value that is not a string is a literal.
struct AttributesCodec {
  static constexpr Type type{.form = Form::json};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Attributes& value, Reading& reading);
  static bool read_usual(JsonTokens& tokens, Attributes& value, Reading& reading);
  static void write(const Attributes& value, Writer& writer);
  static bool empty(const Attributes& value) { return value.empty(); }
};

/// Writes an attribute's value: a string, or its literal JSON.
inline void write_value(const Attribute& attribute, Writer& writer) {
  attribute.literal ? writer.raw(attribute.value) : writer.string(attribute.value);
}
/// Reads an attribute's value from any JSON value: the content of a string, or the JSON text of anything else (`literal`).
void read_value(const Node& node, Attribute& attribute, const Reading& reading);

/// Named values as one object: `{"address": "…"}`. The link and the kind of a value are lost, and so are values whose name comes again.
struct ValueMap {
  static constexpr Type type{.form = Form::map, .element = &TextCodec::type};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Attributes& attributes, Reading& reading);
  static void write(const Attributes& attributes, Writer& writer);
  static bool empty(const Attributes& attributes) { return attributes.empty(); }
  static void losses(const Attributes& attributes, std::string_view member, Losses& losses);
};
/// Whether an earlier attribute has the same name. An object can have each key only once.
[[nodiscard]] inline bool repeats(const Attributes& attributes, std::size_t at) noexcept {
  return find(attributes, attributes[at].name) != &attributes[at];
}

// --- the codecs of rows that name none ------------------------------------------------------------------------------

template <>
struct DefaultCodec<Text> : TextCodec {};
template <>
inline constexpr bool borrows_text<DefaultCodec<Text>> = true;
template <>
struct DefaultCodec<String> : TextCodec {};
template <>
struct DefaultCodec<std::int64_t> : IntegerCodec {};
template <>
struct DefaultCodec<bool> : BooleanCodec {};
template <>
struct DefaultCodec<Time> : IsoTime {};
template <>
struct DefaultCodec<Json> : JsonCodec {};
template <>
struct DefaultCodec<Attributes> : AttributesCodec {};
template <class Tag>
struct DefaultCodec<Id<Tag>> : OpaqueId {};
template <class Tag>
inline constexpr bool borrows_text<DefaultCodec<Id<Tag>>> = true;
template <class E>
  requires std::is_enum_v<E>
struct DefaultCodec<E> : WordCodec<E> {
};
template <class T>
struct DefaultCodec<List<T>> : ListOf<DefaultCodec<T>> {};
template <class T>
  requires(!std::is_same_v<std::remove_const_t<decltype(fields_of<T>)>, std::nullptr_t>)
struct DefaultCodec<T> : Object<fields_of<T>> {};

}  // namespace parley::shape
