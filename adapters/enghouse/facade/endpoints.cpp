// The endpoint table of the Enghouse facade: each service's paths, operation and answer.
#include "adapters/contract/file_reply.hpp"
#include "adapters/enghouse/facade/encode.hpp"
#include "adapters/enghouse/facade/requests.hpp"
#include "adapters/enghouse/facade/services.hpp"

namespace parley::enghouse {
namespace {

using contract::Access;
using contract::BodyRule;
using contract::Endpoint;
using http::Method;
using http::Reply;

/// Shows an answer by a member function of Documents: as a script, if the caller asked for one.
template <auto document>
constexpr auto show = [](const Facade& facade, const Callback& callback, const auto& answer,
                         Reply& reply) -> Result<void> { return document(Documents(facade, callback, reply), answer); };
/// The same for a service without scripts.
template <auto document>
constexpr auto show_json = [](const Facade& facade, const auto& answer, Reply& reply) -> Result<void> {
  static const Callback none{};
  return document(Documents(facade, none, reply), answer);
};

constexpr auto usual = [](const Documents& to, const auto& answer) { return to(answer); };
constexpr auto collections = [](const Documents& to, const auto& answer) { return to.collections(answer); };
constexpr auto history = [](const Documents& to, const auto& answer) { return to.history(answer); };
constexpr auto ended = [](const Documents& to, const auto& answer) { return to.ended(answer); };
constexpr auto done = [](const Documents& to, const auto&) { return to.done(); };

/// Further parameters are ignored: clients add some to bypass caches.
constexpr contract::QueryParameter parameters[] = {{.name = "callback"}, {.name = "ctlivetoken"}};
constexpr contract::QueryParameters all_parameters = parameters;

struct Row {
  Endpoint endpoint;
  const Service* service;
};

/// A service that answers with a script where the caller asks for one.
template <class Op, auto decode, auto document>
constexpr Row script_row(std::string_view pattern, const Service& service, Access access = Access::credentials) {
  const contract::QueryParameters query = all_parameters.first(access == Access::open ? 1 : 2);
  return {contract::endpoint<Op, decode, show<document>>({.pattern = pattern, .access = access, .query = query}),
          &service};
}
/// A service that always answers with JSON.
template <class Op, auto decode, auto document>
constexpr Row json_row(Method method, std::string_view pattern, BodyRule body, const Service& service) {
  return {contract::endpoint<Op, decode, show_json<document>>({.method = method,
                                                               .pattern = pattern,
                                                               .body = body,
                                                               .access = Access::credentials,
                                                               .query = all_parameters.last(1)}),
          &service};
}

constexpr Row contact_row(std::string_view pattern) {
  return script_row<GetChatContact, &get_contact, usual>(pattern, contact_service, Access::open);
}
constexpr Row active_row(std::string_view pattern) {
  return script_row<ListChats, &list_active, usual>(pattern, active_service);
}
constexpr Row history_row(std::string_view pattern) {
  return script_row<ListMessages, &get_messages<ChatRef::Must::be_open>, history>(pattern, history_service,
                                                                                  Access::open);
}
constexpr Row collections_row(std::string_view pattern) {
  return script_row<GetChatContact, &get_contact, collections>(pattern, collections_service);
}
constexpr Row transcript_row(std::string_view pattern) {
  return script_row<ListMessages, &get_messages<ChatRef::Must::exist>, usual>(pattern, transcript_service);
}
constexpr Row ended_row(std::string_view pattern) {
  return script_row<ListMessages, &get_messages<ChatRef::Must::have_ended>, ended>(pattern, ended_service);
}
template <class Op, auto decode>
constexpr Row post_row(std::string_view pattern) {
  return json_row<Op, decode, done>(Method::post, pattern, BodyRule::json, send_service);
}
constexpr Row end_all_row(std::string_view pattern) {
  return json_row<CloseAllChats, &end_all_contacts, usual>(Method::post, pattern, BodyRule::none, end_all_service);
}

/// Whoever has the route's credentials may read all chats.
Result<GetFile> get_file(const Facade&, const http::Request& request) {
  return GetFile{.file = {request.parameters[0]}, .chat = {}, .any_chat = true};
}
Result<void> show_file(const Facade&, const OpenedFile& file, Reply& reply) {
  contract::show_file(file, reply);
  return {};
}

constexpr std::array rows = {
    contact_row("/livechat/getContactByChatID/:chatId"),
    contact_row("/livechat/:domain/getContactByChatID/:chatId"),
    active_row("/livechat/getActiveContactsID"),
    active_row("/livechat/:domain/getActiveContactsID"),
    history_row("/livechat/getChatHistory/:chatId"),
    history_row("/livechat/:domain/getChatHistory/:chatId"),
    collections_row("/livechat/getDataCollectionByChatID/:chatId"),
    collections_row("/livechat/:domain/getDataCollectionByChatID/:chatId"),
    transcript_row("/livechat/:domain/getContactTranscriptByChatID/:chatId"),
    // The vendor's page requires the domain, but its example has none, and misspells the service.
    ended_row("/livechat/getChatTranscriptByChatID/:chatId"),
    ended_row("/livechat/:domain/getChatTranscriptByChatID/:chatId"),
    ended_row("/livechat/getChatTrasncriptByChatID/:chatId"),
    ended_row("/livechat/:domain/getChatTrasncriptByChatID/:chatId"),
    json_row<ListTranscripts, &find_by_user, usual>(Method::get, "/livechat/:domain/getChatTranscriptByUserID/:userId",
                                                    BodyRule::none, search_service),
    json_row<ListTranscripts, &find_by_call_data, usual>(Method::post, "/livechat/:domain/getChatTranscriptByCalldata",
                                                         BodyRule::json, search_service),
    json_row<ListTranscripts, &find_by_time, usual>(
        Method::post, "/livechat/:domain/getChatTranscriptByTimeRangeAndServiceID", BodyRule::json, search_service),
    post_row<PostMessage, &send_text>("/livechat/sendTextMessageToActiveChat/:chatId"),
    post_row<PostMessage, &send_text>("/livechat/:domain/sendTextMessageToActiveChat/:chatId"),
    post_row<PostMessage, &send_external_text>("/livechat/sendExternalTextMessageToActiveChat"),
    post_row<PostMessage, &send_external_text>("/livechat/:domain/sendExternalTextMessageToActiveChat"),
    post_row<CloseChat, &end_contact>("/livechat/endContactByChatID"),
    post_row<CloseChat, &end_contact>("/livechat/:domain/endContactByChatID"),
    end_all_row("/livechat/endAllContacts"),
    end_all_row("/livechat/:domain/endAllContacts"),
    Row{contract::endpoint<GetFile, &get_file, &show_file>({.pattern = "/livechat/file-upload/:fileId/:name",
                                                            .access = Access::credentials,
                                                            .query = all_parameters.last(1)}),
        &file_service},
};

constexpr auto endpoint_table = [] {
  std::array<Endpoint, rows.size()> table;
  for (std::size_t at = 0; at < rows.size(); ++at) table[at] = rows[at].endpoint;
  return table;
}();

}  // namespace

std::span<const Endpoint> Facade::endpoints() const noexcept { return endpoint_table; }

const Service& service_of(const Endpoint* endpoint) noexcept {
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (&endpoint_table[at] == endpoint) return *rows[at].service;
  }
  return contact_service;
}

}  // namespace parley::enghouse
