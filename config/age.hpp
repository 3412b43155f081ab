// The codec of long times, such as those for which records are kept.
#pragma once

#include "config/values.hpp"

namespace parley::config {

/// How long something lasts: `30m`, `12h`, `90d`; from 1s to 36500d. `never`: it does not end (nullopt). Read in values.cpp, as durations are.
struct AgeCodec {
  using Value = std::optional<std::chrono::milliseconds>;
  static constexpr Type type{.form = Form::text};
  static constexpr Fidelity fidelity = Fidelity::exact;
  static Fit read(const Node& node, Value& value, Reading& reading);
  static void write(const Value& value, Writer& writer);
  static bool empty(const Value&) { return false; }
};

}  // namespace parley::config
