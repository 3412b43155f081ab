// The Comm100 v4 API as Parley serves it: the calls of the vendor's "Chat Server" page, for agents' status and visitors, the chat history,
// offline messages, departments and agents.
#pragma once

#include "adapters/comm100/errors.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/contract/facade.hpp"
#include "adapters/login/logins.hpp"

namespace parley::comm100 {

inline constexpr std::string_view json_type = "application/json; charset=utf-8";

/// All calls; POST /oauth/token only for routes with logins (endpoints.cpp).
[[nodiscard]] std::span<const contract::Endpoint> endpoints(bool with_logins) noexcept;

class Facade;

/// POST /oauth/token: issues tokens for a password or a refresh token (oauth.cpp). Errors, all with the source `by_oauth`:
/// unauthorized, where the credentials are wrong; forbidden, where the client is; malformed_body, unsupported_media,
/// duplicate_key, missing_field; unsupported_operation, for another grant.
Result<void> answer_token_request(const Facade& facade, const http::Request& request, http::Reply& reply);

/// Writes an error of that call as RFC 6749 specifies.
void render_token_refusal(const Error& error, http::Reply& reply);

/// Writes status and error document of any code (errors.cpp). `endpoint`: that of the request; nullptr if none matched. `challenge`: the
/// value of WWW-Authenticate in a 401.
void render_error(const Error& error, const contract::Endpoint* endpoint, std::string_view challenge,
                  http::Reply& reply);

class Facade final : public contract::Facade {
 public:
  explicit Facade(const config::Route& route);

  [[nodiscard]] std::span<const contract::Endpoint> endpoints() const noexcept override {
    return comm100::endpoints(!logins_.empty());
  }
  [[nodiscard]] bool ignores_path_case() const noexcept override { return true; }
  Result<std::string_view> admit(const http::Request& request) const override;
  Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const override;
  void render(const Error& error, const http::Request& request, http::Reply& reply) const override {
    if (error.source == by_oauth) return render_token_refusal(error, reply);
    render_error(error, request.endpoint, challenge_, reply);
  }

  /// Writes an answer. A chat is shown as the document of its visitor; with its messages, as a chat of the history. Errors:
  /// unsupported_operation, where the API has no document for this type of answer.
  Result<void> show(const Ref<Visitor>& answer, http::Reply& reply) const;
  Result<void> show(const Page<Visitor>& answer, http::Reply& reply) const;
  Result<void> show(const Ref<Agent>& answer, http::Reply& reply) const;
  Result<void> show(const Page<Agent>& answer, http::Reply& reply) const;
  Result<void> show(const Ref<Chat>& answer, http::Reply& reply) const;
  Result<void> show(const Page<Chat>& answer, http::Reply& reply) const;
  Result<void> show(const OpenedChat& answer, http::Reply& reply) const;
  Result<void> show(const List<Channel>& answer, http::Reply& reply) const;
  Result<void> show(const RecordedPage& answer, http::Reply& reply) const;
  Result<void> show(const Transcript& answer, http::Reply& reply) const;
  Result<void> show(const Ref<Department>& answer, http::Reply& reply) const;
  Result<void> show(const Page<Department>& answer, http::Reply& reply) const;
  Result<void> show(const Ref<OfflineMessage>& answer, http::Reply& reply) const;
  Result<void> show(const Page<OfflineMessage>& answer, http::Reply& reply) const;
  Result<void> show(const OpenedFile& file, http::Reply& reply) const;
  Result<void> show(const Ref<Contact>& answer, http::Reply& reply) const;
  Result<void> show(const Page<Contact>& answer, http::Reply& reply) const;
  template <contract::OneOf<PostedMessage, Ref<Message>, List<Transcript>, ClosedChats, DeletedChats,
                            DeletedOfflineMessages, ErasedVisitor, Site, DeletedContacts>
                Other>
  Result<void> show(const Other&, http::Reply&) const {
    return fault(Code::unsupported_operation, "Comm100 has no document for this.");
  }

  /// The display name of the status that a client sent. Errors: missing_field, where it is blank; invalid_field.
  [[nodiscard]] Result<String> status_name(std::string_view sent) const;

  /// The ids and e-mail addresses by which an agent who calls with these credentials is known. None for a configured access token, and on
  /// an open route.
  [[nodiscard]] List<String> names_of_caller(const http::Request& request) const;
  /// The custom away statuses of the route.
  [[nodiscard]] const List<String>& away_statuses() const noexcept { return away_statuses_; }
  /// Whether the list of visitors shows only those who are on the site.
  [[nodiscard]] bool lists_on_site() const noexcept { return lists_on_site_; }

  /// Whether answers list what they cannot carry.
  [[nodiscard]] bool reports_losses() const noexcept { return report_losses_; }
  [[nodiscard]] const login::Logins& logins() const noexcept { return logins_; }
  /// Whether the route accepts logins of this OAuth client.
  [[nodiscard]] bool knows_client(std::string_view id) const noexcept {
    return auth_.client_id.empty() || auth_.client_id == id;
  }

 private:
  /// The principal of a token, or of a base64-encoded `user:key`. nullopt: it is not valid here.
  [[nodiscard]] std::optional<std::string_view> holder_of_token(std::string_view token) const;
  [[nodiscard]] std::optional<std::string_view> holder_of_key(std::string_view encoded) const;

  bool open_;  // asks for no credentials
  RouteAuth auth_;
  login::Logins logins_;
  List<String> token_names_;  // the principals of auth_.bearer: `bearer[0]`, …
  List<String> away_statuses_;
  bool lists_on_site_;
  bool report_losses_;
  String challenge_;
};

}  // namespace parley::comm100
