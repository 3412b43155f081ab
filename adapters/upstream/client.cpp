// A call has one coroutine; everything below it is plain functions.
#include "adapters/upstream/client.hpp"

#include "adapters/upstream/call_dispatcher.hpp"
#include "adapters/upstream/json.hpp"
#include "adapters/upstream/next_step.hpp"

namespace parley::upstream {
namespace {

/// The backend's credentials that an upstream was sent, or could know. `more` may be nullptr.
List<String> secrets_of(const config::Backend& backend, const Headers* more) {
  List<String> secrets;
  for (const config::NamedSecret& secret : config::secrets_of(backend.own)) secrets.emplace_back(secret.value);
  if (more == nullptr) return secrets;
  for (const auto& [name, value] : *more) secrets.push_back(value.substr(value.rfind(' ') + 1));  // after `Bearer `
  return secrets;
}

}  // namespace

Client::Client(std::shared_ptr<Upstream> upstream, const contract::Loop& loop)
    : impl_(std::make_unique<Impl>(std::static_pointer_cast<Server>(std::move(upstream)), loop)) {}

Client::~Client() = default;

contract::Task<Result<Response>> Client::send(const Request& request, const contract::Call& call) {
  return impl_->send(request, nullptr, call);
}

contract::Task<Result<Response>> CallDispatcher::send(const Request& request, const Headers* more,
                                                      const contract::Call& call, bool final) {
  CallWaiter caller;
  const Moment begun = Clock::now();
  begin(caller, request, more, call);
  wake_done();
  if (!caller.result) co_await caller.waiting.wait();
  if (call.upstream != nullptr) {
    ++call.upstream->calls;
    call.upstream->server = server_->place.address;
    call.upstream->time += std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun);
  }
  Result<Response>& result = *caller.result;
  if (result) result->url_key = &server_->key;
  if (result && result->status / 100 != 2) {
    result->secrets = secrets_of(server_->backend, more);
    result->asked = std::make_shared<const Response::Asked>(
        Response::Asked{credential_keys(server_->backend), request.target.pattern()});
  }
  if (final && result && result->status == 401) co_return failed(*result);
  co_return std::move(result);
}

}  // namespace parley::upstream
