// See plain_pipeline.hpp.
#include "tests/gateway/pipeline/plain_pipeline.hpp"

#include <boost/asio/co_spawn.hpp>

#include <stdexcept>

namespace parley::test {

PlainPipeline::PlainPipeline(const config::Settings& settings) {
  fake_state.executed = fake_state.committed = 0;
  fake_state.release = true;
  for (const config::Backend& backend : settings.backends) {
    auto opened = gateway::runtime::open_backend(backend, fake_adapters, disposer_);
    if (!opened) throw std::runtime_error(opened.error().message);
    backends_.push_back(*std::move(opened));
  }
  const gateway::runtime::Listener listener{.configured = settings.server.listen.front(),
                                            .bound = settings.server.listen.front()};
  worker_.totals.hop = gateway::pipeline::make_hop();
  worker_.shard = observer_.shard(0);
  view_.revision = gateway::runtime::make_revision(settings, fake_adapters, {&listener, 1}, 1, observer_);
  for (const auto& backend : backends_) {
    sessions_.push_back(backend->open_session({loop_.get_executor(), poller_}));
    view_.sessions.push_back(sessions_.back().get());
  }
  worker_.limiter.set({});
}

PlainPipeline::~PlainPipeline() {
  sessions_.clear();
  backends_.clear();
  view_ = {};
  disposer_.finish();
}

PlainPipeline::Asked::Asked(PlainPipeline& pipeline, gateway::pipeline::ExchangeBuffers* shared, http::Method method,
                            std::string target, const Headers& headers, std::string body)
    : pipeline_(pipeline),
      target_(std::move(target)),
      sent_(headers),
      body_(std::move(body)),
      buffers_(shared != nullptr ? *shared : own_buffers_) {
  for (const auto& [name, value] : sent_) headers_.push_back({name, value});
  x.request.method = method;
  x.request.target = target_;
  x.request.headers = headers_;
  x.request.peer = "127.0.0.1";
  x.has_via = x.request.header("Via").has_value();
  if (const auto host = x.request.header("Host")) x.host = *host;
  x.body = {.bytes = {}, .complete = false, .coded = x.request.header("Content-Encoding").has_value()};
}

void PlainPipeline::Asked::ask_backend() {
  std::exception_ptr thrown;
  boost::asio::co_spawn(pipeline_.loop_, gateway::pipeline::ask_backend(x),
                        [&thrown](std::exception_ptr fault) { thrown = std::move(fault); });
  pipeline_.loop_.restart();
  pipeline_.loop_.run();
  if (thrown) std::rethrow_exception(thrown);
}

Answer PlainPipeline::Asked::finish() {
  using gateway::pipeline::Next;
  for (;;) {
    const Next next = advance();
    if (next == Next::body) {
      give_body();
    } else if (next == Next::backend) {
      ask_backend();
    } else {
      return answer();
    }
  }
}

Answer PlainPipeline::Asked::answer() const {
  Answer read;
  read.status = x.reply.status;
  read.body = x.reply.body.view();
  if (!x.reply.content_type.empty()) read.headers.emplace_back("Content-Type", x.reply.content_type);
  std::string_view lines = x.reply.headers();
  while (!lines.empty()) {
    const std::size_t end = lines.find("\r\n");
    const std::string_view line = lines.substr(0, end);
    const std::size_t colon = line.find(": ");
    read.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    lines.remove_prefix(end + 2);
  }
  return read;
}

http::Method PlainPipeline::method_of(std::string_view name) {
  for (const http::Method one : {http::Method::get, http::Method::head, http::Method::post, http::Method::put,
                                 http::Method::patch, http::Method::del, http::Method::options}) {
    if (name_of(one) == name) return one;
  }
  return http::Method::other;
}

}  // namespace parley::test
