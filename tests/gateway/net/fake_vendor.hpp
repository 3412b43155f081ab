// A vendor that exists only in tests: a facade over few endpoints, and a backend whose answers and delays the test decides.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/contract/adapter.hpp"
#include "config/own_table.hpp"
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

/// What all sessions of the fake backend share with the test.
struct FakeState {
  std::atomic<int> executed{0};
  std::atomic<int> committed{0};
  std::atomic<int> waiting{0};
  std::atomic<bool> release{false};  ///< ends `hang`
  std::atomic<int> gathered{0};      ///< logins that wait for each other
  String big;                        ///< appended to every visitor's name
  String via;                        ///< the Via of the last write
  std::optional<contract::Executor>
      executor;  ///< of the last session of a FakeBackend; for sources and upgrades. Such a backend has one worker.

  void note_thread() {
    const std::lock_guard lock(mutex);
    ++seen[std::this_thread::get_id()];
  }
  std::mutex mutex;
  std::map<std::thread::id, int> seen;  ///< what each worker executed
};
inline FakeState fake_state;
constexpr std::int64_t limit_not_shown = 777;  ///< where this many requests are allowed, showing it throws

class FakeSession final : public contract::BackendSession {
 public:
  explicit FakeSession(contract::Executor executor);

  std::optional<Result<Outcome>> execute_now(const Operation& operation) override;
  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override;

 private:
  Result<Outcome> visitor(const GetVisitor& get);
  contract::Task<void> hang();

  contract::Executor executor_;
  Ref<Visitor> cached_;
};

class FakeBackend final : public contract::Backend {
 public:
  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  Result<void> load(const contract::Records&) override { return {}; }
};

/// Vendor `fake`; in profile `loud` a vendor that ignores the case of paths and shouts, in profile `slashes` one that takes
/// slashes in front and at the end.
class FakeFacade final : public contract::Facade {
 public:
  explicit FakeFacade(const config::Route& route);

  std::span<const contract::Endpoint> endpoints() const noexcept override;
  bool ignores_path_case() const noexcept override { return loud_; }
  contract::Slashes slashes() const noexcept override;
  Result<std::string_view> admit(const http::Request& request) const override;
  Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const override;
  template <class Answer>
  Result<void> show(const Answer& answer, http::Reply& reply) const;
  void render(const Error& error, const http::Request& request, http::Reply& reply) const override;
  void show_limit(const contract::Limit& limit, http::Reply& reply) const override;

 private:
  bool loud_;
  bool takes_slashes_;
};

extern const contract::Adapter fake_adapter;
/// The same under another name, for `emit`.
extern const contract::Adapter shouting_adapter;
inline const contract::Adapter* const fake_adapters[] = {&fake_adapter, &shouting_adapter};

/// One route of `fake` on a free port of the loopback.
[[nodiscard]] config::Settings fake_settings();

/// A running gateway over the fake.
class FakeGateway {
 public:
  explicit FakeGateway(const config::Settings& settings = fake_settings());
  [[nodiscard]] std::uint16_t port() const { return gateway_->listeners().front().endpoint.port; }
  [[nodiscard]] gateway::runtime::Gateway& operator*() const { return *gateway_; }
  [[nodiscard]] gateway::runtime::Gateway* operator->() const { return gateway_.get(); }

 private:
  std::unique_ptr<gateway::runtime::Gateway> gateway_;
};

}  // namespace parley::test
