// An Enghouse LiveChat server as a backend. The server's public API shows one active contact at a time. The connector makes every
// list from the contacts that are active now.
#pragma once

#include <optional>

#include "adapters/contract/support.hpp"
#include "adapters/enghouse/errors.hpp"
#include "adapters/enghouse/settings.hpp"
#include "adapters/upstream/credential.hpp"
#include "adapters/upstream/listed.hpp"
#include "schemas/shape/node.hpp"

namespace parley::enghouse {

/// The operations that the public API can do.
inline constexpr contract::Support support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, ListAgents, GetAgent, ListContactChannels, ListChats>,
    contract::cannot<SetVisitorVariables>("Enghouse's API reads callData and does not change it"),
    contract::cannot<SetAgentStatus>("Enghouse's API does not set an agent's status; the agent's desktop does"),
    contract::cannot<RegisterVisitor>("Enghouse knows visitors by their chats only; its API registers none"),
    contract::cannot<RecordPageVisit>("Enghouse notes pages in its widget; its API takes none"),
    contract::cannot<OpenChat>("Enghouse opens chats from its widget over a private transport; its API opens none"),
    contract::cannot<GetChat, PostMessage, EditMessage, DeleteMessage, GetMessage, ListMessages, ListTranscripts,
                     CloseChat, CloseAllChats, AssignChat, RateChat, DeleteChats, PostMessages, ChangeChat,
                     RequestTranscript>("conversations over this connector are not built yet"),
    contract::cannot<ListDepartments, GetDepartment, PutDepartment, DeleteDepartment, LeaveOfflineMessage,
                     ListOfflineMessages, GetOfflineMessage, ChangeOfflineMessage, DeleteOfflineMessages, SetPresence,
                     DeleteVisitor, GetSite>(
        "departments, offline messages, presence and deletion over this connector are not built yet"),
    contract::cannot<PostFile, GetFile>("files over this connector are not built yet"),
    contract::cannot<ListContacts, GetContact, PutContact, PutIdentity, DeleteIdentity, MergeContacts, DeleteContacts>(
        "contacts over this connector are not built yet"));

/// The credential for the server, always a header (credentials.cpp).
[[nodiscard]] upstream::Credential credential_of(const BackendAuth& auth);

/// The value of `member` in an answer `{"result":…, "<member>":…, "error":…}` (errors.cpp). The node points into `document`.
/// Errors: `absent`, where the server answers that there is no such thing; else the meaning of its refusal.
[[nodiscard]] Result<const shape::Node*> open_envelope(upstream::Response response, std::string_view member,
                                                       Code absent, shape::Document& document);

class Connector final : public contract::Backend {
 public:
  /// The settings must have passed check_backend. Errors: those of Upstream::open.
  static Result<std::unique_ptr<contract::Backend>> open(const config::Backend& settings);

  Connector(std::shared_ptr<upstream::Upstream> server, upstream::Credential credential, String domain)
      : server_(std::move(server)), credentials_(std::move(credential)), domain_(std::move(domain)) {}

  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  Result<void> load(const contract::Records& records) override;
  void measure_times(List<contract::Timing>& timings) const override { server_->measure_times(timings); }
  void measure(List<contract::Figure>& figures) const override { server_->measure(figures); }
  void describe(List<contract::UpstreamStatus>& upstreams) const override { server_->describe(upstreams); }
  void report_to(const std::shared_ptr<contract::EventSink>& sink) override { server_->report_to(sink); }

 private:
  friend class ConnectorSession;

  std::shared_ptr<upstream::Upstream> server_;
  upstream::Credentials credentials_;
  String domain_;  // the domain in the path where an operation names none; empty = no domain
};

/// A worker's session. Several executions may be in progress at once. They share `document_`: no execution needs its content
/// after a co_await.
class ConnectorSession final : public contract::BackendSession {
 public:
  ConnectorSession(Connector& connector, const contract::Loop& loop)
      : connector_(connector), client_(connector.server_, loop) {}

  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override;

 private:
  using Task = contract::Task<Result<Outcome>>;
  using Call = contract::Call;

  // calls.cpp: a function per operation.
  Task get_chat_contact(const GetChatContact& operation, const Call& call);
  Task list_chats(const ListChats& operation, const Call& call);
  Task list_visitors(const ListVisitors& operation, const Call& call);
  Task get_visitor(const GetVisitor& operation, const Call& call);
  Task list_agents(const ListAgents& operation, const Call& call);
  Task get_agent(const GetAgent& operation, const Call& call);
  Task list_contact_channels(const ListContactChannels& operation, const Call& call);
  struct Handlers;  // calls.cpp: calls the function of an operation

  /// A contact, and its text that was not valid Unicode: a loss of the call only if the answer shows the contact.
  struct ActiveContact {
    Chat chat;
    shape::Losses losses;
  };
  /// `/livechat[/domain]/service[/id]`.
  [[nodiscard]] upstream::Request request(std::string_view domain, std::string_view service,
                                          std::string_view id = {}) const;
  /// The contact of the chat with this id, as the vendor writes the id. Adds text that was not valid Unicode to `losses`.
  /// Errors: no_such_chat, also where the chat is over; those of the upstream.
  contract::Task<Result<Chat>> contact(std::string_view domain, std::string_view wire_id, const Call& call,
                                       shape::Losses* losses);
  /// The ids of the active chats, as the vendor writes them. An id that was not valid Unicode names no chat any more: it is left
  /// out, and is a loss in `losses` (unless that is nullptr): `contacts`.
  contract::Task<Result<List<String>>> active_ids(std::string_view domain, const Call& call, shape::Losses* losses);
  /// The contacts of the active chats, in the server's order, without chats that ended meanwhile. `losses`: see active_ids.
  contract::Task<Result<List<ActiveContact>>> active_contacts(std::string_view domain, const Call& call,
                                                              shape::Losses* losses);
  /// The visitor with this id, of an active chat. nullopt: there is none.
  contract::Task<Result<std::optional<Visitor>>> find_visitor(std::string_view id, const Call& call);

  Connector& connector_;
  upstream::Client client_;
  shape::Document document_;
};

}  // namespace parley::enghouse
