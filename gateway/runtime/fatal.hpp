// Ends a process that cannot continue.
#pragma once

#include <exception>
#include <string_view>

namespace parley::gateway::runtime {

/// Writes the reason to standard error, in the form of the operators' log, and ends the process at once with exit code 1. A
/// supervisor can then restart it, which is better than a process that serves nothing. Allocates nothing. Waits at most 0.1 s
/// for standard error. Any thread.
[[noreturn]] void end_process(std::string_view why) noexcept;

/// Completion handler for coroutines that must run as long as the process: an exception from one ends the process.
struct OrEndProcess {
  void operator()(std::exception_ptr failure) const noexcept;
};

}  // namespace parley::gateway::runtime
