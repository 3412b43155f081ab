// The Rocket.Chat connector: a backend that calls a Rocket.Chat server of any version from 0.70 to 8.
#pragma once

#include "adapters/contract/support.hpp"
#include "adapters/rocketchat/connector/vendor_calls.hpp"
#include "config/settings.hpp"

namespace parley::rocketchat {

/// The operations that the connector can do, though not on servers of every version.
inline constexpr contract::Support support(
    contract::can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
                  RegisterVisitor, RecordPageVisit, ListContactChannels, OpenChat, ListChats>,
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

class Connector final : public contract::Backend {
 public:
  /// The settings must have passed check_backend. Errors: those of Upstream::open.
  static Result<std::unique_ptr<contract::Backend>> open(const config::Backend& settings);
  Connector(std::shared_ptr<upstream::Upstream> upstream, const config::Backend& settings);

  std::unique_ptr<contract::BackendSession> open_session(const contract::Loop& loop) override;
  Result<void> load(const contract::Records& records) override;
  void measure_times(List<contract::Timing>& timings) const override { upstream_->measure_times(timings); }
  void measure(List<contract::Figure>& figures) const override { upstream_->measure(figures); }
  void describe(List<contract::UpstreamStatus>& upstreams) const override { upstream_->describe(upstreams); }
  void report_to(const std::shared_ptr<contract::EventSink>& sink) override { upstream_->report_to(sink); }

 private:
  std::shared_ptr<upstream::Upstream> upstream_;
  upstream::Credentials credentials_;
  String host_;
  Server server_;  // refers to the two above
};

/// A worker's session, with connections of its own.
class ConnectorSession final : public contract::BackendSession {
 public:
  ConnectorSession(const Server& server, std::shared_ptr<upstream::Upstream> upstream, const contract::Loop& loop)
      : server_(server), client_(std::move(upstream), loop) {}

  contract::Task<Result<Outcome>> execute(const Operation& operation, const contract::Call& call) override;

 private:
  const Server& server_;
  upstream::Client client_;
};

/// Adds a fault for a missing or wrong url, and for missing, incomplete or contradictory credentials.
void check_backend(const config::Backend& settings, config::Faults& faults);

}  // namespace parley::rocketchat
