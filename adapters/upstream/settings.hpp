// Settings of every server that a connector calls. A connector names this table beside its own.
#pragma once

#include "config/own_table.hpp"

namespace parley::upstream {

/// How long a connector waits for an upstream.
struct Timeouts {
  std::chrono::milliseconds connect{2'000};      ///< name resolution, TCP and TLS
  std::chrono::milliseconds first_byte{10'000};  ///< from the last byte of the request to the first of the answer
  std::chrono::milliseconds total{15'000};       ///< of one call with all its parts; a client's patience may be shorter

  friend bool operator==(const Timeouts&, const Timeouts&) = default;
};

/// How often this process may call an upstream. 0 calls = the default of the vendor's connector.
struct Quota {
  std::int64_t calls = 0;
  std::chrono::milliseconds per{60'000};

  friend bool operator==(const Quota&, const Quota&) = default;
};

struct Settings {
  String url;  ///< `https://host[:port][/path]`
  String ca;   ///< file of the certificates to trust instead of the system's
  Timeouts timeouts;
  Quota quota;
  std::int64_t connections = 64;           ///< most open connections of each worker
  std::uint64_t answer = 8 * 1024 * 1024;  ///< most bytes of an answer, as received and again unpacked
  /// The key of the backend that `url` comes from, for advice. No key of its own: a connector sets it for a second server.
  std::string_view url_key = "url";

  friend bool operator==(const Settings&, const Settings&) = default;
};

inline constexpr auto timeouts = config::section<Timeouts, "timeouts">(
    config::row<&Timeouts::connect, config::DurationCodec>("connect", config::Need::optional,
                                                           "Until a connection stands, TLS included."),
    config::row<&Timeouts::first_byte, config::DurationCodec>(
        "first_byte", config::Need::optional, "From the last byte of a request to the first of its answer."),
    config::row<&Timeouts::total, config::DurationCodec>(
        "total", config::Need::optional,
        "For one call, with all its waits; less where the clients of a facade give up earlier."));

inline constexpr auto quota = config::section<Quota, "quota">(
    config::row<&Quota::calls, config::Whole<1, 1'000'000>>("calls", config::Need::required, "How many calls."),
    config::row<&Quota::per, config::DurationCodec>("per", config::Need::required,
                                                    "The time in which so many are allowed."));

inline constexpr auto settings =
    config::section<Settings, "upstream", config::Others<config::Aside<&Settings::url_key>>>(
        config::row<&Settings::url, config::UrlCodec>(
            "url", config::Need::optional,
            "The vendor's server, `https://HOST[:PORT][/PATH]`, without the API's path."),
        config::row<&Settings::ca, config::NameCodec>(
            "ca", config::Need::optional, "A PEM file of the certificates to trust instead of the system's."),
        config::row<&Settings::timeouts, config::Section<timeouts>>("timeouts", config::Need::optional,
                                                                    "How long an upstream may take."),
        config::row<&Settings::quota, config::Section<quota>>(
            "quota", config::Need::optional,
            "How often the upstream may be called; what the vendor is known to allow where it is left out."),
        config::row<&Settings::connections, config::Whole<1, 10'000>>("connections", config::Need::optional,
                                                                      "Connections that each worker may have open."),
        config::row<&Settings::answer, config::Size<1024, 1U << 30U>>("answer", config::Need::optional,
                                                                      "Bytes of an answer, as it comes and unpacked."));

inline constexpr config::Synonym synonyms[] = {{"endpoint", "url"},    {"base_url", "url"}, {"address", "url"},
                                               {"host", "url"},        {"server", "url"},   {"timeout", "timeouts"},
                                               {"rate_limit", "quota"}};
inline constexpr config::Synonym timeouts_synonyms[] = {{"read", "first_byte"}};
inline constexpr config::Synonym quota_synonyms[] = {{"requests", "calls"}, {"window", "per"}};
inline constexpr config::TableBelow below[] = {
    {config::keys_of<timeouts>(), "backends.NAME.timeouts", "{connect: 2s, total: 15s}", timeouts_synonyms},
    {config::keys_of<quota>(), "backends.NAME.quota", "{calls: 300, per: 5m}", quota_synonyms}};

}  // namespace parley::upstream

namespace parley {

template <>
inline constexpr auto config::own_table<upstream::Settings> = config::make_own<upstream::settings>(
    config::At::backend, {.synonyms = upstream::synonyms, .below = upstream::below});

}  // namespace parley
