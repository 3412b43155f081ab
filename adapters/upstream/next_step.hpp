// What an operator can do about an upstream that cannot be used, where that is known: told behind the fault, in the log only.
#pragma once

#include <string_view>

#include "adapters/io/tls.hpp"
#include "adapters/upstream/message.hpp"
#include "adapters/upstream/place.hpp"
#include "config/settings.hpp"

namespace parley::upstream {

// Each returns `; what to do` with the keys of the configuration, to be put behind the fault; empty where nothing is known.

/// No address is found for the name.
[[nodiscard]] String after_no_address(const config::Backend& settings);
/// A socket could not be connected, as errno says.
[[nodiscard]] String after_no_connection(int error, const config::Backend& settings);
/// The handshake failed.
[[nodiscard]] String after_no_tls(io::TlsTrouble trouble, const config::Backend& settings);
/// `bytes`, which may be none, came instead of an answer. `answered`: the server has answered before.
[[nodiscard]] String after_no_http(std::string_view bytes, bool answered, const Place& place,
                                   const config::Backend& settings);
/// An answer whose status is no success: a 400 may come from a port that speaks TLS, a 401 is about credentials, a page of HTML
/// with 404 is of no API.
[[nodiscard]] String after_status(const Response& response);

/// A success that should be JSON and cannot be read: a page of HTML comes from a wrong address, or from what stands in between.
[[nodiscard]] String after_no_json(const Response& response);

/// Whether it is a page for people that says 404: the server does not know the path, which says nothing about a record.
[[nodiscard]] bool is_no_such_path(const Response& response) noexcept;

/// The keys of the credentials that are given: `backends.crm.auth.bearer`.
[[nodiscard]] String credential_keys(const config::Backend& settings);

}  // namespace parley::upstream
