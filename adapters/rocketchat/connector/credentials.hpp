// What a connector shows a Rocket.Chat server: the two headers of a user, given or fetched by logging in.
#pragma once

#include "adapters/upstream/credential.hpp"
#include "config/settings.hpp"

namespace parley::rocketchat {

/// The credentials of a backend whose settings passed check_credentials. With `none` nothing is sent: only the calls that
/// visitors make will do.
[[nodiscard]] upstream::Credentials make_credentials(const config::Backend& settings);

/// Adds the faults of `auth`: expected are `user_id` with `token`, `user` with `password`, or `none`.
void check_credentials(const config::Backend& settings, config::Faults& faults);

}  // namespace parley::rocketchat
