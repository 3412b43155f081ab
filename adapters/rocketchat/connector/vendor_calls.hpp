// One operation's calls to a Rocket.Chat server: what is sent, read and refused is the same for all of them.
#pragma once

#include "adapters/contract/backend.hpp"
#include "adapters/upstream/credential.hpp"
#include "schemas/shape/node.hpp"

namespace parley::rocketchat {

/// What is the same for every operation of a backend.
struct Server {
  upstream::Credentials& credentials;
  std::string_view host;  ///< with port, as a browser would name it
};

/// Lives as long as its operation.
class VendorCalls {
 public:
  VendorCalls(const Server& server, upstream::Client& client, const contract::Call& call)
      : server_(server), client_(client), call_(call) {}

  /// Calls, and reads the answer into `answer`, which is an object then. `name` is the call, for the log.
  /// Errors: those of Credentials::send, read_json and `refusal`.
  contract::Task<Result<void>> send(std::string_view name, const upstream::Request& request, shape::Document& answer);
  /// GET of a target.
  contract::Task<Result<void>> get(std::string_view name, const upstream::Target& target, shape::Document& answer);
  /// POST of a JSON body: never sent twice.
  contract::Task<Result<void>> post(std::string_view name, std::string_view path, const Buffer& body,
                                    shape::Document& answer);

  [[nodiscard]] const contract::Call& call() const noexcept { return call_; }
  [[nodiscard]] std::string_view host() const noexcept { return server_.host; }
  /// Where a reading tells of text that was no Unicode; nullptr: of what is read now, nothing is shown.
  [[nodiscard]] shape::Losses* text_losses() const noexcept { return quiet_ ? nullptr : call_.losses; }

 private:
  friend class Quiet;
  const Server& server_;
  upstream::Client& client_;
  const contract::Call& call_;
  bool quiet_ = false;
};

/// While it lives, what the caller reads is only looked at, and no part of the answer.
class Quiet {
 public:
  explicit Quiet(VendorCalls& caller) noexcept : caller_(caller), before_(std::exchange(caller.quiet_, true)) {}
  ~Quiet() { caller_.quiet_ = before_; }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  VendorCalls& caller_;
  bool before_;
};

/// What a write loses: known before it is sent, or seen when it is read back.
class WriteLosses {
 public:
  explicit WriteLosses(const contract::Call& call) : call_(call) {}

  void note(String member, String reason) { found_.push_back({std::move(member), std::move(reason)}); }
  [[nodiscard]] bool has(std::string_view member) const noexcept;
  /// Asked before anything is sent. Errors: lossy, where the call is lossless and something was noted.
  [[nodiscard]] Result<void> before() const;
  /// Asked at the end: gives what was noted to the call. Errors: lossy, which says that it was written.
  [[nodiscard]] Result<void> after() const;

 private:
  const contract::Call& call_;
  shape::Losses found_;
};

}  // namespace parley::rocketchat
