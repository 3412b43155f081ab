// The facade: which paths there are, how a request becomes an operation, and how an answer or an error becomes the body that
// a script tag, an XHR or a plain HTTP client can use.
#include <algorithm>

#include "adapters/enghouse/facade/callback.hpp"
#include "adapters/enghouse/facade/facade.hpp"
#include "adapters/enghouse/facade/jsonp.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/projections.hpp"
#include "adapters/http/base64.hpp"
#include "adapters/http/query.hpp"
#include "adapters/http/secret.hpp"
#include "adapters/login/credentials.hpp"
#include "schemas/ascii.hpp"

namespace parley::enghouse {
namespace {

using contract::Endpoint;
using http::Reply;
using http::Request;
using shape::Losses;

constexpr std::string_view json_type = "application/json; charset=utf-8";
constexpr std::string_view script_type = "text/javascript; charset=utf-8";
constexpr std::string_view envelope_begin = R"({"result":true,"contact":)";
constexpr std::string_view envelope_end = R"(,"error":null})";
constexpr std::string_view list_begin = R"({"result":true,"contacts":)";

/// Headers of every answer: no sniffing, no caching of personal data, nothing to save under a name of the caller's choice.
void add_headers(Reply& reply) {
  reply.add("X-Content-Type-Options", "nosniff");
  reply.add("Cache-Control", "no-store");
  reply.add("Content-Disposition", "attachment; filename=\"f.txt\"");
}

Error refuse(Code code) {
  return Error{.code = code, .message = String(shown(code).text), .field = {}, .detail = {}, .source = "enghouse"};
}

class EnghouseFacade final : public contract::Facade {
 public:
  explicit EnghouseFacade(const config::Route& route)
      : auth_(route.auth),
        domains_(route.domains),
        strict_status_(route.strict_status),
        watches_loss_(route.loss != config::LossPolicy::allow) {
    for (std::size_t i = 0; i < auth_.tokens.size(); ++i) token_names_.push_back("tokens[" + std::to_string(i) + ']');
    for (std::size_t i = 0; i < auth_.bearer.size(); ++i) bearer_names_.push_back("bearer[" + std::to_string(i) + ']');
    const auto add = [this](bool taken, std::string_view scheme) {
      if (taken) challenge_.append(challenge_.empty() ? "" : ", ").append(scheme).append(R"( realm="enghouse")");
    };
    add(!auth_.bearer.empty(), "Bearer");
    add(!auth_.basic.empty(), "Basic");
    add(challenge_.empty(), "ctlivetoken");  // no scheme that is registered: but one has to be told
  }

  [[nodiscard]] std::span<const Endpoint> endpoints() const noexcept override;
  [[nodiscard]] bool ignores_path_case() const noexcept override { return true; }
  /// Common JSONP clients give up after five seconds.
  [[nodiscard]] std::chrono::milliseconds patience() const noexcept override { return std::chrono::seconds(4); }
  Result<std::string_view> admit(const Request& request) const override;
  Result<void> encode(const Outcome& outcome, const Request& request, Reply& reply) const override;
  void render(const Error& error, const Request& request, Reply& reply) const override;

  /// The tenant of a client's domain; empty where there is only one. Errors: no_such_chat.
  [[nodiscard]] Result<String> tenant_of(std::string_view domain) const;

 private:
  /// `begin` and what `write` writes, closed as an envelope is.
  template <class Write>
  Result<void> encode_within(std::string_view begin, const Request& request, Reply& reply, const Write& write) const;
  /// The principal of a credential; nothing where it is wrong.
  [[nodiscard]] std::optional<std::string_view> holder_of_token(std::string_view token) const noexcept;
  [[nodiscard]] std::optional<std::string_view> holder_of_authorization(std::string_view value) const;

  config::Auth auth_;
  List<String> token_names_;  // a token has no other name than its place
  List<String> bearer_names_;
  List<std::pair<String, String>> domains_;
  String challenge_;  // what a 401 asks for
  bool strict_status_;
  bool watches_loss_;
};

// --- endpoints ------------------------------------------------------------------------------------------------------

Result<Operation> get_contact(const contract::Facade& facade, std::string_view domain, std::string_view chat) {
  if (!may_be_id(chat)) return refuse(Code::no_such_chat);
  Result<String> tenant = static_cast<const EnghouseFacade&>(facade).tenant_of(domain);
  if (!tenant) return std::move(tenant).error();
  return Operation(GetChatContact{.chat = {read_id(chat_prefix, chat)}, .domain = std::move(*tenant)});
}

/// Refused before the backend is asked for an answer that nobody could read.
Result<void> check_callback(const Request& request) {
  if (find_callback(request.query).kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return {};
}

Result<Operation> decode_contact(const contract::Facade& facade, const Request& request) {
  if (auto callback = check_callback(request); !callback) return std::move(callback).error();
  return get_contact(facade, {}, request.parameters[0]);
}
Result<Operation> decode_contact_of_domain(const contract::Facade& facade, const Request& request) {
  if (auto callback = check_callback(request); !callback) return std::move(callback).error();
  return get_contact(facade, request.parameters[0], request.parameters[1]);
}

Result<Operation> list_active(const contract::Facade& facade, const Request& request, std::string_view domain) {
  if (auto callback = check_callback(request); !callback) return std::move(callback).error();
  Result<String> tenant = static_cast<const EnghouseFacade&>(facade).tenant_of(domain);
  if (!tenant) return std::move(tenant).error();
  return Operation(ListChats{.domain = std::move(*tenant)});
}
Result<Operation> decode_active(const contract::Facade& facade, const Request& request) {
  return list_active(facade, request, {});
}
Result<Operation> decode_active_of_domain(const contract::Facade& facade, const Request& request) {
  return list_active(facade, request, request.parameters[0]);
}

/// Others are passed over: clients add some against caches.
constexpr std::array query_of_contact = {contract::QueryParameter{.name = "callback"}};
constexpr std::array query_of_list = {contract::QueryParameter{.name = "callback"},
                                      contract::QueryParameter{.name = "ctlivetoken"}};

constexpr std::array endpoint_table = {
    Endpoint{.method = http::Method::get,
             .pattern = "/livechat/getContactByChatID/:chatId",
             .operation = operation_kind<GetChatContact>,
             .body = contract::BodyRule::none,
             .access = contract::Access::open,
             .decode = &decode_contact,
             .query = query_of_contact},
    Endpoint{.method = http::Method::get,
             .pattern = "/livechat/:domain/getContactByChatID/:chatId",
             .operation = operation_kind<GetChatContact>,
             .body = contract::BodyRule::none,
             .access = contract::Access::open,
             .decode = &decode_contact_of_domain,
             .query = query_of_contact},
    // The vendor's page is not public: the answer is endAllContacts', the one documented list of ids.
    Endpoint{.method = http::Method::get,
             .pattern = "/livechat/getActiveContactsID",
             .operation = operation_kind<ListChats>,
             .body = contract::BodyRule::none,
             .access = contract::Access::credentials,
             .decode = &decode_active,
             .query = query_of_list},
    Endpoint{.method = http::Method::get,
             .pattern = "/livechat/:domain/getActiveContactsID",
             .operation = operation_kind<ListChats>,
             .body = contract::BodyRule::none,
             .access = contract::Access::credentials,
             .decode = &decode_active_of_domain,
             .query = query_of_list},
};

std::span<const Endpoint> EnghouseFacade::endpoints() const noexcept { return endpoint_table; }

Result<String> EnghouseFacade::tenant_of(std::string_view domain) const {
  if (domains_.empty()) return String();
  if (domain.empty()) {
    // Only where it cannot be another tenant's chat.
    const auto same = [this](const auto& entry) { return entry.second == domains_.front().second; };
    if (std::all_of(domains_.begin(), domains_.end(), same)) return domains_.front().second;
    return refuse(Code::no_such_chat);
  }
  for (const auto& [name, tenant] : domains_) {
    if (ascii::same_ignoring_case(name, domain)) return tenant;
  }
  return refuse(Code::no_such_chat);
}

// --- credentials ----------------------------------------------------------------------------------------------------

// All of a list is looked at, so that the time does not tell which entry was nearly right.

std::optional<std::string_view> find_secret(std::string_view given, const List<config::Secret>& secrets,
                                            const List<String>& names) noexcept {
  std::optional<std::string_view> found;
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    if (http::same_secret(given, secrets[i].value)) found = names[i];
  }
  return found;
}

std::optional<std::string_view> EnghouseFacade::holder_of_token(std::string_view token) const noexcept {
  return find_secret(token, auth_.tokens, token_names_);
}

std::optional<std::string_view> EnghouseFacade::holder_of_authorization(std::string_view value) const {
  const std::size_t blank = std::min(value.find(' '), value.size());
  const std::string_view scheme = value.substr(0, blank);
  const std::string_view rest = value.substr(std::min(blank + 1, value.size()));
  if (ascii::same_ignoring_case(scheme, "bearer")) return find_secret(rest, auth_.bearer, bearer_names_);
  if (!ascii::same_ignoring_case(scheme, "basic")) return {};
  const auto pair = http::base64_decode(rest);
  if (!pair) return {};
  std::optional<std::string_view> found;
  for (const config::Auth::Basic& known : auth_.basic) {
    if (http::same_secret(*pair, known.user + ':' + known.password.value)) found = known.user;
  }
  return found;
}

Result<std::string_view> EnghouseFacade::admit(const Request& request) const {
  if (auth_.none) return std::string_view();
  const auto shown = request.header("ctlivetoken");
  const auto asked = http::query_value(request.query, "ctlivetoken");
  if (login::comes_twice(request, "ctlivetoken") || login::comes_twice(request, "authorization") ||
      login::asked_twice(request, "ctlivetoken") || (shown && asked && *shown != *asked)) {
    return refuse(Code::unauthorized);
  }
  std::optional<std::string_view> holder;
  if (shown) holder = holder_of_token(*shown);
  if (const auto value = request.header("authorization"); value && !holder) holder = holder_of_authorization(*value);
  if (asked && !holder) holder = holder_of_token(*asked);
  if (holder) return *holder;
  return refuse(Code::unauthorized);  // never a cookie: any page can make a browser send one with a script
}

// --- answers --------------------------------------------------------------------------------------------------------

template <class Write>
Result<void> EnghouseFacade::encode_within(std::string_view begin, const Request& request, Reply& reply,
                                           const Write& write_inside) const {
  const Callback callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  const auto write = [begin, &write_inside, &reply] {
    reply.body.append(begin);
    shape::Writer writer(reply.body);
    write_inside(writer);
    writer.finish();
    reply.body.append(envelope_end);
  };
  reply.status = 200;
  if (callback.kind() == Callback::Kind::named) {
    reply.content_type = script_type;
    Script script(callback.name(), reply.body);
    write();
    if (script.close() && watches_loss_) {
      reply.losses.push_back(
          {"enghouse.contact.__proto__", "in a script it would set the prototype; plain JSON has it"});
    }
  } else {
    reply.content_type = json_type;
    write();
  }
  add_headers(reply);
  return {};
}

Result<void> EnghouseFacade::encode(const Outcome& outcome, const Request& request, Reply& reply) const {
  shape::Losses* const losses = watches_loss_ ? &reply.losses : nullptr;
  if (const auto* chat = std::get_if<Ref<Chat>>(&outcome)) {
    const auto write = [chat, losses](shape::Writer& to) { chat->write(shape::view<contact>, to, losses); };
    return encode_within(envelope_begin, request, reply, write);
  }
  const auto encode_chat = [&request, &reply, this](const Chat& chat) {
    const auto write = [&chat](shape::Writer& to) { shape::write_object(shape::view<contact>, &chat, to); };
    return encode_within(envelope_begin, request, reply, write);
  };
  if (const auto* opened = std::get_if<OpenedChat>(&outcome)) {
    if (losses != nullptr) shape::find_losses(shape::view<contact>, &opened->chat, *losses);
    return encode_chat(opened->chat);
  }
  if (const auto* visitor = std::get_if<Ref<Visitor>>(&outcome)) {
    const Chat chat = to_chat(**visitor);
    if (losses != nullptr) find_losses(**visitor, chat, *losses);
    return encode_chat(chat);
  }
  if (const auto* chats = std::get_if<Page<Chat>>(&outcome)) {
    const auto write = [chats](shape::Writer& to) {
      to.begin_array();
      for (const Chat& chat : chats->records) {
        if (to.out().overflowed()) break;
        ChatIdCodec::write(chat.id, to);
      }
      to.end_array();
    };
    return encode_within(list_begin, request, reply, write);
  }
  return refuse(Code::unsupported_operation);
}

void EnghouseFacade::render(const Error& error, const Request& request, Reply& reply) const {
  Callback callback = find_callback(request.query);
  const bool invalid = callback.kind() == Callback::Kind::invalid;
  // A refusal with a real status keeps it; of the others, none can be read through a callback that is no name.
  const Code code = invalid && shown(error.code).status == 200 ? Code::invalid_callback : error.code;
  const Shown& how = shown(code);
  // On another status than 200 the answer is a script only for a name that came as it is: what a download would be named
  // after must not bring text of the caller's with it.
  const bool script = callback.kind() == Callback::Kind::named && (how.status == 200 || callback.clean());
  reply.clear();
  reply.status = strict_status_ && !script ? how.strict : how.status;
  reply.content_type = script ? script_type : json_type;
  const auto write = [&] {
    const bool list = request.endpoint != nullptr && request.endpoint->operation == operation_kind<ListChats>;
    reply.body.append(list ? R"({"result":false,"contacts":null,"error":)"
                           : R"({"result":false,"contact":null,"error":)");
    shape::Writer writer(reply.body);
    // Only a loss is named: its members are ours, while other fields may repeat what the client sent.
    code == Code::lossy && !error.field.empty() ? writer.string(String(how.text).append(": ").append(error.field))
                                                : writer.string(how.text);
    writer.finish();
    reply.body.append('}');
  };
  if (script) {
    Script around(callback.name(), reply.body);
    write();
    around.close();
  } else {
    write();
  }
  add_headers(reply);
  if (reply.status == 401) reply.add("WWW-Authenticate", challenge_);
  if (code == Code::method_not_allowed && !error.detail.empty()) reply.add("Allow", error.detail);
}

}  // namespace

std::unique_ptr<contract::Facade> make_facade(const config::Route& route) {
  return std::make_unique<EnghouseFacade>(route);
}

void wrap_contact(std::string_view contact, Buffer& out) {
  out.append(envelope_begin);
  out.append(contact);
  out.append(envelope_end);
}

}  // namespace parley::enghouse
