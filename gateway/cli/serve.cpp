// parley serve: opens everything, says where it listens, and runs until it is told to stop.
#include <algorithm>
#include <csignal>
#include <functional>
#include <iostream>
#include <optional>

#include "adapters/io/blocked_signals.hpp"
#include "config/advice.hpp"
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

/// Where a line for the operator goes: before there is a log, and while there is one.
using Tell = std::function<void(const String&)>;

String url_of(const config::Endpoint& endpoint) { return (endpoint.tls ? "https://" : "http://") + endpoint.text(); }

/// The listeners of the command line instead of the file's. A route that is only on other ones is not served.
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
  if (std::erase_if(settings.routes, unserved) > 0) settings.places = nullptr;  // the rest has other numbers there
  settings.server.listen = listen;
}

/// What the file says, and what the command line makes of it: at the start, and at each reload.
config::Loaded load(const ConfigSource& source, const List<config::Endpoint>& listen, const Tell& tell) {
  config::Loaded loaded = load_settings(source);
  if (listen.empty() || !loaded.faults.empty()) return loaded;
  replace_listeners(listen, loaded.settings, tell);
  const auto exposed = std::find_if_not(listen.begin(), listen.end(), [](const auto& one) { return one.loopback(); });
  if (exposed != listen.end() && runtime::uses_demo_credentials(loaded.settings)) {
    loaded.faults.push_back(
        {{}, "--listen " + exposed->text(), "the demo's published credentials stay on loopback; write your own"});
  } else {
    config::Faults found = runtime::check(loaded.settings);  // the warnings are told of the file as it is
    std::erase_if(found, [](const config::Fault& one) { return one.severity == config::Severity::warning; });
    add_found(std::move(found), loaded);
  }
  return loaded;
}

/// What a reload takes: as at the start, with what is wrong with the files that it names.
config::Loaded load_again(const ConfigSource& source, const List<config::Endpoint>& listen, const Tell& tell) {
  config::Loaded loaded = load(source, listen, tell);
  if (loaded.faults.empty()) loaded.faults = runtime::try_files(loaded.settings);
  return loaded;
}

/// The first line of the log: what serves, and what it serves with.
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
  // A rotation while the stores are opened is heard when there is somebody to hear it; alone the signal would end the process.
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
    auto opened = admin::Server::open(*wanted.listen, wanted.token.value, std::move(pages));
    if (!opened) {
      print_faults(source->name, {runtime::listener_fault(loaded.settings, *wanted.listen, opened.error())}, streams);
      return Exit::failed;
    }
    operators = std::move(*opened);
  }
  // Only now nothing can fail any more: whoever waits for these lines may begin.
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
