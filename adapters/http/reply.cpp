// Headers are stored as the lines that will be sent.
#include "adapters/http/reply.hpp"

#include "adapters/http/plain_text.hpp"

namespace parley::http {

void Reply::add(std::string_view name, std::string_view value) {
  if (!is_header_value(value)) return;
  headers_.append(name);
  headers_.append(": ");
  headers_.append(value);
  headers_.append("\r\n");
}

void Reply::clear() noexcept {
  status = 200;
  content_type = {};
  body.clear();
  source.reset();
  length.reset();
  upgrade.reset();
  losses.clear();
  headers_.clear();
}

}  // namespace parley::http
