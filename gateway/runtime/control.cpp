// Signals, and reloading.
#include "gateway/runtime/control.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "gateway/runtime/fatal.hpp"
#include "gateway/runtime/notify.hpp"

namespace parley::gateway {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds patience_with_the_end{5};  // beyond the grace

String status(const Gateway& gateway) {
  return "STATUS=serving revision " + std::to_string(gateway.state().revision->number);
}

}  // namespace

Control::Control(Gateway& gateway, String file, Source source)
    : gateway_(gateway),
      file_(std::move(file)),
      source_(std::move(source)),
      end_(signals_, SIGINT, SIGTERM),
      again_(signals_, SIGHUP) {}

List<String> Control::reload() {
  const std::lock_guard turn(reloading_);
  if (draining()) return {"the gateway is stopping"};
  notify(reloading());
  config::Faults faults;
  try {
    const config::Loaded loaded = source_();
    faults = loaded.faults;
    for (const config::Fault& one : loaded.warnings) spdlog::warn("{}", config::format(file_, one));
    if (faults.empty()) faults = gateway_.reload(loaded.settings);
    if (faults.empty() && follow_) follow_(loaded.settings);
  } catch (const std::exception& failure) {  // no memory, no thread: the process goes on with what it has
    faults.push_back({{}, {}, String("cannot be done: ") + failure.what()});
  }
  List<String> texts;
  for (const config::Fault& fault : faults) texts.push_back(config::format(file_, fault));
  for (const String& text : texts) spdlog::error("not reloaded: {}", text);
  const String now = status(gateway_);
  if (!texts.empty()) {
    // A rotation asks for a new file, whatever is wrong with the configuration.
    const Result<void> reopened = gateway_.observer().access().reopen();
    if (!reopened) spdlog::error("{}", reopened.error().message);
  }
  if (texts.empty()) spdlog::info("reloaded {}: {}", file_, now.substr(now.find('=') + 1));
  if (!draining()) notify("READY=1\n" + now + (texts.empty() ? "" : "; the last reload failed"));
  observe::Observer& observer = gateway_.observer();
  ++(texts.empty() ? observer.reloads : observer.reloads_failed);
  const std::lock_guard lock(shown_);
  last_ = {std::chrono::system_clock::now(), texts};
  return texts;
}

LastReload Control::last_reload() const {
  const std::lock_guard lock(shown_);
  return last_;
}

void Control::listen_for_reloads() {
  again_.async_wait([this](const boost::system::error_code& error, int) {
    if (error || draining_) return;  // a SIGHUP that came just behind the end must not keep the wait for signals up
    // One that has not begun yet will read what the file says then.
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
  end_.async_wait([this](const boost::system::error_code&, int) {
    draining_ = true;
    again_.cancel();
  });
  signals_.run();
  notify("STOPPING=1\nSTATUS=answering what is in flight");

  end_.async_wait([](const boost::system::error_code& error, int) {
    if (!error) std::_Exit(EXIT_FAILURE);
  });
  const std::chrono::milliseconds grace = gateway_.state().settings.server.grace;
  asio::steady_timer overdue(signals_, grace + patience_with_the_end);
  overdue.async_wait([](const boost::system::error_code& error) {
    if (!error) end_process("a worker, or a reload, has not come to its end in time");
  });
  std::thread second([this] {
    signals_.restart();
    signals_.run();
  });
  gateway_.stop(grace);
  reloader_.join();
  reloading_.lock();  // a reload may be the admin listener's, which waits for it at its end, when nobody hurries it
  reloading_.unlock();
  asio::post(signals_, [this, &overdue] {
    end_.cancel();
    overdue.cancel();
  });
  second.join();
}

void Control::run() {
  gateway_.start();
  notify("READY=1\n" + status(gateway_));
  wait_for_end();
}

}  // namespace parley::gateway
