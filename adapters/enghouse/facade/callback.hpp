// Finds the JSONP callback of a request: the `callback` parameter as Express 4 parses it, checked by our own rule for names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parley::enghouse {

inline constexpr std::size_t longest_callback = 512;

/// Whether a request asks for a script, and the name that the script calls.
class Callback {
 public:
  enum class Kind : std::uint8_t {
    none,     ///< no callback, or an empty one, or an object: plain JSON
    named,    ///< a script that calls `name()`
    invalid,  ///< not a valid name: the request is refused
  };
  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] std::string_view name() const noexcept { return {bytes_.data(), size_}; }
  /// Whether no character of the name had to be deleted.
  [[nodiscard]] bool clean() const noexcept { return clean_; }

  /// Makes a callback from the percent-encoded value of the parameter. A value that cannot be decoded is used as it is. Deletes
  /// every character except letters (A-Z, a-z), digits and `_$.[]`. An empty value gives Kind::none.
  [[nodiscard]] static Callback from_value(std::string_view raw) noexcept;
  /// Makes a callback from a name that is not encoded, with the same deletion.
  [[nodiscard]] static Callback from_name(std::string_view name) noexcept;

 private:
  void add(char byte) noexcept;
  void decide() noexcept;

  std::array<char, longest_callback> bytes_;  // only the first size_ are ever read
  std::size_t size_ = 0;
  Kind kind_ = Kind::none;
  bool clean_ = true;
  bool too_long_ = false;
};

/// The callback in a query; `query` is the text after the `?`. Parses as the npm package qs does under Express 4: at most 1000
/// pairs; brackets make arrays and objects; the first element of an array counts.
[[nodiscard]] Callback find_callback(std::string_view query);

/// name = ident *( "." ident / "[" 1*DIGIT "]" ), ident = [A-Za-z_$][A-Za-z0-9_$]*
[[nodiscard]] bool is_callback_name(std::string_view name) noexcept;

}  // namespace parley::enghouse
