// A gateway inside the test program, with the real adapters, for tests that start many gateways.
#pragma once

#include <memory>

#include "gateway/runtime/gateway.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {

/// A gateway that serves until it is destroyed.
class Running {
 public:
  /// Serves a configuration whose first listener is on port 0. Throws std::runtime_error with the first fault if it has one.
  explicit Running(std::string_view yaml);
  [[nodiscard]] std::uint16_t port() const { return gateway_->listeners().front().endpoint.port; }
  [[nodiscard]] Answer ask(std::string_view method, std::string_view target, const Headers& headers = {},
                           std::string_view body = {}) const {
    return test::ask(port(), method, target, headers, body);
  }

 private:
  std::unique_ptr<gateway::runtime::Gateway> gateway_;
};

/// Stores records in an SQLite store at `path`, and closes it. Throws std::runtime_error if that fails.
void fill_store(const std::string& path, const contract::Records& records);

}  // namespace parley::test
