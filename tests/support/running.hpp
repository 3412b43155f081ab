// A gateway inside the test program, over the real adapters: for tests that start many of them.
#pragma once

#include <memory>

#include "gateway/runtime/gateway.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {

class Running {
 public:
  /// Serves a configuration whose first listener is on port 0. Throws std::runtime_error with the faults of a bad one.
  explicit Running(std::string_view yaml);
  [[nodiscard]] std::uint16_t port() const { return gateway_->listeners().front().endpoint.port; }
  [[nodiscard]] Answer ask(std::string_view method, std::string_view target, const Headers& headers = {},
                           std::string_view body = {}) const {
    return test::ask(port(), method, target, headers, body);
  }

 private:
  std::unique_ptr<gateway::runtime::Gateway> gateway_;
};

/// Puts records into a new store at `path`, and closes it.
void fill_store(const std::string& path, const contract::Records& records);

}  // namespace parley::test
