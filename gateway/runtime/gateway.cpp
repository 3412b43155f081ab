// The running gateway.
#include "gateway/runtime/gateway.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "gateway/runtime/plan.hpp"
#include "gateway/runtime/worker.hpp"

namespace parley::gateway {

/// In the order in which they are made; lanes go before backends (see ~Gateway).
struct Gateway::Parts {
  List<std::unique_ptr<adapters::Backend>> backends;
  std::unique_ptr<Router> router;
  List<std::unique_ptr<Worker>> workers;
  List<Bound> bound;
  bool started = false;
  bool stopped = false;
};

namespace {

using Backends = List<std::unique_ptr<adapters::Backend>>;

Result<Backends> open_backends(const config::Settings& settings, Adapters adapters) {
  Backends backends;
  for (const config::Backend& one : settings.backends) {
    Result<std::unique_ptr<adapters::Backend>> opened = find_adapter(adapters, one.kind)->open_backend(one);
    if (!opened) {
      Error error = std::move(opened).error();
      error.message = "backend " + one.name + ": " + error.message;
      if (!error.detail.empty()) error.message += ": " + error.detail;
      return error;
    }
    if (one.demo && (*opened)->empty()) {
      adapters::Records records;
      for (const adapters::Adapter* adapter : adapters) {
        if (adapter->demo != nullptr) adapter->demo(records);
      }
      if (Result<void> loaded = (*opened)->load(records); !loaded) {
        Error error = std::move(loaded).error();
        error.message = "backend " + one.name + ": cannot load the demo records: " + error.message;
        return error;
      }
    }
    backends.push_back(std::move(*opened));
  }
  return backends;
}

}  // namespace

Gateway::Gateway(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {}

Result<std::unique_ptr<Gateway>> Gateway::open(const config::Settings& settings, Adapters adapters) {
  auto parts = std::make_unique<Parts>();
  const std::int64_t cores = std::max(1U, std::thread::hardware_concurrency());
  const auto workers = static_cast<std::size_t>(settings.server.workers > 0 ? settings.server.workers : cores);

  // Addresses first: a second gateway on the same store and port must not touch the store.
  List<config::Endpoint> listeners = listeners_of(settings);
  List<List<Descriptor>> sockets;
  for (config::Endpoint& listener : listeners) {
    Bound& bound = parts->bound.emplace_back();
    for (const config::Route& route : settings.routes) {
      if (serves(settings, route, listener)) bound.routes.push_back(route.name);
    }
    bound.endpoint = listener;
    Result<List<Descriptor>> listening = listen_on(bound.endpoint, workers);
    if (!listening) return std::move(listening).error();
    sockets.push_back(std::move(*listening));
  }

  Result<Backends> backends = open_backends(settings, adapters);
  if (!backends) return std::move(backends).error();
  parts->backends = std::move(*backends);

  List<std::unique_ptr<Mount>> mounts;
  List<List<std::size_t>> served(listeners.size());
  for (std::size_t i = 0; i < settings.routes.size(); ++i) {
    std::unique_ptr<Mount> mount = make_mount(settings, settings.routes[i], adapters);
    for (MountedEndpoint& endpoint : mount->endpoints) {
      const std::string_view why = parts->backends[mount->backend]->unsupported(endpoint.endpoint->operation);
      if (!why.empty()) endpoint.unsupported = why;
    }
    mounts.push_back(std::move(mount));
    for (std::size_t k = 0; k < listeners.size(); ++k) {
      if (serves(settings, settings.routes[i], listeners[k])) served[k].push_back(i);
    }
  }
  parts->router = std::make_unique<Router>(std::move(mounts), served);

  for (std::size_t i = 0; i < workers; ++i) {
    Worker& worker = *parts->workers.emplace_back(std::make_unique<Worker>(*parts->router, settings.server.limits));
    for (const std::unique_ptr<adapters::Backend>& backend : parts->backends) worker.open_lane(*backend);
    for (List<Descriptor>& listener : sockets) worker.add_listener(std::move(listener[i]));
  }
  for (const std::unique_ptr<Worker>& worker : parts->workers) worker->set_peers(parts->workers);
  return std::unique_ptr<Gateway>(new Gateway(std::move(parts)));
}

Gateway::~Gateway() {
  stop();
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->drop_lanes();
  parts_->backends.clear();
  parts_->workers.clear();
}

std::span<const Bound> Gateway::listeners() const noexcept { return parts_->bound; }

void Gateway::start() {
  parts_->started = true;
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->start();
}

void Gateway::stop(std::chrono::milliseconds grace) {
  if (!parts_->started || parts_->stopped) return;
  parts_->stopped = true;
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->request_stop();
  // Whoever has not finished within the grace is cut off by a watch of our own: join has no timeout.
  std::mutex mutex;
  std::condition_variable all_ended;
  bool ended = false;
  std::thread watch([&] {
    std::unique_lock lock(mutex);
    if (all_ended.wait_for(lock, grace, [&] { return ended; })) return;
    for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->abandon();
  });
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->join();
  {
    const std::lock_guard lock(mutex);
    ended = true;
  }
  all_ended.notify_one();
  watch.join();
}

void Gateway::run_until_signal() {
  boost::asio::io_context context;
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  start();
  signals.async_wait([](const boost::system::error_code&, int) {});
  context.run();
  signals.async_wait([](const boost::system::error_code& error, int) {
    if (!error) std::_Exit(1);
  });
  std::thread second([&context] {
    context.restart();
    context.run();
  });
  stop();
  boost::asio::post(context, [&signals] { signals.cancel(); });
  second.join();
}

}  // namespace parley::gateway
