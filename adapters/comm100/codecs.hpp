// Comm100's habits of writing: guids for every id, a zero guid for none, the epoch without fraction for never, the address
// of a visitor for a missing name, two lists of named values.
#pragma once

#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::comm100 {

/// Text; null is read as empty. Where reading is lenient any other value is taken as its JSON text.
struct LooseText {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, String& value, shape::Reading& reading);
  static void write(const String& value, shape::Writer& writer) { writer.string(value); }
  static bool empty(const String& value) { return value.empty(); }
};

/// A guid in either case; lower case is written. The zero guid is no id. Ids of other vendors are transcoded (schemas/id.hpp).
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

 private:
  static shape::Fit read_text(const shape::Node& node, String& id, shape::Reading& reading);
  static void write_text(std::string_view id, shape::Writer& writer);
};

/// ISO-8601 with three fraction digits; `1970-01-01T00:00:00Z`, without fraction, is never (as elsewhere in the vendor's
/// API), so that the first millisecond of 1970 is still a time.
struct VisitTime {
  static constexpr shape::Type type{.form = shape::Form::date_time};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static constexpr std::string_view never = "1970-01-01T00:00:00Z";
  static shape::Fit read(const shape::Node& node, Time& value, shape::Reading& reading);
  static void write(Time value, shape::Writer& writer) { value.known() ? writer.iso(value) : writer.string(never); }
  static bool empty(Time value) { return !value.known(); }
};

/// The name, or in its place the address of a visitor who gave none (seed). Read, it stays a name: nothing in the document
/// tells the two apart, so the stand-in is reported as a loss when it is written.
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

/// One of the fifteen words; read in any case, by its old number (webhooks send it), and as the vendor once misspelt it.
/// A status that nobody knows is shown as inSite, the state of a visitor who just came, and reported as a loss.
struct VisitorStatusWord {
  static constexpr shape::Type type{.form = shape::Form::word,
                                    .words = std::span(shape::words_of<VisitorStatus>).subspan(1)};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, VisitorStatus& value, shape::Reading& reading);
  static void write(VisitorStatus value, shape::Writer& writer);
  static bool empty(VisitorStatus value) { return value == VisitorStatus::unknown; }
  static void losses(VisitorStatus value, std::string_view member, shape::Losses& losses);
};

/// `online` in any case as `Online`, likewise `Away` and `Offline`; any other text as it is.
[[nodiscard]] std::string_view canonical_status(std::string_view status) noexcept;

struct AgentStatusName {
  static constexpr shape::Type type{.form = shape::Form::text};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::exact;
  static shape::Fit read(const shape::Node& node, String& value, shape::Reading& reading);
  static void write(const String& value, shape::Writer& writer) { writer.string(value); }
  static bool empty(const String& value) { return value.empty(); }
};

/// Comm100's FieldAndValue: an element of the two lists of a visitor, and of the body that sets variables.
struct FieldAndValue {
  String name;
  String value;
  String url;
  friend bool operator==(const FieldAndValue&, const FieldAndValue&) = default;
};

}  // namespace parley::comm100

namespace parley {
template <>
inline constexpr auto shape::fields_of<comm100::FieldAndValue> =
    shape::fields<comm100::FieldAndValue, "field_and_value">(
        shape::row<&comm100::FieldAndValue::name, comm100::LooseText>("name", shape::Need::required,
                                                                      "Name of the field or variable."),
        shape::row<&comm100::FieldAndValue::value, shape::Nullable<comm100::LooseText>>("value", shape::Need::always,
                                                                                        "Its value."),
        shape::row<&comm100::FieldAndValue::url, shape::Nullable<comm100::LooseText>>("url", shape::Need::always,
                                                                                      "A link that goes with it."));
}  // namespace parley

namespace parley::comm100 {

/// The attributes of one kind. Comm100 keeps the two kinds in two lists; in the record, fields stand before variables.
template <AttributeKind Kind>
struct AttributeList {
  static constexpr shape::Type type{.form = shape::Form::list,
                                    .element = &shape::Object<shape::fields_of<FieldAndValue>>::type};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Attributes& value, shape::Reading& reading);
  static void write(const Attributes& value, shape::Writer& writer);
  static bool empty(const Attributes& value);
  static void losses(const Attributes& value, std::string_view member, shape::Losses& losses);
};
extern template struct AttributeList<AttributeKind::field>;
extern template struct AttributeList<AttributeKind::variable>;

}  // namespace parley::comm100
