// HTTP as adapters see it: plain values. The gateway owns the sockets and the parser.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "schemas/buffer.hpp"
#include "schemas/error.hpp"
#include "schemas/shape/view.hpp"
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

/// One request, valid until its reply is written. All views point into the connection's buffer, undecoded unless said.
struct Request {
  Method method = Method::get;
  std::string_view target;  ///< as received
  std::string_view path;    ///< of the target, undecoded, with the route's prefix taken off
  std::string_view query;   ///< behind the `?`, undecoded
  std::span<const Header> headers;
  std::string_view body;
  std::string_view peer;                         ///< address of the client, as text
  std::span<const String> parameters;            ///< `:name` segments of the endpoint's pattern, percent-decoded, UTF-8
  const contract::Endpoint* endpoint = nullptr;  ///< nullptr until a route matched

  /// The first header of that name (ASCII case ignored), or nothing.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const noexcept;
};

/// One answer. The gateway adds Content-Length, Date, Server and Connection.
class Reply {
 public:
  int status = 200;
  std::string_view content_type;  ///< must outlive the reply (a literal)
  Buffer body;
  shape::Losses losses;  ///< what `encode` could not carry
  /// Set before `encode` where the backend has obeyed the ListQuery: so many records match, and the list is one page of them.
  std::optional<std::size_t> matched;

  /// Adds a header. A value with a byte outside visible ASCII, blank and tab is not added: the one checked way out.
  void add(std::string_view name, std::string_view value);
  [[nodiscard]] std::string_view headers() const noexcept { return headers_.view(); }
  void clear() noexcept;

 private:
  Buffer headers_;  // ready lines: "Name: value\r\n"
};

/// `a%20b` -> `a b`; `+` becomes a blank where `plus` is set. nullopt: a bad escape, or the result is no UTF-8.
[[nodiscard]] std::optional<String> percent_decode(std::string_view text, bool plus);

/// Walks `a=1&b=2`: raw pairs, empty ones skipped.
class QueryPairs {
 public:
  explicit QueryPairs(std::string_view query) noexcept : rest_(query) {}
  /// The next (name, value), undecoded; nullopt at the end.
  std::optional<std::pair<std::string_view, std::string_view>> next() noexcept;

 private:
  std::string_view rest_;
};
/// The decoded value of the first pair whose decoded name is `name` (ASCII case ignored when asked); nothing if absent
/// or undecodable.
[[nodiscard]] std::optional<String> query_value(std::string_view query, std::string_view name,
                                                bool ignore_case = false);

/// ASCII, case ignored.
[[nodiscard]] bool same_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Equal, in a time that does not depend on where they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

/// Decodes RFC 4648 base64 with padding. nullopt: not base64.
[[nodiscard]] std::optional<String> base64_decode(std::string_view text);
[[nodiscard]] String base64_encode(std::string_view bytes);

}  // namespace parley::http
