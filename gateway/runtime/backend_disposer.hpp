// Where backends end: a store writes its log back and a connector closes connections, which no worker may wait for.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <future>
#include <memory>

#include "adapters/contract/backend.hpp"

namespace parley::gateway::runtime {

class BackendDisposer {
 public:
  /// The backend ends on the disposer's thread, after the last of those who share it. The disposer must outlive it.
  [[nodiscard]] std::shared_ptr<contract::Backend> share(std::unique_ptr<contract::Backend> backend) {
    return {backend.release(), [this](contract::Backend* last) {
              boost::asio::post(thread_, [last] { std::unique_ptr<contract::Backend>{last}; });
            }};
  }
  /// Waits until those that were let go of have ended: their files and addresses are free.
  void settle() {
    std::promise<void> reached;
    boost::asio::post(thread_, [&reached] { reached.set_value(); });
    reached.get_future().wait();
  }
  /// The same at the end; nothing may be shared any more.
  void finish() { thread_.join(); }

 private:
  boost::asio::thread_pool thread_{1};
};

}  // namespace parley::gateway::runtime
