// Signals, and reloading.
#include "gateway/runtime/control.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "gateway/runtime/notify.hpp"

namespace parley::gateway {
namespace {

namespace asio = boost::asio;

String status(const Gateway& gateway) {
  return "STATUS=serving revision " + std::to_string(gateway.state().revision->number);
}

}  // namespace

Control::Control(Gateway& gateway, String file, Source source)
    : gateway_(gateway), file_(std::move(file)), source_(std::move(source)) {}

List<String> Control::reload() {
  const std::lock_guard turn(reloading_);
  if (draining()) return {"the gateway is stopping"};
  notify(reloading());
  const config::Loaded loaded = source_();
  config::Faults faults = loaded.faults;
  if (faults.empty()) faults = gateway_.reload(loaded.settings);
  if (faults.empty() && follow_) follow_(loaded.settings);
  List<String> texts;
  for (const config::Fault& fault : faults) texts.push_back(config::format(file_, fault));
  for (const String& text : texts) spdlog::error("not reloaded: {}", text);
  const String now = status(gateway_);
  if (texts.empty()) spdlog::info("reloaded {}: {}", file_, now.substr(now.find('=') + 1));
  notify("READY=1\n" + now + (texts.empty() ? "" : "; the last reload failed"));
  const std::lock_guard lock(shown_);
  ++(texts.empty() ? reloads_.good : reloads_.failed);
  reloads_.last = std::chrono::system_clock::now();
  reloads_.faults = texts;
  return texts;
}

Reloads Control::reloads() const {
  const std::lock_guard lock(shown_);
  return reloads_;
}

void Control::wait_for_end() {
  asio::io_context context;
  asio::signal_set end(context, SIGINT, SIGTERM);
  asio::signal_set again(context, SIGHUP);
  asio::thread_pool reloader(1);  // opening a store may take its time, and signals are still heard
  std::atomic<bool> waiting = false;
  const std::function<void()> listen = [&] {
    again.async_wait([&](const boost::system::error_code& error, int) {
      if (error) return;
      // One that has not begun yet will read what the file says then.
      if (!waiting.exchange(true)) {
        asio::post(reloader, [&] {
          waiting = false;
          reload();
        });
      }
      listen();
    });
  };
  listen();
  end.async_wait([&](const boost::system::error_code&, int) { again.cancel(); });
  context.run();
  draining_ = true;
  notify("STOPPING=1\nSTATUS=answering what is in flight");

  end.async_wait([](const boost::system::error_code& error, int) {
    if (!error) std::_Exit(1);
  });
  std::thread second([&context] {
    context.restart();
    context.run();
  });
  reloader.join();
  gateway_.stop();
  asio::post(context, [&end] { end.cancel(); });
  second.join();
}

void Control::run() {
  gateway_.start();
  notify("READY=1\n" + status(gateway_));
  wait_for_end();
}

}  // namespace parley::gateway
