// The endpoint table of the Enghouse facade, and the decoding of requests.
#include "adapters/enghouse/facade/encode.hpp"
#include "adapters/enghouse/ids.hpp"

namespace parley::enghouse {
namespace {

using contract::Endpoint;
using http::Reply;
using http::Request;

/// Shows an answer of any type.
constexpr auto show = [](const Facade& facade, const Callback& callback, const auto& answer,
                         Reply& reply) -> Result<void> { return Documents(facade, callback, reply)(answer); };

/// Errors: invalid_callback. Decoders check the callback first, so that no backend is asked for an answer that nobody could read.
Result<void> read_callback(const Request& request, Callback& callback) {
  callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return {};
}

Result<GetChatContact> contact_in(const Facade& facade, std::string_view domain, std::string_view chat) {
  if (!may_be_id(chat)) return refuse(Code::no_such_chat);
  Result<String> tenant = facade.tenant_of(domain);
  if (!tenant) return std::move(tenant).error();
  return GetChatContact{.chat = {read_id(chat_prefix, chat)}, .domain = std::move(*tenant)};
}
Result<GetChatContact> get_contact(const Facade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return contact_in(facade, {}, request.parameters[0]);
}
Result<GetChatContact> get_contact_of_domain(const Facade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return contact_in(facade, request.parameters[0], request.parameters[1]);
}

Result<ListChats> active_in(const Facade& facade, std::string_view domain) {
  Result<String> tenant = facade.tenant_of(domain);
  if (!tenant) return std::move(tenant).error();
  return ListChats{.domain = std::move(*tenant)};
}
Result<ListChats> list_active(const Facade& facade, const Request& request, Callback& callback) {
  if (auto good = read_callback(request, callback); !good) return std::move(good).error();
  return active_in(facade, {});
}
Result<ListChats> list_active_of_domain(const Facade& facade, const Request& request, Callback& callback) {
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

}  // namespace

std::span<const Endpoint> Facade::endpoints() const noexcept { return endpoint_table; }

}  // namespace parley::enghouse
