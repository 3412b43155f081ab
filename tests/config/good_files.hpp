// Helpers for tests of good configurations.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>

#include "adapters/contract/adapter.hpp"

namespace parley::test {

/// Reads a configuration as the program does, with the keys of the adapters in the build.
inline config::Loaded load(std::string_view yaml) { return config::load_text(yaml, contract::keys_of()); }
inline config::Loaded load_from(const String& path) { return config::load_file(path, contract::keys_of()); }

/// The faults as one text, for a useful message.
inline String told(const config::Loaded& loaded) {
  String text;
  for (const config::Fault& fault : loaded.faults) text += config::format("f", fault) + '\n';
  return text;
}

/// The settings of a configuration that must have no fault.
inline config::Settings good(std::string_view yaml) {
  config::Loaded loaded = load(yaml);
  REQUIRE(told(loaded) == "");
  return std::move(loaded.settings);
}

/// Sets an environment variable for the lifetime of the object. `value` nullptr unsets it. The destructor unsets it.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    value != nullptr ? setenv(name, value, 1) : unsetenv(name);
  }
  ~Variable() { unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

}  // namespace parley::test
