// Starts and stops the gateway. reload.cpp loads its configuration, the first one as well as later ones.
#include "gateway/runtime/gateway.hpp"

#include <algorithm>

#include "gateway/runtime/gateway_state.hpp"
#include "gateway/runtime/mounting.hpp"

namespace parley::gateway::runtime {
namespace {

constexpr std::chrono::milliseconds least_patience{1000};

}  // namespace

Gateway::Gateway(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {}

Result<std::unique_ptr<Gateway>> Gateway::open(const config::Settings& settings, Adapters adapters,
                                               List<Activated> activated, config::Faults* found) {
  std::unique_ptr<Gateway> gateway(new Gateway(std::make_unique<Parts>()));
  gateway->parts_->adapters = adapters;
  gateway->parts_->activated = std::move(activated);
  const config::Faults faults = gateway->reload(settings);
  if (found != nullptr) *found = faults;
  if (!faults.empty()) return Error{.code = Code::unavailable, .message = faults.front().what};
  return gateway;
}

Gateway::~Gateway() {
  stop();
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->drop_sessions();
  parts_->backends.clear();
  parts_->disposer.finish();
  parts_->workers.clear();
}

State Gateway::state() const {
  const std::lock_guard lock(parts_->shown);
  State state{parts_->settings, parts_->revision, parts_->backends, {}, parts_->since, parts_->workers.size()};
  for (const Listener& listener : parts_->listeners) {
    if (!listener.open) continue;
    Bound& bound = state.listeners.emplace_back();
    bound.endpoint = listener.bound;
    bound.endpoint.tls = listener.configured.tls;  // a reload may have changed the files
    if (listener.tls != nullptr) bound.certificate_ends = listener.tls->expires();
    for (const config::Route& route : state.settings.routes) {
      if (serves(state.settings, route, listener.configured)) bound.routes.push_back(route.name);
    }
  }
  return state;
}

List<Bound> Gateway::listeners() const { return state().listeners; }

Gateway::Held Gateway::held() const noexcept {
  Held held;
  for (const std::unique_ptr<Worker>& worker : parts_->workers) {
    held.in_flight += worker->in_flight();
    held.queued += worker->queued();
  }
  held.memory = parts_->totals.memory.used();
  return held;
}

observe::Observer& Gateway::observer() const noexcept { return *parts_->observer; }

void Gateway::start() {
  const std::lock_guard lock(parts_->changing);
  parts_->started = true;
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->start();
}

void Gateway::stop(std::optional<std::chrono::milliseconds> grace) {
  // Sets the deadline first, without the lock: a reload may hold it while it waits for a worker that does not answer.
  const std::chrono::milliseconds patience = grace.value_or(parts_->grace());
  const auto deadline = WorkerCall::Clock::now() + patience;
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->set_deadline(deadline);
  const std::lock_guard lock(parts_->changing);
  if (!parts_->started || parts_->stopped) return;
  parts_->stopped = true;
  // A slow reload must not use up the time of the requests in flight.
  const auto least = WorkerCall::Clock::now() + std::min(patience, least_patience);
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->set_deadline(std::max(deadline, least));
  // Closes the sockets first, so that another process can use the addresses while requests finish.
  bool all = parts_->on_all([](Worker& worker, std::size_t) { worker.close_all(); });
  parts_->activated.clear();
  all = parts_->on_all([](Worker& worker, std::size_t) { worker.stop(); }) && all;
  for (const std::unique_ptr<Worker>& worker : parts_->workers) all = worker->wait_for_end() && all;
  if (!all) {
    for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->abandon();
  }
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->join();
}

}  // namespace parley::gateway::runtime
