// Takes the body of a request piece by piece: for bodies that must never be whole in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schemas/operation.hpp"

namespace parley::contract {

/// An endpoint makes one for each request with a body of the rule `stream`. The gateway first executes `check`; then it calls `take` with
/// each piece of the body and, after each, `next_part` until there is none; and at the end `finish`, `next_part` once more, and
/// `operation`. Used on one thread. May refer to the request, which outlives it.
class Receiver {
 public:
  /// A part of the file, to be kept by the backend (`BackendSession::keep_part`).
  struct Part {
    std::int64_t number = 0;
    std::string_view bytes{};  ///< valid until the next call of a member that is not const
  };

  Receiver() = default;
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  virtual ~Receiver() = default;

  /// A read of the backend whose error refuses the request before its body is read.
  [[nodiscard]] virtual const Operation& check() const noexcept = 0;
  /// The most bytes that a body can have which is not too large; one that announces more is refused with the error of `too_large`.
  [[nodiscard]] virtual std::uint64_t most() const noexcept = 0;
  [[nodiscard]] virtual Error too_large() const = 0;
  /// Takes the next bytes, which live only during the call. After an error nothing more comes.
  virtual Result<void> take(std::string_view bytes) = 0;
  /// The next complete part of the file, if there is one.
  virtual std::optional<Part> next_part() = 0;
  /// The body has ended. Errors: it is not complete, or has no file.
  virtual Result<void> finish() = 0;
  /// What the request means; after `finish`, once.
  virtual Operation operation() = 0;
  /// The id under which the parts are kept.
  [[nodiscard]] virtual const FileId& file() const noexcept = 0;
  /// Bytes that the receiver holds in memory. They count in `limits.memory`.
  [[nodiscard]] virtual std::size_t held() const noexcept = 0;
};

}  // namespace parley::contract
