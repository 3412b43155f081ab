// The end of a process that cannot go on.
#pragma once

#include <exception>
#include <string_view>

namespace parley::gateway::runtime {

/// Says why on standard error, in the form of the operators' log, and ends the process at once with exit code 1: whoever supervises it starts it again, which is
/// worth more than a process that lives and serves nothing. Needs no memory and waits for nobody. Any thread.
[[noreturn]] void end_process(std::string_view why) noexcept;

/// For `co_spawn` of what must run as long as the process: an exception that leaves it is the end of that.
struct OrEndProcess {
  void operator()(std::exception_ptr failure) const noexcept;
};

}  // namespace parley::gateway::runtime
