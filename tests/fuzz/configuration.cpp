// Reads a configuration from YAML: a file is accepted, or refused with faults that are safe to print.
#include "config/settings.hpp"
#include "gateway/runtime/check.hpp"
#include "tests/fuzz/expect.hpp"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const config::Loaded loaded = config::load_text({reinterpret_cast<const char*>(data), size}, contract::keys_of());
  for (const config::Fault& fault : loaded.faults) {
    const String line = config::format("f", fault);
    fuzz::expect(line.find('\n') == String::npos && line.find('\x1b') == String::npos);
  }
  if (loaded.faults.empty()) static_cast<void>(gateway::runtime::check(loaded.settings));
  return 0;
}
