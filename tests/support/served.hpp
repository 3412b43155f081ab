// Runs the real program on free ports, with a store of the test.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/http_client.hpp"
#include "tests/support/process.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {

/// Whether all these adapters are part of the build. A test is skipped if an adapter that it needs was deleted.
[[nodiscard]] bool built_with(const std::vector<std::string_view>& adapters);

/// The demo credentials, as headers.
[[nodiscard]] Headers comm100_headers();
[[nodiscard]] Headers rocketchat_headers();

/// The demo configuration on a free port, with a route for each facade in the build. Rocket.Chat's route has its default profile, 8. The
/// Pimenta profile has the prefix `/pimenta` on the same port. `lines` are added at the end.
[[nodiscard]] std::string demo_config(std::string_view database, bool demo = true, std::string_view lines = {});

/// `parley serve` with a configuration. The constructor returns when it is ready; the destructor kills it.
class Served {
 public:
  /// `listeners`: the number of listeners of the configuration.
  Served(std::string binary, const std::string& config_file, std::size_t listeners = 1,
         const std::vector<std::string>& arguments = {});

  [[nodiscard]] std::uint16_t port(std::size_t listener = 0) const { return ports_.at(listener); }
  Process& process() noexcept { return process_; }
  Answer ask(std::string_view method, std::string_view target, const Headers& headers = {},
             std::string_view body = {}) const {
    return test::ask(port(), method, target, headers, body);
  }

 private:
  Process process_;
  std::vector<std::uint16_t> ports_;
};

/// The value at a path such as `/contact/users/USER_1/nickname`, as text: an unescaped string, a number, `true`, `null`, or the JSON of
/// an object or array. `(none)` if there is no value.
[[nodiscard]] std::string value_at(std::string_view json, std::string_view path);

}  // namespace parley::test
