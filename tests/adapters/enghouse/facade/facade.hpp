// Helpers of the facade's tests: demo records, and calls of a facade without a gateway.
#pragma once

#include "adapters/enghouse/facade/facade.hpp"
#include "tests/support/requests.hpp"

namespace parley::enghouse {

extern const contract::Adapter adapter;

inline constexpr std::string_view plain_pattern = "/livechat/getContactByChatID/:chatId";
inline constexpr std::string_view domain_pattern = "/livechat/:domain/getContactByChatID/:chatId";

/// The chat of the vendor's example, with its visitor and its agent.
inline contract::Records demo() {
  contract::Records records;
  adapter.demo(records);
  return records;
}

inline Actor author_named(ActorKind kind, std::string_view id, std::string_view name) {
  Actor made;
  made.kind = kind;
  made.id = id;
  made.name = name;
  return made;
}

inline http::Reply encoded(const contract::Facade& facade, const Outcome& outcome, String query) {
  test::OwnedRequest request(http::Method::get, "/livechat/getContactByChatID/x", std::move(query));
  http::Reply reply;
  const Result<void> done = facade.encode(outcome, request.get(), reply);
  if (!done) facade.render(done.error(), request.get(), reply);
  return reply;
}

inline http::Reply rendered(const contract::Facade& facade, Error error, String query) {
  test::OwnedRequest request(http::Method::get, "/livechat/getContactByChatID/x", std::move(query));
  http::Reply reply;
  facade.render(error, request.get(), reply);
  return reply;
}

/// Decodes a request for a chat.
inline Result<Operation> decoded(const contract::Facade& facade, std::string_view chat, String query = {}) {
  test::OwnedRequest request(http::Method::get, "/livechat/getContactByChatID/x", std::move(query));
  request.parameter(String(chat));
  return test::decoded_by(test::endpoint(facade, http::Method::get, plain_pattern), facade, request.get());
}
inline Result<Operation> decoded_in(const contract::Facade& facade, std::string_view domain, std::string_view chat) {
  test::OwnedRequest request(http::Method::get, "/livechat/d/getContactByChatID/x");
  request.parameter(String(domain)).parameter(String(chat));
  return test::decoded_by(test::endpoint(facade, http::Method::get, domain_pattern), facade, request.get());
}

}  // namespace parley::enghouse
