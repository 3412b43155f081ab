// Helpers for tests of bad configurations.
#pragma once

#include <doctest/doctest.h>

#include <span>

#include "adapters/contract/adapter.hpp"

namespace parley::test {

/// All faults as `parley check` prints them, without the name of the file, each in a line.
inline String faults(std::string_view yaml) {
  String text;
  for (const config::Fault& fault : config::load_text(yaml, contract::keys_of()).faults) {
    if (!text.empty()) text += '\n';
    text += config::format("", fault).substr(1);
  }
  return text;
}

/// A configuration, and its expected faults.
struct BadFile {
  const char* name;
  const char* yaml;
  const char* faults;
};

inline void check(std::span<const BadFile> cases) {
  for (const BadFile& one : cases) {
    CAPTURE(String(one.name));
    CHECK(faults(one.yaml) == String(one.faults));
  }
}

}  // namespace parley::test
