// parley schema: JSON Schema, or the reference for people, of a wire shape, the canonical model or the configuration.
#include <algorithm>
#include <iostream>

#include "adapters/contract/adapter.hpp"
#include "config/reference.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/translate/records.hpp"
#include "gateway/translate/reference.hpp"

namespace parley::gateway::cli {
namespace {

constexpr std::string_view configuration = "config";
constexpr std::string_view model = "canonical";

/// What there is, each with what it describes.
void list(Streams streams) {
  std::size_t width = configuration.size();
  for (const translate::NamedShape& one : translate::catalogue()) width = std::max(width, one.name().size());
  const auto line = [&](std::string_view name, std::string_view what) {
    streams.out << name << String(width + 2 - name.size(), ' ') << what << '\n';
  };
  for (const translate::NamedShape& one : translate::catalogue())
    line(one.name(), translate::describe(one.shape->kind));
  line(model, "the whole canonical model");
  line(configuration, "the configuration file");
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
  } else {
    const translate::NamedShape* shape = shape_option("SHAPE", options.shape, streams);
    if (shape == nullptr) return Exit::usage;
    streams.out << (options.markdown ? translate::shape_reference(*shape) : translate::shape_schema(*shape));
  }
  return written(streams);
}

}  // namespace parley::gateway::cli
