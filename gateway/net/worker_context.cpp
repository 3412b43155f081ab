// What all connections of one worker share.
#include "gateway/net/worker_context.hpp"

#include <algorithm>
#include <ctime>

#include "gateway/net/connection.hpp"
#include "gateway/net/request_buffers.hpp"
#include "gateway/net/response.hpp"
#include "gateway/observe/event_log.hpp"

namespace parley::gateway::net {
namespace {

constexpr std::size_t most_spare = 64;           // unused buffers of each kind that are kept
constexpr std::uint32_t patience_with_idle = 2;  // ticks; the first may come at once

}  // namespace

WorkerContext::WorkerContext(limit::SharedLimits& totals_of_all)
    : WorkerResources{totals_of_all}, request_buffers(most_spare), inputs(most_spare) {
  advance();
}

WorkerContext::~WorkerContext() = default;

void WorkerContext::set_limits(const config::Limits& next) {
  limits = next;
  head_limits = {};
  head_limits.bytes = limits.head;
  head_limits.target = std::min<std::size_t>(head_limits.target, limits.head);
  // Connections are spread evenly over the workers, and with them the requests that wait.
  const auto share = [this](std::int64_t all) {
    return (static_cast<std::size_t>(all) + totals.workers - 1) / totals.workers;
  };
  limiter.set({.inside = share(limits.in_flight),
               .queue = share(limits.queue),
               .wait = static_cast<std::uint32_t>((limits.queue_wait.count() + 999) / 1000)});
}

void WorkerContext::end_idle(std::size_t most) {
  List<std::pair<std::uint32_t, Connection*>> idle;
  for (Connection* one = connections; one != nullptr; one = one->next()) {
    const std::optional<std::uint32_t> since = one->idle_since();
    if (since && tick - *since > 1) idle.emplace_back(*since, one);
  }
  const std::size_t count = std::min(most, idle.size());
  std::partial_sort(idle.begin(), idle.begin() + static_cast<std::ptrdiff_t>(count), idle.end());
  for (std::size_t i = 0; i < count; ++i) idle[i].second->end_idle();  // ends no other connection
}

void WorkerContext::advance() {
  ++tick;
  date_ = date_of(std::time(nullptr));
  shard->access.flush();
  observe::report_held();
  each(&Connection::check_time);
  limiter.check_time(tick);
  let_go();
  if (stopping && tick - stopping_since >= patience_with_idle) each(&Connection::close_if_idle);
}

void WorkerContext::adopt(std::shared_ptr<const pipeline::WorkerView> next) {
  const bool first = view == nullptr;
  if (!first) retired.push_back(std::move(view));
  view = std::move(next);
  set_limits(view->revision->limits);
  if (!first) each(&Connection::close_if_idle);
  let_go();
}

void WorkerContext::let_go() {
  std::erase_if(retired, [](const std::shared_ptr<const pipeline::WorkerView>& one) { return one.use_count() == 1; });
}

void WorkerContext::stop() {
  stopping = true;
  stopping_since = tick;
}

void WorkerContext::abandon() {
  each(&Connection::abandon);
  limiter.abandon();
}

void WorkerContext::each(void (Connection::*what)()) {
  for (Connection* connection = connections; connection != nullptr;) {
    Connection* next = connection->next();
    (connection->*what)();
    connection = next;
  }
}

}  // namespace parley::gateway::net
