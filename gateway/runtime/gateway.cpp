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
#include "gateway/runtime/revision.hpp"
#include "gateway/runtime/worker.hpp"

namespace parley::gateway {

/// In the order in which they are made; see ~Gateway for that of their end.
struct Gateway::Parts {
  std::unique_ptr<observe::Observer> observer;
  Reaper reaper;
  List<Listener> listeners;
  Backends backends;
  List<std::unique_ptr<Worker>> workers;
  List<Bound> bound;
  bool started = false;
  bool stopped = false;
};

Gateway::Gateway(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {}

Result<std::unique_ptr<Gateway>> Gateway::open(const config::Settings& settings, Adapters adapters) {
  // What is made is taken down again by ~Gateway if a later step fails.
  std::unique_ptr<Gateway> gateway(new Gateway(std::make_unique<Parts>()));
  Parts& parts = *gateway->parts_;
  const std::int64_t cores = std::max(1U, std::thread::hardware_concurrency());
  const auto workers = static_cast<std::size_t>(settings.server.workers > 0 ? settings.server.workers : cores);

  parts.observer = std::make_unique<observe::Observer>(workers);
  // Addresses first: a second gateway on the same store and port must not touch the store.
  List<List<Descriptor>> sockets;
  for (const config::Endpoint& configured : listeners_of(settings)) {
    Listener& listener = parts.listeners.emplace_back(Listener{configured, configured});
    Result<List<Descriptor>> listening = listen_on(listener.bound, workers);
    if (!listening) return std::move(listening).error();
    sockets.push_back(std::move(*listening));
    Bound& bound = parts.bound.emplace_back();
    bound.endpoint = listener.bound;
    for (const config::Route& route : settings.routes) {
      if (serves(settings, route, configured)) bound.routes.push_back(route.name);
    }
  }
  for (const config::Backend& one : settings.backends) {
    Result<std::shared_ptr<adapters::Backend>> backend = open_backend(one, adapters, parts.reaper);
    if (!backend) return std::move(backend).error();
    parts.backends.push_back(std::move(*backend));
  }
  if (Result<void> logging = parts.observer->access().use(settings.log.access); !logging) {
    return std::move(logging).error();
  }
  const auto revision = make_revision(settings, adapters, parts.backends, parts.listeners, 1, *parts.observer);
  for (std::size_t i = 0; i < workers; ++i) {
    Worker& worker = *parts.workers.emplace_back(std::make_unique<Worker>());
    worker.observe(parts.observer->shard(i));
    worker.adopt(revision, parts.backends);
    for (std::size_t k = 0; k < sockets.size(); ++k) worker.listen(k, std::move(sockets[k][i]));
  }
  for (const std::unique_ptr<Worker>& worker : parts.workers) worker->set_peers(parts.workers);
  return gateway;
}

Gateway::~Gateway() {
  stop();
  for (const std::unique_ptr<Worker>& worker : parts_->workers) worker->drop_lanes();
  parts_->backends.clear();
  parts_->reaper.finish();
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
