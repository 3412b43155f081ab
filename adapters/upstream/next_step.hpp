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
/// After a status that is no success. A 400 may come from a port that speaks TLS, a 401 from wrong credentials, a 404
/// with HTML from a server that has no such API.
[[nodiscard]] String after_status(const Response& response);

/// After a success that is not JSON. A page of HTML comes from a wrong address, or from a proxy in between.
[[nodiscard]] String after_no_json(const Response& response);

/// Whether it is a 404 with a page of HTML: the server does not know the path, which says nothing about a record.
[[nodiscard]] bool is_no_such_path(const Response& response) noexcept;

/// The keys of the credentials that are configured: `backends.crm.auth.bearer`. If there are none, says that.
[[nodiscard]] String credential_keys(const config::Backend& settings);

}  // namespace parley::upstream
