// An upstream's URL, split into parts, and socket addresses.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::upstream {

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
  [[nodiscard]] String text() const;
};
using Addresses = List<Address>;

struct Place {
  bool secure = false;
  String host;  ///< without brackets
  std::uint16_t port = 0;
  String prefix;      ///< the URL's path without a final `/`; empty for the root
  String address;     ///< `host:port`; always has the port
  String authority;   ///< the value of the Host header; has the port only if it is not the scheme's default
  Addresses literal;  ///< set if `host` is an address or localhost
};

/// Splits `http(s)://host[:port][/path]`. Errors: unavailable, with `detail`.
Result<Place> parse_place(std::string_view url);

}  // namespace parley::upstream
