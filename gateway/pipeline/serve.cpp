// The straight line of a request.
#include "gateway/pipeline/serve.hpp"

#include "gateway/pipeline/loss.hpp"

namespace parley::gateway {
namespace {

using adapters::Method;

/// A browser asking whether a page of another origin may call is refused in the vendor's voice, since no route allows
/// that; anybody else who asks OPTIONS is told the methods.
bool answer_options(Exchange& x, const Error& miss) {
  if (x.request.method != Method::options) return false;
  const bool whole_server = x.request.target == "*";
  if (!whole_server && miss.code != Code::method_not_allowed) return false;
  if (!whole_server && x.request.header("Access-Control-Request-Method")) return false;
  x.reply.clear();
  if (!whole_server) x.reply.add("Allow", miss.detail);
  return true;
}

}  // namespace

adapters::Task<void> serve(Exchange& x, BodyReader& body) {
  Result<void> matched = match(x);
  if (!matched) {
    if (answer_options(x, matched.error())) co_return;
    co_return refuse(x, x.found.mount == nullptr ? nullptr : x.found.mount->facade.get(), matched.error());
  }
  const Mount& mount = *x.found.mount;
  const adapters::Facade& facade = *mount.facade;
  const adapters::Endpoint& endpoint = *x.found.endpoint->endpoint;

  if (endpoint.access == adapters::Access::credentials) {
    Result<void> admitted = facade.admit(x.request);
    if (!admitted) co_return refuse(x, &facade, admitted.error());
  }
  if (!x.found.endpoint->unsupported.empty()) {
    co_return refuse(x, &facade, {.code = Code::unsupported_operation, .message = String(x.found.endpoint->unsupported)});
  }

  if (!body.complete()) {
    Result<void> read = co_await body.read();
    if (body.lost()) co_return;  // nobody is there to be refused
    if (!read) co_return refuse(x, &facade, read.error());
  }
  x.request.body = body.view();
  if (endpoint.body == adapters::BodyRule::json && x.request.body.empty()) {
    co_return refuse(x, &facade, {.code = Code::missing_body, .message = "a JSON body is required"});
  }

  Result<Operation> operation = endpoint.decode(facade, x.request);
  if (!operation) co_return refuse(x, &facade, operation.error());

  const adapters::Facade& voice = mount.voice();
  const bool vetted = mount.loss == config::LossPolicy::lossless && writes(kind_of(*operation));
  adapters::Call call;
  if (vetted) {
    call.vet = [&voice, &x](const Outcome& outcome) { return vet(voice, outcome, x.request); };
  }
  Result<Outcome> outcome = co_await x.lanes[mount.backend]->execute(*operation, call);
  if (!outcome) co_return refuse(x, &voice, outcome.error());

  x.reply.clear();
  Result<void> encoded = voice.encode(*outcome, x.request, x.reply);
  if (!encoded) co_return refuse(x, &voice, encoded.error());
  if (x.reply.losses.empty() || mount.loss == config::LossPolicy::allow) co_return;
  if (mount.loss == config::LossPolicy::lossless) {
    const Error error = lossy(x.reply.losses);  // the rendering clears the losses
    co_return refuse(x, &voice, error);
  }
  x.reply.add("Parley-Loss", list_losses(x.reply.losses));
}

}  // namespace parley::gateway
