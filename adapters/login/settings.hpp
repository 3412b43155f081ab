// Settings of users who log in, and of users who send a password with every request. Facades name these tables beside their own.
#pragma once

#include "config/own_table.hpp"

namespace parley::login {

/// A user who sends a name and a password with every request (RFC 7617).
struct Basic {
  String user;
  config::Secret password;

  friend bool operator==(const Basic&, const Basic&) = default;
};

/// A user who gets a token through the vendor's login call.
struct Login {
  String id;     ///< the user's id; empty: the e-mail address is the id
  String name;   ///< may be empty
  String email;  ///< may be empty
  config::Secret password;

  friend bool operator==(const Login&, const Login&) = default;
};

/// Keys below `auth` of a route whose facade has a login call.
struct Settings {
  List<Login> logins;
  std::chrono::milliseconds session{43'200'000};  ///< how long an access token is valid
  /// The key that signs tokens. Empty = a new key at each start, so all tokens end with the process.
  config::Secret token_key;

  friend bool operator==(const Settings&, const Settings&) = default;
};

inline constexpr auto basic = config::section<Basic, "basic">(
    config::row<&Basic::user, config::UserCodec>("user", config::Need::required, "The user."),
    config::row<&Basic::password, config::SecretCodec>("password", config::Need::required,
                                                       "The password, or the API key."));

inline constexpr auto login = config::section<Login, "login">(
    config::row<&Login::id, config::UserCodec>("id", config::Need::optional, "The user's id."),
    config::row<&Login::name, config::UserCodec>("name", config::Need::optional,
                                                 "The user name, where the vendor's clients log in by one."),
    config::row<&Login::email, config::UserCodec>("email", config::Need::optional,
                                                  "The e-mail address, where the vendor's clients log in by one."),
    config::row<&Login::password, config::SecretCodec>("password", config::Need::required, "The password."));

inline constexpr auto settings = config::section<Settings, "logins">(
    config::row<&Settings::logins, config::OneOrMany<config::Section<login>>>(
        "logins", config::Need::optional, "Who gets a token by the vendor's own call."),
    config::row<&Settings::session, config::DurationCodec>("session", config::Need::optional,
                                                           "How long a token of a login is good."),
    config::row<&Settings::token_key, config::SecretCodec>("token_key", config::Need::optional,
                                                           "What such tokens are signed with, 32 bytes or more: the "
                                                           "same on several gateways lets each accept the others'. A "
                                                           "new one at each start where it is left out. With one, "
                                                           "tokens outlive a restart, which forgets logouts and used "
                                                           "refresh tokens."));

inline constexpr config::Synonym basic_synonyms[] = {{"username", "user"}, {"email", "user"}, {"api_key", "password"}};
/// For facades that take `basic` users.
inline constexpr config::TableBelow basic_below{config::keys_of<basic>(), "routes[].auth.basic[]",
                                                "{user: NAME, password: {file: PATH}}", basic_synonyms};
inline constexpr config::TableBelow below[] = {
    {config::keys_of<login>(), "routes[].auth.logins[]", "{id: ID, name: NAME, password: {file: PATH}}"}};

}  // namespace parley::login

namespace parley {

template <>
inline constexpr auto config::own_table<login::Settings> = config::make_own<login::settings>(config::At::route_auth,
                                                                                             {.below = login::below});

}  // namespace parley
