// The pages about the gateway itself.
#include "gateway/admin/pages.hpp"

#include "gateway/admin/standing.hpp"
#include "gateway/admin/state.hpp"
#include "gateway/observe/event_log.hpp"

namespace parley::gateway::admin {
namespace {

using runtime::Control;
using runtime::Gateway;
using runtime::State;
using Clock = std::chrono::system_clock;

Answer show_metrics(const Gateway& gateway, const Control& control) {
  const State state = gateway.state();
  List<observe::Measured> measured;
  for (std::size_t i = 0; i < state.backends.size(); ++i) {
    observe::Measured& one = measured.emplace_back(observe::Measured{state.settings.backends[i].name, {}});
    state.backends[i]->measure(one.figures);
    state.backends[i]->measure_times(one.timings);
  }
  return {.type = String(observe::exposition_type),
          .body = gateway.observer().expose(measured, standing_of(gateway, control))};
}

Answer show_level() { return {.body = "level " + String(observe::name_of(observe::level())) + '\n'}; }

Answer set_level(const Query& query) {
  const String word = query.find("level").value_or("");
  const std::optional<config::LogLevel> level = observe::find_level(word);
  if (!level) return {.status = 400, .body = "level has to be debug, info, warn, error or off\n"};
  observe::set_level(*level);
  return show_level();
}

Answer reload(const Gateway& gateway, Control& control) {
  const List<String> faults = control.reload();
  if (faults.empty()) return {.body = "revision " + std::to_string(gateway.state().revision->number) + '\n'};
  Answer answer{.status = 422};
  for (const String& fault : faults) answer.body.append(fault).append("\n");
  return answer;
}

}  // namespace

List<Page> pages(const Gateway& gateway, Control& control) {
  using http::Method;
  const Clock::time_point started = Clock::now();
  return {
      {Method::get, "/healthz", [](const Query&) { return Answer{.body = "ok\n"}; }, true},
      {Method::get, "/readyz",
       [&control](const Query&) {
         return control.draining() ? Answer{.status = 503, .body = "draining\n"} : Answer{.body = "ready\n"};
       },
       true},
      {Method::get, "/state", [&, started](const Query&) { return show_state(gateway, control, started); }},
      {Method::get, "/metrics", [&](const Query&) { return show_metrics(gateway, control); }},
      {Method::get, "/log", [](const Query&) { return show_level(); }},
      {Method::post, "/log", set_level},
      {Method::post, "/reload", [&](const Query&) { return reload(gateway, control); }, false, true},
  };
}

}  // namespace parley::gateway::admin
