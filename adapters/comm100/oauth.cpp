// POST /oauth/token: the grants `password` and `refresh_token`, as a form or as JSON. The vendor documents no refusal, so
// these are RFC 6749's.
#include <array>

#include "adapters/comm100/facade.hpp"
#include "schemas/shape/node.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::comm100 {
namespace {

using adapters::Logins;
using adapters::Reply;
using adapters::Request;
using adapters::TokenKind;

/// Why a request is refused: RFC 6749, 5.2.
struct Refusal {
  std::string_view error;
  std::string_view description;
};

constexpr Refusal not_understood = {"invalid_request",
                                    "The request body is neither a form nor a JSON object of texts."};
constexpr Refusal twice = {"invalid_request", "A parameter is there twice."};

/// What a client sends; what it sent in an unknown name is passed over. The vendor's example writes `client_Id`.
class Parameters {
 public:
  enum Name : std::uint8_t { grant_type, email, password, client_id, refresh_token };

  [[nodiscard]] const std::optional<String>& operator[](Name name) const noexcept { return values_[name]; }
  [[nodiscard]] std::string_view text(Name name) const noexcept {
    return values_[name] ? std::string_view(*values_[name]) : std::string_view();
  }

  std::optional<Refusal> read(const Request& request) {
    const std::size_t begin = request.body.find_first_not_of(" \t\r\n");
    const bool json = begin != std::string_view::npos && request.body[begin] == '{';
    return json ? read_json(request.body) : read_form(request.body);
  }

 private:
  static constexpr std::array<std::string_view, 5> names = {"grant_type", "email", "password", "client_id",
                                                            "refresh_token"};

  std::optional<Refusal> set(std::string_view name, String value) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!adapters::same_ignoring_case(name, names[i])) continue;
      if (values_[i]) return twice;
      values_[i] = std::move(value);
    }
    return {};
  }

  std::optional<Refusal> read_json(std::string_view body) {
    shape::Document document;
    if (!document.parse_json(body)) return not_understood;
    for (const shape::Node& member : document.root()) {
      if (!member.is_text()) return not_understood;
      if (const auto refused = set(member.key, String(member.text))) return refused;
    }
    return {};
  }

  std::optional<Refusal> read_form(std::string_view body) {
    adapters::QueryPairs pairs(body);
    while (const auto pair = pairs.next()) {
      const std::optional<String> name = adapters::percent_decode(pair->first, true);
      std::optional<String> value = adapters::percent_decode(pair->second, true);
      if (!name || !value) return not_understood;
      if (const auto refused = set(*name, std::move(*value))) return refused;
    }
    return {};
  }

  std::array<std::optional<String>, names.size()> values_;
};

void refuse(const Refusal& refusal, Reply& reply) {
  reply.status = 400;
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.key("error");
  writer.string(refusal.error);
  writer.key("error_description");
  writer.string(refusal.description);
  writer.end_object();
  writer.finish();
}

/// Who gets tokens; the refresh token is made already.
using Granted = Logins::Renewed;

void grant(const Logins& logins, const Granted& granted, Reply& reply) {
  reply.status = 200;
  shape::Writer writer(reply.body);
  writer.begin_object();
  writer.key("access_token");
  writer.string(logins.issue(TokenKind::access, *granted.user));
  writer.key("token_type");
  writer.string("bearer");
  writer.key("expires_in");
  writer.integer(logins.session().count());
  writer.key("refresh_token");
  writer.string(granted.refresh_token);
  writer.end_object();
  writer.finish();
}

std::optional<Granted> grant_by_password(const Logins& logins, std::string_view email, std::string_view password) {
  const Logins::User* user = logins.sign_in(Logins::By::email, email, adapters::sha256_hex(password));
  if (user == nullptr) return {};
  return Granted{user, logins.issue(TokenKind::refresh, *user)};
}

/// Who gets the tokens, or why nobody does.
std::optional<Refusal> find_user(const Facade& facade, const Parameters& sent, std::optional<Granted>& granted) {
  using enum Parameters::Name;
  if (!sent[grant_type]) return Refusal{"invalid_request", "Parameter 'grant_type' is required."};
  const std::string_view type = sent.text(grant_type);
  const bool by_password = type == "password";
  if (!by_password && type != "refresh_token") {
    return Refusal{"unsupported_grant_type", "The grant must be password or refresh_token."};
  }
  if (by_password && !sent[email]) return Refusal{"invalid_request", "Parameter 'email' is required."};
  if (by_password && !sent[password]) return Refusal{"invalid_request", "Parameter 'password' is required."};
  if (!by_password && !sent[refresh_token]) return Refusal{"invalid_request", "Parameter 'refresh_token' is required."};
  if (!facade.knows_client(sent.text(client_id))) return Refusal{"invalid_client", "The client is not known here."};
  const Logins& logins = facade.logins();
  granted = by_password ? grant_by_password(logins, sent.text(email), sent.text(password))
                        : logins.renew(sent.text(refresh_token));
  if (granted) return {};
  return by_password ? Refusal{"invalid_grant", "The e-mail address or the password is wrong."}
                     : Refusal{"invalid_grant", "The refresh token is wrong, was used, or has expired."};
}

}  // namespace

Result<void> answer_token_request(const adapters::Facade& facade, const Request& request, Reply& reply) {
  const auto& own = static_cast<const Facade&>(facade);
  reply.content_type = json_type;
  reply.add("Cache-Control", "no-store");
  reply.add("Pragma", "no-cache");
  Parameters sent;
  std::optional<Granted> granted;
  std::optional<Refusal> refused = sent.read(request);
  if (!refused) refused = find_user(own, sent, granted);
  if (refused) {
    refuse(*refused, reply);
  } else {
    grant(own.logins(), *granted, reply);
  }
  return {};
}

}  // namespace parley::comm100
