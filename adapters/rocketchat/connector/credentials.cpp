// See credentials.hpp. A personal access token does not expire. A login does, and is repeated after a 401.
#include "adapters/rocketchat/connector/credentials.hpp"

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/errors.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/settings.hpp"
#include "adapters/upstream/json.hpp"
#include "adapters/upstream/next_step.hpp"

namespace parley::rocketchat {
namespace {

constexpr std::string_view login_call = "POST login";

upstream::Credential credential(std::string_view user_id, std::string_view token) {
  upstream::Credential made;
  made.headers.emplace_back("X-User-Id", user_id);
  made.headers.emplace_back("X-Auth-Token", token);
  return made;
}

/// Reads the credential in the answer to a login.
Result<upstream::Credential> read_login(const upstream::Response& response) {
  // Each of these means that the credentials are refused: 401, and 400 or 401 where a second factor is needed.
  if (response.status == 400 || response.status == 401 || response.status == 403)
    return upstream::fault(
        Code::upstream_denied, "the upstream does not accept the gateway's credentials", {},
        String(login_call) + ": " + std::to_string(response.status) + upstream::after_denial(response));
  shape::Document document;
  if (Result<void> read = upstream::read_json(response, document); !read) return std::move(read).error();
  if (std::optional<Error> refused = refusal(response, &document.root(), login_call)) return *std::move(refused);
  const shape::Node* data = document.root().find("data");
  const shape::Node* user = data == nullptr ? nullptr : data->find("userId");
  const shape::Node* token = data == nullptr ? nullptr : data->find("authToken");
  if (user == nullptr || token == nullptr || !user->is_text() || !token->is_text() || token->text.empty() ||
      user->text_repaired || token->text_repaired) {
    return upstream::fault(Code::upstream_failed, "the upstream's answer cannot be read", {},
                           String(login_call) + ": no userId and authToken in the answer");
  }
  return credential(user->text, token->text);
}

class Login final : public upstream::CredentialSource {
 public:
  Login(String user, config::Secret password) : user_(std::move(user)), password_(std::move(password)) {}

  contract::Task<Result<upstream::Credential>> fetch(upstream::Client& client, const upstream::Credential*,
                                                     const contract::Call& call) override {
    upstream::Request request;
    request.method = http::Method::post;
    request.target = upstream::Target(path::login);
    request.content_type = "application/json";
    request.repeatable = false;
    request.body = body();
    const Result<upstream::Response> response = co_await client.send(request, call);
    if (!response) co_return response.error();
    co_return read_login(*response);
  }

 private:
  [[nodiscard]] String body() const {
    LoginBody login;
    login.user = user_;
    login.password.text = password_.value;
    return String(write_body<login_body>(login).view());
  }

  String user_;
  config::Secret password_;
};

}  // namespace

upstream::Credentials make_credentials(const config::Backend& settings) {
  if (settings.auth.none) return upstream::Credentials(upstream::Credential{});
  const BackendAuth& auth = config::settings_of<BackendAuth>(settings);
  if (!auth.user.empty()) return upstream::Credentials(std::make_unique<Login>(auth.user, auth.password));
  return upstream::Credentials(credential(auth.user_id, auth.token.value));
}

void check_credentials(const config::Backend& settings, config::Faults& faults) {
  if (settings.auth.none) return;
  const BackendAuth& auth = config::settings_of<BackendAuth>(settings);
  const auto add = [&](String what) {
    faults.push_back({settings.auth.given ? settings.auth.mark : settings.kind_mark,
                      "backends." + settings.name + ".auth", std::move(what)});
  };
  const bool fixed = !auth.user_id.empty() || !auth.token.value.empty();
  const bool login = !auth.user.empty() || !auth.password.value.empty();
  if (!fixed && !login) {
    return add(
        "missing: expected `auth: {user_id: …, token: …}` (a personal access token), `auth: {user: …, password: …}`, "
        "or "
        "`auth: none` where only visitors' own calls are wanted");
  }
  if (fixed && login) return add("expected user_id and token, or user and password, not both");
  if (fixed && (auth.user_id.empty() || auth.token.value.empty())) return add("user_id and token go together");
  if (login && (auth.user.empty() || auth.password.value.empty())) return add("user and password go together");
}

}  // namespace parley::rocketchat
