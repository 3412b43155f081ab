// The calls that one operation makes to a Rocket.Chat server. Sending, reading and refusals are the same for all operations.
#pragma once

#include "adapters/contract/backend.hpp"
#include "adapters/upstream/credential.hpp"
#include "schemas/shape/node.hpp"

namespace parley::rocketchat {

/// The server of a backend, for all its operations.
struct Server {
  upstream::Credentials& credentials;
  std::string_view host;  ///< with the port, as in a Host header
};

/// The calls of one operation. Lives as long as the operation.
class VendorCalls {
 public:
  VendorCalls(const Server& server, upstream::Client& client, const contract::Call& call)
      : server_(server), client_(client), call_(call) {}

  /// Makes a call and reads its answer into `answer`, which is an object on success. `name`, a literal, names the call in the log.
  /// Errors: those of Credentials::send, read_json and `refusal`.
  contract::Task<Result<void>> send(std::string_view name, const upstream::Request& request, shape::Document& answer);
  /// GET of a target.
  contract::Task<Result<void>> get(std::string_view name, const upstream::Target& target, shape::Document& answer);
  /// POST of a JSON body. Never sent again after a failure.
  contract::Task<Result<void>> post(std::string_view name, std::string_view path, const Buffer& body,
                                    shape::Document& answer);

  /// The error for the last answer, if a part of it is not what it must be: upstream_failed. `what` goes to the log.
  [[nodiscard]] Error unreadable(std::string_view what) const;
  /// An object or list in the last answer. nullptr: it is absent or null. Errors: upstream_failed, where it is something else.
  [[nodiscard]] Result<const shape::Node*> object_in(const shape::Node& root, std::string_view key) const;
  [[nodiscard]] Result<const shape::Node*> list_in(const shape::Node& root, std::string_view key) const;

  [[nodiscard]] const contract::Call& call() const noexcept { return call_; }
  [[nodiscard]] std::string_view host() const noexcept { return server_.host; }
  /// Receives notes of text that was not valid Unicode. nullptr: what is read now is not part of the answer.
  [[nodiscard]] shape::Losses* text_losses() const noexcept { return quiet_ ? nullptr : call_.losses; }

 private:
  friend class Quiet;
  const Server& server_;
  upstream::Client& client_;
  const contract::Call& call_;
  std::string_view last_{};  // the name of the last call
  bool quiet_ = false;
};

/// While it lives, text_losses() is nullptr: what is read is not part of the operation's answer.
class Quiet {
 public:
  explicit Quiet(VendorCalls& vendor) noexcept : vendor_(vendor), before_(std::exchange(vendor.quiet_, true)) {}
  ~Quiet() { vendor_.quiet_ = before_; }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  VendorCalls& vendor_;
  bool before_;
};

/// The losses of a write: those known before it is sent, and those seen when the record is read back.
class WriteLosses {
 public:
  explicit WriteLosses(const contract::Call& call) : call_(call) {}

  void note(String member, String reason) { found_.push_back({std::move(member), std::move(reason)}); }
  [[nodiscard]] bool has(std::string_view member) const noexcept;
  /// Call this before anything is sent. Errors: lossy, where the call is lossless and a loss was noted; then it adds the losses to
  /// those of the call.
  [[nodiscard]] Result<void> before() const;
  /// Call this after the write: adds the losses to those of the call. Errors: lossy, where the call is lossless and a loss was
  /// noted; the message says that the write was executed.
  [[nodiscard]] Result<void> after() const;

 private:
  void tell() const;

  const contract::Call& call_;
  shape::Losses found_;
};

}  // namespace parley::rocketchat
