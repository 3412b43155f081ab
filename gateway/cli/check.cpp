// parley check: is this configuration fit to be served?
#include "gateway/runtime/check.hpp"

#include <algorithm>
#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/runtime/certificates.hpp"
#include "gateway/runtime/mounting.hpp"
#include "gateway/runtime/try_out.hpp"

namespace parley::gateway::cli {
namespace {

/// `[::]` listens on IPv6 only, whatever the system's default is. Prints a note, since an operator may expect IPv4 too.
void note_six_only(const config::Settings& settings, Streams streams) {
  const List<config::Endpoint> listeners = runtime::listeners_of(settings);
  for (const config::Endpoint& one : listeners) {
    const config::Endpoint four{.host = "0.0.0.0", .port = one.port, .mark = {}};
    if (one.host != "::" || std::find(listeners.begin(), listeners.end(), four) != listeners.end()) continue;
    streams.out << "  " << one.text() << ": IPv6 only; for IPv4 list \"" << four.text() << "\", too\n";
  }
  if (const auto& admin = settings.admin.listen; admin && admin->host == "::") {  // it has one address and no list
    streams.out << "  admin " << admin->text() << ": IPv6 only; for IPv4 write \"0.0.0.0:" << admin->port
                << "\" instead\n";
  }
}

}  // namespace

Exit check(const CheckOptions& options, Streams streams) {
  const auto source = find_config(options.config, streams);
  if (!source) return Exit::bad_configuration;
  config::Loaded loaded = load_settings(*source);
  add_found(runtime::try_files(loaded.settings), loaded);
  add_found(runtime::try_addresses(loaded.settings), loaded);
  add_found(runtime::ending_certificates(loaded.settings, std::chrono::system_clock::now()), loaded);
  if (print_refusal(source->name, loaded, streams)) return Exit::bad_configuration;
  const bool warned = print_faults(source->name, loaded.warnings, streams);
  if (warned && options.strict) return Exit::bad_configuration;
  const config::Settings& settings = loaded.settings;
  const auto count = [](std::size_t number, std::string_view what) {
    return std::to_string(number) + ' ' + String(what) + (number == 1 ? "" : "s");
  };
  streams.out << source->name << ": ok (" << count(settings.routes.size(), "route") << ", "
              << count(settings.backends.size(), "backend") << ")\n"
              << std::flush;
  note_six_only(settings, streams);
  // Unsupported endpoints are not faults: each answers with an error in its vendor's style.
  for (const runtime::RouteRow& row : runtime::list_routes(settings)) {
    if (row.supported || row.operation.empty()) continue;
    streams.out << "  " << row.route << ": " << row.method << ' ' << row.path << ": not supported: " << row.why_not
                << '\n';
  }
  return Exit::done;
}

}  // namespace parley::gateway::cli
