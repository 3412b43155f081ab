// Which JSONP callback a request asks for: the `callback` parameter as Express 4 parses it, then our rule for names.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parley::enghouse {

inline constexpr std::size_t longest_callback = 512;

/// What a caller wants his answer to be.
class Callback {
 public:
  enum class Kind : std::uint8_t {
    none,     ///< no callback, or an empty one, or an object: plain JSON
    named,    ///< a script that calls `name()`
    invalid,  ///< something that is no name: refused
  };
  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] std::string_view name() const noexcept { return {bytes_.data(), size_}; }
  /// Whether the name came as it is: no character had to be deleted.
  [[nodiscard]] bool clean() const noexcept { return clean_; }

  /// From the raw value of the parameter, still percent-encoded: decoded if that can be done, else left; then every
  /// character outside [ ] A-Z a-z 0-9 _ $ . is deleted. An empty value is none.
  [[nodiscard]] static Callback from_value(std::string_view raw) noexcept;
  /// From a name as it stands, with the same deletion.
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

/// `query` is what follows the `?`. Parsed as the npm package qs does under Express 4: 1000 pairs at most, brackets make
/// arrays and objects, of an array the first element counts.
[[nodiscard]] Callback find_callback(std::string_view query);

/// name = ident *( "." ident / "[" 1*DIGIT "]" ), ident = [A-Za-z_$][A-Za-z0-9_$]*
[[nodiscard]] bool is_callback_name(std::string_view name) noexcept;

}  // namespace parley::enghouse
