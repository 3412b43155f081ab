// See fake_vendor.hpp.
#include "tests/gateway/net/fake_vendor.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <stdexcept>

namespace parley::test {
namespace {

constexpr const config::OwnTable* fake_tables[] = {&config::own_table<FakeStore>, &config::own_table<FakeAuth>};
void fake_files(const config::Backend& settings, List<contract::BackendFile>& files) {
  const String& path = config::settings_of<FakeStore>(settings).path;
  if (!path.empty()) files.push_back({.path = path, .key = "path", .store = true});
}

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
    reply.upgrade = make_fake_echo(*fake_state.executor);
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

constexpr contract::Support fake_support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>,
    contract::cannot<ListAgents>("the fake has no agents"),
    contract::cannot<GetChat, PostMessage, EditMessage, DeleteMessage, GetMessage, ListMessages, ListTranscripts,
                     CloseChat, CloseAllChats, AssignChat, RateChat, DeleteChats, PostMessages, ChangeChat,
                     RequestTranscript>("the fake has no messages"),
    contract::cannot<ListDepartments, GetDepartment, PutDepartment, DeleteDepartment, LeaveOfflineMessage,
                     ListOfflineMessages, GetOfflineMessage, ChangeOfflineMessage, DeleteOfflineMessages, SetPresence,
                     DeleteVisitor, GetSite, PostFile, GetFile, ListContacts, GetContact, PutContact, PutIdentity,
                     DeleteIdentity, MergeContacts, DeleteContacts>("the fake has no site"));

}  // namespace

FakeSession::FakeSession(contract::Executor executor) : executor_(executor) {}

std::optional<Result<Outcome>> FakeSession::execute_now(const Operation& operation) {
  ++fake_state.executed;
  fake_state.note_thread();
  const auto* get = std::get_if<GetVisitor>(&operation);
  if (get == nullptr || get->visitor.text == "hang") return {};
  return visitor(*get);
}

contract::Task<Result<Outcome>> FakeSession::execute(const Operation& operation, const contract::Call& call) {
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

Result<Outcome> FakeSession::visitor(const GetVisitor& get) {
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

contract::Task<void> FakeSession::hang() {
  using Clock = std::chrono::steady_clock;
  boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, contract::Executor> timer(executor_);
  ++fake_state.waiting;
  while (!fake_state.release) {
    boost::system::error_code ignored;
    timer.expires_after(std::chrono::milliseconds(1));
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable_t<contract::Executor>{}, ignored));
  }
  --fake_state.waiting;
}

std::unique_ptr<contract::BackendSession> FakeBackend::open_session(const contract::Loop& loop) {
  fake_state.executor = loop.executor;
  return std::make_unique<FakeSession>(loop.executor);
}

FakeFacade::FakeFacade(const config::Route& route)
    : loud_(route.profile == "loud"), takes_slashes_(route.profile == "slashes") {}

contract::Slashes FakeFacade::slashes() const noexcept {
  return takes_slashes_ ? contract::Slashes::closing_and_leading : contract::Facade::slashes();
}

Result<std::string_view> FakeFacade::admit(const http::Request& request) const {
  if (request.header("Authorization") == "let me in") return "somebody";
  if (request.header("Authorization") == "me too") return "another";
  return Error{.code = Code::unauthorized, .message = "who are you"};
}

template <class Answer>
Result<void> FakeFacade::show(const Answer& answer, http::Reply& reply) const {
  reply.content_type = "text/plain";
  reply.body.append(loud_ ? "LOUD " : "");
  if constexpr (std::is_same_v<Answer, Ref<Visitor>>) {
    constexpr std::string_view steps = "steps:";
    if (answer->id.text.starts_with(steps)) {
      reply.body.clear();
      reply.source = make_fake_source(String(answer->id.text.view().substr(steps.size())), *fake_state.executor);
      if (answer->id.text.view().ends_with("l")) reply.losses = {{"visitor.token", "no place"}};
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

Result<void> FakeFacade::encode(const Outcome& outcome, const http::Request&, http::Reply& reply) const {
  return contract::encode_any(outcome, [this, &reply](const auto& answer) { return show(answer, reply); });
}

void FakeFacade::render(const Error& error, const http::Request&, http::Reply& reply) const {
  static constexpr std::pair<Code, int> statuses[] = {{Code::unauthorized, 401},          {Code::no_such_endpoint, 404},
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

void FakeFacade::show_limit(const contract::Limit& limit, http::Reply& reply) const {
  if (limit.requests == limit_not_shown) throw std::runtime_error("a facade that breaks its contract");
  reply.add("Left", std::to_string(limit.remaining) + " of " + std::to_string(limit.requests));
}

std::span<const contract::Endpoint> FakeFacade::endpoints() const noexcept {
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

constinit const contract::Adapter fake_adapter{
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
constinit const contract::Adapter shouting_adapter{
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

config::Settings fake_settings() {
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

FakeGateway::FakeGateway(const config::Settings& settings) {
  fake_state.executed = fake_state.committed = 0;
  fake_state.release = false;
  fake_state.gathered = 0;
  fake_state.seen.clear();
  auto opened = gateway::runtime::Gateway::open(settings, fake_adapters);
  if (!opened) throw std::runtime_error(opened.error().message);
  gateway_ = std::move(*opened);
  gateway_->start();
}

}  // namespace parley::test
