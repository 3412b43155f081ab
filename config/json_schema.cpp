// The configuration's JSON Schema out of its tables.
#include "config/described.hpp"
#include "config/reference.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::config {
namespace {

using shape::Form;
using shape::Type;
using shape::Writer;

void word(std::string_view key, std::string_view value, Writer& writer) {
  writer.key(key);
  writer.string(value);
}

void write_type(const Type& type, Writer& writer) {
  if (const Special* one = special(type)) return writer.raw(one->schema);
  const auto below = [&writer](std::string_view key, const Type* element, const shape::View* view) {
    writer.key(key);
    writer.begin_object();
    view != nullptr ? word("$ref", "#/$defs/" + String(view->name), writer) : write_type(*element, writer);
    writer.end_object();
  };
  switch (type.form) {
    case Form::integer:
      return word("type", "integer", writer);
    case Form::boolean:
      return word("type", "boolean", writer);
    case Form::object:
      return word("$ref", "#/$defs/" + String(type.view->name), writer);
    case Form::word:
      writer.key("enum");
      writer.begin_array();
      for (const std::string_view one : type.words) writer.string(one);
      return writer.end_array();
    case Form::map:
      word("type", "object", writer);
      return below("additionalProperties", type.element, type.view);
    case Form::list: {
      if (!takes_one(type)) {
        word("type", "array", writer);
        return below("items", type.element, nullptr);
      }
      writer.key("anyOf");
      writer.begin_array();
      writer.begin_object();
      write_type(*type.element, writer);
      writer.end_object();
      writer.begin_object();
      word("type", "array", writer);
      below("items", type.element, nullptr);
      writer.end_object();
      return writer.end_array();
    }
    default:  // YAML's plain `8` and `0.70` are numbers to an editor
      return writer.raw(R"("type":["string","number"])");
  }
}

void write_table(const Described& table, Writer& writer) {
  word("type", "object", writer);
  writer.key("properties");
  writer.begin_object();
  for (const shape::Row& row : table.view->rows) {
    writer.key(row.key);
    writer.begin_object();
    write_type(*row.type, writer);
    word("description", row.note, writer);
    if (const auto value = default_of(table, row)) {
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

/// The same JSON, a line for each member.
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

String json_schema() {
  Buffer out;
  Writer writer(out);
  const auto all = described();
  writer.begin_object();
  word("$schema", "https://json-schema.org/draft/2020-12/schema", writer);
  word("title", "Parley's configuration", writer);
  write_table(all.front(), writer);
  writer.key("$defs");
  writer.begin_object();
  for (const Described& table : all.subspan(1)) {
    writer.key(table.view->name);
    writer.begin_object();
    write_table(table, writer);
    writer.end_object();
  }
  writer.end_object();
  writer.end_object();
  writer.finish();
  return lay_out(out.view());
}

}  // namespace parley::config
