// The Enghouse facade: the endpoint table, decoding, credentials, and the bodies of answers and errors for script tags, XHR and
// plain HTTP clients.
#include <algorithm>

#include "adapters/enghouse/errors.hpp"
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

/// Headers of every answer: no content sniffing, no caching of personal data, and a fixed file name for downloads.
void add_headers(Reply& reply) {
  reply.add("X-Content-Type-Options", "nosniff");
  reply.add("Cache-Control", "no-store");
  reply.add("Content-Disposition", "attachment; filename=\"f.txt\"");
}

Error refuse(Code code) { return fault(code, String(shown(code).text)); }

class EnghouseFacade final : public contract::Facade {
 public:
  explicit EnghouseFacade(const config::Route& route)
      : open_(route.auth.none),
        auth_(config::settings_of<RouteAuth>(route)),
        domains_(config::settings_of<RouteSettings>(route).domains),
        strict_status_(config::settings_of<RouteSettings>(route).strict_status),
        reports_losses_(route.loss != config::LossPolicy::allow) {
    for (std::size_t i = 0; i < auth_.tokens.size(); ++i) token_names_.push_back("tokens[" + std::to_string(i) + ']');
    for (std::size_t i = 0; i < auth_.bearer.size(); ++i) bearer_names_.push_back("bearer[" + std::to_string(i) + ']');
    const auto add = [this](bool taken, std::string_view scheme) {
      if (taken) challenge_.append(challenge_.empty() ? "" : ", ").append(scheme).append(R"( realm="enghouse")");
    };
    add(!auth_.bearer.empty(), "Bearer");
    add(!auth_.basic.empty(), "Basic");
    add(challenge_.empty(), "ctlivetoken");  // not a registered scheme, but a 401 must name one
  }

  [[nodiscard]] std::span<const Endpoint> endpoints() const noexcept override;
  [[nodiscard]] bool ignores_path_case() const noexcept override { return true; }
  /// Four seconds: common JSONP clients give up after five.
  [[nodiscard]] std::chrono::milliseconds patience() const noexcept override { return std::chrono::seconds(4); }
  Result<std::string_view> admit(const Request& request) const override;
  Result<void> encode(const Outcome& outcome, const Request& request, Reply& reply) const override;
  void render(const Error& error, const Request& request, Reply& reply) const override;

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

// --- answers --------------------------------------------------------------------------------------------------------

/// Writes the document for each type of answer: as the script that the caller asked for, or as plain JSON.
class Documents {
 public:
  /// The kind of `callback` must not be `invalid`.
  Documents(const EnghouseFacade& facade, const Callback& callback, Reply& reply) noexcept
      : callback_(callback), reply_(reply), losses_(facade.reports_losses() ? &reply.losses : nullptr) {}

  Result<void> operator()(const Ref<Chat>& chat) const {
    return within(envelope_begin, [&](shape::Writer& to) {
      return chat.write(shape::view<contact>, to, losses_, in_script() ? &may_be_unsafe : nullptr);
    });
  }
  Result<void> operator()(const OpenedChat& opened) const {
    if (losses_ != nullptr) shape::find_losses(shape::view<contact>, &opened.chat, *losses_);
    return contact_of(opened.chat);
  }
  Result<void> operator()(const Ref<Visitor>& visitor) const {
    const Chat chat = to_chat(*visitor);
    if (losses_ != nullptr) find_losses(*visitor, chat, *losses_);
    return contact_of(chat);
  }
  Result<void> operator()(const Page<Chat>& chats) const {
    return within(list_begin, [&](shape::Writer& to) {
      const std::size_t begin = to.out().size();
      to.begin_array();
      for (const Chat& chat : chats.records) {
        if (to.out().overflowed()) break;
        ChatIdCodec::write(chat.id, to);
      }
      to.end_array();
      return written_unsafe(to.out(), begin);
    });
  }
  template <contract::OneOf<Page<Visitor>, Ref<Agent>, Page<Agent>, List<Channel>, RecordedPage> Other>
  Result<void> operator()(const Other&) const {
    return refuse(Code::unsupported_operation);
  }

 private:
  Result<void> contact_of(const Chat& chat) const {
    return within(envelope_begin, [&](shape::Writer& to) {
      const std::size_t begin = to.out().size();
      shape::write_object(shape::view<contact>, &chat, to);
      return written_unsafe(to.out(), begin);
    });
  }
  [[nodiscard]] bool in_script() const noexcept { return callback_.kind() == Callback::Kind::named; }
  /// may_be_unsafe of what was written from `begin` on; false outside of scripts.
  [[nodiscard]] bool written_unsafe(const Buffer& out, std::size_t begin) const noexcept {
    return in_script() && may_be_unsafe(out.view().substr(std::min(begin, out.size())));
  }

  /// Writes an envelope: `begin`, what `write_inside` writes, and the end of the envelope. `write_inside` returns whether a script must
  /// change what it wrote.
  template <class Write>
  Result<void> within(std::string_view begin, const Write& write_inside) const {
    const auto write = [&] {
      reply_.body.append(begin);
      shape::Writer writer(reply_.body);
      const bool unsafe = write_inside(writer);
      writer.finish();
      reply_.body.append(envelope_end);
      return unsafe;
    };
    reply_.status = 200;
    if (in_script()) {
      reply_.content_type = script_type;
      Script script(callback_.name(), reply_.body);
      if (script.close(write()) && losses_ != nullptr) {
        losses_->push_back({"enghouse.contact.__proto__", "in a script it would set the prototype; plain JSON has it"});
      }
    } else {
      reply_.content_type = json_type;
      write();
    }
    add_headers(reply_);
    return {};
  }

  const Callback& callback_;
  Reply& reply_;
  Losses* losses_;
};

/// Shows an answer of any type.
constexpr auto show = [](const EnghouseFacade& facade, const Callback& callback, const auto& answer,
                         Reply& reply) -> Result<void> { return Documents(facade, callback, reply)(answer); };

Result<void> EnghouseFacade::encode(const Outcome& outcome, const Request& request, Reply& reply) const {
  const Callback callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return contract::encode_any(outcome, Documents(*this, callback, reply));
}

// --- endpoints ------------------------------------------------------------------------------------------------------

/// Errors: invalid_callback. Decoders check the callback first, so that no backend is asked for an answer that nobody could read.
Result<void> read_callback(const Request& request, Callback& callback) {
  callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return {};
}

Result<GetChatContact> contact_in(const EnghouseFacade& facade, std::string_view domain, std::string_view chat) {
  if (!may_be_id(chat)) return refuse(Code::no_such_chat);
  Result<String> tenant = facade.tenant_of(domain);
  if (!tenant) return std::move(tenant).error();
  return GetChatContact{.chat = {read_id(chat_prefix, chat)}, .domain = std::move(*tenant)};
}
Result<GetChatContact> get_contact(const EnghouseFacade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return contact_in(facade, {}, request.parameters[0]);
}
Result<GetChatContact> get_contact_of_domain(const EnghouseFacade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return contact_in(facade, request.parameters[0], request.parameters[1]);
}

Result<ListChats> active_in(const EnghouseFacade& facade, std::string_view domain) {
  Result<String> tenant = facade.tenant_of(domain);
  if (!tenant) return std::move(tenant).error();
  return ListChats{.domain = std::move(*tenant)};
}
Result<ListChats> list_active(const EnghouseFacade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return active_in(facade, {});
}
Result<ListChats> list_active_of_domain(const EnghouseFacade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return active_in(facade, request.parameters[0]);
}

/// Further parameters are ignored: clients add some to bypass caches.
constexpr std::array query_of_contact = {contract::QueryParameter{.name = "callback"}};
constexpr std::array query_of_list = {contract::QueryParameter{.name = "callback"},
                                      contract::QueryParameter{.name = "ctlivetoken"}};

template <auto decode>
constexpr Endpoint contact_call(std::string_view pattern) {
  return contract::endpoint<GetChatContact, decode, show>({.pattern = pattern, .query = query_of_contact});
}
/// The vendor's page for this call is not public. The answer is that of endAllContacts, the only documented list of ids.
template <auto decode>
constexpr Endpoint list_call(std::string_view pattern) {
  return contract::endpoint<ListChats, decode, show>(
      {.pattern = pattern, .access = contract::Access::credentials, .query = query_of_list});
}

constexpr std::array endpoint_table = {
    contact_call<&get_contact>("/livechat/getContactByChatID/:chatId"),
    contact_call<&get_contact_of_domain>("/livechat/:domain/getContactByChatID/:chatId"),
    list_call<&list_active>("/livechat/getActiveContactsID"),
    list_call<&list_active_of_domain>("/livechat/:domain/getActiveContactsID"),
};

std::span<const Endpoint> EnghouseFacade::endpoints() const noexcept { return endpoint_table; }

Result<String> EnghouseFacade::tenant_of(std::string_view domain) const {
  if (domains_.empty()) return String();
  if (domain.empty()) {
    // Without a domain, the chat could be another tenant's unless all domains have the same tenant.
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

// These compare with every entry of a list, so that the time does not reveal which entry nearly matched.

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
  for (const login::Basic& known : auth_.basic) {
    if (http::same_secret(*pair, known.user + ':' + known.password.value)) found = known.user;
  }
  return found;
}

Result<std::string_view> EnghouseFacade::admit(const Request& request) const {
  if (open_) return std::string_view();
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
  return refuse(Code::unauthorized);  // cookies are never read: a script tag on any page makes the browser send them
}

// --- refusals -------------------------------------------------------------------------------------------------------

void EnghouseFacade::render(const Error& error, const Request& request, Reply& reply) const {
  Callback callback = find_callback(request.query);
  const bool invalid = callback.kind() == Callback::Kind::invalid;
  // A script cannot call an invalid callback, so an error that would be a 200 becomes invalid_callback.
  const Code code = invalid && shown(error.code).status == 200 ? Code::invalid_callback : error.code;
  const Shown& how = shown(code);
  // With another status than 200, the answer is a script only if no character of the callback was deleted: a download must not
  // hold text of the caller's choice.
  const bool script = callback.kind() == Callback::Kind::named && (how.status == 200 || callback.clean());
  reply.clear();
  reply.status = strict_status_ && !script ? how.strict : how.status;
  reply.content_type = script ? script_type : json_type;
  const auto write = [&] {
    const bool list = request.endpoint != nullptr && request.endpoint->operation == operation_kind<ListChats>;
    reply.body.append(list ? R"({"result":false,"contacts":null,"error":)"
                           : R"({"result":false,"contact":null,"error":)");
    shape::Writer writer(reply.body);
    // Only a loss names its field, which is one of ours. The fields of other errors may repeat what the client sent.
    code == Code::lossy && !error.field.empty() ? writer.string(String(how.text).append(": ").append(error.field))
                                                : writer.string(how.text);
    writer.finish();
    reply.body.append('}');
  };
  if (script) {
    Script around(callback.name(), reply.body);
    write();
    around.close(may_be_unsafe(around.json()));
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
