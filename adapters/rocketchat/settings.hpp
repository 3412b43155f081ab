// Rocket.Chat's keys in the configuration: of routes, and of the credentials of routes and backends.
#pragma once

#include "adapters/login/settings.hpp"

namespace parley::rocketchat {

/// What livechat/config tells the widget. The defaults are those of the vendor's server.
struct Widget {
  bool enabled = true;
  bool registration_form = true;
  bool ask_name = true;
  bool ask_email = true;
  bool switch_departments = true;
  bool offline_form = true;
  bool ask_consent = false;
  bool show_connecting = false;
  bool forget_ended = false;
  bool hide_watermark = false;
  bool visitors_can_close = true;
  std::int64_t text_limit =
      0;            ///< most characters of a visitor's message, as the client counts them (UTF-16); 0: no limit
  String language;  ///< empty: the browser's
  String title = "Rocket.Chat";
  String color = "#C1272D";
  String background;
  String position = "right";
  bool hide_expand = false;
  String offline_title = "Leave a message";
  String offline_color = "#666666";
  String offline_message;
  String offline_success_message;
  String offline_unavailable_message;
  String registration_message;
  String consent_text;
  String finished_message;
  String finished_text;
  String sound;  ///< URL; empty: none
  String logo;   ///< URL; empty: none

  friend bool operator==(const Widget&, const Widget&) = default;
};

/// What visitors may send as files. The defaults are those of the vendor's server, but for the size.
struct Files {
  bool enabled = true;
  std::uint64_t size = 16U << 20U;  ///< most bytes of a file
  List<String> types;               ///< media types, `image/*` too; empty = every type
  List<String> refused;             ///< count before `types`; empty = SVG, unless `types` has its name

  friend bool operator==(const Files&, const Files&) = default;
};

struct RouteSettings {
  List<String> custom_fields;  ///< the names of the custom fields that the route keeps; empty = every field
  Widget widget;
  Files files;

  friend bool operator==(const RouteSettings&, const RouteSettings&) = default;
};

/// Credentials that a route accepts in addition to `login::Settings`.
struct RouteAuth {
  struct User {
    String id;
    config::Secret token;

    friend bool operator==(const User&, const User&) = default;
  };
  List<User> users;  ///< X-User-Id with X-Auth-Token

  friend bool operator==(const RouteAuth&, const RouteAuth&) = default;
};

/// The credentials that the connector sends: a user id with a token, or a login by name or e-mail address.
struct BackendAuth {
  String user_id;
  config::Secret token;  ///< personal access token
  String user;
  config::Secret password;

  friend bool operator==(const BackendAuth&, const BackendAuth&) = default;
};

inline constexpr auto widget = config::section<Widget, "widget">(
    config::row<&Widget::enabled>("enabled", config::Need::optional, "Visitors may chat; else the widget stays away."),
    config::row<&Widget::registration_form>("registration_form", config::Need::optional, "Asks before a chat."),
    config::row<&Widget::ask_name>("ask_name", config::Need::optional, "The form asks for the name."),
    config::row<&Widget::ask_email>("ask_email", config::Need::optional, "The form asks for the e-mail address."),
    config::row<&Widget::switch_departments>("switch_departments", config::Need::optional,
                                             "A visitor may change the department."),
    config::row<&Widget::offline_form>("offline_form", config::Need::optional,
                                       "Shows a form for messages while nobody is there."),
    config::row<&Widget::ask_consent>("ask_consent", config::Need::optional,
                                      "Asks for consent to the processing of data."),
    config::row<&Widget::show_connecting>("show_connecting", config::Need::optional,
                                          "Says that the visitor waits for an agent."),
    config::row<&Widget::forget_ended>("forget_ended", config::Need::optional,
                                       "The browser forgets the visitor when a chat ends."),
    config::row<&Widget::hide_watermark>("hide_watermark", config::Need::optional, "Hides whose widget it is."),
    config::row<&Widget::visitors_can_close>("visitors_can_close", config::Need::optional,
                                             "The widget offers to end the chat."),
    config::row<&Widget::text_limit, config::Whole<1, 65'536>>(
        "text_limit", config::Need::optional, "Most characters of a visitor's message; longer ones are refused."),
    config::row<&Widget::language, config::LineCodec>("language", config::Need::optional,
                                                      "Language, such as `pt-BR`; empty: the browser's."),
    config::row<&Widget::title, config::LineCodec>("title", config::Need::optional, "Title of the widget."),
    config::row<&Widget::color, config::LineCodec>("color", config::Need::optional, "Colour, such as `\"#C1272D\"`."),
    config::row<&Widget::background, config::LineCodec>("background", config::Need::optional,
                                                        "Background of the messages, as in CSS."),
    config::row<&Widget::position, config::OneOf<"left", "right">>("position", config::Need::optional,
                                                                   "Side of the page."),
    config::row<&Widget::hide_expand>("hide_expand", config::Need::optional,
                                      "Hides the button that opens a window of its own."),
    config::row<&Widget::offline_title, config::LineCodec>("offline_title", config::Need::optional,
                                                           "Title while nobody is there."),
    config::row<&Widget::offline_color, config::LineCodec>("offline_color", config::Need::optional,
                                                           "Colour while nobody is there."),
    config::row<&Widget::offline_message, config::LineCodec>("offline_message", config::Need::optional,
                                                             "Text above the form for messages."),
    config::row<&Widget::offline_success_message, config::LineCodec>("offline_success_message", config::Need::optional,
                                                                     "Text after a message was left."),
    config::row<&Widget::offline_unavailable_message, config::LineCodec>(
        "offline_unavailable_message", config::Need::optional, "Text instead of the form."),
    config::row<&Widget::registration_message, config::LineCodec>("registration_message", config::Need::optional,
                                                                  "Text above the form before a chat."),
    config::row<&Widget::consent_text, config::LineCodec>("consent_text", config::Need::optional,
                                                          "Text that asks for consent."),
    config::row<&Widget::finished_message, config::LineCodec>("finished_message", config::Need::optional,
                                                              "Title after a chat."),
    config::row<&Widget::finished_text, config::LineCodec>("finished_text", config::Need::optional,
                                                           "Text after a chat."),
    config::row<&Widget::sound, config::LineCodec>("sound", config::Need::optional,
                                                   "URL of the sound of a new message; empty: none."),
    config::row<&Widget::logo, config::LineCodec>("logo", config::Need::optional, "URL of a logo; empty: none."));

inline constexpr auto files = config::section<Files, "files">(
    config::row<&Files::enabled>("enabled", config::Need::optional, "Visitors may send files."),
    config::row<&Files::size, config::Size<1, 1U << 30U>>("size", config::Need::optional, "Most bytes of a file."),
    config::row<&Files::types, config::OneOrMany<config::NameCodec>>(
        "types", config::Need::optional,
        "The media types that are taken, such as `image/*`; every type where it is left out."),
    config::row<&Files::refused, config::OneOrMany<config::NameCodec>>(
        "refused", config::Need::optional,
        "The media types that are refused. Where it is left out: SVG, unless `types` names it."));

inline constexpr auto route_settings = config::section<RouteSettings, "rocketchat.route">(
    config::row<&RouteSettings::custom_fields, config::OneOrMany<config::NameCodec>>(
        "custom_fields", config::Need::optional, "The custom fields that are kept; every field where it is left out."),
    config::row<&RouteSettings::widget, config::Section<widget>>("widget", config::Need::optional,
                                                                 "What `livechat/config` tells the widget."),
    config::row<&RouteSettings::files, config::Section<files>>("files", config::Need::optional,
                                                               "The files that visitors may send."));

inline constexpr auto user = config::section<RouteAuth::User, "user">(
    config::row<&RouteAuth::User::id, config::UserCodec>("id", config::Need::required,
                                                         "What clients send as `X-User-Id`."),
    config::row<&RouteAuth::User::token, config::SecretCodec>("token", config::Need::required,
                                                              "What clients send as `X-Auth-Token`."));

inline constexpr auto route_auth = config::section<RouteAuth, "rocketchat.auth">(
    config::row<&RouteAuth::users, config::OneOrMany<config::Section<user>>>("users", config::Need::optional,
                                                                             "Users with their tokens."));

inline constexpr auto backend_auth = config::section<BackendAuth, "rocketchat.credentials">(
    config::row<&BackendAuth::user_id, config::UserCodec>("user_id", config::Need::optional,
                                                          "`X-User-Id`, with `token`."),
    config::row<&BackendAuth::token, config::SecretCodec>("token", config::Need::optional, "`X-Auth-Token`."),
    config::row<&BackendAuth::user, config::UserCodec>("user", config::Need::optional, "A user, with `password`."),
    config::row<&BackendAuth::password, config::SecretCodec>("password", config::Need::optional, "Logs in as `user`."));

inline constexpr config::Synonym backend_auth_synonyms[] = {{"username", "user"}};
inline constexpr config::Synonym widget_synonyms[] = {{"colour", "color"}, {"lang", "language"}};
inline constexpr config::TableBelow route_below[] = {
    {config::keys_of<widget>(), "routes[].widget", "{title: Help, language: en}", widget_synonyms},
    {config::keys_of<files>(), "routes[].files", "{size: 16MiB, types: [image/*, application/pdf]}", {}}};
inline constexpr config::TableBelow route_auth_below[] = {
    {config::keys_of<user>(), "routes[].auth.users[]", "{id: ID, token: {file: PATH}}"}};

/// Adds a fault for an unknown profile, and for missing or incomplete credentials.
void check_route(const config::Route& route, config::Faults& faults);

}  // namespace parley::rocketchat

namespace parley {

template <>
inline constexpr auto config::own_table<rocketchat::RouteSettings> =
    config::make_own<rocketchat::route_settings>(config::At::route, {.below = rocketchat::route_below});
template <>
inline constexpr auto config::own_table<rocketchat::RouteAuth> =
    config::make_own<rocketchat::route_auth>(config::At::route_auth, {.below = rocketchat::route_auth_below});
template <>
inline constexpr auto config::own_table<rocketchat::BackendAuth> = config::make_own<rocketchat::backend_auth>(
    config::At::backend_auth, {.synonyms = rocketchat::backend_auth_synonyms});

}  // namespace parley
