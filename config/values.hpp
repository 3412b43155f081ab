// The codecs of values that only a configuration has: durations and sizes with units, addresses, secrets. They are for strict
// reading: a value that does not fit is a fault.
#pragma once

#include <chrono>

#include "config/settings.hpp"
#include "schemas/shape/codecs.hpp"

namespace parley::config {

using shape::Fidelity;
using shape::Fit;
using shape::Form;
using shape::Node;
using shape::Reading;
using shape::Type;
using shape::Writer;

/// One line of text, which may be empty.
struct LineCodec : shape::TextCodec {
  static constexpr Type type{.form = Form::text};
  static Fit read(const Node& node, String& value, Reading& reading);
};

/// One line of text, of at least one character.
struct NameCodec : shape::TextCodec {
  static constexpr Type type{.form = Form::text};
  static Fit read(const Node& node, String& value, Reading& reading);
};

/// A user's name, e-mail address or id that belongs to a secret. Refuses what `fault_of_name` finds (`secret.hpp`).
struct UserCodec : shape::TextCodec {
  static constexpr Type type{.form = Form::text};
  static Fit read(const Node& node, String& value, Reading& reading);
};

/// A whole number from Min to Max: decimal digits without quotes, sign or leading zero.
struct WholeNumber {
  static constexpr Type type{.form = Form::integer};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, std::int64_t& value, std::int64_t min, std::int64_t max, Reading& reading);
  static void write(std::int64_t value, Writer& writer) { writer.integer(value); }
  static bool empty(std::int64_t value) { return value == 0; }
};
template <std::int64_t Min, std::int64_t Max>
struct Whole : WholeNumber {
  static constexpr std::uint64_t least = Min;
  static constexpr std::uint64_t most = Max;
  static Fit read(const Node& node, std::int64_t& value, Reading& reading) {
    return WholeNumber::read(node, value, Min, Max, reading);
  }
};

/// A duration: `500ms`, `2s`, `5m`, `1h`; at least 1ms, at most 24h.
struct DurationCodec {
  using Value = std::chrono::milliseconds;
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Value& value, Reading& reading);
  static void write(Value value, Writer& writer);
  static bool empty(Value value) { return value.count() == 0; }
};

/// A size in bytes: `512B`, `64KiB`, `1MiB`, `1GiB`.
struct SizeText {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, std::uint64_t& value, std::uint64_t min, std::uint64_t max, Reading& reading);
  static void write(std::uint64_t value, Writer& writer);
  static bool empty(std::uint64_t value) { return value == 0; }
};
template <std::uint64_t Min, std::uint64_t Max>
struct Size : SizeText {
  static constexpr std::uint64_t least = Min;
  static constexpr std::uint64_t most = Max;
  static Fit read(const Node& node, std::uint64_t& value, Reading& reading) {
    return SizeText::read(node, value, Min, Max, reading);
  }
};

/// An address: `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`; with TLS `{address: …, tls: {certificate: …, key: …}}`.
struct ListenCodec {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Endpoint& value, Reading& reading);
  static void write(const Endpoint& value, Writer& writer) { writer.string(value.text()); }
  static bool empty(const Endpoint& value) { return value.host.empty(); }
};

/// An address that may be absent. Without TLS.
struct OptionalListen {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, std::optional<Endpoint>& value, Reading& reading);
  static void write(const std::optional<Endpoint>& value, Writer& writer) { writer.string(value ? value->text() : ""); }
  static bool empty(const std::optional<Endpoint>& value) { return !value; }
};

/// A network or a single address: `10.0.0.0/8`, `::1`.
struct NetworkCodec {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Network& value, Reading& reading);
  static void write(const Network& value, Writer& writer) { writer.string(value.text()); }
  static bool empty(const Network&) { return false; }
};

/// A host name without port, stored in lower case. Empty = any host.
struct HostCodec : shape::TextCodec {
  static constexpr Type type{.form = Form::text};
  static Fit read(const Node& node, String& value, Reading& reading);
};

/// A prefix of whole path segments in front of the native paths: `/crm`. Empty = none.
struct PrefixCodec : shape::TextCodec {
  static constexpr Type type{.form = Form::text};
  static Fit read(const Node& node, String& value, Reading& reading);
};

/// A secret: one line of text, or `{file: PATH}`, whose file has the secret as its only line. Refuses what `fault_of_secret` finds
/// (`secret.hpp`). Its value is never written and never shown in a fault.
struct SecretCodec {
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Secret& value, Reading& reading);
  static void write(const Secret&, Writer& writer) { writer.string("[secret]"); }
  static bool empty(const Secret& value) { return value.value.empty(); }
};

/// A URL of scheme, host, optional port and optional path, without user, query and fragment: `https://chat.example.com`,
/// `http://127.0.0.1:3000/base`. Stored without a slash at the end.
struct UrlCodec : shape::TextCodec {
  static constexpr Type type{.form = Form::text};
  static Fit read(const Node& node, String& value, Reading& reading);
};

/// One of the given words, stored as text.
template <shape::Literal... Words>
struct OneOf : shape::TextCodec {
  static constexpr std::array<std::string_view, sizeof...(Words)> words{Words.view()...};
  static constexpr Type type{.form = Form::word, .words = words};
  static Fit read(const Node& node, String& value, Reading& reading) {
    if (!node.is_text() || shape::find_word(words, node.text) < 0)
      return reading.refuse(node, shape::list_words(words));
    value.assign(node.text);
    return Fit::exact;
  }
};

/// A list. A single value is read as a list of one element.
template <class Element>
struct OneOrMany : shape::ListOf<Element> {
  template <class T>
  static Fit read(const Node& node, List<T>& value, Reading& reading) {
    if (node.is_array()) return shape::ListOf<Element>::read(node, value, reading);
    return Element::read(node, value.emplace_back(), reading);
  }
};

/// A list of pairs that the file writes as a map of names to texts.
struct PairsCodec {
  using Value = List<std::pair<String, String>>;
  static constexpr Type type{.form = Form::map, .words = {}, .view = nullptr, .element = &NameCodec::type};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Value& value, Reading& reading);
  static void write(const Value& value, Writer& writer);
  static bool empty(const Value& value) { return value.empty(); }
};

}  // namespace parley::config
