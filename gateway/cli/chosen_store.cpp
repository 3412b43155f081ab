// See chosen_store.hpp.
#include "gateway/cli/chosen_store.hpp"

#include "adapters/contract/adapter.hpp"

namespace parley::gateway::cli {

const config::Backend* backend_option(const config::Settings& settings, std::string_view name, Streams streams) {
  List<std::string_view> names;
  for (const config::Backend& backend : settings.backends) {
    if (backend.name == name) return &backend;
    names.push_back(backend.name);
  }
  String text = "--backend: unknown backend \"" + String(name) + '"';
  if (const auto near = config::nearest(name, names)) {
    text.append("; did you mean ").append(*near) += '?';
  } else {
    text += "; known:";
    for (const std::string_view known : names) text.append(" ").append(known);
  }
  fail(streams, Exit::usage, text);
  return nullptr;
}

std::optional<ChosenStore> choose_store(const String& config, const String& backend, Streams streams, Exit& exit) {
  exit = Exit::bad_configuration;
  const auto source = find_config(config, streams);
  if (!source) return {};
  auto settings = read_settings(*source, streams);
  if (!settings) return {};
  exit = Exit::usage;
  const config::Backend* found = backend_option(*settings, backend, streams);
  if (found == nullptr) return {};
  if (contract::find_adapter(found->kind)->open_archive == nullptr) {
    fail(streams, exit,
         "--backend: " + found->name + " is no store of Parley but a server (kind: " + found->kind +
             "): its records are with the vendor");
    return {};
  }
  config::Backend chosen = *found;
  return ChosenStore{*std::move(settings), std::move(chosen)};
}

Result<std::unique_ptr<contract::Archive>> ChosenStore::open_archive() const {
  return contract::find_adapter(backend.kind)->open_archive(backend);
}

}  // namespace parley::gateway::cli
