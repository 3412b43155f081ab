// Writes /state from the configuration in use. Settings hold secrets, so they are written member by member.
#include "gateway/admin/state.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "config/tables.hpp"
#include "gateway/observe/build.hpp"
#include "gateway/observe/event_log.hpp"
#include "gateway/observe/json_text.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::admin {
namespace {

using runtime::Control;
using runtime::Gateway;
using runtime::State;
using shape::Writer;
using Clock = std::chrono::system_clock;

constexpr std::size_t longest_text = 4096;

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

void write_reloads(Writer& writer, const observe::Observer& observer, const runtime::LastReload& last) {
  writer.key("reloads");
  writer.begin_object();
  write_count(writer, "good", observer.reloads);
  write_count(writer, "failed", observer.reloads_failed);
  write_time(writer, "last", last.at);
  write_texts(writer, "faults", last.faults);
  writer.end_object();
}

void write_listener(Writer& writer, const runtime::Bound& bound) {
  writer.begin_object();
  write_text(writer, "address", bound.endpoint.text());
  writer.key("tls");
  writer.boolean(bound.endpoint.tls.has_value());
  if (bound.certificate_ends) write_time(writer, "certificate_ends", *bound.certificate_ends);
  write_texts(writer, "routes", bound.routes);
  writer.end_object();
}

void write_route(Writer& writer, const config::Route& route, const route::Mount& mount) {
  writer.begin_object();
  write_text(writer, "name", route.name);
  write_text(writer, "facade", route.facade);
  write_text(writer, "host", route.host);
  write_text(writer, "prefix", route.prefix);
  write_text(writer, "emit", route.emit);
  write_text(writer, "backend", route.backend);
  write_count(writer, "endpoints", mount.endpoints.size());
  std::size_t unsupported = 0;
  for (const route::MountedEndpoint& endpoint : mount.endpoints) unsupported += endpoint.unsupported.empty() ? 0 : 1;
  write_count(writer, "unsupported", unsupported);
  writer.end_object();
}

void write_quota(Writer& writer, const contract::UpstreamStatus& upstream) {
  writer.key("quota");
  if (upstream.quota_calls == 0) return writer.null();
  writer.begin_object();
  write_count(writer, "calls", static_cast<std::size_t>(upstream.quota_calls));
  write_number(writer, "seconds", std::chrono::duration<double>(upstream.quota_per).count());
  writer.end_object();
}

void write_upstream(Writer& writer, std::string_view backend, const contract::UpstreamStatus& upstream) {
  writer.begin_object();
  write_text(writer, "host", upstream.server);
  writer.key("tls");
  writer.boolean(upstream.secure);
  write_text(writer, "breaker", name_of(upstream.breaker));
  write_time(writer, "since", upstream.since);
  write_quota(writer, upstream);
  writer.key("last_error");
  if (const auto trouble = observe::last_trouble(backend, upstream.server)) {
    writer.begin_object();
    writer.key("at");
    writer.iso(trouble->at);
    observe::put_text(writer, "\"text\":", trouble->text, longest_text);
    writer.end_object();
  } else {
    writer.null();
  }
  writer.end_object();
}

void write_file(Writer& writer, const runtime::ConfigurationFile& file) {
  writer.key("configuration");
  writer.begin_object();
  observe::put_text(writer, "\"file\":", file.path, longest_text);
  write_text(writer, "sha256", file.sha256);
  writer.end_object();
}

void write_backend(Writer& writer, const config::Backend& settings, const contract::Backend& backend) {
  writer.begin_object();
  write_text(writer, "name", settings.name);
  write_text(writer, "kind", settings.kind);
  writer.key("figures");
  writer.begin_object();
  List<contract::Figure> figures;
  backend.measure(figures);
  for (const contract::Figure& figure : figures) {
    String name(figure.name);
    if (!figure.label.empty()) name.append("{").append(figure.label).append("=").append(figure.word).append("}");
    write_number(writer, name, figure.value);
  }
  writer.end_object();
  List<contract::UpstreamStatus> upstreams;
  backend.describe(upstreams);
  writer.key("upstreams");
  writer.begin_array();
  for (const contract::UpstreamStatus& upstream : upstreams) write_upstream(writer, settings.name, upstream);
  writer.end_array();
  writer.end_object();
}

}  // namespace

Answer show_state(const Gateway& gateway, const Control& control, Clock::time_point started) {
  const State state = gateway.state();
  Buffer out;
  Writer writer(out);
  writer.begin_object();
  write_text(writer, "version", PARLEY_VERSION);
  write_text(writer, "commit", observe::commit());
  write_time(writer, "started", started);
  write_count(writer, "uptime_seconds", static_cast<std::size_t>((Clock::now() - started) / std::chrono::seconds(1)));
  writer.key("draining");
  writer.boolean(control.draining());
  write_count(writer, "revision", state.revision->number);
  write_time(writer, "since", state.since);
  write_file(writer, control.file());
  write_reloads(writer, gateway.observer(), control.last_reload());
  write_count(writer, "workers", state.workers);
  writer.key("limits");
  shape::write_object(shape::view<config::limits>, &state.settings.server.limits, writer);
  write_text(writer, "log_level", observe::name_of(observe::level()));
  writer.key("listeners");
  writer.begin_array();
  for (const runtime::Bound& bound : state.listeners) write_listener(writer, bound);
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

}  // namespace parley::gateway::admin
