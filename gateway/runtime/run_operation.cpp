// See run_operation.hpp.
#include "gateway/runtime/run_operation.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace parley::gateway::runtime {
namespace {

contract::Task<void> execute_into(contract::BackendSession& session, const Operation& operation,
                                  const contract::Call& call, Result<Outcome>& result) {
  Result<Outcome> got = co_await session.execute(operation, call);
  result = std::move(got);
}

}  // namespace

Result<Outcome> run_operation(contract::Backend& backend, const Operation& operation) {
  boost::asio::io_context context(1);
  io::Poller poller;
  const auto session = backend.open_session({context.get_executor(), poller});
  const contract::Call call;
  Result<Outcome> result = Error{.code = Code::unavailable, .message = "the backend does not answer"};
  boost::asio::co_spawn(context, execute_into(*session, operation, call, result), boost::asio::detached);
  context.run();
  return result;
}

}  // namespace parley::gateway::runtime
