// Opens the connector and builds its requests.
#include "adapters/enghouse/connector/connector.hpp"

namespace parley::enghouse {

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
  return fault(Code::unsupported_operation, "records cannot be loaded into an Enghouse server");
}

upstream::Request ConnectorSession::request(std::string_view domain, std::string_view service,
                                            std::string_view id) const {
  upstream::Request made;
  made.target = upstream::Target("/livechat");
  if (domain.empty()) domain = connector_.domain_;
  if (!domain.empty()) made.target.segment(domain);
  made.target.literal(service);
  if (!id.empty()) made.target.segment(id);
  return made;
}

}  // namespace parley::enghouse
