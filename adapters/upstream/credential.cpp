// One fetch at a time for all workers. The other callers are held by their own workers' clients, which end the wait at the deadline.
#include "adapters/upstream/credential.hpp"

#include <mutex>

#include "adapters/upstream/call_dispatcher.hpp"
#include "adapters/upstream/json.hpp"

namespace parley::upstream {
namespace {

// A pause after a denial, because vendors lock accounts after a few wrong passwords.
constexpr std::chrono::seconds pause_after_denial{5};

}  // namespace

class Credentials::Impl : public std::enable_shared_from_this<Impl> {
 public:
  struct Present {
    std::shared_ptr<const Credential> credential;
    std::uint64_t number = 0;
  };

  explicit Impl(Credential fixed) : credential_(std::make_shared<const Credential>(std::move(fixed))), number_(1) {}
  explicit Impl(std::unique_ptr<CredentialSource> source) : source_(std::move(source)) {}

  [[nodiscard]] bool renewable() const noexcept { return source_ != nullptr; }
  /// For credentials that are not renewable. They never change, so this needs no lock.
  [[nodiscard]] const Credential& fixed() const noexcept { return *credential_; }

  /// The present credential. Nothing: it is number `refused`, or it must be renewed.
  Present present(std::uint64_t refused) {
    const std::scoped_lock lock(mutex_);
    return good(refused, Clock::now()) ? Present{credential_, number_} : Present{};
  }

  contract::Task<Result<Present>> renew(Client& client, CallDispatcher& calls, const contract::Call& call,
                                        std::uint64_t refused) {
    for (;;) {
      CallWaiter waiting;
      const std::optional<Result<Present>> known = look(waiting, calls, call, refused);
      if (known) co_return *known;
      if (waiting.calls == nullptr) break;  // this caller must fetch
      co_await waiting.waiting.wait();
      if (!*waiting.result) {
        name_server(call);
        co_return waiting.result->error();
      }
    }
    Fetch fetch(shared_from_this());
    Result<Credential> fetched = co_await source_->fetch(client, fetch.last.get(), call);
    keep_server(call);
    co_return fetch.end(std::move(fetched));
  }

 private:
  struct Waiter {
    std::shared_ptr<CallDispatcher::Remote> remote;
    std::uint64_t id;
  };

  /// A fetch under way. It also ends if its coroutine is destroyed: then one of the waiting callers fetches.
  struct Fetch {
    explicit Fetch(std::shared_ptr<Impl> impl) : of(std::move(impl)) {
      const std::scoped_lock lock(of->mutex_);
      last = of->credential_;
    }
    ~Fetch() {
      if (!ended) of->end_fetch({});
    }
    Fetch(const Fetch&) = delete;
    Fetch& operator=(const Fetch&) = delete;

    Result<Present> end(Result<Credential> fetched) {
      ended = true;
      if (!fetched) {
        of->end_fetch(fetched.error());
        return std::move(fetched).error();
      }
      return of->take(*std::move(fetched));
    }

    std::shared_ptr<Impl> of;
    std::shared_ptr<const Credential> last;
    bool ended = false;
  };

  [[nodiscard]] bool good(std::uint64_t refused, Moment now) const noexcept {
    if (!renewable()) return true;
    return credential_ != nullptr && number_ != refused && now < credential_->renew_at;
  }

  /// Remembers the server that was asked for a credential, so that repeated errors name it, too.
  void keep_server(const contract::Call& call) {
    if (call.upstream == nullptr) return;
    const std::scoped_lock lock(mutex_);
    server_ = call.upstream->server;
  }
  void name_server(const contract::Call& call) {
    if (call.upstream == nullptr) return;
    const std::scoped_lock lock(mutex_);
    call.upstream->server = server_;
  }

  /// The credential or the error to use. Nothing: either `waiting` is held until another caller's fetch ends, or this caller must fetch.
  std::optional<Result<Present>> look(CallWaiter& waiting, CallDispatcher& calls, const contract::Call& call,
                                      std::uint64_t refused) {
    const Moment now = Clock::now();
    const std::scoped_lock lock(mutex_);
    if (good(refused, now)) return Present{credential_, number_};
    if (now < denied_until_) {
      if (call.upstream != nullptr) call.upstream->server = server_;
      return denial_;
    }
    if (fetching_) {
      const std::uint64_t id = calls.hold(waiting, std::min(call.deadline, now + calls.patience()));
      waiters_.push_back({calls.remote(), id});
    }
    fetching_ = true;
    return {};
  }

  Present take(Credential fetched) {
    Present present{std::make_shared<const Credential>(std::move(fetched)), 0};
    {
      const std::scoped_lock lock(mutex_);
      credential_ = present.credential;
      present.number = ++number_;
    }
    end_fetch({});
    return present;
  }

  void end_fetch(std::optional<Error> error) {
    List<Waiter> waiters;
    {
      const std::scoped_lock lock(mutex_);
      fetching_ = false;
      waiters.swap(waiters_);
      if (error && error->code == Code::upstream_denied) {
        denial_ = *error;
        denied_until_ = Clock::now() + pause_after_denial;
      }
    }
    for (const Waiter& waiter : waiters) {
      waiter.remote->post([id = waiter.id, error](CallDispatcher& calls) {
        calls.finish(id, error ? Result<Response>(*error) : Result<Response>(Response()));
      });
    }
  }

  const std::unique_ptr<CredentialSource> source_;
  std::mutex mutex_;
  std::shared_ptr<const Credential> credential_;
  std::uint64_t number_ = 0;
  bool fetching_ = false;
  Error denial_;
  std::string_view server_;  // lives as long as the backend
  Moment denied_until_{};
  List<Waiter> waiters_;
};

Credentials::Credentials(Credential fixed) : impl_(std::make_shared<Impl>(std::move(fixed))) {}
Credentials::Credentials(std::unique_ptr<CredentialSource> source) : impl_(std::make_shared<Impl>(std::move(source))) {}
Credentials::~Credentials() = default;

contract::Task<Result<Response>> Credentials::send(Client& client, const Request& request, const contract::Call& call) {
  // A fixed credential needs no second coroutine.
  if (!impl_->renewable()) return client.impl_->send(request, &impl_->fixed().headers, call, true);
  return send_renewed(client, request, call);
}

contract::Task<Result<Response>> Credentials::send_renewed(Client& client, const Request& request,
                                                           const contract::Call& call) {
  CallDispatcher& calls = *client.impl_;
  std::uint64_t refused = 0;
  for (;;) {
    Impl::Present present = impl_->present(refused);
    if (present.credential == nullptr) {
      Result<Impl::Present> renewed = co_await impl_->renew(client, calls, call, refused);
      if (!renewed) co_return std::move(renewed).error();
      present = *std::move(renewed);
    }
    Result<Response> response = co_await calls.send(request, &present.credential->headers, call);
    if (!response || response->status != 401) co_return response;
    if (refused != 0) co_return failed(*response);
    refused = present.number;
  }
}

}  // namespace parley::upstream
