// A vendor that exists only in tests: a facade over few endpoints, and a backend whose answers and delays the test decides.
#pragma once

#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "adapters/contract/adapter.hpp"
#include "adapters/upstream/settings.hpp"
#include "gateway/runtime/gateway.hpp"
#include "tests/gateway/net/fake_source.hpp"

namespace parley::test {

/// What a configuration says of a fake store.
struct FakeStore {
  String path;
  bool demo = false;

  friend bool operator==(const FakeStore&, const FakeStore&) = default;
};
inline constexpr auto fake_store = config::section<FakeStore, "fake">(
    config::row<&FakeStore::path, config::NameCodec>("path", config::Need::optional, "A file."),
    config::row<&FakeStore::demo>("demo", config::Need::optional, "A switch."));

/// What a configuration says of credentials that routes of the fake accept.
struct FakeAuth {
  List<config::Secret> bearer;

  friend bool operator==(const FakeAuth&, const FakeAuth&) = default;
};
inline constexpr auto fake_auth =
    config::section<FakeAuth, "fake.auth">(config::row<&FakeAuth::bearer, config::OneOrMany<config::SecretCodec>>(
        "bearer", config::Need::optional, "Tokens."));

}  // namespace parley::test

namespace parley {

template <>
inline constexpr auto config::own_table<test::FakeStore> = config::make_own<test::fake_store>(config::At::backend);
template <>
inline constexpr auto config::own_table<test::FakeAuth> = config::make_own<test::fake_auth>(config::At::route_auth);

}  // namespace parley

namespace parley::test {

inline constexpr const config::OwnTable* fake_tables[] = {&config::own_table<FakeStore>, &config::own_table<FakeAuth>};
inline void fake_files(const config::Backend& settings, List<contract::BackendFile>& files) {
  const String& path = config::settings_of<FakeStore>(settings).path;
  if (!path.empty()) files.push_back({.path = path, .key = "path", .store = true});
}

/// What all lanes of the fake backend share with the test.
struct FakeState {
  std::atomic<int> executed{0};
  std::atomic<int> committed{0};
  std::atomic<int> waiting{0};
  std::atomic<bool> release{false};            ///< lets `hang` end
  std::atomic<int> gathered{0};                ///< logins that wait for each other
  String big;                                  ///< appended to every visitor's name
  String via;                                  ///< what the last write was to tell an upstream
  std::optional<contract::Executor> executor;  ///< of the last lane, which sources and upgrades use

  void note_thread() {
    const std::lock_guard lock(mutex);
    ++seen[std::this_thread::get_id()];
  }
  std::mutex mutex;
  std::map<std::thread::id, int> seen;  ///< what each worker executed
};
inline FakeState fake_state;
constexpr std::int64_t limit_not_shown = 777;  ///< where this many requests are allowed, showing it throws

class FakeLane final : public contract::BackendSession {
 public:
  explicit FakeLane(contract::Executor executor) : executor_(executor) { fake_state.executor = executor; }

  std::optional<Result<Outcome>> execute_now(const Operation& operation) override {
    ++fake_state.executed;
    fake_state.note_thread();
    const auto* get = std::get_if<GetVisitor>(&operation);
    if (get == nullptr || get->visitor.text == "hang") return {};
    return visitor(*get);
  }
  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override {
    if (const auto* get = std::get_if<GetVisitor>(&operation)) {
      co_await hang();
      co_return visitor(*get);
    }
    if (const auto* visit = std::get_if<RecordPageVisit>(&operation)) {
      RecordedPage recorded;
      recorded.page.title = visit->title;
      fake_state.via.assign(call.via);
      Outcome outcome = std::move(recorded);
      if (call.vet) {
        Result<void> vetted = call.vet(outcome);
        if (!vetted) co_return std::move(vetted).error();
      }
      if (visit->title == "throw") throw std::runtime_error("a backend that breaks its contract");
      ++fake_state.committed;
      co_return outcome;
    }
    co_return Error{.code = Code::unsupported_operation, .message = "not here"};
  }

 private:
  Result<Outcome> visitor(const GetVisitor& get) {
    if (get.visitor.text == "nobody") return Error{.code = Code::no_such_visitor, .message = "nobody there"};
    if (get.visitor.text == "throw") throw std::runtime_error("a backend that breaks its contract");
    if (!cached_ || cached_->id != get.visitor) {
      Visitor visitor;
      visitor.id = get.visitor;
      visitor.name = "name of " + get.visitor.text + fake_state.big;
      cached_ = Ref<Visitor>(std::move(visitor));
    }
    return Outcome(cached_);
  }

  contract::Task<void> hang() {
    using Clock = std::chrono::steady_clock;
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, contract::Executor> timer(executor_);
    ++fake_state.waiting;
    while (!fake_state.release) {
      boost::system::error_code ignored;
      timer.expires_after(std::chrono::milliseconds(1));
      co_await timer.async_wait(
          boost::asio::redirect_error(boost::asio::use_awaitable_t<contract::Executor>{}, ignored));
    }
    --fake_state.waiting;
  }

  contract::Executor executor_;
  Ref<Visitor> cached_;
};

class FakeBackend final : public contract::Backend {
 public:
  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override {
    return std::make_unique<FakeLane>(loop.executor);
  }
  Result<void> load(const contract::Records&) override { return {}; }
};

/// Vendor `fake`; in profile `loud` a vendor that ignores the case of paths and shouts, in profile `slashes` one that takes
/// slashes in front and at the end.
class FakeFacade final : public contract::Facade {
 public:
  explicit FakeFacade(const config::Route& route)
      : loud_(route.profile == "loud"), takes_slashes_(route.profile == "slashes") {}

  std::span<const contract::Endpoint> endpoints() const noexcept override;
  bool ignores_path_case() const noexcept override { return loud_; }
  contract::Slashes slashes() const noexcept override {
    return takes_slashes_ ? contract::Slashes::closing_and_leading : contract::Facade::slashes();
  }
  Result<std::string_view> admit(const http::Request& request) const override {
    if (request.header("Authorization") == "let me in") return "somebody";
    if (request.header("Authorization") == "me too") return "another";
    return Error{.code = Code::unauthorized, .message = "who are you"};
  }
  Result<void> encode(const Outcome& outcome, const http::Request&, http::Reply& reply) const override {
    return contract::encode_any(outcome, [this, &reply](const auto& answer) { return show(answer, reply); });
  }
  template <class Answer>
  Result<void> show(const Answer& answer, http::Reply& reply) const {
    reply.content_type = "text/plain";
    reply.body.append(loud_ ? "LOUD " : "");
    if constexpr (std::is_same_v<Answer, Ref<Visitor>>) {
      constexpr std::string_view steps = "steps:";
      if (answer->id.text.starts_with(steps)) {
        reply.body.clear();
        reply.source = std::make_unique<FakeSource>(answer->id.text.substr(steps.size()), *fake_state.executor);
        if (answer->id.text.ends_with("l")) reply.losses = {{"visitor.token", "no place"}};
        return {};
      }
      reply.body.append(answer->name);
      if (answer->id.text == "lossy") reply.losses = {{"visitor.token", "no place"}, {"visitor.phones", "no place"}};
    } else if constexpr (std::is_same_v<Answer, RecordedPage>) {
      reply.body.append("noted ");
      reply.body.append(answer.page.title);
      if (answer.page.title == "\"lossy\"") reply.losses = {{"page_visit.at", "no place"}};
    }
    return {};
  }
  void render(const Error& error, const http::Request&, http::Reply& reply) const override {
    static constexpr std::pair<Code, int> statuses[] = {
        {Code::unauthorized, 401},          {Code::no_such_endpoint, 404},
        {Code::method_not_allowed, 405},    {Code::no_such_visitor, 404},
        {Code::body_too_large, 413},        {Code::uri_too_long, 414},
        {Code::headers_too_large, 431},     {Code::internal, 500},
        {Code::unsupported_operation, 501}, {Code::lossy, 409},
        {Code::rate_limited, 429},          {Code::unavailable, 503},
        {Code::unsupported_coding, 415},    {Code::answer_too_large, 406},
        {Code::loop_detected, 508}};
    reply.status = 400;
    for (const auto& [code, status] : statuses) {
      if (code == error.code) reply.status = status;
    }
    reply.content_type = "text/plain";
    reply.body.append(loud_ ? "LOUD ERROR " : "fake error ");
    reply.body.append(error.message);
    if (error.retry_after > 0) reply.add("Retry-After", std::to_string(error.retry_after));
  }
  void show_limit(const contract::Limit& limit, http::Reply& reply) const override {
    if (limit.requests == limit_not_shown) throw std::runtime_error("a facade that breaks its contract");
    reply.add("Left", std::to_string(limit.remaining) + " of " + std::to_string(limit.requests));
  }

 private:
  bool loud_;
  bool takes_slashes_;
};

/// The calls of the fake.
struct FakeCalls {
  static Result<GetVisitor> get_visitor(const FakeFacade&, const http::Request& request) {
    return GetVisitor{.visitor = {request.parameters[request.parameters.size() - 1]}, .token = {}};
  }
  static Result<GetVisitor> get_me(const FakeFacade&, const http::Request&) {
    return GetVisitor{.visitor = {"me"}, .token = {}};
  }
  static Result<GetVisitor> break_down(const FakeFacade&, const http::Request&) {
    throw std::runtime_error("a facade that breaks its contract");
  }
  static Result<ListAgents> list_agents(const FakeFacade&, const http::Request&) { return ListAgents{}; }
  static Result<RecordPageVisit> record_page(const FakeFacade&, const http::Request& request) {
    if (request.body == "bad") return Error{.code = Code::malformed_body, .message = "bad body"};
    RecordPageVisit visit;
    visit.title = request.body;
    return visit;
  }
  static Result<void> log_in(const FakeFacade&, const http::Request& request, http::Reply& reply) {
    if (request.body == "bad") return Error{.code = Code::unauthorized, .message = "who are you"};
    if (request.body == "stranger") return Error{.code = Code::forbidden, .message = "whose are you"};
    if (request.body == "together") {  // four workers are between looking and counting at once
      const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
      for (++fake_state.gathered; fake_state.gathered % 4 != 0 && std::chrono::steady_clock::now() < end;) {
        std::this_thread::yield();
      }
      return Error{.code = Code::unauthorized, .message = "who are you"};
    }
    if (request.body == "noise") return Error{.code = Code::malformed_body, .message = "what do you mean"};
    reply.content_type = "text/plain";
    reply.body.append("welcome ");
    reply.body.append(request.body);
    return {};
  }

  static Result<void> echo(const FakeFacade&, const http::Request& request, http::Reply& reply) {
    if (request.header("Upgrade") != "echo") return Error{.code = Code::malformed_request, .message = "to what"};
    reply.status = 101;
    reply.add("Upgrade", "echo");
    reply.upgrade = std::make_unique<FakeEcho>(*fake_state.executor);
    return {};
  }

  template <auto decode>
  static constexpr contract::Endpoint visitor(std::string_view pattern) {
    return contract::endpoint<GetVisitor, decode>({.pattern = pattern});
  }
  static constexpr contract::Endpoint page(http::Method method, std::string_view pattern, contract::Access access) {
    return contract::endpoint<RecordPageVisit, &record_page>(
        {.method = method, .pattern = pattern, .body = contract::BodyRule::json, .access = access});
  }
};

inline std::span<const contract::Endpoint> FakeFacade::endpoints() const noexcept {
  using http::Method;
  static constexpr contract::Endpoint all[] = {
      FakeCalls::visitor<&FakeCalls::get_visitor>("/fake/visitors/:id"),
      FakeCalls::visitor<&FakeCalls::get_me>("/fake/visitors/me"),
      FakeCalls::visitor<&FakeCalls::get_visitor>("/fake/:domain/visitors/:id"),
      FakeCalls::visitor<&FakeCalls::break_down>("/fake/break"),
      contract::endpoint<ListAgents, &FakeCalls::list_agents>({.pattern = "/fake/agents"}),
      FakeCalls::visitor<&FakeCalls::get_me>("/fake/chats:Search"),
      FakeCalls::page(Method::post, "/fake/page", contract::Access::open),
      FakeCalls::page(Method::put, "/fake/secret", contract::Access::credentials),
      contract::own_answer<&FakeCalls::log_in>(
          "Login", {.method = Method::post, .pattern = "/fake/login", .body = contract::BodyRule::any}),
      contract::own_answer<&FakeCalls::echo>("Echo",
                                             {.pattern = "/fake/echo", .access = contract::Access::credentials}),
  };
  return all;
}

inline constexpr contract::Support fake_support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>,
    contract::cannot<ListAgents>("the fake has no agents"));

inline const contract::Adapter fake_adapter{
    .name = "fake",
    .make_facade = [](const config::Route& route) -> std::unique_ptr<contract::Facade> {
      return std::make_unique<FakeFacade>(route);
    },
    .check_route = nullptr,
    .open_backend = [](const config::Backend&) -> Result<std::unique_ptr<contract::Backend>> {
      return std::unique_ptr<contract::Backend>(std::make_unique<FakeBackend>());
    },
    .check_backend = nullptr,
    .shapes = {},
    .samples = nullptr,
    .demo = nullptr,
    .to_script = nullptr,
    .support = &fake_support,
    .tables = fake_tables,
    .files = &fake_files};
/// The same under another name, for `emit`.
inline const contract::Adapter shouting_adapter{
    .name = "shouting",
    .make_facade = [](const config::Route& route) -> std::unique_ptr<contract::Facade> {
      config::Route loud = route;
      loud.profile = "loud";
      return std::make_unique<FakeFacade>(loud);
    },
    .check_route = nullptr,
    .open_backend = nullptr,
    .check_backend = nullptr,
    .shapes = {},
    .samples = nullptr,
    .demo = nullptr,
    .to_script = nullptr,
    .support = nullptr};
inline const contract::Adapter* const fake_adapters[] = {&fake_adapter, &shouting_adapter};

/// One route of `fake` on a free port of the loopback.
inline config::Settings fake_settings() {
  config::Settings settings;
  settings.server.listen.push_back({"127.0.0.1", 0, {}});
  settings.server.workers = 1;
  config::Backend& backend = settings.backends.emplace_back();
  backend.name = "store";
  backend.kind = "fake";
  config::Route& route = settings.routes.emplace_back();
  route.name = "first";
  route.facade = "fake";
  route.backend = "store";
  return settings;
}

/// A running gateway over the fake.
class FakeGateway {
 public:
  explicit FakeGateway(const config::Settings& settings = fake_settings()) {
    fake_state.executed = fake_state.committed = 0;
    fake_state.release = false;
    fake_state.gathered = 0;
    fake_state.seen.clear();
    auto opened = gateway::runtime::Gateway::open(settings, fake_adapters);
    if (!opened) throw std::runtime_error(opened.error().message);
    gateway_ = std::move(*opened);
    gateway_->start();
  }
  [[nodiscard]] std::uint16_t port() const { return gateway_->listeners().front().endpoint.port; }
  [[nodiscard]] gateway::runtime::Gateway& operator*() const { return *gateway_; }
  [[nodiscard]] gateway::runtime::Gateway* operator->() const { return gateway_.get(); }

 private:
  std::unique_ptr<gateway::runtime::Gateway> gateway_;
};

}  // namespace parley::test
