// A request as adapters see it: a plain value. The gateway owns the socket and the parser.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "schemas/text.hpp"

namespace parley::contract {
struct Endpoint;
}

namespace parley::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };
[[nodiscard]] std::string_view name_of(Method method) noexcept;

struct Header {
  std::string_view name;
  std::string_view value;
};

/// One request, valid until its reply is written. All views point into the connection's buffer and are undecoded unless stated otherwise.
struct Request {
  Method method = Method::get;
  std::string_view target{};  ///< as received
  std::string_view path{};    ///< of the target, undecoded, without the route's prefix
  std::string_view query{};   ///< after the `?`, undecoded
  std::span<const Header> headers{};
  std::string_view body{};
  std::string_view peer{};                       ///< address of the client, as text
  bool secure = false;                           ///< it came over TLS to this gateway
  std::span<const String> parameters{};          ///< `:name` segments of the endpoint's pattern, percent-decoded, UTF-8
  const contract::Endpoint* endpoint = nullptr;  ///< nullptr until a route has matched

  /// The value of the first header of that name (in any ASCII case), or nothing.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
};

}  // namespace parley::http
