// The real program with its admin listener, and a configuration file that a test changes while the program runs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/support/served.hpp"

namespace parley::test {

/// Serves the demo configuration with an admin listener on a free port.
class Operated {
 public:
  /// `lines` are added at the end of the file, after the routes. `server` is added to the section `server`; each of its lines begins with
  /// two blanks. `token` is the admin token; empty = none.
  explicit Operated(std::string_view lines = {}, std::string server = {}, std::string_view token = {});

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// Writes the first file again, with other lines at the end.
  void write(std::string_view lines) const;
  /// Writes another file in its place.
  void replace(std::string_view text) const;

  [[nodiscard]] std::uint16_t port() const { return served_.port(); }
  [[nodiscard]] std::uint16_t admin_port() const noexcept { return admin_port_; }
  Process& process() noexcept { return served_.process(); }
  [[nodiscard]] Answer ask(std::string_view method, std::string_view target) const {
    return served_.ask(method, target);
  }
  [[nodiscard]] Answer admin(std::string_view method, std::string_view target, const Headers& headers = {}) const {
    return test::ask(admin_port_, method, target, headers);
  }

 private:
  [[nodiscard]] std::string text(std::string_view lines) const;

  Scratch scratch_;
  std::string server_;
  std::string token_;
  std::string file_;
  Served served_;
  std::uint16_t admin_port_ = 0;
};

}  // namespace parley::test
