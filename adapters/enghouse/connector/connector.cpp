// What the connector is made of, what it cannot do, and how its requests look.
#include "adapters/enghouse/connector/connector.hpp"

namespace parley::enghouse {

std::string_view unsupported(OperationKind kind) noexcept {
  switch (kind) {
    case OperationKind::set_visitor_variables:
      return "Enghouse's API reads callData and does not change it";
    case OperationKind::set_agent_status:
      return "Enghouse's API does not set an agent's status; the agent's desktop does";
    case OperationKind::register_visitor:
      return "Enghouse knows visitors by their chats only; its API registers none";
    case OperationKind::record_page_visit:
      return "Enghouse notes pages in its widget; its API takes none";
    case OperationKind::open_chat:
      return "Enghouse opens chats from its widget over a private transport; its API opens none";
    default:
      return {};
  }
}

Result<std::unique_ptr<contract::Backend>> Connector::open(const config::Backend& settings) {
  auto server = upstream::Upstream::open(settings, {});
  if (!server) return std::move(server).error();
  return std::unique_ptr<contract::Backend>(
      std::make_unique<Connector>(*std::move(server), credential_of(config::settings_of<BackendAuth>(settings)),
                                  config::settings_of<BackendSettings>(settings).domain));
}

std::unique_ptr<contract::BackendSession> Connector::open_session(const contract::Loop& loop) {
  return std::make_unique<ConnectorSession>(*this, loop);
}

Result<void> Connector::load(const contract::Records&) {
  return Error{.code = Code::unsupported_operation,
               .message = "records cannot be loaded into an Enghouse server",
               .field = {},
               .detail = {},
               .source = "enghouse"};
}

upstream::Request ConnectorSession::request(std::string_view domain, std::string_view service,
                                            std::string_view id) const {
  upstream::Request made;
  made.target = upstream::Target("/livechat");
  if (domain.empty()) domain = connector_.domain_;
  if (!domain.empty()) made.target.segment(domain);
  made.target.segment(service);
  if (!id.empty()) made.target.segment(id);
  return made;
}

}  // namespace parley::enghouse
