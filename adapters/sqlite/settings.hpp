// Settings of an embedded store.
#pragma once

#include "config/own_table.hpp"

namespace parley::sqlite {

struct BackendSettings {
  String path;                  ///< the database file
  String page_changes = "url";  ///< which kind of page change is recorded: url or title

  friend bool operator==(const BackendSettings&, const BackendSettings&) = default;
};

inline constexpr auto backend_settings = config::section<BackendSettings, "sqlite">(
    config::row<&BackendSettings::path, config::NameCodec>("path", config::Need::optional,
                                                           "The file; its folder is made where it is missing."),
    config::row<&BackendSettings::page_changes, config::OneOf<"url", "title">>(
        "page_changes", config::Need::optional, "Which kind of page change is noted as a page visit."));

inline constexpr config::Synonym synonyms[] = {{"database", "path"}, {"db", "path"}, {"file", "path"}};

}  // namespace parley::sqlite

namespace parley {

template <>
inline constexpr auto config::own_table<sqlite::BackendSettings> = config::make_own<sqlite::backend_settings>(
    config::At::backend, {.example = "path: ./parley-data/parley.db", .synonyms = sqlite::synonyms});

}  // namespace parley
