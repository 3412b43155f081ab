// Destroys backends on its own thread: a store writes its log back and a connector closes connections, and no worker may wait
// for that.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <future>
#include <memory>

#include "adapters/contract/backend.hpp"

namespace parley::gateway::runtime {

class BackendDisposer {
 public:
  /// Shares a backend. When the last owner releases it, the disposer's thread destroys it. The disposer must outlive it.
  [[nodiscard]] std::shared_ptr<contract::Backend> share(std::unique_ptr<contract::Backend> backend) {
    return {backend.release(), [this](contract::Backend* last) {
              boost::asio::post(thread_, [last] { std::unique_ptr<contract::Backend>{last}; });
            }};
  }
  /// Waits until all released backends are destroyed, so that their files and addresses are free.
  void settle() {
    std::promise<void> reached;
    boost::asio::post(thread_, [&reached] { reached.set_value(); });
    reached.get_future().wait();
  }
  /// Waits for all released backends and ends the thread. Call it last, when no backend is shared any more.
  void finish() { thread_.join(); }

 private:
  boost::asio::thread_pool thread_{1};
};

}  // namespace parley::gateway::runtime
