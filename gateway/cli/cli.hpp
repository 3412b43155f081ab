// The command line: parses it and runs one command. main.cpp only calls this.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::cli {

/// What a process ends with.
enum class Exit : int { done = 0, failed = 1, bad_configuration = 2, usage = 64 };

/// Where a command reads and writes: the process's own streams, or a test's.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Runs the command that `arguments` (without the program's name) ask for. Never throws.
[[nodiscard]] int run(std::span<const std::string_view> arguments, Streams streams);

/// The same from main's parameters, on the process's streams.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace parley::gateway::cli
