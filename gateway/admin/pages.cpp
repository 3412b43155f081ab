// The pages about the gateway itself.
#include "gateway/admin/pages.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "gateway/admin/standing.hpp"
#include "gateway/observe/event_log.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::admin {
namespace {

using gateway::Control;
using gateway::Gateway;
using gateway::State;
using shape::Writer;
using Clock = std::chrono::system_clock;

/// ISO-8601, or null for the epoch.
void write_time(Writer& writer, std::string_view key, Clock::time_point time) {
  writer.key(key);
  const auto moment = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
  writer.iso(moment == 0 ? Time{} : Time::at(moment));
}

void write_text(Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  writer.string(text);
}

void write_number(Writer& writer, std::string_view key, double value) {
  writer.key(key);
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return writer.null();
  writer.raw({text.data(), static_cast<std::size_t>(end - text.data())});
}

void write_count(Writer& writer, std::string_view key, std::size_t count) {
  writer.key(key);
  writer.integer(static_cast<std::int64_t>(count));
}

void write_texts(Writer& writer, std::string_view key, const List<String>& texts) {
  writer.key(key);
  writer.begin_array();
  for (const String& text : texts) writer.string(text);
  writer.end_array();
}

void write_reloads(Writer& writer, const observe::Observer& observer, const gateway::LastReload& last) {
  writer.key("reloads");
  writer.begin_object();
  write_count(writer, "good", observer.reloads);
  write_count(writer, "failed", observer.reloads_failed);
  write_time(writer, "last", last.at);
  write_texts(writer, "faults", last.faults);
  writer.end_object();
}

void write_listener(Writer& writer, const gateway::Bound& bound) {
  writer.begin_object();
  write_text(writer, "address", bound.endpoint.text());
  writer.key("tls");
  writer.boolean(bound.endpoint.tls.has_value());
  if (bound.certificate_ends) write_time(writer, "certificate_ends", *bound.certificate_ends);
  write_texts(writer, "routes", bound.routes);
  writer.end_object();
}

void write_route(Writer& writer, const config::Route& route, const gateway::Mount& mount) {
  writer.begin_object();
  write_text(writer, "name", route.name);
  write_text(writer, "facade", route.facade);
  write_text(writer, "host", route.host);
  write_text(writer, "prefix", route.prefix);
  write_text(writer, "emit", route.emit);
  write_text(writer, "backend", route.backend);
  write_count(writer, "endpoints", mount.endpoints.size());
  std::size_t unsupported = 0;
  for (const gateway::MountedEndpoint& endpoint : mount.endpoints) unsupported += endpoint.unsupported.empty() ? 0 : 1;
  write_count(writer, "unsupported", unsupported);
  writer.end_object();
}

void write_backend(Writer& writer, const config::Backend& settings, const adapters::Backend& backend) {
  writer.begin_object();
  write_text(writer, "name", settings.name);
  write_text(writer, "kind", settings.kind);
  writer.key("figures");
  writer.begin_object();
  List<adapters::Figure> figures;
  backend.measure(figures);
  for (const adapters::Figure& figure : figures) {
    String name(figure.name);
    if (!figure.label.empty()) name.append("{").append(figure.label).append("=").append(figure.word).append("}");
    write_number(writer, name, figure.value);
  }
  writer.end_object();
  writer.end_object();
}

Answer show_state(const Gateway& gateway, const Control& control, Clock::time_point started) {
  const State state = gateway.state();
  Buffer out;
  Writer writer(out);
  writer.begin_object();
  write_text(writer, "version", PARLEY_VERSION);
  write_time(writer, "started", started);
  write_count(writer, "uptime_seconds", static_cast<std::size_t>((Clock::now() - started) / std::chrono::seconds(1)));
  writer.key("draining");
  writer.boolean(control.draining());
  write_count(writer, "revision", state.revision->number);
  write_time(writer, "since", state.since);
  write_reloads(writer, gateway.observer(), control.last_reload());
  write_text(writer, "log_level", observe::name_of(observe::level()));
  writer.key("listeners");
  writer.begin_array();
  for (const gateway::Bound& bound : state.listeners) write_listener(writer, bound);
  writer.end_array();
  writer.key("routes");
  writer.begin_array();
  const auto& mounts = state.revision->router->mounts();
  for (std::size_t i = 0; i < mounts.size(); ++i) write_route(writer, state.settings.routes[i], *mounts[i]);
  writer.end_array();
  writer.key("backends");
  writer.begin_array();
  for (std::size_t i = 0; i < state.backends.size(); ++i) {
    write_backend(writer, state.settings.backends[i], *state.backends[i]);
  }
  writer.end_array();
  writer.end_object();
  writer.finish();
  out.append('\n');
  return {.type = "application/json; charset=utf-8", .body = String(out.view())};
}

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
  using adapters::Method;
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

}  // namespace parley::admin
