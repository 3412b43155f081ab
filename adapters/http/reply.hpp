// A reply as adapters make it: a plain value. The gateway writes it.
#pragma once

#include <cstddef>
#include <memory>
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
  std::unique_ptr<BodySource> source;  ///< makes the body, which is empty then; nullptr = `body` is all of it
  /// With status 101 and an Upgrade header: what the connection speaks from now on. Only an endpoint's `answer` may set it.
  std::unique_ptr<Upgrade> upgrade;
  shape::Losses losses;  ///< what `encode` could not carry; complete before the source is read

  /// Adds a header. A value with a byte outside visible ASCII, blank and tab is not added: the one checked way out.
  void add(std::string_view name, std::string_view value);
  [[nodiscard]] std::string_view headers() const noexcept { return headers_.view(); }
  void clear() noexcept;

 private:
  Buffer headers_;  // ready lines: "Name: value\r\n"
};

}  // namespace parley::http
