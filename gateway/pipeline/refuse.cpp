// Refuses requests; see refuse.hpp.
#include "gateway/pipeline/refuse.hpp"

#include <algorithm>

#include "gateway/observe/event_log.hpp"
#include "gateway/pipeline/admission.hpp"
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
  // Logs the endpoint's pattern, not the path, which may hold a visitor's token.
  if (x.request.endpoint != nullptr) refused.endpoint = x.request.endpoint->pattern;
  if (mount != nullptr) {
    refused.route = mount->name;
    refused.backend = mount->backend_name;
  }
  if (observe::wants(error, refused)) {
    if (x.trace.empty()) {
      x.trace = x.shard().tracer.child(observe::find_traceparent(x.request.headers), x.shard().access.wanted());
    }
    refused.trace = x.trace.id();
  }
  observe::report(error, refused);
}

/// Renders an error as plain JSON, if no vendor's facade is known.
void render_plainly(int status, std::string_view message, http::Reply& reply) {
  reply.status = status;
  reply.content_type = "application/json; charset=utf-8";
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.key("error");
  writer.string(message);
  writer.end_object();
  writer.finish();
}

void begin(Exchange& x, const Error& error) {
  x.step = Step::answered;
  x.refused = error.code;
  report(x, error);
  x.reply.clear();
}

/// Adds headers that HTTP requires, if the vendor's facade left them out.
void complete(Exchange& x, const Error& error) {
  const auto has = [&x](std::string_view header) { return x.reply.headers().find(header) != std::string_view::npos; };
  if (x.reply.status == 503 && !has("Retry-After: ")) {
    x.reply.add("Retry-After", std::to_string(std::max(error.retry_after, 1)));
  }
  // RFC 9110, 15.5.16.
  if (error.code == Code::unsupported_coding) x.reply.add("Accept-Encoding", "gzip, deflate");
  // RFC 9110, 15.5.6: 405 must list the methods.
  if (error.code == Code::method_not_allowed && !has("Allow: ")) x.reply.add("Allow", error.detail);
}

}  // namespace

void refuse(Exchange& x, const contract::Facade& voice, const Error& error) {
  begin(x, error);
  voice.render(error, x.request, x.reply);
  complete(x, error);
}

void refuse(Exchange& x, const Error& error) {
  if (x.own_voice() != nullptr) return refuse(x, *x.own_voice(), error);
  refuse_with_status(x, status_of(error.code), error);
}

void refuse_head(Exchange& x, const Error& error) {
  static_cast<void>(match(x));
  x.request.endpoint = nullptr;
  refuse(x, error);
}

void refuse_with_status(Exchange& x, int status, const Error& error) {
  begin(x, error);
  render_plainly(status, error.code == Code::internal ? "internal error" : error.message, x.reply);
  complete(x, error);
}

void refuse_late(Exchange& x) {
  x.step = Step::answered;
  x.reply.clear();
  render_plainly(408, "request timeout", x.reply);
}

void refuse_exception(Exchange& x, std::string_view what) {
  x.limit.reset();  // otherwise `finish` would call the facade to show it
  refuse(x, {.code = Code::internal, .message = "internal error", .detail = String(what)});
}

void break_off(Exchange& x, const Error& error) {
  x.refused = error.code;
  report(x, error);
}

Error overloaded(WorkerResources& worker) {
  worker.shard->counters.requests_refused_overload.add();
  return {.code = Code::unavailable, .message = "too many requests at the moment", .retryable = true, .retry_after = 1};
}

}  // namespace parley::gateway::pipeline
