// Generates JSON Schema from field tables.
#include "schemas/shape/json_schema.hpp"

#include <algorithm>

namespace parley::shape {
namespace {

constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";

void collect(const View& view, List<const View*>& found, const View* root) {
  for (const Row& row : view.rows) {
    const Type* type = row.type;
    while (type != nullptr && type->view == nullptr) type = type->element;
    if (type == nullptr || type->view == root) continue;
    if (std::find(found.begin(), found.end(), type->view) != found.end()) continue;
    found.push_back(type->view);
    collect(*type->view, found, root);
  }
}

void write_text(std::string_view key, std::string_view text, Writer& writer) {
  writer.key(key);
  writer.string(text);
}

void write_reference(const View& view, Writer& writer) {
  write_text("$ref", String("#/$defs/").append(view.name), writer);
}

void write_scalar(std::string_view type, bool nullable, Writer& writer) {
  if (!nullable) return write_text("type", type, writer);
  writer.key("type");
  writer.begin_array();
  writer.string(type);
  writer.string("null");
  writer.end_array();
}

/// Writes the keywords of a type into the current object.
void write_type(const Type& type, Writer& writer) {
  const auto nested = [&writer](std::string_view key, const Type& of) {
    writer.key(key);
    writer.begin_object();
    if (of.view != nullptr) {
      write_reference(*of.view, writer);
    } else if (of.element != nullptr) {
      write_type(*of.element, writer);
    }
    writer.end_object();
  };
  const bool scalar = type.form == Form::text || type.form == Form::integer || type.form == Form::boolean;
  if (type.nullable && !scalar) {
    Type inner = type;
    inner.nullable = false;
    writer.key("anyOf");
    writer.begin_array();
    writer.begin_object();
    write_type(inner, writer);
    writer.end_object();
    writer.raw(R"({"type":"null"})");
    return writer.end_array();
  }
  switch (type.form) {
    case Form::text:
      return write_scalar("string", type.nullable, writer);
    case Form::integer:
      return write_scalar("integer", type.nullable, writer);
    case Form::boolean:
      return write_scalar("boolean", type.nullable, writer);
    case Form::date_time:
      writer.key("type");
      writer.raw(R"(["string","null"])");
      return write_text("format", "date-time", writer);
    case Form::epoch_ms:
      writer.key("anyOf");
      return writer.raw(R"([{"type":"integer"},{"const":""}])");
    case Form::guid:
      write_text("type", "string", writer);
      return write_text("format", "uuid", writer);
    case Form::word:
      writer.key("enum");
      writer.begin_array();
      for (const std::string_view word : type.words) writer.string(word);
      return writer.end_array();
    case Form::object:
      return write_reference(*type.view, writer);
    case Form::list:
      write_text("type", "array", writer);
      writer.key("items");
      writer.begin_object();
      write_type(*type.element, writer);
      return writer.end_object();
    case Form::map:
      write_text("type", "object", writer);
      return nested("additionalProperties", type);
    case Form::json:
      return;
  }
}

void write_object_schema(const View& view, Writer& writer) {
  write_text("type", "object", writer);
  writer.key("properties");
  writer.begin_object();
  bool required = false;
  for (const Row& row : view.rows) {
    writer.key(row.key);
    writer.begin_object();
    write_type(*row.type, writer);
    write_text("description", row.note, writer);
    writer.end_object();
    required = required || row.need == Need::required;
  }
  writer.end_object();
  if (view.closed) {
    writer.key("additionalProperties");
    writer.boolean(false);
  }
  if (!required) return;
  writer.key("required");
  writer.begin_array();
  for (const Row& row : view.rows) {
    if (row.need == Need::required) writer.string(row.key);
  }
  writer.end_array();
}

void write_definitions(const List<const View*>& views, Writer& writer) {
  if (views.empty()) return;
  writer.key("$defs");
  writer.begin_object();
  for (const View* one : views) {
    writer.key(one->name);
    writer.begin_object();
    write_object_schema(*one, writer);
    writer.end_object();
  }
  writer.end_object();
}

void write_reference_object(const View& view, Writer& writer) {
  writer.begin_object();
  write_reference(view, writer);
  writer.end_object();
}

}  // namespace

List<const View*> tables_below(const View& view) {
  List<const View*> found;
  collect(view, found, &view);
  return found;
}

void write_json_schema(const View& view, bool list, std::string_view title, Buffer& out) {
  Writer writer(out);
  List<const View*> below = tables_below(view);
  if (list) below.insert(below.begin(), &view);
  writer.begin_object();
  write_text("$schema", dialect, writer);
  write_text("title", title, writer);
  if (list) {
    write_text("type", "array", writer);
    writer.key("items");
    write_reference_object(view, writer);
  } else {
    write_object_schema(view, writer);
  }
  write_definitions(below, writer);
  writer.end_object();
  writer.finish();
}

void write_json_schema(std::span<const View* const> views, std::string_view title, Buffer& out) {
  Writer writer(out);
  writer.begin_object();
  write_text("$schema", dialect, writer);
  write_text("title", title, writer);
  writer.key("anyOf");
  writer.begin_array();
  List<const View*> all(views.begin(), views.end());
  for (const View* view : views) {
    write_reference_object(*view, writer);
    for (const View* below : tables_below(*view)) {
      if (std::find(all.begin(), all.end(), below) == all.end()) all.push_back(below);
    }
  }
  writer.end_array();
  write_definitions(all, writer);
  writer.end_object();
  writer.finish();
}

String describe(const Type& type) {
  if (type.nullable) {
    Type inner = type;
    inner.nullable = false;
    return describe(inner) + " or null";
  }
  const auto inner = [&type]() -> String {
    if (type.view != nullptr) return String(type.view->name);
    return type.element != nullptr ? describe(*type.element) : String("any value");
  };
  switch (type.form) {
    case Form::text:
      return "text";
    case Form::integer:
      return "integer";
    case Form::boolean:
      return "boolean";
    case Form::date_time:
      return "date and time";
    case Form::epoch_ms:
      return "epoch milliseconds or \"\"";
    case Form::guid:
      return "guid";
    case Form::word: {
      String words = "one of";
      for (const std::string_view word : type.words)
        words.append(" `").append(word.empty() ? "\"\"" : word).append("`");
      return words;
    }
    case Form::object:
      return inner();
    case Form::list:
      return "list of " + inner();
    case Form::map:
      return "object of " + inner();
    case Form::json:
      return "any JSON";
  }
  return {};
}

}  // namespace parley::shape
