// See content_coding.hpp.
#include "gateway/pipeline/content_coding.hpp"

#include <optional>

#include "adapters/http/header_list.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::pipeline {
namespace {

using ascii::same_ignoring_case;

std::optional<http::Packing> packing_of(std::string_view word) noexcept {
  if (same_ignoring_case(word, "gzip") || same_ignoring_case(word, "x-gzip")) return http::Packing::gzip;
  if (same_ignoring_case(word, "deflate")) return http::Packing::deflate;
  return {};
}

}  // namespace

Result<Codings> read_codings(std::span<const http::Header> headers) {
  Codings codings;
  for (const http::Header& header : headers) {
    if (!same_ignoring_case(header.name, "Content-Encoding")) continue;
    http::HeaderList words(header.value);
    while (const std::optional<std::string_view> word = words.next()) {
      if (same_ignoring_case(*word, "identity")) continue;
      const std::optional<http::Packing> packing = packing_of(*word);
      if (!packing || !codings.add(*packing)) {
        return Error{.code = Code::unsupported_coding,
                     .message = packing ? "the request body has too many content codings"
                                        : "the request body's Content-Encoding is not supported: send it as gzip, as "
                                          "deflate, or without one"};
      }
    }
  }
  return codings;
}

}  // namespace parley::gateway::pipeline
