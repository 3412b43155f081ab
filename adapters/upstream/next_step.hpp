// Advice for the operator about an upstream that cannot be used. It is appended to the fault, in the log only.
#pragma once

#include <string_view>

#include "adapters/io/tls.hpp"
#include "adapters/upstream/message.hpp"
#include "adapters/upstream/place.hpp"
#include "config/settings.hpp"

namespace parley::upstream {

// Each returns `; what to do`, with the keys of the configuration, to be appended to the fault. Empty: there is no advice.

/// After a name that has no address.
[[nodiscard]] String after_no_address(const config::Backend& settings);
/// After a socket that could not be connected. `error`: an errno value.
[[nodiscard]] String after_no_connection(int error, const config::Backend& settings);
/// After a TLS handshake that failed.
[[nodiscard]] String after_no_tls(io::TlsTrouble trouble, const config::Backend& settings);
/// After `bytes`, perhaps none, came instead of an answer. `answered`: the server has answered before.
[[nodiscard]] String after_no_http(std::string_view bytes, bool answered, const Place& place,
                                   const config::Backend& settings);
/// After a status that is no success. A 400 may come from a port that speaks TLS, a 401 from wrong credentials; for
/// `is_no_such_path` see there.
[[nodiscard]] String after_status(const Response& response);
/// After credentials that the server refuses, whatever its status for that.
[[nodiscard]] String after_denial(const Response& response);
/// After a redirect to `location`, the value of that header.
[[nodiscard]] String after_redirect(std::string_view location, const Place& place, const config::Backend& settings);

/// After a success that is not JSON. A page of HTML comes from a wrong address, or from a proxy in between.
[[nodiscard]] String after_no_json(const Response& response);

/// Whether the server does not know the path, or takes no such method there, which says nothing about a record: a 405, a 501,
/// and a 404 that is neither empty nor JSON (with or without a script around it), or has the words of a server for that.
[[nodiscard]] bool is_no_such_path(const Response& response) noexcept;
/// The advice for an unknown path: `; the server does not know /v4/livechat/agents/*: check backends.crm.url`.
[[nodiscard]] String after_unknown_path(const Response& response);

/// The key of the configuration with the server's URL: `backends.crm.url`.
[[nodiscard]] String url_key(const config::Backend& settings);
/// The keys of the credentials that are configured: `backends.crm.auth.bearer`. If there are none, says that.
[[nodiscard]] String credential_keys(const config::Backend& settings);

}  // namespace parley::upstream
