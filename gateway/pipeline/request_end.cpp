// Turns an exchange into counts and a line of the access log.
#include "gateway/pipeline/request_end.hpp"

#include "gateway/observe/error_names.hpp"

namespace parley::gateway::pipeline {
namespace {

using observe::Series;
using observe::Shard;

Series* series_of(const route::Found& found, const Shard& shard) noexcept {
  if (found.endpoint != nullptr) return found.endpoint->series;
  return found.mount != nullptr ? found.mount->missed : shard.unrouted;
}

bool is_login(const route::Found& found) noexcept {
  return found.endpoint != nullptr && route::is_login(*found.endpoint->endpoint);
}

void log(Exchange& x, Shard& shard, std::uint64_t received, std::uint64_t sent) {
  if (x.trace.empty()) x.trace = shard.tracer.child(observe::find_traceparent(x.request.headers), true);
  observe::Entry entry{.time = Time::now(),
                       .method = name_of(x.request.method),
                       .status = x.reply.status,
                       .received = received,
                       .sent = sent,
                       .timer = &x.timer,
                       .trace = x.trace.id(),
                       .span = x.trace.span(),
                       .principal = x.principal,
                       .client = x.request.peer,
                       .agent = x.request.header("User-Agent").value_or(""),
                       .listener = x.view.revision->address(x.listener),
                       .tls = x.tls,
                       .request_id = x.request_id,
                       .losses = &x.reply.losses};
  if (const route::Mount* mount = x.found.mount; mount != nullptr) {
    entry.route = mount->name;
    entry.style = mount->style;
    if (x.upstream.calls != 0) entry.backend = mount->backend_name;
  }
  if (x.found.endpoint != nullptr) {
    entry.operation = x.found.endpoint->endpoint->what();
    entry.endpoint = x.found.endpoint->endpoint->pattern;
  }
  if (x.refused) entry.error = observe::name_of(*x.refused);
  entry.calls = x.upstream.calls;
  entry.call_microseconds = static_cast<std::uint64_t>(x.upstream.time.count());
  shard.access.add(entry);
}

}  // namespace

void note_end(Exchange& x, std::uint64_t received, std::uint64_t sent) {
  Shard& shard = x.shard();
  const observe::StageTimer::Moment now = x.timer.end();
  if (Series* series = series_of(x.found, shard); series != nullptr) {
    series->of(shard.worker)
        .count({.status = x.reply.status,
                .error = x.refused,
                .microseconds = x.timer.microseconds(),
                .received = received,
                .sent = sent});
  }
  if (x.refused == Code::unauthorized && !is_login(x.found)) shard.counters.credentials_refused.add();
  if (!x.reply.losses.empty()) {
    Series* route = x.found.mount != nullptr ? x.found.mount->missed : nullptr;
    shard.losses.count(x.reply.losses, route != nullptr ? route->losses_of(shard.worker) : nullptr);
  }
  if (shard.access.wanted()) log(x, shard, received, sent);
  x.timer.begin(now);
}

}  // namespace parley::gateway::pipeline
