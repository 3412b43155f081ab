// How Comm100 writes values: every id is a guid, and the zero guid stands for no id; the epoch without a fraction stands for
// "never"; a visitor without a name is shown under the address; named values stand in two lists.
#pragma once

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::comm100 {

/// Text; null is read as empty. A lenient reading takes any other value as its JSON text; a strict one refuses it.
struct LooseText {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Text& value, shape::Reading& reading);
  static void write(const Text& value, shape::Writer& writer) { writer.string(value); }
  static bool empty(const Text& value) { return value.empty(); }
};

/// A guid, read in either case and written in lower case. The zero guid is an empty id. Ids of other vendors are converted to
/// guids (schemas/id.hpp).
struct GuidId {
  static constexpr shape::Type type{.form = shape::Form::guid};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  template <class Tag>
  static shape::Fit read(const shape::Node& node, Id<Tag>& value, shape::Reading& reading) {
    return read_text(node, value.text, reading);
  }
  template <class Tag>
  static void write(const Id<Tag>& value, shape::Writer& writer) {
    write_text(value.text, writer);
  }
  template <class Tag>
  static bool empty(const Id<Tag>& value) {
    return value.empty();
  }
  /// The same for an id that the canonical model keeps as a text: that of a participant.
  static shape::Fit read(const shape::Node& node, Text& value, shape::Reading& reading) {
    return read_text(node, value, reading);
  }
  static void write(const Text& value, shape::Writer& writer) { write_text(value, writer); }
  static bool empty(const Text& value) { return value.empty(); }

 private:
  static shape::Fit read_text(const shape::Node& node, Text& id, shape::Reading& reading);
  static void write_text(std::string_view id, shape::Writer& writer);
};

/// ISO-8601 with three fraction digits. `1970-01-01T00:00:00Z`, without a fraction, means "never", as elsewhere in the vendor's
/// API. The first millisecond of 1970 is written with its fraction, so it stays a time.
struct VisitTime {
  static constexpr shape::Type type{.form = shape::Form::date_time};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static constexpr std::string_view never = "1970-01-01T00:00:00Z";
  static shape::Fit read(const shape::Node& node, Time& value, shape::Reading& reading);
  static void write(Time value, shape::Writer& writer) { value.known() ? writer.iso(value) : writer.string(never); }
  static bool empty(Time value) { return !value.known(); }
};

/// The name, or the IP address of a visitor without a name, as in the vendor's samples. The document does not distinguish the
/// two: reading always yields a name, and writing an address reports a loss.
struct VisitorName {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Visitor& visitor, shape::Reading& reading);
  static void write(const Visitor& visitor, shape::Writer& writer) {
    writer.string(visitor.name.empty() ? visitor.ip : visitor.name);
  }
  static bool empty(const Visitor& visitor) { return visitor.name.empty(); }
  static void losses(const Visitor& visitor, std::string_view member, shape::Losses& losses);
};

/// One of the fifteen status words. Reading ignores case and also takes the old number (webhooks send it) and one misspelling
/// that the vendor once used. An unknown status is written as inSite, the state of a visitor who just came, and reported as a loss.
struct VisitorStatusWord {
  static constexpr shape::Type type{.form = shape::Form::word,
                                    .words = std::span(shape::words_of<VisitorStatus>).subspan(1)};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, VisitorStatus& value, shape::Reading& reading);
  static void write(VisitorStatus value, shape::Writer& writer);
  static bool empty(VisitorStatus value) { return value == VisitorStatus::unknown; }
  static void losses(VisitorStatus value, std::string_view member, shape::Losses& losses);
};

/// Spells `online`, `away` and `offline`, in any case, as `Online`, `Away` and `Offline`. Returns any other text unchanged.
[[nodiscard]] std::string_view canonical_status(std::string_view status) noexcept;

struct AgentStatusName {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, Text& value, shape::Reading& reading);
  static void write(const Text& value, shape::Writer& writer) { writer.string(value); }
  static bool empty(const Text& value) { return value.empty(); }
};

/// Comm100's FieldAndValue: an element of a visitor's two lists, and of the body that sets variables (its table: bodies.hpp).
struct FieldAndValue {
  Text name;
  Text value;
  Text url;
  friend bool operator==(const FieldAndValue&, const FieldAndValue&) = default;
};

}  // namespace parley::comm100

namespace parley {
template <>
inline constexpr bool shape::borrows_text<comm100::LooseText> = true;

template <>
inline constexpr auto shape::fields_of<comm100::FieldAndValue> =
    shape::fields<comm100::FieldAndValue, "field_and_value">(
        shape::row<&comm100::FieldAndValue::name, comm100::LooseText>("name", shape::Need::required,
                                                                      "Name of the field or variable."),
        shape::row<&comm100::FieldAndValue::value, comm100::LooseText>("value", shape::Need::always, "Its value."),
        shape::row<&comm100::FieldAndValue::url, comm100::LooseText>("url", shape::Need::always,
                                                                     "A link that goes with it."));
}  // namespace parley

namespace parley::comm100 {

/// The attributes of one kind. Comm100 has a list for each kind. Reading puts fields before variables in the record.
template <AttributeKind Kind>
struct AttributeList {
  static constexpr shape::Type type{.form = shape::Form::list,
                                    .element = &shape::Object<shape::fields_of<FieldAndValue>>::type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Attributes& value, shape::Reading& reading);
  static bool read_usual(shape::JsonTokens& tokens, Attributes& value, shape::Reading& reading);
  static void write(const Attributes& value, shape::Writer& writer);
  static bool empty(const Attributes& value);
  static void losses(const Attributes& value, std::string_view member, shape::Losses& losses);
};
extern template struct AttributeList<AttributeKind::field>;
extern template struct AttributeList<AttributeKind::variable>;

}  // namespace parley::comm100
