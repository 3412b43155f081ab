// Loads a configuration into a gateway, the first one or a later one. Everything that can fail is done first; then all workers
// switch.
#include <algorithm>

#include "config/places.hpp"
#include "gateway/pipeline/via.hpp"
#include "gateway/runtime/backend_identity.hpp"
#include "gateway/runtime/gateway_state.hpp"
#include "gateway/runtime/mounting.hpp"
#include "gateway/runtime/try_out.hpp"

namespace parley::gateway::runtime {
namespace {

constexpr std::string_view restart = ": needs a restart";

std::size_t workers_of(const config::Settings& settings) {
  const std::int64_t cores = std::max(1U, std::thread::hardware_concurrency());
  return static_cast<std::size_t>(settings.server.workers > 0 ? settings.server.workers : cores);
}

void check_workers(const config::Settings& next, std::size_t workers, config::Faults& faults) {
  const std::size_t wanted = workers_of(next);
  if (wanted == workers) return;
  faults.push_back({config::place_of(next, "server.workers"), "server.workers",
                    std::to_string(wanted) + " instead of " + std::to_string(workers) + String(restart)});
}

void check_admin(const config::Settings& before, const config::Settings& next, config::Faults& faults) {
  const auto text = [](const config::Admin& admin) { return admin.listen ? admin.listen->text() : String("none"); };
  if (text(before.admin) == text(next.admin)) return;
  faults.push_back({next.admin.listen ? next.admin.listen->mark : next.admin.mark, "admin.listen",
                    text(next.admin) + " instead of " + text(before.admin) + String(restart)});
}

/// For each backend of `next`, the index of the same backend in `before`, or `before.size()`.
List<std::size_t> find_kept(const List<config::Backend>& before, const List<config::Backend>& next, Adapters adapters,
                            config::Faults& faults) {
  List<std::size_t> kept(next.size(), before.size());
  List<bool> taken(before.size(), false);
  // Matches by name first, so that of two equal backends each keeps its own.
  for (const bool by_name : {true, false}) {
    for (std::size_t i = 0; i < next.size(); ++i) {
      for (std::size_t k = 0; k < before.size() && kept[i] == before.size(); ++k) {
        if (taken[k] || !same(before[k], next[i]) || (by_name && before[k].name != next[i].name)) continue;
        kept[i] = k;
        taken[k] = true;
      }
    }
  }
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (kept[i] != before.size()) continue;
    for (const config::Backend& other : before) {
      const std::optional<contract::BackendFile> store = same_store(other, next[i], adapters);
      if (!store) continue;
      faults.push_back({next[i].mark, "backends." + next[i].name,
                        "the store " + store->path + " is open with other settings" + String(restart)});
      break;
    }
  }
  return kept;
}

}  // namespace

config::Faults Gateway::Parts::change(const config::Settings& next) {
  config::Faults faults;
  if (workers.empty()) {
    observer = std::make_unique<observe::Observer>(workers_of(next));
    totals.workers = workers_of(next);
    totals.hop = pipeline::make_hop();
    for (std::size_t i = 0; i < workers_of(next); ++i) {
      workers.push_back(std::make_unique<Worker>(totals));
      workers.back()->observe(observer->shard(i));
    }
    for (const std::unique_ptr<Worker>& worker : workers) worker->set_peers(workers);
  } else {
    check_workers(next, workers.size(), faults);
    check_admin(settings, next, faults);
  }
  // Binds addresses before it opens backends: a second gateway on the same port and store must not touch the store.
  ListenerChanges changes = change_listeners(next, listeners, activated, workers.size(), faults);
  const List<std::size_t> kept = find_kept(settings.backends, next.backends, adapters, faults);
  disposer.settle();  // a backend that was just released may still have the file open
  Backends opened;
  for (std::size_t i = 0; faults.empty() && i < next.backends.size(); ++i) {
    if (kept[i] < backends.size()) {
      opened.push_back(backends[kept[i]]);
      continue;
    }
    Result<std::shared_ptr<contract::Backend>> backend = open_backend(next.backends[i], adapters, disposer);
    if (backend) {
      opened.push_back(std::move(*backend));
    } else {
      faults.push_back(backend_fault(next, next.backends[i], backend.error()));
    }
  }
  Result<observe::LineFile::Opened> log = observe::LineFile::Opened{};
  if (faults.empty()) log = observer->access().open(next.log.access);
  if (!log) faults.push_back(log_fault(next, log.error()));
  if (!faults.empty()) return faults;

  const std::uint64_t number = revision ? revision->number + 1 : 1;
  const auto made = make_revision(next, adapters, changes.after, number, *observer, revision.get());
  config::Settings copy = next;
  std::atomic<bool> prepared = true;
  const auto prepare = [&](Worker& worker, std::size_t number) {
    bool good = worker.prepare(made, opened);
    for (ListenerChanges::Added& one : changes.added) {
      const auto& tls = changes.after[one.number].tls;
      good = good && worker.prepare(one.number, std::move(one.sockets[number]), tls);
    }
    if (!good) prepared = false;
  };
  const config::Faults stopping = {{{}, "", "the gateway is stopping"}};
  const bool reached = on_all(prepare);
  if (!reached || !prepared) {
    on_all([](Worker& worker, std::size_t) { worker.drop_prepared(); });
    return reached ? config::Faults{{{}, "", "no descriptors or memory left"}} : stopping;
  }
  // From here on nothing fails, unless the gateway stops.
  observer->access().adopt(*std::move(log));
  // One worker may accept a connection and another serve it. So no worker may accept for a listener that another worker does
  // not know any more, or not yet: each step is done by all workers before the next.
  const auto close = [&](Worker& worker, std::size_t) {
    for (const std::size_t listener : changes.removed) worker.close(listener);
  };
  if (!on_all(close)) return stopping;
  if (!on_all([](Worker& worker, std::size_t) { worker.commit(); })) return stopping;
  for (const ListenerChanges::Renewed& one : changes.renewed) one.shown->adopt(*one.next);
  if (!on_all([](Worker& worker, std::size_t) { worker.listen(); })) return stopping;

  const std::lock_guard lock(shown);
  settings = std::move(copy);
  listeners = std::move(changes.after);
  std::swap(backends, opened);  // unused backends end after their last request
  revision = made;
  since = std::chrono::system_clock::now();
  observer->revision = number;
  return {};
}

config::Faults Gateway::reload(const config::Settings& settings) {
  const std::lock_guard lock(parts_->changing);
  if (parts_->stopped) return {{{}, "", "the gateway is stopping"}};
  return parts_->change(settings);
}

}  // namespace parley::gateway::runtime
