// parley schema: prints the JSON Schema or the Markdown reference of a wire shape, a request body, the canonical model or the
// configuration.
#include <algorithm>
#include <iostream>

#include "adapters/contract/adapter.hpp"
#include "config/reference.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/translate/dump.hpp"
#include "gateway/translate/records.hpp"
#include "gateway/translate/reference.hpp"

namespace parley::gateway::cli {
namespace {

constexpr std::string_view configuration = "config";
constexpr std::string_view model = "canonical";

String describe(const contract::BodyShape& body) {
  String text = "the body of ";
  text.append(http::name_of(body.method)).append(" ").append(body.pattern);
  return body.profile.empty() ? text : text.append(", profile ").append(body.profile);
}

/// Everything that has a schema, with what it describes.
List<std::pair<String, String>> known() {
  List<std::pair<String, String>> all;
  for (const translate::NamedShape& one : translate::catalogue())
    all.emplace_back(one.name(), translate::describe(one.shape->kind));
  for (const translate::NamedBody& one : translate::bodies()) all.emplace_back(one.name(), describe(*one.body));
  all.emplace_back(translate::dump_name, "a line of parley dump");
  all.emplace_back(model, "the whole canonical model");
  all.emplace_back(configuration, "the configuration file");
  return all;
}

void list(Streams streams) {
  const List<std::pair<String, String>> all = known();
  std::size_t width = 0;
  for (const auto& [name, what] : all) width = std::max(width, name.size());
  for (const auto& [name, what] : all) streams.out << name << String(width + 2 - name.size(), ' ') << what << '\n';
}

/// The schema or reference of the wire shape or body `name`, or of a dump; nothing if there is none.
std::optional<String> find(const String& name, bool markdown) {
  for (const translate::NamedShape& one : translate::catalogue()) {
    if (one.name() == name) return markdown ? translate::shape_reference(one) : translate::shape_schema(one);
  }
  for (const translate::NamedBody& one : translate::bodies()) {
    if (one.name() == name) return markdown ? translate::body_reference(one) : translate::body_schema(one);
  }
  if (name != translate::dump_name) return {};
  return markdown ? "# canonical:dump\n\n" + translate::dump_reference() : translate::dump_schema();
}

Exit refuse(const String& name, Streams streams) {
  List<String> names;
  for (auto& [one, what] : known()) names.push_back(std::move(one));
  return fail(streams, Exit::usage, "SHAPE: " + translate::unknown_shape(name, names).message);
}

}  // namespace

Exit schema(const SchemaOptions& options, Streams streams) {
  if (options.shape.empty()) {
    list(streams);
  } else if (options.shape == configuration) {
    const List<config::AdapterKeys> keys = contract::keys_of();
    streams.out << (options.markdown ? config::reference(keys) : config::json_schema(keys));
  } else if (options.shape == model) {
    streams.out << (options.markdown ? translate::model_reference() : translate::model_schema());
  } else if (const std::optional<String> text = find(options.shape, options.markdown)) {
    streams.out << *text;
  } else {
    return refuse(options.shape, streams);
  }
  return written(streams);
}

}  // namespace parley::gateway::cli
