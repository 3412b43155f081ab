// Settings of an embedded store.
#pragma once

#include "config/age.hpp"
#include "config/own_table.hpp"

namespace parley::sqlite {

/// How long records are kept. nullopt: for ever.
struct RetentionSettings {
  std::optional<std::chrono::milliseconds> messages{};
  std::optional<std::chrono::milliseconds> chats{};
  std::optional<std::chrono::milliseconds> page_visits{};
  std::optional<std::chrono::milliseconds> offline_messages{};

  friend bool operator==(const RetentionSettings&, const RetentionSettings&) = default;
};

struct BackendSettings {
  String path{};                ///< the database file
  String page_changes = "url";  ///< which kind of page change is recorded: url or title
  /// Silence after which a visitor has left the site. nullopt: never.
  std::optional<std::chrono::milliseconds> out_of_site = std::chrono::minutes(30);
  RetentionSettings retention{};

  friend bool operator==(const BackendSettings&, const BackendSettings&) = default;
};

inline constexpr auto retention_settings = config::section<RetentionSettings, "retention">(
    config::row<&RetentionSettings::messages, config::AgeCodec>("messages", config::Need::optional,
                                                                "Messages, from the end of their chat."),
    config::row<&RetentionSettings::chats, config::AgeCodec>("chats", config::Need::optional,
                                                             "Chats with their messages, from their end."),
    config::row<&RetentionSettings::page_visits, config::AgeCodec>("page_visits", config::Need::optional,
                                                                   "Page visits."),
    config::row<&RetentionSettings::offline_messages, config::AgeCodec>("offline_messages", config::Need::optional,
                                                                        "Offline messages."));

inline constexpr auto backend_settings = config::section<BackendSettings, "sqlite">(
    config::row<&BackendSettings::path, config::NameCodec>("path", config::Need::optional,
                                                           "The file; its folder is made where it is missing."),
    config::row<&BackendSettings::page_changes, config::OneOf<"url", "title">>(
        "page_changes", config::Need::optional, "Which kind of page change is noted as a page visit."),
    config::row<&BackendSettings::out_of_site, config::AgeCodec>(
        "out_of_site", config::Need::optional,
        "A visitor who does nothing for so long, and has no open chat, has left the site."),
    config::row<&BackendSettings::retention, config::Section<retention_settings>>(
        "retention", config::Need::optional, "How long records are kept before the store removes them."));

inline constexpr config::Synonym synonyms[] = {{"database", "path"}, {"db", "path"}, {"file", "path"}};
inline constexpr config::TableBelow below[] = {
    {config::keys_of<retention_settings>(), "backends.NAME.retention", "{messages: 365d, page_visits: 90d}"}};

}  // namespace parley::sqlite

namespace parley {

template <>
inline constexpr auto config::own_table<sqlite::BackendSettings> = config::make_own<sqlite::backend_settings>(
    config::At::backend,
    {.example = "path: ./parley-data/parley.db", .synonyms = sqlite::synonyms, .below = sqlite::below});

}  // namespace parley
