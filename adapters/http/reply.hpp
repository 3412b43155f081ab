// A reply as adapters make it: a plain value. The gateway writes it.
#pragma once

#include <string_view>

#include "schemas/buffer.hpp"
#include "schemas/shape/view.hpp"

namespace parley::http {

/// One answer. The gateway adds Content-Length, Date, Server and Connection.
class Reply {
 public:
  int status = 200;
  std::string_view content_type;  ///< must outlive the reply (a literal)
  Buffer body;
  shape::Losses losses;  ///< what `encode` could not carry

  /// Adds a header. A value with a byte outside visible ASCII, blank and tab is not added: the one checked way out.
  void add(std::string_view name, std::string_view value);
  [[nodiscard]] std::string_view headers() const noexcept { return headers_.view(); }
  void clear() noexcept;

 private:
  Buffer headers_;  // ready lines: "Name: value\r\n"
};

}  // namespace parley::http
