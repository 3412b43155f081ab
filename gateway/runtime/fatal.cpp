// The operators' log has a thread, and wants memory: what is last said goes past it.
#include "gateway/runtime/fatal.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>

namespace parley::gateway {

void end_process(std::string_view why) noexcept {
  static_assert(PIPE_BUF >= 512);  // so much goes at once, or the poll says that nobody reads
  std::array<char, 512> line{};
  const int size = std::snprintf(line.data(), line.size(), "parley: ended: %.*s\n",
                                 static_cast<int>(std::min<std::size_t>(why.size(), 400)), why.data());
  pollfd writable{STDERR_FILENO, POLLOUT, 0};
  if (::poll(&writable, 1, 100) == 1) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), static_cast<std::size_t>(size));
  }
  std::_Exit(EXIT_FAILURE);
}

void OrEndProcess::operator()(std::exception_ptr failure) const noexcept {
  if (!failure) return;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& what) {
    end_process(what.what());
  } catch (...) {
    end_process("an exception of no known kind");
  }
}

}  // namespace parley::gateway
