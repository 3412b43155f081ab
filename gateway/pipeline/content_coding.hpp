// The Content-Encoding of a request: which codings its body is in.
#pragma once

#include <array>
#include <span>

#include "adapters/http/inflate.hpp"
#include "adapters/http/request.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::pipeline {

/// The codings in the order they were applied: the last is undone first.
class Codings {
 public:
  static constexpr std::size_t most = 3;
  /// False: there are too many.
  bool add(http::Packing packing) noexcept {
    if (count_ == most) return false;
    list_[count_++] = packing;
    return true;
  }
  [[nodiscard]] std::span<const http::Packing> list() const noexcept { return {list_.data(), count_}; }

 private:
  std::array<http::Packing, most> list_{};
  std::size_t count_ = 0;
};

/// What the Content-Encoding headers say, all of them as one list (RFC 9110, 5.3): gzip, x-gzip and deflate in any case; identity and
/// empty members are none. Errors: unsupported_coding for another word, or for more than `most`.
[[nodiscard]] Result<Codings> read_codings(std::span<const http::Header> headers);

}  // namespace parley::gateway::pipeline
