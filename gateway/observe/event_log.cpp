// spdlog does the queue, the thread and the levels; which lines are worth writing is decided before anything is
// formatted.
#include "gateway/observe/event_log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <chrono>

#include "adapters/io/blocked_signals.hpp"
#include "gateway/observe/error_names.hpp"
#include "gateway/observe/flood_gate.hpp"

namespace parley::observe {
namespace {

constexpr std::size_t queue_size = 2048;  // lines
constexpr std::size_t longest_text = 1000;

constexpr std::array<std::pair<std::string_view, spdlog::level::level_enum>, 5> levels = {
    {{"debug", spdlog::level::debug},
     {"info", spdlog::level::info},
     {"warn", spdlog::level::warn},
     {"error", spdlog::level::err},
     {"off", spdlog::level::off}}};

spdlog::level::level_enum spdlog_level(config::LogLevel level) noexcept {
  return levels[static_cast<std::size_t>(level)].second;
}

FloodGate gate;
std::atomic<std::uint64_t> dropped_before{0};

/// What is no client's fault an operator has to know of.
spdlog::level::level_enum level_of(Code code) noexcept {
  return code >= Code::unavailable && code != Code::rate_limited ? spdlog::level::err : spdlog::level::debug;
}

std::uint64_t present_second() noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

}  // namespace

EventLog::EventLog(config::LogLevel level) {
  const io::BlockedSignals blocked;
  spdlog::init_thread_pool(queue_size, 1);
  // nb: a full queue loses its oldest line instead of holding up a worker.
  auto logger = spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("parley");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog_level(level));
  spdlog::set_default_logger(std::move(logger));
}

EventLog::~EventLog() {
  report_held();
  dropped_before.fetch_add(dropped(), std::memory_order_relaxed);
  const spdlog::level::level_enum last = spdlog::get_level();
  spdlog::drop_all();
  spdlog::shutdown();  // joins the thread, which writes what waits
  auto logger = std::make_shared<spdlog::logger>("parley", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(last);
  spdlog::set_default_logger(std::move(logger));
}

std::uint64_t EventLog::dropped() noexcept {
  const auto pool = spdlog::thread_pool();
  return dropped_before.load(std::memory_order_relaxed) + (pool ? pool->overrun_counter() : 0);
}

void set_level(config::LogLevel level) noexcept { spdlog::set_level(spdlog_level(level)); }

config::LogLevel level() noexcept {
  const spdlog::level::level_enum present = spdlog::get_level();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].second == present) return static_cast<config::LogLevel>(i);
  }
  return config::LogLevel::info;
}

std::string_view name_of(config::LogLevel level) noexcept { return levels[static_cast<std::size_t>(level)].first; }

std::optional<config::LogLevel> find_level(std::string_view name) noexcept {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].first == name) return static_cast<config::LogLevel>(i);
  }
  return {};
}

void report(const Error& error, std::string_view method, std::string_view endpoint) {
  const spdlog::level::level_enum level = level_of(error.code);
  if (!spdlog::should_log(level) || !gate.admit(error.code, present_second())) return;
  String text = String(method) + ' ' + printable(endpoint) + ": " + String(name_of(error.code)) + ": " +
                String(error.source) + ": " + printable(error.message);
  if (!error.detail.empty()) text += ": " + printable(error.detail);
  spdlog::log(level, text);
}

void report_held() {
  for (std::size_t code = 0; code < code_count; ++code) {
    const std::uint64_t held = gate.take_held(static_cast<Code>(code));
    if (held == 0) continue;
    spdlog::log(level_of(static_cast<Code>(code)), "{} more requests were refused: {}", held, code_names[code]);
  }
}

String printable(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  String clean;
  for (const char byte : text.substr(0, longest_text)) {
    const auto value = static_cast<unsigned char>(byte);
    if (value >= ' ' && value != 0x7f) {
      clean += byte;
    } else {
      clean.append("\\x").append({digits[value >> 4U], digits[value & 15U]});
    }
  }
  if (text.size() > longest_text) clean += "...";
  return clean;
}

}  // namespace parley::observe
