// Runs the command line without a process of its own.
#pragma once

#include <istream>
#include <span>
#include <sstream>
#include <string>
#include <string_view>

#include "gateway/cli/cli.hpp"

namespace parley::gateway::cli {

/// The result of a run: exit code and output.
struct Ran {
  int code;
  std::string out;
  std::string err;
};

inline Ran run_in_process(std::span<const std::string_view> arguments, std::istream& in) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = run(arguments, Streams{in, out, err});
  return {code, out.str(), err.str()};
}

}  // namespace parley::gateway::cli
