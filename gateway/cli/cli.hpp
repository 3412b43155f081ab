// The command line: parses it and runs one command. main.cpp only calls this.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::cli {

/// The exit code of the process.
enum class Exit : int { done = 0, failed = 1, bad_configuration = 2, usage = 64 };

/// The streams of a command: those of the process, or of a test.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

/// Runs the command in `arguments` (without the program's name) and returns the exit code. Never throws.
[[nodiscard]] int run(std::span<const std::string_view> arguments, Streams streams);

/// The same for the parameters of `main`, with the streams of the process.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace parley::gateway::cli
