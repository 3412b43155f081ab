// A Rocket.Chat server's refusals, of every era, as errors of ours.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/upstream/message.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/node.hpp"

namespace parley::rocketchat {

/// The vendor's code in an error document: `errorType` of today, `error` of an exception object (0.70 to 4.2), the end of
/// a text `… [code]`, or the text itself where there is no code.
[[nodiscard]] String vendor_code(const shape::Node& root);

/// The error of an answer that is no success, or nothing. `root` is its document, nullptr where it is no JSON. `call` names
/// the call for the log: never the target, which may hold a visitor's token.
/// no_such_visitor, no_such_chat, no_such_agent, no_such_contact: what is not there. invalid_field: a value that the server
/// does not take. unsupported_operation: the server does not know the call. unavailable: nobody to chat with. rate_limited with
/// `retry_after`. upstream_denied: no permission. upstream_failed, upstream_timeout: all the rest.
[[nodiscard]] std::optional<Error> refusal(const upstream::Response& response, const shape::Node* root,
                                           std::string_view call);

/// How long the server wants to be left alone: by the text of a 429, by X-RateLimit-Reset (milliseconds) or Retry-After;
/// 0 = it does not say.
[[nodiscard]] int seconds_to_wait(const upstream::Response& response, const shape::Node* root);

/// True where a custom field was refused because the server's registry does not have it.
[[nodiscard]] bool is_unregistered_field(const Error& error) noexcept;

/// True where the server's validator refused a parameter that it does not know: servers learnt them one by one.
[[nodiscard]] bool is_unknown_parameter(const Error& error) noexcept;

}  // namespace parley::rocketchat
