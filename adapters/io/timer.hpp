// The timer of the project. It uses the steady clock: the system clock may be set back, which would delay every deadline.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>

#include "adapters/io/task.hpp"

namespace parley::io {

using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

}  // namespace parley::io
