// A reply as adapters make it: a plain value, which the gateway sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/http/body_source.hpp"
#include "adapters/http/upgrade.hpp"
#include "schemas/buffer.hpp"
#include "schemas/shape/view.hpp"

namespace parley::http {

/// One answer. The gateway adds Date, Server, Connection, and Content-Length or Transfer-Encoding.
class Reply {
 public:
  int status = 200;
  std::string_view content_type;  ///< must outlive the reply (a literal)
  Buffer body;
  std::unique_ptr<BodySource> source;   ///< makes the body (`body` is empty then); nullptr = `body` is the whole body
  std::optional<std::uint64_t> length;  ///< bytes that `source` makes, where they are known; the client is told
  /// With status 101 and an Upgrade header: the protocol of the connection from then on. Only an endpoint's `answer` may set it.
  std::unique_ptr<Upgrade> upgrade;
  shape::Losses losses;  ///< what `encode` could not carry; complete before `source` is first read

  /// Adds a header. Drops it if the value has a byte other than visible ASCII, blank or tab. All headers are checked here.
  void add(std::string_view name, std::string_view value);
  [[nodiscard]] std::string_view headers() const noexcept { return headers_.view(); }
  void clear() noexcept;

 private:
  Buffer headers_;  // complete lines: "Name: value\r\n"
};

}  // namespace parley::http
