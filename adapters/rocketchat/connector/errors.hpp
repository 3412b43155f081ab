// Converts the refusals of Rocket.Chat servers of all versions to errors of the gateway.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/upstream/message.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/node.hpp"

namespace parley::rocketchat {

/// The vendor's code in an error document: `errorType` of current servers, `error` of an exception object (0.70 to 4.2), or the end
/// of a text `… [code]`. Returns the text itself where there is no code.
[[nodiscard]] String vendor_code(const shape::Node& root);

/// The error of an answer; nullopt: the answer is a success. `root` is its document, nullptr where it is not JSON. `call` names the
/// call for the log: not the target, which may hold a visitor's token.
/// no_such_visitor, no_such_chat, no_such_agent, no_such_contact: the record does not exist. invalid_field: the server refuses a
/// value. unsupported_operation: the server does not know the call. unavailable: the server takes no chats now. rate_limited, with
/// `retry_after`. upstream_denied: no permission. upstream_failed, upstream_timeout: everything else.
[[nodiscard]] std::optional<Error> refusal(const upstream::Response& response, const shape::Node* root,
                                           std::string_view call);

/// Seconds, at most 3600, that the server asks the client to wait: from the text of a 429, else from X-RateLimit-Reset (a time in
/// milliseconds), else from Retry-After. 0 = it does not say.
[[nodiscard]] int seconds_to_wait(const upstream::Response& response, const shape::Node* root);

/// Whether the server refused a custom field because its registry does not have it.
[[nodiscard]] bool is_unregistered_field(const Error& error) noexcept;

/// Whether the server's validator refused a parameter that it does not know. Older servers know fewer parameters.
[[nodiscard]] bool is_unknown_parameter(const Error& error) noexcept;

}  // namespace parley::rocketchat
