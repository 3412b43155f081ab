// Does not use the operators' log, which needs a thread and memory.
#include "gateway/runtime/fatal.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "gateway/observe/event_log.hpp"

namespace parley::gateway::runtime {

namespace {

constexpr std::size_t longest_reason = 400;

/// `why` as the content of a JSON string. Characters that need an escape or are not printable ASCII become question marks.
std::array<char, longest_reason + 1> plain(std::string_view why) noexcept {
  std::array<char, longest_reason + 1> text{};
  for (std::size_t i = 0; i < std::min(why.size(), longest_reason); ++i) {
    const char byte = why[i];
    text[i] = byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\' ? byte : '?';
  }
  return text;
}

int format_end(std::array<char, 512>& line, std::string_view why) noexcept {
  if (observe::format() == config::LogFormat::text) {
    return std::snprintf(line.data(), line.size(), "parley: ended: %.*s\n",
                         static_cast<int>(std::min(why.size(), longest_reason)), why.data());
  }
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> moment{};
  std::strftime(moment.data(), moment.size(), "%Y-%m-%dT%H:%M:%S.000Z", &parts);
  return std::snprintf(line.data(), line.size(), "{\"time\":\"%s\",\"level\":\"error\",\"message\":\"ended: %s\"}\n",
                       moment.data(), plain(why).data());
}

}  // namespace

void end_process(std::string_view why) noexcept {
  static_assert(PIPE_BUF >= 512);  // a pipe that poll reports writable takes this much at once
  std::array<char, 512> line{};
  const int size = format_end(line, why);
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

}  // namespace parley::gateway::runtime
