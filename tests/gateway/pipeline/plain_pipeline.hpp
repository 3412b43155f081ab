// A pipeline over the fake vendor, without a socket: requests are plain values, and so are their answers.
#pragma once

#include <boost/asio/io_context.hpp>

#include "gateway/pipeline/advance.hpp"
#include "gateway/pipeline/via.hpp"
#include "gateway/runtime/revision.hpp"
#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/http_client.hpp"

namespace parley::test {

/// One worker's view of the fake's configuration.
class PlainPipeline {
 public:
  explicit PlainPipeline(const config::Settings& settings = fake_settings());
  ~PlainPipeline();

  /// One request on its way.
  class Asked {
   public:
    Asked(PlainPipeline& pipeline, gateway::pipeline::ExchangeBuffers* shared, http::Method method, std::string target,
          const Headers& headers, std::string body);
    Asked(const Asked&) = delete;
    Asked& operator=(const Asked&) = delete;

    /// As far as it goes without waiting.
    gateway::pipeline::Next advance() { return gateway::pipeline::advance(x); }
    /// The body has come.
    void give_body() {
      x.body.bytes = body_;
      x.body.complete = true;
    }
    /// Waits for the backend.
    void ask_backend();
    /// With all its waits to the answer.
    Answer finish();
    /// The reply, as a client reads it.
    [[nodiscard]] Answer answer() const;

   private:
    PlainPipeline& pipeline_;
    std::string target_;
    Headers sent_;
    List<http::Header> headers_;
    std::string body_;
    gateway::pipeline::ExchangeBuffers own_buffers_;
    gateway::pipeline::ExchangeBuffers& buffers_;

   public:
    gateway::pipeline::Exchange x{.worker = pipeline_.worker_,
                                  .buffers = buffers_,
                                  .view = pipeline_.view_,
                                  .request = {.method = http::Method::get,
                                              .target = {},
                                              .path = {},
                                              .query = {},
                                              .headers = {},
                                              .body = {},
                                              .peer = {},
                                              .parameters = {}}};
  };

  /// One request with buffers of its own, for as long as it takes.
  [[nodiscard]] std::unique_ptr<Asked> begin(std::string_view method, std::string target, const Headers& headers = {},
                                             std::string body = {}) {
    return std::make_unique<Asked>(*this, nullptr, method_of(method), std::move(target), headers, std::move(body));
  }
  /// One request with its answer, in the same buffers as those before. Its body comes after its head.
  Answer ask(std::string_view method, std::string target, const Headers& headers = {}, std::string body = {}) {
    return Asked(*this, &buffers_, method_of(method), std::move(target), headers, std::move(body)).finish();
  }

  [[nodiscard]] gateway::pipeline::WorkerResources& worker() noexcept { return worker_; }
  [[nodiscard]] gateway::observe::Observer& observer() noexcept { return observer_; }

 private:
  static http::Method method_of(std::string_view name);

  boost::asio::io_context loop_;
  io::Poller poller_;
  gateway::observe::Observer observer_{1};
  gateway::runtime::BackendDisposer disposer_;
  gateway::runtime::Backends backends_;
  List<std::unique_ptr<contract::BackendSession>> sessions_;
  gateway::limit::SharedLimits totals_;
  gateway::pipeline::WorkerResources worker_{totals_};
  gateway::pipeline::WorkerView view_;
  gateway::pipeline::ExchangeBuffers buffers_;
};

}  // namespace parley::test
