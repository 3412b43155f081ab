// parley serve: opens everything, says where it listens, and runs until it is told to stop.
#include <algorithm>
#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/observe/event_log.hpp"
#include "gateway/runtime/gateway.hpp"

namespace parley::gateway {
namespace {

/// The listeners of the command line instead of the file's. A route that is only on other ones is not served.
void replace_listeners(const List<config::Endpoint>& listen, config::Settings& settings, Streams streams) {
  const auto given = [&listen](const config::Endpoint& one) {
    return std::find(listen.begin(), listen.end(), one) != listen.end();
  };
  const auto unserved = [&](config::Route& route) {
    if (route.listen.empty()) return false;
    std::erase_if(route.listen, [&given](const config::Endpoint& one) { return !given(one); });
    if (!route.listen.empty()) return false;
    streams.err << "parley: the route " << route.name << " is not served: --listen leaves it without a listener\n";
    return true;
  };
  std::erase_if(settings.routes, unserved);
  settings.server.listen = listen;
}

}  // namespace

Exit serve(const ServeOptions& options, Streams streams) {
  List<config::Endpoint> listen;
  for (const String& text : options.listen) {
    const auto endpoint = config::parse_endpoint(text);
    if (!endpoint)
      return fail(streams, Exit::usage, "--listen: \"" + text + "\" is not HOST:PORT with a numeric address");
    listen.push_back(*endpoint);
  }
  auto settings = read_settings(options.config, streams);
  if (!settings) return Exit::bad_configuration;
  if (!listen.empty()) {
    replace_listeners(listen, *settings, streams);
    const auto exposed = std::find_if_not(listen.begin(), listen.end(), [](const auto& one) { return one.loopback(); });
    if (exposed != listen.end() && uses_demo_credentials(*settings)) {
      return fail(streams, Exit::bad_configuration,
                  "--listen " + exposed->text() +
                      ": the demo's published credentials stay on loopback; write your own into " + options.config);
    }
    if (print_faults(options.config, check(*settings), streams)) return Exit::bad_configuration;
  }

  const observe::EventLog log(settings->log.level);
  auto gateway = Gateway::open(*settings);
  if (!gateway) return fail(streams, Exit::failed, gateway.error().message);
  for (const Bound& bound : (*gateway)->listeners()) {
    streams.out << "listening on http://" << bound.endpoint.text() << " (";
    for (std::size_t i = 0; i < bound.routes.size(); ++i) streams.out << (i == 0 ? "" : ", ") << bound.routes[i];
    streams.out << ")\n";
  }
  streams.out << std::flush;
  (*gateway)->run_until_signal();
  return Exit::done;
}

}  // namespace parley::gateway
