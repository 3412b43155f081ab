// Finds the ports in the program's output.
#include "tests/support/served.hpp"

#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "adapters/contract/adapter.hpp"
#include "tests/support/json.hpp"

namespace parley::test {

bool built_with(const std::vector<std::string_view>& adapters) {
  for (const std::string_view name : adapters) {
    if (contract::find_adapter(name) == nullptr) return false;
  }
  return true;
}

Headers comm100_headers() { return {{"Authorization", "Bearer demo-comm100-token"}}; }
Headers rocketchat_headers() { return {{"X-User-Id", "demo-rocket-user"}, {"X-Auth-Token", "demo-rocket-token"}}; }

std::string demo_config(std::string_view database, bool demo, std::string_view lines) {
  std::string text =
      "server:\n  listen: [\"127.0.0.1:0\"]\n  workers: 2\nbackends:\n  local:\n    kind: sqlite\n    path: \"";
  text.append(database).append("\"\n    demo: ").append(demo ? "true" : "false").append("\nroutes:\n");
  if (built_with({"enghouse"})) {
    text +=
        "  - name: enghouse\n    facade: enghouse\n    backend: local\n    auth: {tokens: [\"demo-enghouse-token\"]}\n";
  }
  if (built_with({"comm100"})) {
    text +=
        "  - name: comm100\n    facade: comm100\n    backend: local\n    auth: {bearer: [\"demo-comm100-token\"]}\n"
        "    visitors: all\n";
  }
  if (built_with({"rocketchat"})) {
    for (const auto& [name, rest] :
         {std::pair("rocketchat", ""), std::pair("pimenta", "    profile: \"0.70\"\n    prefix: \"/pimenta\"\n")}) {
      text.append("  - name: ").append(name).append("\n    facade: rocketchat\n    backend: local\n").append(rest);
      text += "    auth: {users: [{id: \"demo-rocket-user\", token: \"demo-rocket-token\"}]}\n";
    }
  }
  return text.append(lines);
}

namespace {

Launch launch(std::string binary, const std::string& config_file, const std::vector<std::string>& arguments) {
  Launch made{.command = {std::move(binary), "serve", "--config", config_file}};
  made.command.insert(made.command.end(), arguments.begin(), arguments.end());
  return made;
}

}  // namespace

Served::Served(std::string binary, const std::string& config_file, std::size_t listeners,
               const std::vector<std::string>& arguments)
    : process_(launch(std::move(binary), config_file, arguments)) {
  for (const std::string& line : process_.wait_for_lines("listening on http", listeners)) {
    const std::size_t host = line.find("://") + 3;
    ports_.push_back(static_cast<std::uint16_t>(std::atoi(line.c_str() + line.find(':', host) + 1)));
  }
}

std::string value_at(std::string_view json, std::string_view path) {
  const Value root = parse(json);
  const Value* at = &root;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view step = path.substr(0, path.find('/'));
    path.remove_prefix(step.size());
    if (at->kind == Kind::array) {
      const std::size_t index = static_cast<std::size_t>(std::atoi(std::string(step).c_str()));
      at = index < at->children.size() ? &at->children[index] : nullptr;
    } else {
      at = at->find(step);
    }
    if (at == nullptr) return "(none)";
  }
  if (at->kind == Kind::string || at->kind == Kind::number || at->kind == Kind::boolean) return at->text;
  return print(*at);
}

}  // namespace parley::test
