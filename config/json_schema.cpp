// Generates the JSON Schema of the configuration from its tables.
#include "config/grammar.hpp"
#include "config/reference.hpp"
#include "config/values.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::config {
namespace {

using shape::Form;
using shape::Type;
using shape::Writer;

/// A pattern for text that contains `${NAME}` or `${NAME:-default}`. Its value is not known here, so any such text is allowed.
#define VARIABLE "[^$]*(\\\\$\\\\$[^$]*)*\\\\$\\\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\\\}.*"
#define ADDRESS "(localhost|[0-9]+(\\\\.[0-9]+){3}|\\\\[[0-9A-Fa-f:.]+\\\\]):[0-9]{1,5}"
#define TEXT(what, pattern) \
  R"({"type":"string","pattern":"^()" pattern "|" VARIABLE R"()$","patternErrorMessage":"expected )" what R"("})"
#define SCALAR R"({"type":["string","number"]})"
#define FILE_OF_SECRET \
  R"({"type":"object","properties":{"file":{"type":"string","description":"A file whose only line is the secret."}},"required":["file"],"additionalProperties":false})"
#define WITH_TLS \
  R"({"type":"object","properties":{"address":{"$ref":"#/$defs/address","description":"HOST:PORT."},"tls":{"type":"object","description":"The listener speaks TLS.","properties":{"certificate":{"type":"string","description":"PEM file: the certificate, then those that vouch for it."},"key":{"type":"string","description":"PEM file: its private key."}},"required":["certificate","key"],"additionalProperties":false}},"required":["address","tls"],"additionalProperties":false})"

/// The schema of each type with its own syntax.
struct Definition {
  std::string_view name;
  std::string_view schema;
};
constexpr Definition definitions[] = {
    {"variable", R"({"type":"string","pattern":"^)" VARIABLE
                 R"($","patternErrorMessage":"expected a variable such as ${NAME:-default}"})"},
    {"duration", TEXT("a duration with its unit from 1ms to 24h, such as 500ms, 2s, 5m or 1h",
                      "(86400000|86[0-3][0-9]{5}|8[0-5][0-9]{6}|[1-7][0-9]{7}|[1-9][0-9]{0,6})ms|"
                      "(86400|86[0-3][0-9]{2}|8[0-5][0-9]{3}|[1-7][0-9]{4}|[1-9][0-9]{0,3})s|"
                      "(1440|14[0-3][0-9]|1[0-3][0-9]{2}|[1-9][0-9]{0,2})m|(2[0-4]|1[0-9]|[1-9])h")},
    {"age", TEXT("a time with its unit from 1s to 36500d, such as 30m, 12h or 90d, or never",
                 "never|(3153600000|3153[0-5][0-9]{5}|315[0-2][0-9]{6}|31[0-4][0-9]{7}|30[0-9]{8}|[12][0-9]{9}|"
                 "[1-9][0-9]{0,8})s|"
                 "(52560000|525[0-5][0-9]{4}|52[0-4][0-9]{5}|5[01][0-9]{6}|[1-4][0-9]{7}|[1-9][0-9]{0,6})m|"
                 "(876000|87[0-5][0-9]{3}|8[0-6][0-9]{4}|[1-7][0-9]{5}|[1-9][0-9]{0,4})h|"
                 "(36500|36[0-4][0-9]{2}|3[0-5][0-9]{3}|[12][0-9]{4}|[1-9][0-9]{0,3})d")},
    {"size", TEXT("a size with its unit, such as 512B, 64KiB, 1MiB or 1GiB", "(0|[1-9][0-9]*)(B|KiB|MiB|GiB)")},
    {"address", TEXT("HOST:PORT in quotes, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080", ADDRESS)},
    {"listener", R"({"anyOf":[{"$ref":"#/$defs/address"},)" WITH_TLS "]}"},
    {"network", TEXT("a network such as 10.0.0.0/8 or 2001:db8::/32, or one address",
                     "[0-9]+(\\\\.[0-9]+){3}(/(3[0-2]|[12]?[0-9]))?|"
                     "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?")},
    {"host", TEXT("a host name without scheme, port and wildcard, such as crm.example.com", "[0-9A-Za-z._-]*")},
    {"prefix", TEXT("a path such as /crm, without a slash at its end", "((/[^/?*#%\\\\s]+)+)?")},
    {"url", TEXT("a URL such as https://chat.example.com", "https?://[^/?#@\\\\s]+(/[^?#\\\\s]*)?")},
    {"secret", R"({"anyOf":[)" SCALAR "," FILE_OF_SECRET "]}"},
};

void word(std::string_view key, std::string_view value, Writer& writer) {
  writer.key(key);
  writer.string(value);
}

void reference_to(std::string_view definition, Writer& writer) {
  word("$ref", "#/$defs/" + String(definition), writer);
}

/// Writes the schema: what `write` writes, or a variable.
void or_variable(Writer& writer, const auto& write) {
  writer.key("anyOf");
  writer.begin_array();
  writer.begin_object();
  write();
  writer.end_object();
  writer.begin_object();
  reference_to("variable", writer);
  writer.end_object();
  writer.end_array();
}

bool is_number(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// Writes the schema of one of the given words. Words such as `8` and `0.70` may also be numbers, because editors read them so. These are
/// ranges of one number, because an editor offers the values of an enumeration: `0.7`, which the program does not know.
void write_words(std::span<const std::string_view> words, Writer& writer) {
  writer.key("anyOf");
  writer.begin_array();
  writer.begin_object();
  writer.key("enum");
  writer.begin_array();
  for (const std::string_view one : words) writer.string(one);
  writer.end_array();
  writer.end_object();
  for (const std::string_view one : words) {
    if (!is_number(one)) continue;
    writer.begin_object();
    word("type", "number", writer);
    for (const char* bound : {"minimum", "maximum"}) {
      writer.key(bound);
      writer.raw(one);
    }
    writer.end_object();
  }
  writer.begin_object();
  reference_to("variable", writer);
  writer.end_object();
  writer.end_array();
}

void write_type(const Grammar& grammar, const Type& type, const Bounds& bounds, Writer& writer) {
  const bool none_or_map = type.form == Form::object;
  if (const Special* one = grammar.special(type); one != nullptr && !none_or_map)
    return reference_to(one->definition, writer);
  const auto below = [&](std::string_view key, const Type* element, const shape::View* view) {
    writer.key(key);
    writer.begin_object();
    view != nullptr ? reference_to(view->name, writer) : write_type(grammar, *element, {}, writer);
    writer.end_object();
  };
  switch (type.form) {
    case Form::integer:
      return or_variable(writer, [&] {
        word("type", "integer", writer);
        if (bounds.most == 0) return;
        writer.key("minimum");
        writer.integer(static_cast<std::int64_t>(bounds.least));
        writer.key("maximum");
        writer.integer(static_cast<std::int64_t>(bounds.most));
      });
    case Form::boolean:
      return or_variable(writer, [&] { word("type", "boolean", writer); });
    case Form::object:
      if (grammar.special(type) == nullptr) return reference_to(type.view->name, writer);
      writer.key("anyOf");
      writer.begin_array();
      writer.begin_object();
      reference_to(type.view->name, writer);
      writer.end_object();
      writer.begin_object();
      writer.key("enum");
      writer.raw(R"(["none"])");
      writer.end_object();
      writer.begin_object();
      reference_to("variable", writer);
      writer.end_object();
      return writer.end_array();
    case Form::word:
      return write_words(type.words, writer);
    case Form::map:
      word("type", "object", writer);
      return below("additionalProperties", type.element, type.view);
    case Form::list: {
      if (!grammar.takes_one(type)) {
        word("type", "array", writer);
        return below("items", type.element, nullptr);
      }
      writer.key("anyOf");
      writer.begin_array();
      writer.begin_object();
      write_type(grammar, *type.element, {}, writer);
      writer.end_object();
      writer.begin_object();
      word("type", "array", writer);
      below("items", type.element, nullptr);
      writer.end_object();
      return writer.end_array();
    }
    default:  // unquoted digits are text for us, and a number for an editor
      return writer.raw(R"("type":["string","number"])");
  }
}

/// The allowed values of a key whose values are names of adapters or profiles. Empty for other keys.
List<std::string_view> names_of(const Grammar& grammar, const shape::View& table, std::string_view key) {
  const bool kind = &table == &grammar.at(At::backend) && key == "kind";
  const bool on_route = &table == &grammar.at(At::route);
  const bool style = on_route && (key == "facade" || key == "emit");
  const bool profile = on_route && key == "profile";
  List<std::string_view> names;
  for (const AdapterKeys& one : grammar.adapters()) {
    if ((kind && one.backends) || (style && one.routes)) names.push_back(one.name);
    if (profile) names.insert(names.end(), one.profiles.begin(), one.profiles.end());
  }
  return names;
}

/// The note of a row, with its bounds if it is a size: a pattern cannot check these.
String describe(const shape::Row& row, const Bounds& bounds) {
  String text(row.note);
  if (bounds.most == 0 || row.type->form != Form::text) return text;
  const auto print = [](std::uint64_t size) {
    Buffer out;
    Writer writer(out);
    SizeText::write(size, writer);
    writer.finish();
    return String(out.view().substr(1, out.view().size() - 2));
  };
  return text + " From " + print(bounds.least) + " to " + print(bounds.most) + '.';
}

void write_table(const Grammar& grammar, const Described& table, Writer& writer) {
  word("type", "object", writer);
  writer.key("properties");
  writer.begin_object();
  for (std::size_t i = 0; i < table.view->rows.size(); ++i) {
    const shape::Row& row = table.view->rows[i];
    const Bounds& bounds = table.bounds[i];
    writer.key(row.key);
    writer.begin_object();
    if (const auto known = names_of(grammar, *table.view, row.key); !known.empty()) {
      write_words(known, writer);
    } else {
      write_type(grammar, *row.type, bounds, writer);
    }
    word("description", describe(row, bounds), writer);
    if (const auto value = default_of(table, i)) {
      writer.key("default");
      writer.raw(*value);
    }
    writer.end_object();
  }
  writer.end_object();
  bool required = false;
  for (const shape::Row& row : table.view->rows) {
    if (row.need != shape::Need::required) continue;
    if (!required) {
      writer.key("required");
      writer.begin_array();
    }
    required = true;
    writer.string(row.key);
  }
  if (required) writer.end_array();
  writer.key("additionalProperties");
  writer.boolean(false);
}

/// The same JSON with a line for each member.
String lay_out(std::string_view json) {
  String out;
  std::size_t depth = 0;
  bool quoted = false;
  const auto line = [&] { out.append("\n").append(depth * 2, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char byte = json[i];
    const bool opens = !quoted && (byte == '{' || byte == '[');
    const bool closes = !quoted && (byte == '}' || byte == ']');
    if (closes) {
      --depth;
      line();
    }
    out += byte;
    if (quoted && byte == '\\') {
      out += json[++i];
    } else if (byte == '"') {
      quoted = !quoted;
    } else if (!quoted && byte == ':') {
      out += ' ';
    } else if (opens) {
      ++depth;
      line();
    } else if (!quoted && byte == ',') {
      line();
    }
  }
  return out += '\n';
}

}  // namespace

String json_schema(AllKeys adapters) {
  const Grammar grammar(adapters);
  Buffer out;
  Writer writer(out);
  writer.begin_object();
  word("$schema", "https://json-schema.org/draft/2020-12/schema", writer);
  word("title", "Parley's configuration", writer);
  write_table(grammar, grammar.tables().front(), writer);
  writer.key("$defs");
  writer.begin_object();
  for (const Described& table : grammar.tables()) {
    if (&table == &grammar.tables().front()) continue;  // the first table is the schema itself
    writer.key(table.view->name);
    writer.begin_object();
    write_table(grammar, table, writer);
    writer.end_object();
  }
  for (const Definition& one : definitions) {
    writer.key(one.name);
    writer.raw(one.schema);
  }
  writer.end_object();
  writer.end_object();
  writer.finish();
  return lay_out(out.view());
}

}  // namespace parley::config
