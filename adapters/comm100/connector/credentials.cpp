// The connector's credentials: a bearer token, an API key with its site, or tokens that the host of the control panel issues for a
// password or a refresh token. Tokens are renewed before they expire.
#include <algorithm>
#include <charconv>

#include "adapters/comm100/bodies.hpp"
#include "adapters/comm100/connector/connector.hpp"
#include "adapters/http/base64.hpp"
#include "adapters/upstream/check.hpp"
#include "adapters/upstream/json.hpp"
#include "adapters/upstream/next_step.hpp"
#include "adapters/upstream/settings.hpp"
#include "config/values.hpp"

namespace parley::comm100 {
namespace {

using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_token = 16 * 1024;
constexpr seconds longest_life = std::chrono::hours(24 * 365);
constexpr seconds widest_margin = std::chrono::minutes(1);

upstream::Credential bearer(std::string_view token) {
  upstream::Credential credential;
  credential.headers.emplace_back("Authorization", String("Bearer ").append(token));
  return credential;
}

/// The offset at which the path of a token URL begins; npos: it has none.
std::size_t path_of(std::string_view url) noexcept {
  const std::size_t scheme = url.find("://");
  return scheme == url.npos ? url.npos : url.find('/', scheme + 3);
}

/// The integer in a number, or in a string that begins with one.
std::optional<std::int64_t> number_of(const shape::Node* node) noexcept {
  if (node == nullptr) return {};
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(node->text.data(), node->text.data() + node->text.size(), value);
  return fault == std::errc{} ? std::optional(value) : std::nullopt;
}

std::string_view text_of(const shape::Node* node) noexcept {
  return node != nullptr && node->is_text() ? node->text : std::string_view{};
}

bool may_stand_in_header(std::string_view token) noexcept {
  return !token.empty() && token.size() <= longest_token &&
         std::all_of(token.begin(), token.end(), [](char byte) { return byte > ' ' && byte < 0x7f; });
}

/// `why` must not quote the body: the body may repeat the credentials that were sent, or hold a token.
Error no_token(Code code, std::string_view why) {
  return fault(code, "the platform gave no access token", {}, "token endpoint: " + String(why));
}

class TokenSource final : public upstream::CredentialSource {
 public:
  explicit TokenSource(const BackendAuth& auth) : auth_(auth), path_(auth.token_url.substr(path_of(auth.token_url))) {}

  contract::Task<Result<upstream::Credential>> fetch(upstream::Client& client, const upstream::Credential* last,
                                                     const contract::Call& call) override {
    upstream::Client& tokens = static_cast<Clients&>(client).tokens();
    std::string_view renewal = auth_.refresh_token.value;
    if (last != nullptr && !last->renewal.empty()) renewal = last->renewal;
    const bool has_password = !auth_.password.value.empty();
    if (!renewal.empty()) {
      TokenRequest by_renewal;
      by_renewal.grant_type = "refresh_token";
      by_renewal.refresh_token = renewal;
      const upstream::Request asked = ask(std::move(by_renewal));
      const auto answer = co_await tokens.send(asked, call);
      Result<upstream::Credential> renewed = read(answer, renewal);
      const bool refused = !renewed && renewed.error().code == Code::upstream_denied;
      if (!refused || !has_password) co_return renewed;
    }
    TokenRequest by_password;
    by_password.grant_type = "password";
    by_password.email = auth_.email;
    by_password.password = auth_.password.value;
    const upstream::Request asked = ask(std::move(by_password));
    const auto answer = co_await tokens.send(asked, call);
    co_return read(answer, {});
  }

 private:
  [[nodiscard]] upstream::Request ask(TokenRequest&& grant) const {
    grant.client_id = auth_.client_id;
    upstream::Request request;
    request.method = http::Method::post;
    request.target = upstream::Target(path_);
    request.content_type = "application/x-www-form-urlencoded";
    request.repeatable = false;  // a refresh token may be valid only once
    request.body = write_form(grant);
    return request;
  }

  /// `renewal`: the refresh token that was sent. It is kept where the answer has no new one.
  static Result<upstream::Credential> read(const Result<upstream::Response>& answer, std::string_view renewal) {
    if (!answer) return answer.error();
    if (answer->status != 200) {
      Error error = upstream::failed(*answer, by_comm100);
      const Code code = answer->status == 400 ? Code::upstream_denied : error.code;
      String why = "status " + std::to_string(answer->status);
      if (code == Code::upstream_denied) why += upstream::after_denial(*answer);
      Error own = no_token(code, why);
      own.retry_after = error.retry_after;
      return own;
    }
    shape::Document document;
    const Result<void> parsed = upstream::read_json(*answer, document);
    if (!parsed) return no_token(Code::upstream_failed, parsed.error().detail);
    const shape::Node& root = document.root();
    const std::string_view token = text_of(root.find("access_token"));
    if (!may_stand_in_header(token)) return no_token(Code::upstream_failed, "the answer has no usable access_token");
    upstream::Credential credential = bearer(token);
    const std::string_view next = text_of(root.find("refresh_token"));
    credential.renewal.assign(next.empty() ? renewal : next);
    if (const auto life = number_of(root.find("expires_in")); life && *life > 0) {
      const seconds whole(std::min(*life, static_cast<std::int64_t>(longest_life.count())));
      const auto margin = std::min<Clock::duration>(widest_margin, Clock::duration(whole) / 10);
      credential.renew_at = Clock::now() + whole - margin;
    }
    return credential;
  }

  BackendAuth auth_;
  String path_;
};

}  // namespace

Result<Access> open_access(const config::Backend& settings) {
  const BackendAuth& auth = config::settings_of<BackendAuth>(settings);
  Access access;
  if (auth.token_url.empty()) {
    upstream::Credential fixed;
    if (!auth.bearer.value.empty()) {
      fixed = bearer(auth.bearer.value);
    } else if (!auth.api_key.value.empty()) {
      const String pair = auth.email + ':' + auth.api_key.value;
      fixed.headers.emplace_back("Authorization", "Basic " + http::base64_encode(pair));
    }
    access.credentials = std::make_unique<upstream::Credentials>(std::move(fixed));
    return access;
  }
  config::Backend panel = settings;
  auto& server = panel.own.edit<upstream::Settings>();
  server.url = auth.token_url.substr(0, path_of(auth.token_url));
  server.url_key = "auth.token_url";
  server.quota = {};
  auto tokens = upstream::Upstream::open(panel, {});
  if (!tokens) return std::move(tokens).error();
  access.tokens = *std::move(tokens);
  access.credentials = std::make_unique<upstream::Credentials>(std::make_unique<TokenSource>(auth));
  return access;
}

// --- checks ---------------------------------------------------------------------------------------------------------

namespace {

class Checks {
 public:
  Checks(const config::Backend& settings, config::Faults& faults) : settings_(settings), faults_(faults) {}

  void run() {
    if (config::settings_of<upstream::Settings>(settings_).url.empty()) {
      add(settings_.kind_mark, "url", "missing: the site's API, for example \"https://api11.comm100.io\"");
    }
    static constexpr std::string_view own[] = {"/v4/*/*/*", "/livechat", "/oauth/token"};
    upstream::check_settings(settings_, own, faults_, config::settings_of<BackendAuth>(settings_).token_url);
    check_auth();
  }

 private:
  void add(const config::Mark& mark, std::string_view path, std::string_view what) {
    faults_.push_back({mark, String("backends.").append(settings_.name).append(".").append(path), String(what)});
  }
  void auth(std::string_view key, std::string_view what) {
    add(settings_.auth.mark, String("auth").append(key.empty() ? "" : ".").append(key), what);
  }
  void needs(const String& value, std::string_view key, std::string_view what) {
    if (value.empty()) auth(key, what);
  }

  void check_auth() {
    if (settings_.auth.none) return;
    if (!settings_.auth.given) {
      return add(
          settings_.kind_mark, "auth",
          "missing: expected {bearer: …}, {email: …, api_key: …, site_id: …}, {email: …, password: …, client_id: "
          "…, token_url: …}, {refresh_token: …, client_id: …, token_url: …}, or none");
    }
    const BackendAuth& given = config::settings_of<BackendAuth>(settings_);
    const bool bearer = !given.bearer.value.empty();
    const bool key = !given.api_key.value.empty();
    const bool password = !given.password.value.empty();
    const bool granted = password || !given.refresh_token.value.empty();
    if (bearer + key + granted > 1) {
      return auth("", "more than one kind of credential: expected bearer, or api_key, or password and refresh_token");
    }
    if (bearer + key + granted == 0) {
      return auth("", "incomplete: expected bearer, api_key, password or refresh_token");
    }
    if (key || password) needs(given.email, "email", "missing: the agent's e-mail address");
    if (key) needs(given.site_id, "site_id", "missing: an API key goes with the id of its site");
    if (!granted && !given.token_url.empty()) auth("token_url", "goes with password or refresh_token");
    if (!granted) return;
    needs(given.client_id, "client_id", "missing: the id of the OAuth client");
    needs(given.token_url, "token_url", "missing: for example \"https://dash11.comm100.io/oauth/token\"");
    if (given.token_url.empty()) return;
    if (!is_token_url(given.token_url)) {
      return auth("token_url", "expected a URL with a path, such as \"https://dash11.comm100.io/oauth/token\"");
    }
    upstream::check_url({.text = given.token_url,
                         .path = "backends." + settings_.name + ".auth.token_url",
                         .mark = settings_.auth.mark,
                         .carries_credentials = true},
                        {}, faults_);
  }

  static bool is_token_url(std::string_view url) {
    const std::size_t path = path_of(url);
    if (path == url.npos || path + 1 == url.size()) return false;
    const auto stray = [](char byte) { return byte <= ' ' || byte >= 0x7f || byte == '?' || byte == '#'; };
    if (std::any_of(url.begin(), url.end(), stray)) return false;
    shape::Node node;
    node.kind = shape::NodeKind::string;
    node.text = url.substr(0, path);
    String origin;
    shape::Reading reading;
    return config::UrlCodec::read(node, origin, reading) != shape::Fit::refused;
  }

  const config::Backend& settings_;
  config::Faults& faults_;
};

}  // namespace

void check_backend(const config::Backend& settings, config::Faults& faults) { Checks(settings, faults).run(); }

}  // namespace parley::comm100
