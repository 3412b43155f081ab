// parley serve: opens the gateway, prints its addresses, and runs until a signal stops it.
#include <algorithm>
#include <csignal>
#include <functional>
#include <iostream>
#include <optional>

#include "adapters/io/blocked_signals.hpp"
#include "config/advice.hpp"
#include "gateway/admin/erase.hpp"
#include "gateway/admin/load.hpp"
#include "gateway/admin/pages.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/observe/build.hpp"
#include "gateway/observe/event_log.hpp"
#include "gateway/runtime/control.hpp"
#include "gateway/runtime/try_out.hpp"

namespace parley::gateway::cli {
namespace {

/// Prints a line for the operator: to standard error before the log is open, to the log after that.
using Tell = std::function<void(const String&)>;

String url_of(const config::Endpoint& endpoint) { return (endpoint.tls ? "https://" : "http://") + endpoint.text(); }

/// Replaces the listeners of the file by those of the command line. A route with other listeners only is not served.
void replace_listeners(const List<config::Endpoint>& listen, config::Settings& settings, const Tell& tell) {
  const auto given = [&listen](const config::Endpoint& one) {
    return std::find(listen.begin(), listen.end(), one) != listen.end();
  };
  const auto unserved = [&](config::Route& route) {
    if (route.listen.empty()) return false;
    std::erase_if(route.listen, [&given](const config::Endpoint& one) { return !given(one); });
    if (!route.listen.empty()) return false;
    tell("the route " + route.name + " is not served: --listen leaves it without a listener");
    return true;
  };
  if (std::erase_if(settings.routes, unserved) > 0) settings.places = nullptr;  // the remaining routes have new numbers
  settings.server.listen = listen;
}

/// Loads the file and applies `--listen`; used at the start and at each reload.
config::Loaded load(const ConfigSource& source, const List<config::Endpoint>& listen, const Tell& tell) {
  config::Loaded loaded = load_settings(source);
  if (listen.empty() || !loaded.faults.empty()) return loaded;
  replace_listeners(listen, loaded.settings, tell);
  const auto exposed = std::find_if_not(listen.begin(), listen.end(), [](const auto& one) { return one.loopback(); });
  if (exposed != listen.end() && runtime::uses_demo_credentials(loaded.settings)) {
    loaded.faults.push_back(
        {{}, "--listen " + exposed->text(), "the demo's published credentials stay on loopback; write your own"});
  } else {
    config::Faults found = runtime::check(loaded.settings);  // the warnings were found in the file as it stands
    std::erase_if(found, [](const config::Fault& one) { return one.severity == config::Severity::warning; });
    add_found(std::move(found), loaded);
  }
  return loaded;
}

/// Loads for a reload: as at the start, and also checks the files that the configuration names.
config::Loaded load_again(const ConfigSource& source, const List<config::Endpoint>& listen, const Tell& tell) {
  config::Loaded loaded = load(source, listen, tell);
  if (loaded.faults.empty()) loaded.faults = runtime::try_files(loaded.settings);
  return loaded;
}

/// Writes the first line of the log: version, configuration file, workers and listeners.
void log_start(const runtime::Gateway& gateway, const String& file, const admin::Server* operators) {
  const runtime::State state = gateway.state();
  String text = observe::program_text() + " serves " + file + " with " + std::to_string(state.workers);
  text += state.workers == 1 ? " worker on" : " workers on";
  for (const runtime::Bound& bound : state.listeners) text += ' ' + url_of(bound.endpoint);
  if (operators != nullptr) text += ", admin on http://" + operators->endpoint().text();
  observe::log(config::LogLevel::info, text);
}

}  // namespace

Exit serve(const ServeOptions& options, Streams streams) {
  List<config::Endpoint> listen;
  for (const String& text : options.listen) {
    const auto endpoint = config::parse_endpoint(text);
    if (!endpoint) {
      const String advice = text.find(',') == String::npos ? config::advise_listen(text) : "give --listen for each";
      return fail(
          streams, Exit::usage,
          "--listen: \"" + text + "\" is not HOST:PORT with a numeric address" + (advice.empty() ? "" : "; " + advice));
    }
    listen.push_back(*endpoint);
  }
  const auto source = find_config(options.config, streams);
  if (!source) return Exit::bad_configuration;
  const config::Loaded loaded =
      load(*source, listen, [streams](const String& what) { streams.err << "parley: " << what << '\n'; });
  if (print_refusal(source->name, loaded, streams)) return Exit::bad_configuration;
  config::Faults faults = runtime::try_files(loaded.settings);
  if (print_faults(source->name, faults, streams)) return Exit::failed;

  const observe::EventLog log(loaded.settings.log);
  // SIGUSR1 would end the process before `Control` handles it: block it while the stores are opened.
  std::optional<io::BlockedSignals> rotation(std::in_place, SIGUSR1);
  auto gateway = runtime::Gateway::open(loaded.settings, contract::registry(), runtime::take_activated(), &faults);
  if (print_faults(source->name, faults, streams)) return Exit::failed;
  const Tell log_it = [](const String& what) { observe::log(config::LogLevel::warn, what); };
  runtime::Control control(
      **gateway, source->name, [&] { return load_again(*source, listen, log_it); }, loaded.text);
  rotation.reset();
  std::unique_ptr<admin::Server> operators;
  if (const config::Admin& wanted = loaded.settings.admin; wanted.listen) {
    List<admin::Page> pages = admin::pages(**gateway, control);
    pages.push_back(admin::load_page(**gateway));
    pages.push_back(admin::erase_page(**gateway));
    auto opened = admin::Server::open(*wanted.listen, wanted.token.value, std::move(pages));
    if (!opened) {
      print_faults(source->name, {runtime::listener_fault(loaded.settings, *wanted.listen, opened.error())}, streams);
      return Exit::failed;
    }
    operators = std::move(*opened);
  }
  // Nothing can fail any more, so clients that wait for these lines may connect.
  for (const runtime::Bound& bound : (*gateway)->listeners()) {
    streams.out << "listening on " << url_of(bound.endpoint) << " (";
    for (std::size_t i = 0; i < bound.routes.size(); ++i) streams.out << (i == 0 ? "" : ", ") << bound.routes[i];
    streams.out << ")\n";
  }
  if (operators) streams.out << "admin on http://" << operators->endpoint().text() << '\n';
  streams.out << std::flush;
  log_start(**gateway, source->name, operators.get());
  for (const config::Fault& one : loaded.warnings) log_it(config::format(source->name, one));
  control.on_reload([&](const config::Settings& next) {
    observe::set_level(next.log.level);
    observe::set_format(next.log.format);
    if (operators) operators->set_token(next.admin.token.value);
  });
  control.run();
  return Exit::done;
}

}  // namespace parley::gateway::cli
