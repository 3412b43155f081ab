// Signals, reloads and the daily check of certificates.
#include "gateway/runtime/control.hpp"

#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "adapters/io/digest.hpp"
#include "gateway/observe/event_log.hpp"
#include "gateway/runtime/certificates.hpp"
#include "gateway/runtime/fatal.hpp"
#include "gateway/runtime/systemd_notify.hpp"

namespace parley::gateway::runtime {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds patience_with_the_end{5};  // beyond the grace

String status(const Gateway& gateway) {
  return "STATUS=serving revision " + std::to_string(gateway.state().revision->number);
}

}  // namespace

Control::Control(Gateway& gateway, String file, Source source, std::string_view text)
    : gateway_(gateway),
      file_(std::move(file)),
      source_(std::move(source)),
      sha256_(text.empty() ? String() : io::sha256(text)),
      end_(signals_, SIGINT, SIGTERM),
      again_(signals_, SIGHUP),
      rotated_(signals_, SIGUSR1),
      certificates_(signals_) {}

List<String> Control::reload() {
  const std::lock_guard turn(reloading_);
  if (draining()) return {"the gateway is stopping"};
  notify(reloading());
  config::Faults faults;
  String sha256;
  try {
    const config::Loaded loaded = source_();
    faults = loaded.faults;
    for (const config::Fault& one : loaded.warnings) {
      observe::log(config::LogLevel::warn, config::format(file_, one));
    }
    if (faults.empty()) faults = gateway_.reload(loaded.settings);
    if (faults.empty() && follow_) follow_(loaded.settings);
    if (!loaded.text.empty()) sha256 = io::sha256(loaded.text);
  } catch (const std::exception& failure) {  // no memory or thread: the old configuration stays in use
    faults.push_back({{}, {}, String("cannot be done: ") + failure.what()});
  }
  List<String> texts;
  for (const config::Fault& fault : faults) texts.push_back(config::format(file_, fault));
  for (const String& text : texts) observe::log(config::LogLevel::error, "not reloaded: " + text);
  const String now = status(gateway_);
  if (!texts.empty()) {
    // SIGHUP may come from a log rotation, so the log is reopened even if the configuration has faults.
    const Result<void> reopened = gateway_.observer().access().reopen();
    if (!reopened) observe::log(config::LogLevel::error, reopened.error().message);
  } else {
    observe::log(config::LogLevel::info, "reloaded " + file_ + ": " + now.substr(now.find('=') + 1));
    warn_of_certificates();
  }
  if (!draining()) notify("READY=1\n" + now + (texts.empty() ? "" : "; the last reload failed"));
  observe::Observer& observer = gateway_.observer();
  ++(texts.empty() ? observer.reloads : observer.reloads_failed);
  const std::lock_guard lock(shown_);
  last_ = {std::chrono::system_clock::now(), texts};
  if (texts.empty()) sha256_ = std::move(sha256);
  return texts;
}

LastReload Control::last_reload() const {
  const std::lock_guard lock(shown_);
  return last_;
}

ConfigurationFile Control::file() const {
  std::error_code unknown;
  const std::filesystem::path whole =
      file_ == standard_input ? std::filesystem::path() : std::filesystem::absolute(file_, unknown);
  const std::lock_guard lock(shown_);
  return {whole.empty() || unknown ? file_ : String(whole.lexically_normal().string()), sha256_};
}

void Control::reopen_logs() {
  const std::lock_guard turn(reloading_);
  const Result<void> reopened = gateway_.observer().access().reopen();
  if (reopened) return observe::log(config::LogLevel::info, "the log files are opened again");
  observe::log(config::LogLevel::error, reopened.error().message);
}

void Control::listen_for_rotations() {
  rotated_.async_wait([this](const boost::system::error_code& error, int) {
    if (error || draining_) return;
    asio::post(reloader_, [this] { reopen_logs(); });
    listen_for_rotations();
  });
}

void Control::warn_of_certificates() const {
  for (const String& text : ending_certificates(gateway_.listeners(), std::chrono::system_clock::now())) {
    observe::log(config::LogLevel::warn, text);
  }
}

void Control::look_at_certificates(std::chrono::milliseconds day) {
  warn_of_certificates();
  certificates_.expires_after(day);
  certificates_.async_wait([this, day](const boost::system::error_code& error) {
    if (!error && !draining_) look_at_certificates(day);
  });
}

void Control::stop_listening() {
  again_.cancel();
  rotated_.cancel();
  certificates_.cancel();
}

void Control::listen_for_reloads() {
  again_.async_wait([this](const boost::system::error_code& error, int) {
    if (error || draining_) return;  // a SIGHUP just after the stop must not keep `signals_` running
    // A reload that has not begun yet will read the newest file, so one is enough.
    if (!asked_.exchange(true)) {
      asio::post(reloader_, [this] {
        asked_ = false;
        reload();
      });
    }
    listen_for_reloads();
  });
}

void Control::wait_for_end() {
  listen_for_reloads();
  listen_for_rotations();
  end_.async_wait([this](const boost::system::error_code&, int) {
    draining_ = true;
    stop_listening();
  });
  signals_.run();
  notify("STOPPING=1\nSTATUS=answering what is in flight");

  end_.async_wait([](const boost::system::error_code& error, int) {
    if (!error) std::_Exit(EXIT_FAILURE);
  });
  const std::chrono::milliseconds grace = gateway_.state().settings.server.grace;
  io::Timer overdue(signals_, grace + patience_with_the_end);
  overdue.async_wait([](const boost::system::error_code& error) {
    if (!error) end_process("a worker, or a reload, has not come to its end in time");
  });
  std::thread second([this] {
    signals_.restart();
    signals_.run();
  });
  gateway_.stop(grace);
  reloader_.join();
  reloading_.lock();  // waits for a reload of the admin listener while `overdue` still limits the wait
  reloading_.unlock();
  asio::post(signals_, [this, &overdue] {
    end_.cancel();
    overdue.cancel();
  });
  second.join();
}

void Control::run(std::chrono::milliseconds day) {
  gateway_.start();
  look_at_certificates(day);
  notify("READY=1\n" + status(gateway_));
  wait_for_end();
}

}  // namespace parley::gateway::runtime
