// Where an upstream is: its URL taken apart, and socket addresses.
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
  String prefix;      ///< the URL's path without its last `/`; empty for the root
  String address;     ///< `host:port`, with the port in any case
  String authority;   ///< as the Host header has it: the port only where it is not the scheme's own
  Addresses literal;  ///< where `host` is an address, or localhost
};

/// Takes `http(s)://host[:port][/path]` apart. Errors: unavailable, with `detail`.
Result<Place> parse_place(std::string_view url);

}  // namespace parley::upstream
