// spdlog has the queue, the thread and the levels. This file decides whether to write a line before it formats it.
#include "gateway/observe/event_log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>

#include "adapters/io/blocked_signals.hpp"
#include "gateway/observe/error_names.hpp"
#include "gateway/observe/flood_gate.hpp"

namespace parley::gateway::observe {
namespace {

using config::LogLevel;

constexpr std::size_t queue_size = 2048;  // lines

constexpr std::array<spdlog::level::level_enum, 5> spdlog_levels = {
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err, spdlog::level::off};

spdlog::level::level_enum spdlog_level(LogLevel level) noexcept {
  return spdlog_levels[static_cast<std::size_t>(level)];
}

FloodGate flood_gate;
Troubles troubles;
std::atomic<std::uint64_t> dropped_before{0};
std::atomic<config::LogFormat> present_format{config::LogFormat::text};

/// The level of a refusal. `called`: an upstream was called.
LogLevel level_of(Code code, bool called) noexcept {
  if (code == Code::lossy) return LogLevel::warn;
  if (code >= Code::unavailable && code != Code::rate_limited) return LogLevel::error;
  return called && (code == Code::rate_limited || code == Code::unsupported_operation) ? LogLevel::warn
                                                                                       : LogLevel::debug;
}

std::uint64_t present_second() noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

/// Makes `logger` the default logger. Lines are complete before they reach it, so its pattern is the bare message.
void adopt(std::shared_ptr<spdlog::logger> logger, spdlog::level::level_enum level) {
  logger->set_pattern("%v");
  logger->set_level(level);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace

EventLog::EventLog(const config::Log& settings) {
  const io::BlockedSignals blocked;
  set_format(settings.format);
  spdlog::init_thread_pool(queue_size, 1);
  // nb = non-blocking: a full queue loses its oldest line and never blocks a worker.
  adopt(spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("parley"), spdlog_level(settings.level));
}

EventLog::~EventLog() {
  report_held();
  dropped_before.fetch_add(dropped(), std::memory_order_relaxed);
  const spdlog::level::level_enum last = spdlog::get_level();
  spdlog::drop_all();
  spdlog::shutdown();  // joins the thread, which writes the waiting lines
  adopt(std::make_shared<spdlog::logger>("parley", std::make_shared<spdlog::sinks::stderr_sink_mt>()), last);
}

std::uint64_t EventLog::dropped() noexcept {
  const auto pool = spdlog::thread_pool();
  return dropped_before.load(std::memory_order_relaxed) + (pool ? pool->overrun_counter() : 0);
}

void set_level(LogLevel level) noexcept { spdlog::set_level(spdlog_level(level)); }

LogLevel level() noexcept {
  const spdlog::level::level_enum present = spdlog::get_level();
  for (std::size_t i = 0; i < spdlog_levels.size(); ++i) {
    if (spdlog_levels[i] == present) return static_cast<LogLevel>(i);
  }
  return LogLevel::info;
}

void set_format(config::LogFormat format) noexcept { present_format.store(format, std::memory_order_relaxed); }

config::LogFormat format() noexcept { return present_format.load(std::memory_order_relaxed); }

void log(LogLevel level, std::string_view message, const EventFields& fields) {
  if (!spdlog::should_log(spdlog_level(level))) return;
  const String line = event_line(format(), Time::now(), level, message, fields);
  spdlog::log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

bool wants(const Error& error, const Refused& refused) noexcept {
  return spdlog::should_log(spdlog_level(level_of(error.code, !refused.upstream.empty())));
}

void report(const Error& error, const Refused& refused) {
  const bool called = !refused.upstream.empty();
  const LogLevel level = level_of(error.code, called);
  const bool is_trouble =
      level != LogLevel::debug && error.code != Code::lossy;  // what is lossy is no fault of the upstream
  if (called && is_trouble) troubles.note(refused.backend, refused.upstream, error, Time::now());
  if (!wants(error, refused) || !flood_gate.admit(error.code, refused.route, refused.backend, present_second())) return;
  String text = String(refused.method) + ' ' + printable(refused.endpoint) + ": " + String(name_of(error.code));
  for (const std::string_view part :
       {error.source.name(), std::string_view(error.message), std::string_view(error.detail)}) {
    if (!part.empty()) text += ": " + printable(part);
  }
  log(level, text,
      {.route = refused.route,
       .backend = refused.backend,
       .upstream = refused.upstream,
       .trace = refused.trace,
       .error = name_of(error.code)});
}

void report_held() {
  flood_gate.take_held([](Code code, std::string_view route, std::string_view backend, std::uint64_t number) {
    log(level_of(code, true), std::to_string(number) + " more requests were refused: " + String(name_of(code)),
        {.route = route, .backend = backend, .error = name_of(code)});
  });
}

std::optional<Trouble> last_trouble(std::string_view backend, std::string_view server) {
  return troubles.find(backend, server);
}

}  // namespace parley::gateway::observe
