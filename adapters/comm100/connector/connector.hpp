// A Comm100 site as a backend: the operations as calls of its public API, v4.
#pragma once

#include <atomic>
#include <optional>

#include "adapters/comm100/settings.hpp"
#include "adapters/contract/support.hpp"
#include "adapters/upstream/credential.hpp"
#include "schemas/shape/node.hpp"

namespace parley::comm100 {

/// What the public API can do.
inline constexpr contract::Support support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  ListContactChannels, ListChats>,
    contract::cannot<RegisterVisitor>(
        "Comm100 makes a visitor when a browser opens a page with its code; its API makes none"),
    contract::cannot<RecordPageVisit>("Comm100 notes page visits in the browser; its API takes none"),
    contract::cannot<OpenChat>("Comm100 opens chats from its chat window only; its API opens none"));

/// Faults: no url or one that cannot be meant; no credentials, incomplete ones, or several.
void check_backend(const config::Backend& settings, config::Faults& faults);

/// What a site is shown, and the host that hands out access tokens where that is asked (credentials.cpp).
struct Access {
  std::unique_ptr<upstream::Credentials> credentials;
  std::shared_ptr<upstream::Upstream> tokens;  ///< nullptr: no tokens have to be had
};
/// The settings were checked with check_backend. Errors: those of Upstream::open.
[[nodiscard]] Result<Access> open_access(const config::Backend& settings);

/// A worker's clients of both hosts. Credentials hand the one for the API to the token source, which finds the other here.
class Clients final : public upstream::Client {
 public:
  Clients(std::shared_ptr<upstream::Upstream> api, std::shared_ptr<upstream::Upstream> tokens,
          const contract::Loop& loop)
      : Client(std::move(api), loop) {
    if (tokens) tokens_.emplace(std::move(tokens), loop);
  }
  /// Only for a connector whose Access has tokens.
  [[nodiscard]] Client& tokens() noexcept { return *tokens_; }

 private:
  std::optional<Client> tokens_;
};

/// What a refusal means that the vendor does not tell apart by its status (upstream_errors.cpp).
struct Meaning {
  Code absent;            ///< of a 404
  std::string_view sent;  ///< the field that a 400 is about; empty: the call says nothing that could be wrong
  bool allowed_before;    ///< the same kind of call was answered before, so a 403 is the quota
};
[[nodiscard]] Error explain(const upstream::Response& response, const Meaning& meaning);
/// An answer that is no document of the API. `what` goes to the log.
[[nodiscard]] Error unreadable(std::string_view what);

class Connector final : public contract::Backend {
 public:
  /// The settings were checked with check_backend. Errors: those of Upstream::open.
  static Result<std::unique_ptr<contract::Backend>> open(const config::Backend& settings);

  Connector(std::shared_ptr<upstream::Upstream> api, Access access, String site)
      : api_(std::move(api)), access_(std::move(access)), site_(std::move(site)) {}

  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  Result<void> load(const contract::Records& records) override;
  void measure_times(List<contract::Timing>& timings) const override { api_->measure_times(timings); }
  void measure(List<contract::Figure>& figures) const override { api_->measure(figures); }
  void describe(List<contract::UpstreamStatus>& upstreams) const override;
  void report_to(const std::shared_ptr<contract::EventSink>& sink) override;

 private:
  friend class ConnectorSession;

  std::shared_ptr<upstream::Upstream> api_;
  Access access_;
  String site_;  // goes with every call; empty = none
  std::array<std::atomic<bool>, operation_count> allowed_{};
};

/// A worker's end. Several executions may be under way: they share the document, which none holds while it waits.
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

  struct Handlers;  // calls.cpp: which of them does which operation

  /// A request for the resource at `path`, or for the one under it that has this canonical id.
  [[nodiscard]] upstream::Request request(std::string_view path, std::string_view id = {}) const;
  /// Sends with credentials; an answer that is no success is an error.
  contract::Task<Result<upstream::Response>> ask(const upstream::Request& request, OperationKind kind, Code absent,
                                                 const Call& call);
  /// One record that must have that id; `losses` is told of its text that was no Unicode. Leaves the document to the next caller.
  template <class T>
  Result<T> read_one(const Result<upstream::Response>& answer, const shape::View& view, std::string_view id,
                     shape::Losses* losses);
  /// The visitor that an answer is. No coroutine has it in its frame: that would be too large to be used again.
  Result<Outcome> read_visitor(const Result<upstream::Response>& answer, std::string_view id, const Call& call);
  /// All records of a list, in whichever envelope and on however many pages. `wanted`: those that the answer will show.
  template <class T>
  contract::Task<Result<List<T>>> read_all(std::string_view path, std::string_view plural, const shape::View& view,
                                           OperationKind kind, const Call& call, bool (*wanted)(const T&) = nullptr);

  Connector& connector_;
  Clients clients_;
  shape::Document document_;
};

/// One page of a list. The views point into the document it was read from.
struct ListPage {
  const shape::Node* items = nullptr;  ///< an array
  bool more = false;                   ///< there is a next one, or there may be
  std::string_view next;               ///< its address, where the vendor tells
  std::optional<std::size_t> total;
};
/// Finds the list in a bare array, under `plural`, or under `list`. nullopt: there is none.
[[nodiscard]] std::optional<ListPage> find_page(const shape::Node& root, std::string_view plural) noexcept;
/// Puts what the address of a next page asks for onto a target. The host and path of it are ignored: a list is read where it
/// was begun.
void follow(std::string_view next, upstream::Target& target);

}  // namespace parley::comm100
