// The steps around the straight line: where a request belongs, and how it is refused.
#include "gateway/pipeline/exchange.hpp"

#include <algorithm>

#include "gateway/observe/event_log.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::pipeline {
namespace {

int status_of(Code code) noexcept {
  switch (code) {
    case Code::no_such_endpoint:
      return 404;
    case Code::method_not_allowed:
      return 405;
    case Code::unsupported_coding:
      return 415;
    case Code::body_too_large:
      return 413;
    case Code::uri_too_long:
      return 414;
    case Code::headers_too_large:
      return 431;
    case Code::unavailable:
      return 503;
    case Code::loop_detected:
      return 508;
    case Code::internal:
      return 500;
    default:
      return 400;
  }
}

void report(Exchange& x, const Error& error) {
  const route::Mount* mount = x.found.mount;
  observe::Refused refused{.method = name_of(x.request.method), .upstream = x.upstream.server};
  // The endpoint, not the path: a visitor's token in it is a secret.
  if (x.request.endpoint != nullptr) refused.endpoint = x.request.endpoint->pattern;
  if (mount != nullptr) {
    refused.route = mount->name;
    refused.backend = mount->backend_name;
  }
  if (observe::wants(error, refused)) {
    if (x.trace.empty() && x.shard != nullptr) {
      x.trace = x.shard->tracer.child(observe::find_traceparent(x.request.headers), x.shard->access.wanted());
    }
    refused.trace = x.trace.id();
  }
  observe::report(error, refused);
}

/// For a path that is no vendor's.
void render_plainly(const Error& error, http::Reply& reply) {
  reply.status = status_of(error.code);
  reply.content_type = "application/json; charset=utf-8";
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.key("error");
  writer.string(error.code == Code::internal ? "internal error" : error.message);
  writer.end_object();
  writer.finish();
}

}  // namespace

Result<void> match(Exchange& x) {
  x.found = {};
  x.request.endpoint = nullptr;
  x.request.parameters = {};
  const std::optional<route::Target> target = route::parse_target(x.request.target);
  if (!target) return Error{.code = Code::malformed_request, .message = "malformed request target"};
  x.request.path = target->path;
  x.request.query = target->query;
  return x.service->revision->router->match(x.listener, *target, target->authority.empty() ? x.host : target->authority,
                                            x.request, x.parameters, x.found);
}

void refuse(Exchange& x, const contract::Facade* facade, const Error& error) {
  x.refused = error.code;
  report(x, error);
  x.reply.clear();
  if (facade != nullptr) {
    facade->render(error, x.request, x.reply);
  } else {
    render_plainly(error, x.reply);
  }
  // For those whose voice has no word for it.
  if (x.reply.status == 503 && x.reply.headers().find("Retry-After: ") == std::string_view::npos) {
    x.reply.add("Retry-After", std::to_string(std::max(error.retry_after, 1)));
  }
  // RFC 9110, 15.5.16.
  if (error.code == Code::unsupported_coding) x.reply.add("Accept-Encoding", "gzip, deflate");
  // A 405 without Allow is no HTTP: added where the vendor's voice leaves it out.
  if (error.code == Code::method_not_allowed && x.reply.headers().find("Allow: ") == std::string_view::npos) {
    x.reply.add("Allow", error.detail);
  }
}

}  // namespace parley::gateway::pipeline
