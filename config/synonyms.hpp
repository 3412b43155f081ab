// Names that other programs have for keys of the common tables.
#pragma once

#include "config/adapter_keys.hpp"

namespace parley::config {

inline constexpr Synonym server_synonyms[] = {
    {"port", "listen"},    {"host", "listen"},     {"address", "listen"},
    {"bind", "listen"},    {"threads", "workers"}, {"trusted_proxies", "trusted"},
    {"timeout", "limits"}, {"proxies", "trusted"},
};
inline constexpr Synonym limits_synonyms[] = {
    {"timeout", "request"},
    {"max_body", "body"},
    {"body_size", "body"},
    {"max_body_size", "body"},
    {"max_connections", "connections"},
    {"header", "head"},
};
inline constexpr Synonym log_synonyms[] = {
    {"file", "access"},
    {"access_log", "access"},
    {"verbosity", "level"},
};
inline constexpr Synonym admin_synonyms[] = {
    {"port", "listen"},
    {"address", "listen"},
    {"bearer", "token"},
    {"password", "token"},
};
inline constexpr Synonym backend_synonyms[] = {
    {"type", "kind"}, {"adapter", "kind"}, {"driver", "kind"}, {"vendor", "kind"}, {"credentials", "auth"},
};
inline constexpr Synonym route_synonyms[] = {
    {"style", "facade"},     {"vendor", "facade"}, {"type", "facade"},      {"kind", "facade"},
    {"protocol", "facade"},  {"path", "prefix"},   {"base_path", "prefix"}, {"version", "profile"},
    {"upstream", "backend"}, {"store", "backend"}, {"target", "backend"},   {"credentials", "auth"},
    {"hostname", "host"},    {"domain", "host"},   {"limit", "rate_limit"},
};
inline constexpr Synonym rate_limit_synonyms[] = {
    {"limit", "requests"}, {"rate", "requests"}, {"count", "requests"}, {"max", "requests"},
    {"window", "per"},     {"period", "per"},    {"interval", "per"},   {"key", "by"},
};
inline constexpr Synonym cors_synonyms[] = {
    {"allowed_origins", "origins"},
    {"allow_origin", "origins"},
};

}  // namespace parley::config
