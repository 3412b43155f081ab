// A Comm100 site as a backend: each operation becomes calls of the site's public API, v4.
#pragma once

#include <atomic>
#include <optional>

#include "adapters/comm100/errors.hpp"
#include "adapters/comm100/settings.hpp"
#include "adapters/contract/support.hpp"
#include "adapters/upstream/credential.hpp"
#include "adapters/upstream/listed.hpp"
#include "schemas/shape/node.hpp"

namespace parley::comm100 {

/// The operations that the public API can do.
inline constexpr contract::Support support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  ListContactChannels, ListChats>,
    contract::cannot<RegisterVisitor>(
        "Comm100 makes a visitor when a browser opens a page with its code; its API makes none"),
    contract::cannot<RecordPageVisit>("Comm100 notes page visits in the browser; its API takes none"),
    contract::cannot<OpenChat>("Comm100 opens chats from its chat window only; its API opens none"),
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

/// Adds a fault for a missing or wrong url, and for missing, incomplete or several credentials.
void check_backend(const config::Backend& settings, config::Faults& faults);

/// The credentials of a site, and the host that issues access tokens, where there is one (credentials.cpp).
struct Access {
  std::unique_ptr<upstream::Credentials> credentials;
  std::shared_ptr<upstream::Upstream> tokens;  ///< nullptr: the credentials need no token host
};
/// The settings must have passed check_backend. Errors: those of Upstream::open.
[[nodiscard]] Result<Access> open_access(const config::Backend& settings);

/// A worker's clients of both hosts. upstream::Credentials passes the client of the API to the token source. The token source
/// casts it to this class and gets the client of the token host from it.
class Clients final : public upstream::Client {
 public:
  Clients(std::shared_ptr<upstream::Upstream> api, std::shared_ptr<upstream::Upstream> tokens,
          const contract::Loop& loop)
      : Client(std::move(api), loop) {
    if (tokens) tokens_.emplace(std::move(tokens), loop);
  }
  /// Requires a connector whose Access has `tokens`.
  [[nodiscard]] Client& tokens() noexcept { return *tokens_; }

 private:
  std::optional<Client> tokens_;
};

/// What the caller knows about a call that was refused; the status alone does not say enough.
struct Meaning {
  Code absent;  ///< the meaning of a 404; upstream_failed: the call is for no single record, so the path is wrong
  std::string_view sent;  ///< the field that a 400 is about; empty: the call sends no field
  bool allowed_before;    ///< a call of this kind succeeded before, so a 403 means the quota
};
/// The error of an answer whose status is not a success (errors.cpp).
[[nodiscard]] Error explain(const upstream::Response& response, const Meaning& meaning);
/// The error of an answer that is not a document of the API: upstream_failed. `what` goes to the log.
[[nodiscard]] Error unreadable(std::string_view what);

class Connector final : public contract::Backend {
 public:
  /// The settings must have passed check_backend. Errors: those of Upstream::open.
  static Result<std::unique_ptr<contract::Backend>> open(const config::Backend& settings);

  Connector(std::shared_ptr<upstream::Upstream> api, Access access, String site)
      : api_(std::move(api)), access_(std::move(access)), site_(std::move(site)) {}

  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  Result<void> load(const contract::Records& records) override;
  void measure_times(List<contract::Timing>& timings) const override;
  void measure(List<contract::Figure>& figures) const override;
  void describe(List<contract::UpstreamStatus>& upstreams) const override;
  void report_to(const std::shared_ptr<contract::EventSink>& sink) override;

 private:
  friend class ConnectorSession;

  std::shared_ptr<upstream::Upstream> api_;
  Access access_;
  String site_;                                               // the siteId of every call; empty = none
  std::array<std::atomic<bool>, operation_count> allowed_{};  // by OperationKind: whether such a call succeeded before
};

/// A worker's session. Several executions may be in progress at once. They share `document_`: no execution needs its content
/// after a co_await.
class ConnectorSession final : public contract::BackendSession {
 public:
  ConnectorSession(Connector& connector, const contract::Loop& loop)
      : connector_(connector), clients_(connector.api_, connector.access_.tokens, loop) {}

  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override;

 private:
  using Task = contract::Task<Result<Outcome>>;
  using Call = contract::Call;

  // calls.cpp: a function per operation.
  Task list_agents(const ListAgents& operation, const Call& call);
  Task get_agent(const GetAgent& operation, const Call& call);
  Task set_agent_status(const SetAgentStatus& operation, const Call& call);
  Task list_visitors(const ListVisitors& operation, const Call& call);
  Task get_visitor(const GetVisitor& operation, const Call& call);
  Task set_visitor_variables(const SetVisitorVariables& operation, const Call& call);
  Task set_custom_fields(const SetVisitorVariables& operation, const Call& call);
  Task get_chat_contact(const GetChatContact& operation, const Call& call);
  Task list_chats(const ListChats& operation, const Call& call);
  Task list_contact_channels(const ListContactChannels& operation, const Call& call);

  struct Handlers;  // calls.cpp: calls the function of an operation

  /// A GET of `path`, or of the resource below it with this canonical id.
  [[nodiscard]] upstream::Request request(std::string_view path, std::string_view id = {}) const;
  /// Sends with credentials. Errors: those of Credentials::send; those of `explain`, where the status is not a success.
  contract::Task<Result<upstream::Response>> ask(const upstream::Request& request, OperationKind kind, Code absent,
                                                 const Call& call);
  /// Reads one record, which must have the id `id`, into `record`, which must be new. The record borrows its texts. Adds text that was not
  /// valid Unicode to `losses`. Does not need `document_` after it returns. Errors: that of `answer`; upstream_failed.
  template <class T>
  Result<void> read_into(T& record, const Result<upstream::Response>& answer, const shape::View& view,
                         std::string_view id, shape::Losses* losses);
  /// The same, and returns the record.
  template <class T>
  Result<T> read_one(const Result<upstream::Response>& answer, const shape::View& view, std::string_view id,
                     shape::Losses* losses);
  /// Reads the visitor in an answer. It is a function of its own so that no coroutine frame holds a Visitor: such a frame is too
  /// large for its memory to be reused.
  Result<Outcome> read_visitor(const Result<upstream::Response>& answer, std::string_view id, const Call& call);
  /// Reads all pages of a list. A record that comes again on another page is read once.
  template <class T>
  contract::Task<Result<upstream::Listed<T>>> read_all(std::string_view path, std::string_view plural,
                                                       const shape::View& view, OperationKind kind, const Call& call);

  Connector& connector_;
  Clients clients_;
  shape::Document document_;
};

/// One page of a list. The views point into the document that it was read from.
struct ListPage {
  const shape::Node* items = nullptr;  ///< an array
  bool more = false;                   ///< there is, or may be, a next page
  std::string_view next;               ///< the address of the next page; empty = the vendor gives none
  std::optional<std::size_t> total;    ///< records on all pages
};
/// Finds the list: a bare array, or a member called `plural` or `list`. nullopt: there is none.
[[nodiscard]] std::optional<ListPage> find_page(const shape::Node& root, std::string_view plural) noexcept;
/// Copies up to 16 query parameters of a next page's address to `target`, without `siteId`. Ignores the host and the path of the
/// address: all pages are read from the host and path of the first.
void follow(std::string_view next, upstream::Target& target);

}  // namespace parley::comm100
