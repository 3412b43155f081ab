// parley check: is this configuration fit to be served?
#include "gateway/runtime/check.hpp"

#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"

namespace parley::gateway {

Exit check(const CheckOptions& options, Streams streams) {
  const auto settings = read_settings(options.config, streams);
  if (!settings) return Exit::bad_configuration;
  const auto count = [](std::size_t number, std::string_view what) {
    return std::to_string(number) + ' ' + String(what) + (number == 1 ? "" : "s");
  };
  streams.out << options.config << ": ok (" << count(settings->routes.size(), "route") << ", "
              << count(settings->backends.size(), "backend") << ")\n"
              << std::flush;
  // Not faults: such an endpoint answers, in its vendor's voice, that the backend cannot do it.
  for (const RouteRow& row : list_routes(*settings)) {
    if (row.supported) continue;
    streams.out << "  " << row.route << ": " << row.method << ' ' << row.path << ": not supported: " << row.why_not
                << '\n';
  }
  return Exit::done;
}

}  // namespace parley::gateway
