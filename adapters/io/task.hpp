// The coroutine type of the project. Its executor is a concrete type, so the request path has no type erasure.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace parley::io {

using Executor = boost::asio::io_context::executor_type;
template <class T>
using Task = boost::asio::awaitable<T, Executor>;

}  // namespace parley::io
