// Enghouse's API as Parley serves it: JSON or JSONP, with errors that a script can read.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "adapters/enghouse/settings.hpp"

namespace parley::enghouse {

class Facade final : public contract::Facade {
 public:
  /// The route must have passed check_route.
  explicit Facade(const config::Route& route);

  [[nodiscard]] std::span<const contract::Endpoint> endpoints() const noexcept override;
  [[nodiscard]] bool ignores_path_case() const noexcept override { return true; }
  /// Four seconds: common JSONP clients give up after five.
  [[nodiscard]] std::chrono::milliseconds patience() const noexcept override { return std::chrono::seconds(4); }
  Result<std::string_view> admit(const http::Request& request) const override;
  Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const override;
  void render(const Error& error, const http::Request& request, http::Reply& reply) const override;

  /// The tenant of the domain in a path; empty on a route without `domains`. Errors: no_such_chat.
  [[nodiscard]] Result<String> tenant_of(std::string_view domain) const;
  /// Whether the route reports what an answer cannot carry.
  [[nodiscard]] bool reports_losses() const noexcept { return reports_losses_; }

 private:
  /// The principal of a credential; nullopt where it is wrong.
  [[nodiscard]] std::optional<std::string_view> holder_of_token(std::string_view token) const noexcept;
  [[nodiscard]] std::optional<std::string_view> holder_of_authorization(std::string_view value) const;

  bool open_;  // asks for no credentials
  RouteAuth auth_;
  List<String> token_names_;   // the principals of auth_.tokens: `tokens[0]`, …
  List<String> bearer_names_;  // the principals of auth_.bearer
  List<std::pair<String, String>> domains_;
  String challenge_;  // WWW-Authenticate of a 401
  bool strict_status_;
  bool reports_losses_;
};

/// The route must have passed check_route.
[[nodiscard]] std::unique_ptr<contract::Facade> make_facade(const config::Route& route);

/// Appends the vendor's answer around the JSON of a contact.
void wrap_contact(std::string_view contact, Buffer& out);
/// The same around a list of messages: the transcript of an ended chat, and the history of an active one.
void wrap_transcript(std::string_view messages, Buffer& out);
void wrap_history(std::string_view messages, Buffer& out);

/// How an error is shown.
struct Shown {
  Code code;
  int status;             ///< 200 for every error that a script should read; browsers run no script of another status
  int strict;             ///< status of a plain JSON answer on a route with `strict_status`
  std::string_view text;  ///< never repeats what the client sent
};
[[nodiscard]] const Shown& shown(Code code) noexcept;
/// The error of a code, with the text of its `Shown`.
[[nodiscard]] Error refuse(Code code);

}  // namespace parley::enghouse
