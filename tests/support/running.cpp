// Starts gateways and fills stores within the test program.
#include "tests/support/running.hpp"

#include <stdexcept>

namespace parley::test {

Running::Running(std::string_view yaml) {
  config::Loaded loaded = config::load_text(yaml, contract::keys_of());
  for (config::Fault& fault : gateway::runtime::check(loaded.settings)) {
    if (fault.severity == config::Severity::fault) loaded.faults.push_back(std::move(fault));
  }
  if (!loaded.faults.empty()) throw std::runtime_error(config::format("test", loaded.faults.front()));
  auto opened = gateway::runtime::Gateway::open(loaded.settings);
  if (!opened) throw std::runtime_error(opened.error().message);
  gateway_ = std::move(*opened);
  gateway_->start();
}

void fill_store(const std::string& path, const contract::Records& records) {
  const config::Loaded loaded =
      config::load_text("backends: {store: {kind: sqlite, path: \"" + path + "\"}}\n", contract::keys_of());
  auto opened = contract::find_adapter("sqlite")->open_backend(loaded.settings.backends.front());
  if (!opened) throw std::runtime_error(opened.error().message);
  if (const Result<void> kept = (*opened)->load(records); !kept) throw std::runtime_error(kept.error().message);
}

}  // namespace parley::test
