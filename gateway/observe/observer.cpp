// Adds up the workers' counters for each scrape.
#include "gateway/observe/observer.hpp"

#include <algorithm>

#include "gateway/observe/build.hpp"
#include "gateway/observe/error_names.hpp"
#include "gateway/observe/event_log.hpp"
#include "gateway/observe/exposition.hpp"
#include "gateway/observe/process.hpp"

namespace parley::gateway::observe {
namespace {

using Kind = Exposition::Kind;

double number(std::uint64_t value) noexcept { return static_cast<double>(value); }

/// The sum of a counter over all workers.
template <class Pick>
std::uint64_t total(Series& series, Pick pick) {
  std::uint64_t sum = 0;
  for (std::size_t worker = 0; worker < series.workers(); ++worker) sum += pick(series.of(worker)).value();
  return sum;
}

std::uint64_t answers(Series& series) {
  std::uint64_t sum = 0;
  for (std::size_t slot = 0; slot < counted_statuses.size(); ++slot) {
    sum += total(series, [slot](Tally& tally) -> Counter& { return tally.answers[slot]; });
  }
  return sum;
}

/// The labels that identify a series, and one more.
std::array<Label, 4> labels_of(const Series& series, Label last) {
  return {{{"route", series.route}, {"style", series.style}, {"operation", series.operation}, last}};
}

void expose_requests(const List<Series*>& all, Exposition& out) {
  out.family("parley_requests_total", Kind::counter,
             "Requests that were answered; status 0 stands for all statuses that are not listed.");
  for (Series* series : all) {
    for (std::size_t slot = 0; slot < counted_statuses.size(); ++slot) {
      const std::uint64_t count = total(*series, [slot](Tally& tally) -> Counter& { return tally.answers[slot]; });
      const String status = std::to_string(counted_statuses[slot]);
      if (count != 0) out.sample(labels_of(*series, {"status", status}), number(count));
    }
  }
  out.family("parley_errors_total", Kind::counter,
             "Requests that were refused or failed, by the code of the logs, whatever their status.");
  for (Series* series : all) {
    for (std::size_t code = 0; code < code_count; ++code) {
      const std::uint64_t count = total(*series, [code](Tally& tally) -> Counter& { return tally.errors[code]; });
      if (count != 0) out.sample(labels_of(*series, {"error", code_names[code]}), number(count));
    }
  }
  out.family("parley_request_seconds", Kind::histogram,
             "From the first byte of a request to its ready answer, not yet written.");
  for (Series* series : all) {
    std::uint64_t count = 0;
    for (std::size_t slot = 0; slot <= latency_bounds.size(); ++slot) {
      count += total(*series, [slot](Tally& tally) -> Counter& { return tally.latencies[slot]; });
      const String bound = slot == latency_bounds.size() ? "+Inf" : number_text(latency_bounds[slot] / 1e6);
      out.sample("_bucket", labels_of(*series, {"le", bound}), number(count));
    }
    const auto labels = labels_of(*series, {});
    const std::uint64_t sum = total(*series, [](Tally& tally) -> Counter& { return tally.microseconds; });
    out.sample("_sum", std::span(labels).first(3), number(sum) / 1e6);
    out.sample("_count", std::span(labels).first(3), number(count));
  }
}

void expose_bytes(const List<Series*>& all, std::string_view name, std::string_view about, Counter Tally::*which,
                  Exposition& out) {
  out.family(name, Kind::counter, about);
  for (Series* series : all) {
    const auto labels = labels_of(*series, {});
    const std::uint64_t sum = total(*series, [which](Tally& tally) -> Counter& { return tally.*which; });
    out.sample(std::span(labels).first(3), number(sum));
  }
}

void expose_workers(const List<std::shared_ptr<Shard>>& shards, Exposition& out) {
  const auto sum = [&shards](Counter WorkerCounters::*which) {
    std::uint64_t all = 0;
    for (const std::shared_ptr<Shard>& shard : shards) all += (shard->counters.*which).value();
    return all;
  };
  // Read first: a connection that closes meanwhile was accepted.
  const std::uint64_t closed = sum(&WorkerCounters::connections_closed);
  const std::uint64_t accepted = sum(&WorkerCounters::connections_accepted);
  out.family("parley_connections", Kind::gauge, "Connections of clients that are open.");
  out.sample(number(accepted - std::min(closed, accepted)));
  out.family("parley_connections_accepted_total", Kind::counter, "Connections of clients that were accepted.");
  out.sample(number(accepted));
  out.family("parley_connections_refused_total", Kind::counter, "Connections closed at once, as there were too many.");
  out.sample(number(sum(&WorkerCounters::connections_refused)));
  out.family("parley_requests_refused_total", Kind::counter, "Requests that a limit refused.");
  const Label overload[] = {{"reason", "overload"}};
  const Label rate_limit[] = {{"reason", "rate_limit"}};
  out.sample(overload, number(sum(&WorkerCounters::requests_refused_overload)));
  out.sample(rate_limit, number(sum(&WorkerCounters::requests_rate_limited)));
  const Label answer_size[] = {{"reason", "answer_size"}};
  out.sample(answer_size, number(sum(&WorkerCounters::answers_too_large)));
  out.family("parley_tls_handshakes_failed_total", Kind::counter,
             "TLS handshakes that clients began and that failed or took too long.");
  out.sample(number(sum(&WorkerCounters::tls_handshakes_failed)));
  out.family("parley_tls_plain_http_total", Kind::counter, "Requests that came as plain HTTP to a listener with TLS.");
  out.sample(number(sum(&WorkerCounters::tls_plain_http)));
  out.family("parley_logins_failed_total", Kind::counter, "Logins of clients whose credentials were wrong.");
  out.sample(number(sum(&WorkerCounters::logins_failed)));
  out.family("parley_credentials_refused_total", Kind::counter,
             "Requests whose token or other credentials were missing or wrong; logins are counted apart.");
  out.sample(number(sum(&WorkerCounters::credentials_refused)));
  out.family("parley_client_timeouts_total", Kind::counter, "Connections that ended because the client was too slow.");
  out.sample(number(sum(&WorkerCounters::timeouts)));
}

void expose_losses(const LossNames& names, const List<std::shared_ptr<Shard>>& shards, Exposition& out) {
  out.family("parley_loss_total", Kind::counter,
             "Answers and writes that could not carry a field; what only one vendor has is counted by its document.");
  for (std::size_t field = 0; field < names.size(); ++field) {
    std::uint64_t sum = 0;
    for (const std::shared_ptr<Shard>& shard : shards) sum += shard->losses.value(field);
    const Label label[] = {{"field", names.name(field)}};
    if (sum != 0 || field == 0) out.sample(label, number(sum));
  }
}

void expose_losses_of_routes(const LossNames& names, const List<Series*>& all, Exposition& out) {
  out.family("parley_route_losses_total", Kind::counter, "Answers and writes that could not carry a field, by route.");
  for (Series* series : all) {
    if (series->losses_of(0) == nullptr) continue;
    for (std::size_t field = 0; field < names.size(); ++field) {
      std::uint64_t sum = 0;
      for (std::size_t worker = 0; worker < series->workers(); ++worker) {
        sum += (*series->losses_of(worker))[field].value();
      }
      const Label labels[] = {{"route", series->route}, {"style", series->style}, {"field", names.name(field)}};
      if (sum != 0) out.sample(labels, number(sum));
    }
  }
}

/// Prometheus wants all samples of a family together, so figures are grouped by name, not by backend.
void expose_backends(std::span<const Measured> backends, Exposition& out) {
  List<std::string_view> done;
  for (const Measured& first : backends) {
    for (const contract::Figure& figure : first.figures) {
      if (std::find(done.begin(), done.end(), figure.name) != done.end()) continue;
      done.push_back(figure.name);
      const String name = "parley_" + String(figure.name);
      out.family(name, figure.name.ends_with("_total") ? Kind::counter : Kind::gauge, figure.about);
      for (const Measured& measured : backends) {
        for (const contract::Figure& one : measured.figures) {
          if (one.name != figure.name) continue;
          const Label labels[] = {{"backend", measured.backend}, {one.label, one.word}};
          out.sample(std::span(labels).first(one.label.empty() ? 1 : 2), one.value);
        }
      }
    }
  }
}

void expose_durations(const String& backend, const contract::Timing& timing, Exposition& out) {
  const contract::Durations& durations = timing.durations;
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < durations.slots; ++i) {
    count += durations.counts[i];
    const bool last = i == durations.bounds.size();
    const String bound = last ? "+Inf" : number_text(durations.bounds[i] / 1e3);
    const Label labels[] = {{"backend", backend}, {timing.label, timing.word}, {"le", bound}};
    out.sample("_bucket", labels, number(count));
  }
  const Label labels[] = {{"backend", backend}, {timing.label, timing.word}};
  out.sample("_sum", labels, std::chrono::duration<double>(durations.sum).count());
  out.sample("_count", labels, number(count));
}

void expose_timings(std::span<const Measured> backends, Exposition& out) {
  List<std::string_view> done;
  for (const Measured& first : backends) {
    for (const contract::Timing& timing : first.timings) {
      if (std::find(done.begin(), done.end(), timing.name) != done.end()) continue;
      done.push_back(timing.name);
      const String name = "parley_" + String(timing.name);
      out.family(name, Kind::histogram, timing.about);
      for (const Measured& measured : backends) {
        for (const contract::Timing& one : measured.timings) {
          if (one.name == timing.name) expose_durations(measured.backend, one, out);
        }
      }
    }
  }
}

void expose_process(Exposition& out) {
  const ProcessFigures figures = measure_process();
  const auto one = [&out](std::string_view name, Kind kind, std::string_view about, double value) {
    out.family(name, kind, about);
    out.sample(value);
  };
  one("process_cpu_seconds_total", Kind::counter, "Processor time of all threads.", figures.cpu_seconds);
  one("process_open_fds", Kind::gauge, "Open file descriptors.", number(figures.open_descriptors));
  one("process_max_fds", Kind::gauge, "Most file descriptors that may be open.", number(figures.most_descriptors));
  one("process_resident_memory_bytes", Kind::gauge, "Memory in RAM.", number(figures.resident_bytes));
  one("process_virtual_memory_bytes", Kind::gauge, "Memory that is mapped.", number(figures.virtual_bytes));
  one("process_start_time_seconds", Kind::gauge, "When the process started, since 1970.", figures.started);
  one("process_threads", Kind::gauge, "Threads.", number(figures.threads));
}

}  // namespace

Observer::Observer(std::size_t workers) : series_(workers) {
  Series& unrouted = series_.named("", "", "");
  for (std::size_t i = 0; i < workers; ++i) {
    shards_.push_back(std::make_shared<Shard>(i, losses_, access_, unrouted));
  }
}

String Observer::expose(std::span<const Measured> backends, const Standing& standing) const {
  Exposition out;
  const auto one = [&out](std::string_view name, Kind kind, std::string_view about, double value) {
    out.family(name, kind, about);
    out.sample(value);
  };
  out.family("parley_build_info", Kind::gauge, "Always 1; the labels say which program runs.");
  const Label program[] = {{"version", PARLEY_VERSION}, {"commit", commit()}};
  out.sample(program, 1);

  const List<Series*> all = series_.all();
  List<Series*> used = all;
  std::erase_if(used, [](Series* series) { return answers(*series) == 0; });
  expose_requests(used, out);
  expose_bytes(used, "parley_request_bytes_total", "Bytes of requests: heads, and bodies that were read.",
               &Tally::received, out);
  expose_bytes(used, "parley_response_bytes_total", "Bytes of answers, heads and bodies.", &Tally::sent, out);
  expose_losses(*losses_, shards_, out);
  expose_losses_of_routes(*losses_, all, out);
  expose_workers(shards_, out);
  expose_standing(standing, out);
  expose_backends(backends, out);
  expose_timings(backends, out);

  const Label good[] = {{"outcome", "good"}};
  const Label failed[] = {{"outcome", "failed"}};
  out.family("parley_reloads_total", Kind::counter, "Reloads of the configuration; a failed one changes nothing.");
  out.sample(good, number(reloads.load(std::memory_order_relaxed)));
  out.sample(failed, number(reloads_failed.load(std::memory_order_relaxed)));
  one("parley_revision", Kind::gauge, "Of the configuration that is served, counted from 1.",
      number(revision.load(std::memory_order_relaxed)));

  const Label access[] = {{"log", "access"}};
  const Label events[] = {{"log", "events"}};
  out.family("parley_log_lines_dropped_total", Kind::counter,
             "Log lines lost because they came faster than they could be written.");
  out.sample(access, number(access_->dropped()));
  out.sample(events, number(EventLog::dropped()));
  expose_process(out);
  return std::move(out).take();
}

}  // namespace parley::gateway::observe
