// Parses the Content-Encoding of a request.
#pragma once

#include <array>
#include <span>

#include "adapters/http/inflate.hpp"
#include "adapters/http/request.hpp"
#include "schemas/error.hpp"

namespace parley::gateway::pipeline {

/// The codings, in the order in which they were applied. Undo the last one first.
class Codings {
 public:
  static constexpr std::size_t most = 3;
  /// Returns false if there are `most` already.
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

/// Reads all Content-Encoding headers as one list (RFC 9110, 5.3). Knows gzip, x-gzip and deflate, in any case; ignores
/// identity and empty members. Errors: unsupported_coding for another coding, or for more than `most`.
[[nodiscard]] Result<Codings> read_codings(std::span<const http::Header> headers);

}  // namespace parley::gateway::pipeline
