// Signals that come together, and reloads that fail.
#include "gateway/runtime/control.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <new>
#include <stdexcept>
#include <thread>

#include "adapters/io/descriptor.hpp"
#include "adapters/upstream/settings.hpp"
#include "gateway/observe/event_log.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/scripted_server.hpp"

namespace parley::test {
namespace {

/// A backend whose opening throws if the settings say so.
contract::Adapter throwing_adapter() {
  contract::Adapter adapter = fake_adapter;
  adapter.open_backend = [](const config::Backend& settings) -> Result<std::unique_ptr<contract::Backend>> {
    if (config::settings_of<upstream::Settings>(settings).url == "throw") throw std::bad_alloc();
    return std::unique_ptr<contract::Backend>(std::make_unique<FakeBackend>());
  };
  return adapter;
}

const contract::Adapter throwing = throwing_adapter();
const contract::Adapter* const throwing_adapters[] = {&throwing};

std::unique_ptr<gateway::runtime::Gateway> open_gateway(const config::Settings& settings) {
  auto opened = gateway::runtime::Gateway::open(settings, throwing_adapters);
  REQUIRE(opened.has_value());
  return std::move(*opened);
}

/// Redirects standard error to a file during its lifetime.
class ErrorsIn {
 public:
  explicit ErrorsIn(const std::string& file) : before_(::dup(STDERR_FILENO)) {
    const io::Descriptor opened(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    REQUIRE(::dup2(opened.get(), STDERR_FILENO) == STDERR_FILENO);
  }
  ~ErrorsIn() { ::dup2(before_.get(), STDERR_FILENO); }
  ErrorsIn(const ErrorsIn&) = delete;
  ErrorsIn& operator=(const ErrorsIn&) = delete;

 private:
  io::Descriptor before_;
};

std::size_t count_in(const std::string& file, std::string_view what) {
  const std::string text = read_file(file);
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a certificate that ends soon is logged at the start and each day") {
  const Scratch scratch;
  const Certificate certificate = make_certificate("IP:127.0.0.1", 5);
  config::Settings settings = fake_settings();
  settings.server.listen.front().tls = config::Tls{
      scratch.write("certificate.pem", certificate.certificate), scratch.write("key.pem", certificate.key), {}};
  const auto gateway = open_gateway(settings);
  gateway::runtime::Control control(*gateway, "f", [&] { return config::Loaded{settings, {}}; });
  const std::string errors = scratch.write("errors", "");
  constexpr std::string_view warning = " warn the certificate of https://127.0.0.1:";
  {
    const ErrorsIn redirected(errors);
    const gateway::observe::EventLog log(config::Log{});
    std::thread serves([&] { control.run(std::chrono::milliseconds(1)); });
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (count_in(errors, warning) < 3 && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
    std::raise(SIGTERM);
    serves.join();
  }
  CHECK(count_in(errors, warning) >= 3);
  CHECK(control.draining());
}

TEST_CASE("the file of /state: an absolute path, but standard input and pipes keep the name that the log has") {
  const config::Settings settings = fake_settings();
  const auto gateway = open_gateway(settings);
  const auto shown = [&](const String& file) {
    return gateway::runtime::Control(*gateway, file, [&] { return config::Loaded{settings, {}}; }).file().path;
  };
  CHECK(shown("<stdin>") == "<stdin>");
  CHECK(shown("/etc/./parley/gateway.yaml") == "/etc/parley/gateway.yaml");
  CHECK(shown("gateway.yaml") == (std::filesystem::current_path() / "gateway.yaml").string());
}

TEST_CASE("a SIGHUP right after SIGTERM does not keep the process running") {
  const config::Settings settings = fake_settings();
  const auto gateway = open_gateway(settings);
  gateway::runtime::Control control(*gateway, "f", [&] { return config::Loaded{settings, {}}; });
  // Both signals are pending before `run` starts, so both are delivered when it handles the first one.
  std::raise(SIGTERM);
  std::raise(SIGHUP);
  std::promise<void> ended;
  std::thread serves([&] {
    control.run();
    ended.set_value();
  });
  if (ended.get_future().wait_for(std::chrono::seconds(20)) != std::future_status::ready) std::abort();
  serves.join();
  CHECK(control.draining());
}

TEST_CASE("an exception in a reload fails it: counted, logged, and nothing has changed") {
  config::Settings settings = fake_settings();
  const auto gateway = open_gateway(settings);
  bool unreadable = false;
  gateway::runtime::Control control(*gateway, "f", [&]() -> config::Loaded {
    if (unreadable) throw std::runtime_error("the disk is gone");
    return {settings, {}};
  });
  gateway->start();
  Connection connection(gateway->listeners().front().endpoint.port);

  settings.backends.front().own.edit<upstream::Settings>().url = "throw";
  settings.routes.front().prefix = "/new";
  const List<String> thrown = control.reload();
  REQUIRE(thrown.size() == 1);
  CHECK(thrown.front().find("cannot be done: std::bad_alloc") != String::npos);
  unreadable = true;
  const List<String> unread = control.reload();
  REQUIRE(unread.size() == 1);
  CHECK(unread.front().find("cannot be done: the disk is gone") != String::npos);
  CHECK(control.last_reload().faults == unread);
  CHECK(gateway->observer().reloads_failed == 2);
  CHECK(gateway->observer().reloads == 0);
  CHECK(gateway->state().revision->number == 1);
  CHECK(connection.ask("GET", "/fake/visitors/7").status == 200);
  CHECK(connection.ask("GET", "/new/fake/visitors/7").status == 404);

  unreadable = false;
  settings.backends.front().own.edit<upstream::Settings>().url.clear();
  CHECK(control.reload().empty());
  CHECK(gateway->observer().reloads == 1);
  CHECK(connection.ask("GET", "/new/fake/visitors/7").status == 200);
}

}  // namespace parley::test
