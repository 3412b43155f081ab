// The connector's credentials: the two headers of a user, either configured or fetched by logging in.
#pragma once

#include "adapters/upstream/credential.hpp"
#include "config/settings.hpp"

namespace parley::rocketchat {

/// The credentials of a backend. The settings must have passed check_credentials. With `auth: none` no header is sent, and only
/// the calls that visitors make succeed.
[[nodiscard]] upstream::Credentials make_credentials(const config::Backend& settings);

/// Adds a fault unless `auth` is `user_id` with `token`, `user` with `password`, or `none`.
void check_credentials(const config::Backend& settings, config::Faults& faults);

}  // namespace parley::rocketchat
