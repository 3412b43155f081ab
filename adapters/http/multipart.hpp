// Takes a form with files (multipart/form-data: RFC 7578, RFC 2046, 5.1) apart, piece by piece.
#pragma once

#include <optional>
#include <string_view>

#include "schemas/error.hpp"

namespace parley::http {

/// The boundary that a Content-Type names. nullopt: it is not multipart/form-data, or has no valid boundary.
[[nodiscard]] std::optional<String> boundary_of(std::string_view content_type);

/// The head of a part of a form. Its texts live only during the call.
struct FormPart {
  std::string_view name{};
  std::optional<std::string_view>
      file_name{};                  ///< as the client wrote it; it can have any character but NUL, CR and LF
  std::string_view content_type{};  ///< empty = none given
};

/// Receives the parts of a form, in their order. An error ends the reading, and is its result.
class FormSink {
 public:
  virtual ~FormSink() = default;
  virtual Result<void> begin(const FormPart& part) = 0;
  /// The next bytes of the part, which live only during the call. Not called for an empty part.
  virtual Result<void> add(std::string_view bytes) = 0;
  virtual Result<void> end() = 0;
};

/// Reads one form. Holds at most the head of a part and the bytes of one call.
class Multipart {
 public:
  static constexpr std::size_t longest_head = 8 * 1024;  ///< of a part, in bytes
  static constexpr std::size_t most_parts = 64;

  Multipart(std::string_view boundary, FormSink& sink);

  /// Takes the next bytes of the form. Errors: malformed_body; those of the sink.
  Result<void> take(std::string_view bytes);
  /// Whether the last boundary has come. What follows it is ignored.
  [[nodiscard]] bool complete() const noexcept { return state_ == State::after; }
  /// Bytes that are held in memory.
  [[nodiscard]] std::size_t held() const noexcept { return held_.capacity(); }

 private:
  enum class State : std::uint8_t { before, delimiter, head, data, after };
  /// The number of bytes of `text` that were used up; `more`: no more can be, before others come.
  struct Step {
    std::size_t used = 0;
    bool more = false;
  };

  Result<Step> step(std::string_view text);
  Result<Step> skip_preamble(std::string_view text);
  Result<Step> read_delimiter(std::string_view text);
  Result<Step> read_head(std::string_view text);
  Result<Step> read_data(std::string_view text);
  Result<void> begin_part(std::string_view head);

  String delimiter_;
  FormSink& sink_;
  String held_;
  std::size_t parts_ = 0;
  bool at_begin_ = false;  // of the data of a part
  State state_ = State::before;
};

}  // namespace parley::http
